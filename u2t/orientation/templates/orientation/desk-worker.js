/* Keeps the check-in desk on the device: the page and its scripts, nobody's data. */
const NAME = "u2t-desk-{{ round_code|escapejs }}-{{ version }}", MINE = "u2t-desk-{{ round_code|escapejs }}-";
const PAGE = "{{ page|escapejs }}";
const FILES = [{% for file in files %}"{{ file|escapejs }}", {% endfor %}];
const PATIENCE = 4000;

const fresh = (address) => fetch(address, { cache: "reload", redirect: "error", credentials: "same-origin" });
async function keep(cache, address) {
  const answer = await fresh(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  await cache.put(address, answer);
}

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(NAME);
  await Promise.all([PAGE, ...FILES].map((address) => keep(cache, address)));
  await self.skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(MINE) && name !== NAME) await caches.delete(name);
  await self.clients.claim();
})()));

/* The page from the network if it answers soon, else as it was kept; scripts as they were kept. */
async function page(request) {
  const cache = await caches.open(NAME);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected) await cache.put(PAGE, answer.clone());
    if (answer.status < 500) return answer;
  } catch {
    /* No network: the kept page. */
  }
  return (await cache.match(PAGE)) ?? Response.error();
}

addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (event.request.mode === "navigate" && address.pathname === PAGE) event.respondWith(page(event.request));
  else if (FILES.includes(address.pathname)) event.respondWith(caches.match(address.pathname).then((kept) => kept ?? fetch(event.request)));
});
