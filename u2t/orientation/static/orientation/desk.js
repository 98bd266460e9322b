/* The check-in desk: one page on a phone that works with no network at all. */

import * as outbox from "./outbox.js";
import { arabic, directory, latin, tokenIn } from "./people.js";
import { watch } from "./camera.js";
import { pack, send } from "./sender.js";
import * as shown from "./shown.js";

const page = document.body.dataset;
const find = (selector) => document.querySelector(selector);
const round = page.round;
/* The same pass before the same door within this time is the same visit. */
const SAME_VISIT = 2 * 60 * 1000;
const EVERY = 15000;
const FOUND_AT_MOST = 8;

let list = null, people = directory(null), ahead = 0, isRevived = false;

const now = () => Date.now() + ahead;
const session = () => list?.sessions.find((one) => String(one.id) === find("#session").value);
const direction = () => find("[name=direction]:checked")?.value ?? "";

/* One after the other, so that a fast reader of codes cannot overtake itself. */
let last = Promise.resolve();
export function check(text, how) {
  last = last.then(() => checkNow(text.trim(), how)).catch((error) => shown.broken(error));
  return last;
}

async function checkNow(text, how) {
  if (!text) return;
  if (!find("#session").value || !direction()) return shown.result("bad", { word: "choose" });
  const token = tokenIn(text) || tokenIn(latin(text));
  if (token) return keep(await people.byPass(token), { text: token, how });
  const digits = arabic(text).replace(/\s/g, "");
  if (/^\d{1,9}$/.test(digits)) return keepNumber(Number(digits), how);
  if (how === "camera") return shown.result("bad", { word: "notpass" });
  const matches = people.named(text, FOUND_AT_MOST);
  shown.found(matches, (person) => keep(person, { number: person.number, how: "search" }));
  if (!matches.length) shown.result("bad", { word: people.size ? "nobody" : "nolist" });
}

function keepNumber(number, how) {
  const person = people.byNumber(number);
  if (!person && people.size) return shown.result("bad", { word: "nobody" });
  return keep(person, { number, how });
}

/* Says that it was done only after it lies safely in the outbox. */
async function keep(person, { text = "", number = null, how }) {
  const known = person?.number ?? number, who = `${round} ${known ?? text}`;
  const here = find("#session").value, way = direction(), at = Date.now();
  const before = (await outbox.seenOf(who)).find((one) => String(one.session) === here);
  if (before && before.direction === way && Math.abs(at - before.at) < SAME_VISIT) {
    return shown.result("wait", { person, word: way === "in" ? "already" : "alreadyout" });
  }
  const scan = { id: crypto.randomUUID(), round, who, known, session: Number(here), direction: way, how, text, number, at };
  await outbox.put(scan);
  shown.result(...verdict(person, way));
  await tell();
  sendSoon();
}

function verdict(person, way) {
  const place = session();
  if (!person) return ["warn", { word: people.size ? "unknown" : "unchecked" }];
  if (place?.groups.length && !place.groups.includes(person.group)) return ["warn", { person, word: "othergroup" }];
  if (way === "out") return ["none", { person, word: "out" }];
  const late = place ? Math.floor((now() - Date.parse(place.begins)) / 60000) : 0;
  return late > (list?.late_after ?? Infinity) ? ["warn", { person, word: "late", minutes: late }] : ["ok", { person, word: "in" }];
}

let soon;
const sendSoon = () => { clearTimeout(soon); soon = setTimeout(sendNow, 300); };

export async function sendNow(options) {
  let answer = await send(round, page.scans, options);
  /* A log-in that still holds but whose token the device has lost gets a new token with the list. */
  if (answer === "login" && !isRevived) {
    isRevived = (await pack(round, page.list)) === "packed";
    if (isRevived) answer = await send(round, page.scans, options);
  }
  if (answer === "sent") isRevived = false;
  if (answer !== "busy") shown.line(answer);
  ahead = await outbox.offset();
  await tell();
  return answer;
}

async function tell() {
  shown.waiting(await outbox.waiting(round));
  shown.rejected(await outbox.rejected(round));
  shown.recent(await outbox.recent(round, 12), (one) => people.byNumber(one.known), sessionName);
}

const sessionName = (id) => list?.sessions.find((one) => one.id === id)?.name ?? "";

async function useList() {
  list = await outbox.list(round, Date.now());
  people = directory(list);
  shown.list(list, now());
}

export async function load() {
  const answer = await pack(round, page.list);
  shown.line(answer === "packed" ? "sent" : answer);
  ahead = await outbox.offset();
  await useList();
  await tell();
  return answer;
}

/* The end of the event: everything is sent, then the people leave the device. */
export async function finish() {
  const answer = await sendNow({ isDone: true });
  if (await outbox.waiting(round)) return shown.result("warn", { word: "stillwaiting" });
  if (answer !== "sent") return shown.result("warn", { word: answer === "login" ? "login" : "noline" });
  await outbox.wipe(round);
  await outbox.forgetAll();
  await useList();
  await tell();
  return shown.result("ok", { word: "wiped" });
}

async function start() {
  if (!globalThis.isSecureContext) return shown.line("insecure");
  find("#entry-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const box = find("#entry"), text = box.value;
    box.value = "";
    shown.found([]);
    check(text, "typed");
  });
  find("#send").addEventListener("click", () => sendNow());
  find("#load").addEventListener("click", async () => {
    await outbox.name(round, find("#label").value.trim());
    await load();
  });
  find("#finish").addEventListener("click", finish);
  watch(find("#camera"), find("#open-camera"), (text) => check(text, "camera"), () => shown.result("bad", { word: "nocamera" }));
  addEventListener("online", () => sendNow());
  addEventListener("offline", () => shown.line("offline"));
  document.addEventListener("visibilitychange", () => document.hidden || sendNow());
  setInterval(async () => { await sendNow(); if (list && !(await outbox.list(round, Date.now()))) await useList(); }, EVERY);
  find("#label").value = (await outbox.device(round)).label;
  ahead = await outbox.offset();
  await outbox.forget(Date.now());
  await useList();
  await tell();
  await navigator.storage?.persist?.();
  return (navigator.onLine ? load().then(() => sendNow()) : shown.line("offline"));
}

if (navigator.serviceWorker) {
  navigator.serviceWorker.register(page.worker, { scope: page.scope })
    .then(() => navigator.serviceWorker.ready).then(() => shown.ready(), () => shown.line("noshell"));
}
start().then(() => { document.body.dataset.started = "yes"; }, (error) => shown.broken(error));
