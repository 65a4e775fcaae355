// Saves the draft of a hand-in while somebody types. Without it there is the button "Save the draft".
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const line = form && form.querySelector("[data-saved]");
  if (!line || !window.fetch) return;
  const PAUSE = 4000;
  let timer = 0;
  let running = false;
  let stopped = false;

  const schedule = () => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  const save = async () => {
    if (running || stopped) return schedule();
    running = true;
    const data = new FormData(form);
    // The file goes with a button only: it is large, and may be chosen and thought better of.
    data.delete("file");
    data.delete("remove_file");
    data.set("action", "autosave");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data });
      const said = await answer.json();
      line.textContent = said.message;
      if (answer.ok) form.elements.revision.value = said.revision;
      // Another window has the newer draft: what to do is for the person to decide, with a button.
      if (said.stale) stopped = true;
    } catch {
      schedule();
    } finally {
      running = false;
    }
  };

  form.addEventListener("input", (event) => { if (event.target.type !== "file") schedule(); });
  form.addEventListener("submit", (event) => {
    // A save under way would make the form's own one look like that of another window.
    if (running) { event.preventDefault(); const by = event.submitter; setTimeout(() => form.requestSubmit(by), 200); return; }
    stopped = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { stopped = false; });
})();
