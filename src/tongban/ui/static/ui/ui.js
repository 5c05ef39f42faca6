/* 通办 Tongban: enhancements. Everything works without this file; nothing here decides anything.
   1 focus the error summary   2 name and size of a chosen file   3 autosave   4 suggestions   5 keys of the staff terminals */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // 1 the summary is read first
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();

  // 2 a chosen file says what it is; an image is shown from memory, never sent before the form is
  for (const input of all("input[type=file][data-file]")) {
    input.addEventListener("change", () => {
      const output = input.parentElement.querySelector("output");
      const file = input.files[0];
      if (!output) return;
      output.textContent = "";
      if (!file) return;
      const size = file.size >= 1048576 ? (file.size / 1048576).toFixed(1) + " MB" : Math.max(1, Math.round(file.size / 1024)) + " KB";
      output.textContent = file.name + " · " + size;
    });
  }

  // 3 <form data-autosave="URL" data-saved="…" data-unsaved="…">: posts itself 1.5 s after the last key
  for (const form of all("form[data-autosave]")) {
    const says = form.querySelector("[data-autosave-says]");
    let timer, running;
    const save = async () => {
      if (running) running.abort();
      running = new AbortController();
      const body = new FormData(form);
      for (const [key, value] of [...body]) if (value instanceof File) body.delete(key);
      try {
        const answer = await fetch(form.dataset.autosave || form.action, {
          method: "POST", body, signal: running.signal, credentials: "same-origin", headers: { "X-Autosave": "1" },
        });
        if (says) says.textContent = answer.ok ? form.dataset.saved || "" : form.dataset.unsaved || "";
      } catch (error) {
        if (says && error.name !== "AbortError") says.textContent = form.dataset.unsaved || "";
      }
    };
    form.addEventListener("input", (event) => {
      if (event.target.type === "file" || event.target.type === "password") return;
      clearTimeout(timer);
      timer = setTimeout(save, 1500);
    });
    form.addEventListener("submit", () => { clearTimeout(timer); if (running) running.abort(); });
  }

  // 4 <input list="ID" data-suggest="URL">: what the words may become, a quarter of a second after the last key
  for (const input of all("input[data-suggest][list]")) {
    let timer, running;
    const ask = async () => {
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(input.dataset.suggest + "?q=" + encodeURIComponent(input.value), { signal: running.signal });
        if (!answer.ok) return;
        const options = (await answer.json()).words.map((words) => Object.assign(document.createElement("option"), words));
        input.list.replaceChildren(...options);
      } catch { /* typing goes on without suggestions */ }
    };
    input.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing && input.value.trim()) timer = setTimeout(ask, 250);
    });
  }

  // 5 keys. Off while typing; every key has a visible control. data-key="v" clicks; [data-row] is a row of a list
  if (!document.body.hasAttribute("data-staff")) return;
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]),textarea,select,[contenteditable]");
  const rows = () => all("[data-row]");
  const move = (step) => {
    const list = rows();
    if (!list.length) return false;
    const here = list.findIndex((row) => row.matches(":focus-within,[aria-current]"));
    const next = list[Math.min(list.length - 1, Math.max(0, here + step))];
    list.forEach((row) => { row.classList.remove("cur"); row.removeAttribute("aria-current"); });
    next.classList.add("cur");
    next.setAttribute("aria-current", "true");
    const link = next.querySelector("a[href]");
    if (link) link.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };
  const press = (key) => {
    const control = document.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (!control) return false;
    if (control.matches("input[type=radio],input[type=checkbox]")) { control.checked = !control.checked || control.type === "radio"; control.focus(); control.dispatchEvent(new Event("change", { bubbles: true })); }
    else control.click();
    return true;
  };
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.metaKey) return;
    const name = (event.ctrlKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "") + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
    if (event.ctrlKey || event.altKey || /^F\d+$/.test(event.key)) {
      if (press(name)) event.preventDefault();
      return;
    }
    if (event.key === "Escape") {
      if (typing(event.target)) { event.target.blur(); return; }
      press("Escape");
      return;
    }
    if (typing(event.target)) return;
    const chord = before ? before + " " + name : "";
    before = name === "g" ? "g" : "";
    let done = false;
    if (chord && press(chord)) done = true;
    else if (name === "j") done = move(1) || press("j");
    else if (name === "k") done = move(-1) || press("k");
    else if (name === "/") { const find = document.querySelector("[data-find]"); if (find) { find.focus(); done = true; } }
    else if (name === "?") { const keys = document.querySelector("dialog[data-keys]"); if (keys) { keys.showModal(); done = true; } }
    else if (name === "x") {
      const row = rows().find((r) => r.matches("[aria-current],:focus-within"));
      const box = row && row.querySelector("input[type=checkbox]");
      if (box) { box.checked = !box.checked; row.classList.toggle("sel", box.checked); done = true; } else done = press("x");
    } else if (name === "Enter") {
      const row = rows().find((r) => r.matches("[aria-current]"));
      const link = row && document.activeElement === document.body && row.querySelector("a[href]");
      if (link) { link.click(); done = true; }
    } else done = press(name);
    if (done) event.preventDefault();
  });
})();
