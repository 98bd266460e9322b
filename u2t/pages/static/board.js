/* The placement board: dragging, keys and a side panel on top of links that do the same without this file. */

const board = document.querySelector("[data-board]");
const bar = document.getElementById("moving");
const said = document.getElementById("said");
const trial = document.getElementById("trial");
const wide = matchMedia("(min-width: 72rem)");

/* Who is being moved: {tiles, name, from, dragged}; null while one only looks. */
let choosing = null;

/* The page itself was asked to choose a place: then the links are right as they are. */
const asked = Boolean(bar && !bar.hidden);

const tiles = () => [...board.querySelectorAll("[data-tile]")];
const say = (text) => { said.textContent = text; };

async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) throw new Error(address);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/* Choosing where somebody goes */

function paint() {
  for (const tile of tiles()) {
    const told = choosing?.tiles?.[tile.dataset.tile];
    const words = tile.querySelector("[data-said]");
    if (told) {
      if (tile.dataset.looks === undefined) tile.dataset.looks = tile.getAttribute("href");
      tile.dataset.kind = told.kind;
      tile.setAttribute("href", told.url);
      if (words.textContent !== told.text) words.textContent = told.text;
    } else if (tile.dataset.looks !== undefined) {
      tile.setAttribute("href", tile.dataset.looks);
      delete tile.dataset.looks;
      delete tile.dataset.kind;
      words.textContent = "";
    }
  }
}

async function choose(person, dragged) {
  const mine = { from: person, name: person.dataset.name, dragged };
  choosing = mine;
  mine.ready = fetch(person.dataset.try, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .then((told) => {
      mine.tiles = told.tiles;
      if (choosing !== mine) return;
      paint();
      bar.querySelector("[data-who]").textContent = mine.name;
      bar.hidden = false;
      const free = Object.values(mine.tiles).filter((one) => one.kind === "free").length;
      say(said.dataset.chosen.replace("{name}", mine.name).replace("{count}", free));
    });
  await mine.ready;
  return mine;
}

function stop({ quietly = false } = {}) {
  const { from, dragged } = choosing ?? {};
  choosing = null;
  paint();
  bar.hidden = true;
  if (quietly) return;
  say(said.dataset.cancelled);
  if (!dragged && from?.isConnected) (from.querySelector(".board-move") ?? from).focus();
}

/* The consequence in a dialog; its form is sent like any other. */

async function show(address) {
  const page = await fetched(address);
  trial.querySelector("[data-body]").replaceChildren(page.getElementById("trial-body"));
  if (!trial.open) trial.showModal();
  trial.scrollTop = 0;
  trial.querySelector("h2").focus();
}

const tryOr = (work, address) => work().catch(() => { location.href = address; });

function aim(tile) {
  const address = tile.getAttribute("href");
  trial.dataset.for = tile.dataset.tile;
  return tryOr(() => show(address), address);
}

trial?.addEventListener("close", () => {
  if (choosing?.dragged) {
    const { from } = choosing;
    stop({ quietly: true });
    from.querySelector(".board-move")?.focus({ preventScroll: true });
  } else board.querySelector(`[data-tile="${trial.dataset.for}"]`)?.focus();
});

trial?.addEventListener("click", (event) => {
  const way = event.target.closest("[data-trial]");
  if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  tryOr(() => show(way.href), way.href);
});

/* The people of a tambon beside the board, where there is room for it. */

async function open(address, code) {
  const panel = (await fetched(address)).getElementById("panel");
  document.getElementById("panel").replaceWith(panel);
  for (const tile of tiles()) tile.toggleAttribute("aria-current", tile.dataset.tile === code);
  panel.scrollIntoView({ block: "nearest" });
  panel.querySelector("h2").focus({ preventScroll: true });
  const here = new URL(location.href);
  here.searchParams.set("open", code);
  here.searchParams.delete("moved");
  history.replaceState(null, "", here);
  const kept = document.querySelector(".board-filters [name='open']");
  if (kept) kept.value = code;
}

document.addEventListener("click", (event) => {
  if (!board || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const link = event.target.closest("a");
  if (!link) return;
  if (link.matches("[data-cancel]") && choosing) {
    event.preventDefault();
    stop();
  } else if (link.matches(".board-move") && !asked) {
    event.preventDefault();
    const person = link.closest("[data-try]");
    tryOr(() => choose(person, false).then(() => {
      const tile = tiles().find((one) => one.dataset.kind === "here") ?? tiles()[0];
      tile?.focus();
    }), link.href);
  } else if (link.matches("[data-kind]")) {
    event.preventDefault();
    aim(link);
  } else if (link.matches("[data-tile], [data-opens]") && wide.matches) {
    event.preventDefault();
    tryOr(() => open(link.getAttribute("href"), link.dataset.tile ?? link.dataset.opens), link.href);
  }
});

/* Arrow keys go to the nearest tile in their direction. */

const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function next(tile, [x, y]) {
  const middle = (one) => {
    const box = one.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [left, top] = middle(tile);
  let best = null;
  for (const one of tiles()) {
    const [toLeft, toTop] = middle(one);
    const ahead = (toLeft - left) * x + (toTop - top) * y;
    const aside = Math.abs((toLeft - left) * y) + Math.abs((toTop - top) * x);
    if (ahead > 4 && (!best || ahead + 3 * aside < best.far)) best = { one, far: ahead + 3 * aside };
  }
  return best?.one;
}

board?.addEventListener("keydown", (event) => {
  const tile = event.target.closest("[data-tile]");
  if (!tile || !WAYS[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  next(tile, WAYS[event.key])?.focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !trial || trial.open) return;
  if (choosing) stop();
  else if (asked) bar.querySelector("[data-cancel]").click();
});

/* Dragging */

let dropped = false;

board?.addEventListener("dragstart", (event) => {
  const person = event.target.closest?.("[data-try]");
  if (!person || asked) return;
  dropped = false;
  event.dataTransfer.setData("text/plain", person.dataset.name);
  event.dataTransfer.effectAllowed = "move";
  person.classList.add("is-dragged");
  choose(person, true).catch(() => stop({ quietly: true }));
});

board?.addEventListener("dragover", (event) => {
  const tile = event.target.closest("[data-tile]");
  if (!choosing?.dragged || !tile || ["full", "none", "here"].includes(tile.dataset.kind)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  if (tile.classList.contains("is-over")) return;
  for (const one of tiles()) one.classList.toggle("is-over", one === tile);
});

board?.addEventListener("dragleave", (event) => {
  const tile = event.target.closest("[data-tile]");
  if (tile && !tile.contains(event.relatedTarget)) tile.classList.remove("is-over");
});

board?.addEventListener("drop", (event) => {
  const tile = event.target.closest("[data-tile]");
  if (!choosing?.dragged || !tile) return;
  event.preventDefault();
  dropped = true;
  tile.classList.remove("is-over");
  const code = tile.dataset.tile;
  choosing.ready.then(() => aim(board.querySelector(`[data-tile="${code}"]`)), () => {});
});

board?.addEventListener("dragend", (event) => {
  event.target.closest?.("[data-try]")?.classList.remove("is-dragged");
  if (!dropped && choosing?.dragged) stop({ quietly: true });
});

/* The tiles are exchanged while one filters: what is being chosen stays. */
if (board) new MutationObserver(() => choosing?.tiles && paint()).observe(board, { childList: true });
