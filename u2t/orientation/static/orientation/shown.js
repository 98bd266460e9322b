/* What the desk shows, sounds and shakes. Words stand in the page, so that they are translated like all others. */

const find = (selector) => document.querySelector(selector);
const word = (name, values = {}) =>
  (find(`#words [data-word="${name}"]`)?.textContent ?? name).replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "");
const write = (selector, text) => { find(selector).textContent = text; };

function mark(state) {
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  shape.setAttribute("class", `mark is-${state}`);
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#mark-${state}`);
  shape.append(use);
  return shape;
}

function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/* A name whose parts are not broken by a line end: no dictionary of a browser knows a surname. */
function whole(name) {
  const made = element("span", "", "desk-name");
  made.append(...name.split(" ").flatMap((part) => [element("span", part, "keep"), " "]));
  return made;
}

/* Name large, then place, then what happened; a tone and a shake that differ for good and bad. */
export function result(state, { person = null, word: name, minutes = 0 }) {
  const box = find("#result");
  box.className = `desk-result is-${state}`;
  box.dataset.word = name;
  const lines = [element("strong", word(name, { minutes }), "desk-verdict")];
  if (person) lines.push(whole(person.name), element("span", `${person.place ? `${word("tambon")}${person.place} · ` : ""}${word("number")} ${person.number}`, "soft"));
  const words = element("div", "");
  words.append(...lines);
  box.replaceChildren(mark(state), words);
  box.hidden = false;
  navigator.vibrate?.({ ok: 60, none: [30, 40, 30], wait: [60, 60, 60], warn: [120, 60, 120], bad: [300] }[state] ?? 0);
  sound(state);
}

let audio = null;
addEventListener("pointerdown", () => { audio ??= new AudioContext(); audio.resume(); });
addEventListener("keydown", () => { audio ??= new AudioContext(); audio.resume(); });

function sound(state) {
  if (audio?.state !== "running") return;
  const tones = { ok: [880], none: [880, 660], wait: [660, 660], warn: [660, 440], bad: [220, 220] }[state] ?? [];
  tones.forEach((pitch, n) => {
    const tone = audio.createOscillator(), loud = audio.createGain();
    tone.frequency.value = pitch;
    loud.gain.value = 0.15;
    tone.connect(loud).connect(audio.destination);
    tone.start(audio.currentTime + n * 0.16);
    tone.stop(audio.currentTime + n * 0.16 + 0.12);
  });
}

export function broken(error) {
  result("bad", { word: "broken" });
  console.warn(error);
}

/* The line to the server: sent, offline, login, noshell. */
export function line(answer) {
  const state = { sent: "ok", offline: "wait", login: "warn", noshell: "warn", insecure: "bad" }[answer] ?? "none";
  const badge = find("#line");
  badge.className = `badge is-${state}`;
  badge.replaceChildren(mark(state), word(`line-${answer}`));
  find("#log-in").hidden = answer !== "login";
}

export const ready = () => { document.body.dataset.ready = "yes"; };

export function waiting(count) {
  write("#waiting", count ? word("waiting", { count }) : word("allsent"));
  find("#waiting").className = `badge is-${count ? "wait" : "ok"}`;
  find("#waiting").prepend(mark(count ? "wait" : "ok"));
  document.body.dataset.waiting = String(count);
}

export function rejected(scans) {
  find("#rejected").hidden = !scans.length;
  find("#rejected ul").replaceChildren(...scans.map((scan) => element("li", `${clock(scan.at)} · ${scan.known ?? scan.text} · ${scan.why}`)));
}

const clock = (at) => new Date(at).toLocaleTimeString("th-TH", { hour: "2-digit", minute: "2-digit", timeZone: document.body.dataset.zone });

export function recent(scans, personOf, sessionName) {
  find("#recent").replaceChildren(...scans.map((scan) => {
    const person = personOf(scan), row = document.createElement("li");
    row.append(element("span", clock(scan.at), "soft keep"), element("span", person?.name ?? String(scan.known ?? word("unknownpass")), "grow"), element("span", `${word(scan.direction)} · ${sessionName(scan.session)}`, "soft small"));
    return row;
  }));
}

export function found(people, choose) {
  find("#found").replaceChildren(...people.map((person) => {
    const row = document.createElement("li"), button = element("button", "", "button desk-person");
    button.type = "button";
    button.append(element("span", `${person.number} · ${person.name}`), element("span", person.place ? `${word("tambon")}${person.place}` : "", "soft small"));
    button.addEventListener("click", () => { found([]); find("#entry").focus(); choose(person); });
    row.append(button);
    return row;
  }));
}

const day = (at) => new Date(at).toLocaleDateString("th-TH", { day: "numeric", month: "short", timeZone: document.body.dataset.zone });

/* The sessions of the list; the one going on is chosen unless somebody chose another. */
export function list(kept, now) {
  const choice = find("#session"), chosen = choice.value;
  const sessions = kept?.sessions ?? [];
  choice.replaceChildren(...sessions.map((one) => Object.assign(document.createElement("option"), { value: one.id, textContent: `${day(one.begins)} ${clock(one.begins)} ${one.name} (${one.place})` })));
  const likely = sessions.find((one) => Date.parse(one.ends) > now) ?? sessions.at(-1);
  choice.value = sessions.some((one) => String(one.id) === chosen) ? chosen : String(likely?.id ?? "");
  write("#packed", kept ? word("packed", { count: kept.people.length, time: `${day(kept.kept_at)} ${clock(kept.kept_at)}` }) : word("notpacked"));
  find("#prepare").open = !kept;
  find("#work").hidden = !sessions.length;
  find("#finish").hidden = !kept;
}
