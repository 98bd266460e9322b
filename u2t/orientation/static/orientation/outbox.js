/* What a device keeps by itself: the scans that the server has not acknowledged, and the packed list of people.

   Two databases. "u2t-desk" holds scans; nothing is deleted there but in the transaction that writes down the server's
   acknowledgement. "u2t-desk-list" holds people and may be wiped at any moment without losing a scan. */

const SCANS = "u2t-desk", LIST = "u2t-desk-list";
const STRICT = { durability: "strict" };
const SEEN_FOR = 3 * 24 * 3600 * 1000;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const finished = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = () => resolve();
  transaction.onabort = transaction.onerror = () => reject(transaction.error);
});

/* Opened once a page; another tab that deletes or changes the database is let through. */
const opened = new Map();
function open(name, make) {
  if (!opened.has(name)) {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => make(request.result);
    opened.set(name, done(request).then((database) => {
      database.onversionchange = () => { database.close(); opened.delete(name); };
      database.onclose = () => opened.delete(name);
      return database;
    }));
    opened.get(name).catch(() => opened.delete(name));
  }
  return opened.get(name);
}

const scans = () => open(SCANS, (database) => {
  database.createObjectStore("outbox", { keyPath: "order", autoIncrement: true }).createIndex("round", "round");
  database.createObjectStore("seen", { keyPath: "id" }).createIndex("who", "who");
  database.createObjectStore("rejected", { keyPath: "id" });
  database.createObjectStore("meta");
});
const lists = () => open(LIST, (database) => database.createObjectStore("list"));

/* This device's own name in a round, made once. */
export async function device(round) {
  const store = (await scans()).transaction("meta", "readwrite", STRICT).objectStore("meta");
  const kept = await done(store.get(`device ${round}`));
  if (kept) return kept;
  const made = { id: crypto.randomUUID(), label: "" };
  await done(store.put(made, `device ${round}`));
  return made;
}

export async function name(round, label) {
  const kept = await device(round);
  const transaction = (await scans()).transaction("meta", "readwrite", STRICT);
  transaction.objectStore("meta").put({ ...kept, label }, `device ${round}`);
  await finished(transaction);
}

/* Puts a scan where a dying battery cannot take it; only after this may anybody say that it was done. */
export async function put(scan) {
  const transaction = (await scans()).transaction(["outbox", "seen"], "readwrite", STRICT);
  transaction.objectStore("outbox").add(scan);
  transaction.objectStore("seen").put(scan);
  await finished(transaction);
}

export async function waiting(round) {
  const index = (await scans()).transaction("outbox").objectStore("outbox").index("round");
  return done(index.count(round));
}

/* The oldest scans that wait, in the order in which they were made. */
export async function oldest(round, count) {
  const index = (await scans()).transaction("outbox").objectStore("outbox").index("round");
  return done(index.getAll(round, count));
}

/* Takes out what the server acknowledged and keeps what it rejected, all in one transaction. */
export async function settle(sent, { taken, rejected }) {
  const known = new Set(taken), refused = new Map(rejected.map((one) => [one.id, one.why]));
  const transaction = (await scans()).transaction(["outbox", "rejected"], "readwrite", STRICT);
  for (const scan of sent) {
    if (!known.has(scan.id) && !refused.has(scan.id)) continue;
    if (refused.has(scan.id)) transaction.objectStore("rejected").put({ ...scan, why: refused.get(scan.id) });
    transaction.objectStore("outbox").delete(scan.order);
  }
  await finished(transaction);
}

export async function rejected(round) {
  const all = await done((await scans()).transaction("rejected").objectStore("rejected").getAll());
  return all.filter((one) => one.round === round);
}

/* What this device itself saw of a person, the last first. */
export async function seenOf(who) {
  const index = (await scans()).transaction("seen").objectStore("seen").index("who");
  return (await done(index.getAll(who))).sort((one, other) => other.at - one.at);
}

export async function recent(round, count) {
  const all = await done((await scans()).transaction("seen").objectStore("seen").getAll());
  return all.filter((one) => one.round === round).sort((one, other) => other.at - one.at).slice(0, count);
}

/* The memory of who was seen goes after three days; what still waits to be sent never does. */
export async function forget(now) {
  const transaction = (await scans()).transaction("seen", "readwrite");
  const store = transaction.objectStore("seen");
  for (const one of await done(store.getAll())) if (Math.abs(now - one.at) > SEEN_FOR) store.delete(one.id);
  await finished(transaction);
}

export async function forgetAll() {
  const transaction = (await scans()).transaction(["seen", "rejected"], "readwrite");
  transaction.objectStore("seen").clear();
  await finished(transaction);
}

/* How far the server's clock is ahead of this device's, in milliseconds, as last heard. */
export async function offset() {
  return (await done((await scans()).transaction("meta").objectStore("meta").get("offset"))) ?? 0;
}

export async function keepOffset(value) {
  const transaction = (await scans()).transaction("meta", "readwrite");
  transaction.objectStore("meta").put(value, "offset");
  await finished(transaction);
}

/* The packed list, or null where there is none or its time is over; by the device's own clock since packing, so that a
   clock that is wrong by years wipes nothing too early. */
export async function list(round, now) {
  const kept = await done((await lists()).transaction("list").objectStore("list").get(round));
  if (!kept) return null;
  const allowed = Date.parse(kept.expires) - Date.parse(kept.packed_at);
  if (now - kept.kept_at <= allowed && now >= kept.kept_at - 3600 * 1000) return kept;
  await wipe(round);
  return null;
}

export async function keepList(list, now) {
  const transaction = (await lists()).transaction("list", "readwrite", STRICT);
  transaction.objectStore("list").put({ ...list, kept_at: now }, list.round);
  await finished(transaction);
}

export async function wipe(round) {
  const transaction = (await lists()).transaction("list", "readwrite", STRICT);
  transaction.objectStore("list").delete(round);
  await finished(transaction);
}
