/* Comfort only: J and K turn the list, points are saved while one types. Buttons do all of it too. */

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, textarea, select, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const link = document.querySelector(`a[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (link) link.click();
});

const form = document.querySelector("form[data-autosave]");
if (form) {
  const said = form.querySelector("[data-said]");
  let waiting;
  let sending = Promise.resolve();
  const send = async () => {
    said.textContent = said.dataset.saving;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-Autosave": "1" },
        credentials: "same-origin",
      });
      said.textContent = answer.ok && !answer.redirected ? said.dataset.saved : said.dataset.wrong;
    } catch {
      said.textContent = said.dataset.offline;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { sending = sending.then(send); }, 600);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
