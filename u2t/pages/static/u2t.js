/* Comfort only: every page works without this file. */

const find = (selector, root = document) => root.querySelector(selector);

/* "/" goes to the search box, as on many sites; never while typing. */
document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const boxes = [...document.querySelectorAll("[data-shortcut='/'], main input[type='search']")];
    const box = boxes.find((one) => one.offsetParent);
    if (box) {
      event.preventDefault();
      box.select();
      box.focus();
    }
  }
  if (event.key === "Escape") {
    const open = event.target.closest("details.menu[open], details.tab-more[open]");
    if (open) {
      open.open = false;
      find("summary", open).focus();
    }
  }
});

/* An open menu closes when something else is touched. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open], details.tab-more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* On a phone a row of tabs is longer than the screen: the one that is open stands in view. */
for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}

/* A sent form shows that it works, and is not sent twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-busy]")) return;
  if (form.dataset.busy === "sent") {
    event.preventDefault();
    return;
  }
  form.dataset.busy = "sent";
  (event.submitter || find("button:not([type='button'])", form))?.setAttribute("aria-busy", "true");
});
/* Who logs out leaves no list of people behind that a check-in desk loaded onto this device. */
document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-log-out]")) indexedDB.deleteDatabase("u2t-desk-list");
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy='sent']")) form.dataset.busy = "";
  for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
});

/* Lists filter while one types; the address follows, so that it can be kept and sent. */
let waiting;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form || !window.htmx) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value) query.delete(name, value);
    const address = `${location.pathname}?${query}`;
    history.replaceState(null, "", address);
    window.htmx.ajax("GET", address, { target: form.dataset.live, select: form.dataset.live, swap: "outerHTML" });
  }, event.target.matches("[type='search'], [type='text']") ? 350 : 0);
});

/* What is wrong is read first. */
find("[data-focus]")?.focus();
