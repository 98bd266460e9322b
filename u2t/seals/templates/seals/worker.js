{% load static %}/* Keeps the page that verifies seals, and shows it where the network fails. */
const KEEP = "seals-{{ version }}";
const OFFLINE = "{{ offline|escapejs }}";
const ASSETS = [{% for asset in assets %}"{{ asset|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(KEEP).then((kept) => kept.addAll([OFFLINE, ...ASSETS].map((url) => new Request(url, { cache: "reload" }))))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("seals-") && name !== KEEP).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  );
});

/* The newest page and keys whenever there is a network; what was kept when there is none. */
const page = async (request) => {
  try {
    const answer = await fetch(request);
    if (new URL(request.url).pathname === OFFLINE && answer.ok) {
      const kept = await caches.open(KEEP);
      await kept.put(OFFLINE, answer.clone());
    }
    return answer;
  } catch {
    return caches.match(OFFLINE);
  }
};

addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate") event.respondWith(page(event.request));
  else if (url.origin === location.origin && ASSETS.includes(url.pathname))
    event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((hit) => hit || fetch(event.request)));
});
