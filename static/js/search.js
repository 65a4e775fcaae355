// Suggestions below the search field. Without this file the form works as it is.
(() => {
  const form = document.querySelector("form[data-suggest]");
  const input = form && form.querySelector("input[type=search]");
  if (!input || !window.fetch || !window.AbortController) return;

  const list = document.createElement("ul");
  list.id = "search-suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  list.hidden = true;
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let active = -1;
  let waiting = null;
  let request = null;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (option) => {
    if (option.dataset.url) {
      window.location.assign(option.dataset.url);
    } else {
      input.value = option.dataset.text;
      close();
      form.requestSubmit ? form.requestSubmit() : form.submit();
    }
  };

  const activate = (index) => {
    const options = [...list.children];
    active = (index + options.length + 1) % (options.length + 1);
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < options.length) {
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    } else {
      active = -1;
      input.removeAttribute("aria-activedescendant");
    }
  };

  const option = (text, kind, language, data) => {
    const item = document.createElement("li");
    item.id = `search-suggestion-${list.children.length}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const words = document.createElement("span");
    words.textContent = text;
    if (language) words.lang = language;
    item.append(words);
    if (kind) {
      const small = document.createElement("span");
      small.className = "kind";
      small.textContent = kind;
      item.append(" ", small);
    }
    Object.assign(item.dataset, data);
    // Before the field loses the focus.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(item);
    });
    list.append(item);
  };

  const show = (answer) => {
    list.replaceChildren();
    answer.words.forEach((text) => option(text, "", "", { text }));
    answer.hits.forEach((hit) => option(hit.title, hit.kind, hit.language, { url: hit.url }));
    if (!list.children.length || document.activeElement !== input) return close();
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    if (request) request.abort();
    const text = input.value;
    if (text.trim().length < 2) return close();
    request = new AbortController();
    try {
      // All of the form: where to search counts, too.
      const address = `${form.dataset.suggest}?${new URLSearchParams(new FormData(form))}`;
      const response = await fetch(address, { signal: request.signal, headers: { Accept: "application/json" } });
      if (response.ok) show(await response.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.key === "ArrowDown") activate(active + 1);
      else activate(active < 0 ? list.children.length - 1 : active - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(list.children[active]);
    }
  });
})();
