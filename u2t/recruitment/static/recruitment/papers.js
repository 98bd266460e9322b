/* Papers from a phone: shrunk before they travel, sent in parts, and taken up again when the signal or the page
   comes back. Without this file every card is an ordinary form. */

const LONGEST = 2000;
const LEAVE_ALONE = 900 * 1024;
const KEPT_FOR = 24 * 3600 * 1000;
const PATIENCE = 120_000;

const root = document.querySelector("#papers");
const say = (what, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), root.dataset[`say${what}`] || "");
const card = (kind) => root.querySelector(`[data-paper="${kind}"]`);
const rest = (milliseconds) =>
  new Promise((go) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      go();
    }
    addEventListener("online", done);
  });

/* ---- what is on its way outlives a reload: the phone keeps the file until the office has it */

const store = {
  opened: null,
  open() {
    this.opened ||= new Promise((found) => {
      try {
        const asked = indexedDB.open("u2t-papers", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
        asked.onsuccess = () => found(asked.result);
        asked.onerror = () => found(null);
      } catch {
        found(null);
      }
    });
    return this.opened;
  },
  async do(mode, act) {
    const base = await this.open();
    if (!base) return undefined;
    return new Promise((found) => {
      const work = base.transaction("waiting", mode);
      const asked = act(work.objectStore("waiting"));
      work.oncomplete = () => found(asked?.result);
      work.onerror = work.onabort = () => found(undefined);
    });
  },
  put: (entry) => store.do("readwrite", (rows) => rows.put(entry)),
  forget: (entry) => store.do("readwrite", (rows) => rows.delete(entry.key)),
  all: async () => (await store.do("readonly", (rows) => rows.getAll())) || [],
};

/* ---- shrinking: upright, at most 2,000 pixels, nothing but the pixels */

async function shrunk(file) {
  if (!file.type.startsWith("image/") && !/\.(jpe?g|png|webp|hei[cf])$/i.test(file.name)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file; // The server says in words what is the matter with it.
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  if (scale === 1 && file.size <= LEAVE_ALONE && file.type === "image/jpeg") return file;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((found) => canvas.toBlob(found, "image/jpeg", 0.85));
  if (!blob || (scale === 1 && blob.size >= file.size)) return file;
  return new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
}

/* ---- talking to the server: a refusal is final, everything else is tried again */

class RefusedBy extends Error {
  constructor(sentences) {
    super(sentences.join(" "));
    this.sentences = sentences;
  }
}
class Gone extends Error {}
class LoggedOut extends Error {}

async function ask(address, options = {}) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const answer = await fetch(address, {
    ...options,
    headers: { Accept: "application/json", "X-CSRFToken": token, ...options.headers },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (answer.redirected || answer.status === 403) throw new LoggedOut();
  if (answer.status === 404) throw new Gone();
  const isJson = answer.headers.get("Content-Type")?.includes("json");
  if (answer.status === 422 && isJson) throw new RefusedBy((await answer.json()).refused);
  if (answer.status >= 500 || answer.status === 429) throw new TypeError(`answer ${answer.status}`);
  if (!answer.ok || !isJson) throw new RefusedBy([say("Broke")]);
  return answer.json();
}

const asJson = (value) => ({ method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });
const asPart = (blob) => ({ method: "POST", body: blob, headers: { "Content-Type": "application/octet-stream" } });

async function carry(entry, show) {
  const { file } = entry;
  if (!entry.upload) {
    const begun = await ask(root.dataset.begin, asJson({ kind: entry.kind, name: file.name, size: file.size }));
    entry.upload = begun.id;
    await store.put(entry);
  }
  const address = `${root.dataset.begin}/${entry.upload}`;
  let state = await ask(address);
  while (state.received < state.size) {
    show("Sending", state.received / state.size);
    const part = file.slice(state.received, state.received + state.part);
    state = await ask(`${address}?offset=${state.received}`, asPart(part));
  }
  show("Checking", 1);
  entry.isFinishing = true;
  await ask(`${address}/finish${entry.adds ? "?adds=1" : ""}`, { method: "POST" });
}

async function send(entry) {
  let share = 0;
  const show = (what, reached = share) => {
    share = reached;
    doing(entry.kind, what, share);
  };
  for (let wait = 1000; ; wait = Math.min(wait * 2, 30_000)) {
    try {
      await carry(entry, show);
      return await received(entry);
    } catch (problem) {
      if (problem instanceof Gone && entry.isFinishing) return received(entry);
      if (problem instanceof Gone && entry.upload) entry.upload = null;
      else if (problem instanceof RefusedBy) return refused(entry, problem.sentences);
      else if (problem instanceof LoggedOut) return stopped(entry, [say("LogIn")]);
      else {
        show("Waiting");
        await rest(wait);
      }
    }
  }
}

/* ---- what the card shows */

function doing(kind, what, share) {
  const box = card(kind)?.querySelector("[data-doing]");
  if (!box) return;
  const percent = Math.floor(share * 100);
  box.hidden = false;
  box.querySelector("progress").value = percent;
  box.querySelector("[data-said]").textContent = say(what, { percent });
  if (what !== "Sending") announce(say(what, { percent }));
}

const announce = (text) => (document.querySelector("#papers-said").textContent = text);

async function received(entry) {
  await store.forget(entry);
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  for (const id of [`paper-${entry.kind}`, "papers-summary"]) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
  dress(card(entry.kind));
  announce(`${card(entry.kind)?.querySelector("h2").textContent.trim()}: ${say("Done")}`);
}

async function refused(entry, sentences) {
  await store.forget(entry);
  stopped(entry, sentences);
}

function stopped(entry, sentences) {
  const here = card(entry.kind);
  here.querySelector("[data-doing]").hidden = true;
  complain(here, sentences);
}

function complain(here, sentences) {
  const box = here.querySelector("[data-refused]");
  box.querySelector("ul").replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })),
  );
  box.hidden = sentences.length === 0;
}

async function chosen(here, form, input) {
  const [file] = input.files;
  if (!file) return;
  const kind = here.dataset.paper;
  complain(here, []);
  doing(kind, "Shrinking", 0);
  const small = await shrunk(file);
  input.value = "";
  const most = Number(root.dataset.most);
  if (small.size > most) {
    here.querySelector("[data-doing]").hidden = true;
    const size = (small.size / 1048576).toFixed(1);
    complain(here, [say("TooLarge", { name: small.name, size, most: Math.floor(most / 1048576) })]);
    return;
  }
  const adds = "adds" in form.dataset;
  const entry = { key: `${location.pathname}#${kind}`, kind, adds, file: small, upload: null, at: Date.now() };
  await store.put(entry);
  await once(entry);
}

/* Two windows of the same page must not send the same file side by side. */
const once = (entry) =>
  navigator.locks ? navigator.locks.request(entry.key, () => send(entry)) : send(entry);

function dress(here) {
  for (const form of here?.querySelectorAll("form[enctype]") || []) dressForm(here, form);
}

function dressForm(here, form) {
  const camera = form.querySelector("[data-camera]");
  const photo = form.querySelector("[data-photo]");
  form.querySelector("[data-plain]").hidden = true;
  camera.hidden = !matchMedia("(pointer: coarse)").matches;
  camera.addEventListener("click", () => photo.click());
  for (const input of [photo, form.querySelector("[name=file]")]) {
    input.addEventListener("change", () => chosen(here, form, input));
  }
}

async function takeUp() {
  for (const entry of await store.all()) {
    if (Date.now() - entry.at > KEPT_FOR) await store.forget(entry);
    else if (entry.key.startsWith(`${location.pathname}#`) && card(entry.kind)) once(entry);
  }
}

if (root) {
  root.querySelectorAll("[data-paper]").forEach(dress);
  takeUp();
}
