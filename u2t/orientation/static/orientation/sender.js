/* Sends what waits: one tab at a time, the oldest first, again and again until the server has said that it has it. */

import * as outbox from "./outbox.js";

const AT_ONCE = 100;
const PATIENCE = 20000;
const KEEP = new Set([0, 401, 403, 408, 409, 425, 429]);

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";

/* Sends everything; answers "sent", "busy" (another tab does it), "offline", "login" (the server wants to know who). */
export function send(round, address, { isDone = false } = {}) {
  const go = async (lock) => (lock ? all(round, address, isDone) : "busy");
  if (!navigator.locks) return all(round, address, isDone);
  return navigator.locks.request(`u2t-desk ${round}`, { ifAvailable: true }, go);
}

async function all(round, address, isDone) {
  for (;;) {
    const batch = await outbox.oldest(round, AT_ONCE);
    if (!batch.length && !isDone) return "sent";
    const answer = await one(round, address, batch, isDone);
    if (answer !== "sent" || batch.length < AT_ONCE) return answer;
  }
}

async function one(round, address, batch, isDone) {
  const device = await outbox.device(round);
  const left = (await outbox.waiting(round)) - batch.length;
  const scans = batch.map(({ id, order, session, direction, how, text, number, at }) => ({ id, order, session, direction, how, text, number, at }));
  const body = JSON.stringify({ device: { id: device.id, label: device.label, waiting: left, done: isDone }, now: Date.now(), scans });
  const { status, told } = await post(address, body);
  if (status === 200 && Array.isArray(told?.taken)) {
    await outbox.settle(batch, told);
    await outbox.keepOffset(told.now - Date.now());
    return told.taken.length + told.rejected.length || !batch.length ? "sent" : "offline";
  }
  /* What the server can never take is kept as rejected and shown; everything else waits. */
  if (status >= 400 && status < 500 && !KEEP.has(status) && told?.why) {
    if (batch.length === 1) {
      await outbox.settle(batch, { taken: [], rejected: batch.map((scan) => ({ id: scan.id, why: told.why })) });
      return "sent";
    }
    for (const scan of batch) await one(round, address, [scan], isDone);
    return "sent";
  }
  return status === 401 || status === 403 ? "login" : "offline";
}

/* The status and what was said; 0 without a network, 401 where the log-in page answers instead. */
async function post(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST", body, redirect: "manual", credentials: "same-origin", cache: "no-store",
      headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.type === "opaqueredirect") return { status: 401 };
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, told: isJson ? await answer.json() : null };
  } catch {
    return { status: 0 };
  }
}

/* Loads the list of people onto the device; answers "packed", "offline" or "login". */
export async function pack(round, address) {
  try {
    const answer = await fetch(address, { redirect: "manual", credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "login";
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("application/json")) return "offline";
    const list = await answer.json();
    const before = await outbox.list(round, Date.now());
    if (before && before.account !== list.account) await outbox.forgetAll();
    await outbox.keepList(list, Date.now());
    await outbox.keepOffset(Date.parse(list.packed_at) - Date.now());
    return "packed";
  } catch {
    return "offline";
  }
}
