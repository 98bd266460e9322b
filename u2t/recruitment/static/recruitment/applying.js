/* Comfort only: every step is a form that works without this file. Saves while one types, finds tambons, narrows lists. */

const WAIT = 1200;
const RETRY = 8000;

const form = () => document.querySelector("form[data-autosave]");
let timer;
let saving = false;
let again = false;
let lost = false;

function say(text, bad = false) {
  const state = document.querySelector("[data-save-state]");
  if (!state) return;
  state.textContent = text;
  state.classList.toggle("is-bad", bad);
}

function isDirty(one) {
  return one.dataset.dirty === "yes";
}

async function save() {
  const one = form();
  if (!one || lost || one.dataset.busy === "sent") return;
  if (saving) {
    again = true;
    return;
  }
  saving = true;
  one.dataset.dirty = "";
  const data = new FormData(one);
  data.set("autosave", "1");
  say(one.dataset.saySaving);
  try {
    const answer = await fetch(one.action, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.headers.get("Content-Type")?.includes("json")) {
      one.dataset.dirty = "yes";
      say(one.dataset.sayLeave, true);
    } else {
      await heard(one, await answer.json());
    }
  } catch {
    one.dataset.dirty = "yes";
    say(one.dataset.sayOffline, true);
    clearTimeout(timer);
    timer = setTimeout(save, RETRY);
  }
  saving = false;
  if (again) {
    again = false;
    later();
  }
}

async function heard(one, answer) {
  if (answer.refused) {
    /* The other window's version: the button shows both side by side. */
    lost = true;
    say(answer.refused.join(" "), true);
    return;
  }
  one.elements.version.value = answer.version;
  one.elements.seen.value = answer.seen;
  say([answer.said, ...answer.wrong].join(" · "), answer.wrong.length > 0);
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(save, WAIT);
}

document.addEventListener("input", (event) => {
  const one = event.target.closest("form[data-autosave]");
  if (!one) return;
  if (event.target.matches("[data-narrows]")) return narrow(event.target);
  if (event.target.matches("[data-place]")) look(event.target);
  one.dataset.dirty = "yes";
  later();
});
addEventListener("online", () => form() && isDirty(form()) && save());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && form() && isDirty(form())) save();
});

/* Buttons inside a step (add, move, remove) change the step in place, with everything that was typed. A save that is
   under way has to be over before: what is sent then would carry an older version. */
document.addEventListener("submit", async (event) => {
  const one = event.target;
  if (!one.matches("form[data-autosave]")) return;
  clearTimeout(timer);
  const button = event.submitter;
  const isInside = button?.name === "do";
  if (!saving && !isInside) return;
  event.preventDefault();
  event.stopPropagation();
  button?.setAttribute("aria-busy", "true");
  while (saving) await new Promise((done) => setTimeout(done, 50));
  button?.removeAttribute("aria-busy");
  clearTimeout(timer);
  again = false;
  /* What was waited for may have put another step in the place of this one: press the same button there. */
  const form = document.getElementById(one.id) ?? one;
  const same = [...form.elements].find((box) => box.name === button?.name && box.value === button?.value) ?? button;
  if (isInside) await press(form, same);
  else form.requestSubmit(form === one ? button : same);
}, true);

async function press(one, button) {
  saving = true;
  try {
    const sent = new FormData(one, button);
    const answer = await fetch(one.action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const step = page.querySelector("#step");
    if (!step) throw new Error("another page");
    const typed = typedSince(one, sent);
    document.querySelector("#step").replaceWith(step);
    settle();
    for (const [id, text] of typed) put(id, text);
    focusAfter(button.value);
  } catch {
    say(one.dataset.sayOffline, true);
  }
  saving = false;
}

/* What was typed while the answer was on its way is not in the answer. */
const WRITTEN = "input[type='text'], input[type='search'], input:not([type]), textarea";
function typedSince(one, sent) {
  const boxes = [...one.querySelectorAll(WRITTEN)].filter((box) => box.id && box.name);
  return boxes.filter((box) => box.value !== (sent.get(box.name) ?? "")).map((box) => [box.id, box.value]);
}
function put(id, text) {
  const box = document.getElementById(id);
  if (!box) return;
  box.value = text;
  if (box.dataset.narrows) narrow(box);
}

let refocus = "";
function focusAfter(what) {
  const [verb, code] = what.split(":");
  if (refocus) {
    document.getElementById(refocus)?.focus({ preventScroll: true });
    refocus = "";
    return;
  }
  const wanted =
    document.querySelector("[data-focus]") ||
    (verb === "row" && [...document.querySelectorAll("#rows .line-box input[type='text']:not([value])")][0]) ||
    document.querySelector(`button[value="${verb}:${code}"]`) ||
    document.querySelector(`button[value="remove:${code}"]`) ||
    document.querySelector("#id_q") ||
    document.querySelector(".ranks button");
  wanted?.focus();
}

/* The list of tambons narrows while one types. Marks above and below letters do not count, as in the search itself. */
const folded = (text) => text.toLowerCase().normalize("NFC").replaceAll("ำ", "า").replace(/[\u0e31\u0e34-\u0e3a\u0e46-\u0e4e\s.()-]/g, "");
function narrow(box) {
  const words = box.value.split(/\s+/).map(folded).filter(Boolean);
  for (const row of document.querySelectorAll(`${box.dataset.narrows} > li[data-key]`)) {
    row.hidden = words.length ? !words.every((word) => row.dataset.key.includes(word)) : row.dataset.later === "yes";
  }
  const more = document.querySelector("[data-more]");
  if (more) more.hidden = words.length > 0;
}

/* Tambons of the whole country by name. */
let looking;
function look(box) {
  clearTimeout(looking);
  const text = box.value.trim();
  const list = listOf(box);
  if (text.length < 2 || /\(\d{6}\)$/.test(text)) {
    list.replaceChildren();
    return;
  }
  looking = setTimeout(async () => {
    const one = box.form;
    try {
      const answer = await fetch(`${one.dataset.places}?q=${encodeURIComponent(text)}`);
      const { places } = await answer.json();
      if (box.value.trim() !== text) return;
      list.replaceChildren(...places.map((place) => option(box, list, place)));
      said(box).textContent = places.length ? one.dataset.sayFound.replace("{n}", places.length) : one.dataset.sayNone;
    } catch {
      list.replaceChildren();
    }
  }, 300);
}
function listOf(box) {
  const place = box.closest(".place");
  let list = place.querySelector("ul.places[data-live]");
  if (!list) {
    place.querySelector("ul.places")?.remove();
    list = document.createElement("ul");
    list.className = "list places";
    list.dataset.live = "";
    const status = document.createElement("p");
    status.className = "unseen";
    status.role = "status";
    place.append(status, list);
  }
  return list;
}
const said = (box) => box.closest(".place").querySelector("[role='status']");
function option(box, list, place) {
  const row = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = place.name;
  button.addEventListener("click", () => {
    box.value = `${place.name} (${place.code})`;
    list.replaceChildren();
    box.form.dataset.dirty = "yes";
    box.focus();
    later();
  });
  row.append(button);
  return row;
}

/* What a box makes superfluous is not asked for. */
function settle() {
  for (const row of document.querySelectorAll("#offered > li[hidden]")) row.dataset.later = "yes";
  for (const part of document.querySelectorAll("[data-unless]")) {
    const box = document.querySelector(`[name="${part.dataset.unless}"]`);
    const follow = () => (part.hidden = box.checked);
    box.addEventListener("change", follow);
    follow();
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
  /* Another category has other slots. */
  for (const radio of document.querySelectorAll("#step-form [name='category']")) {
    radio.addEventListener("change", () => {
      clearTimeout(timer);
      refocus = radio.id;
      const again = document.querySelector("[name='do'][value='search']");
      if (again) radio.form.requestSubmit(again);
      else later();
    });
  }
}
settle();
