"use strict";
// Keys for the queue, and a memory for what is being typed at a complaint. Every page works without this file.
(() => {
  const form = document.querySelector("form[data-draft]");
  const kept = (number) => "meja." + number;
  const fields = () => [...form.querySelectorAll("textarea, input[type=text], input[type=date], select")];

  // What was typed is in this tab only, until it was sent or the officer signs out.
  const keep = () => {
    const said = {};
    for (const one of fields()) if (one.name) said[one.name] = one.value;
    try {
      const old = JSON.parse(sessionStorage.getItem(kept(form.dataset.draft)) || "{}");
      sessionStorage.setItem(kept(form.dataset.draft), JSON.stringify({ ...old, ...said }));
    } catch { /* a full or forbidden store: typing goes on */ }
  };
  const restore = () => {
    let old = {};
    try { old = JSON.parse(sessionStorage.getItem(kept(form.dataset.draft)) || "{}"); } catch { return; }
    for (const one of fields()) {
      if (one.name in old && !one.value && old[one.name] && (one.tagName !== "SELECT" || [...one.options].some((o) => o.value === old[one.name]))) {
        one.value = old[one.name];
      }
    }
  };
  const clear = (all) => {
    try {
      for (const name of Object.keys(sessionStorage)) {
        if (name.startsWith("meja.") && (all || name === kept(all === false && form ? form.dataset.draft : ""))) {
          sessionStorage.removeItem(name);
        }
      }
    } catch { /* nothing was kept */ }
  };

  const done = new URLSearchParams(location.search).has("pesan");
  if (form) {
    if (done) clear(false);
    restore();
    form.addEventListener("input", keep);
    form.addEventListener("submit", () => {
      for (const button of form.querySelectorAll("button[type=submit]")) setTimeout(() => { button.disabled = true; });
    });
    addEventListener("pageshow", () => {
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = false;
    });
  }
  for (const out of document.querySelectorAll("form[action$='/keluar']")) {
    out.addEventListener("submit", () => clear(true));
  }

  const rows = [...document.querySelectorAll("table.rows a.rowlink")];
  let at = rows.indexOf(document.activeElement);
  const go = (step) => {
    if (!rows.length) return;
    at = rows.indexOf(document.activeElement) >= 0 ? rows.indexOf(document.activeElement) : at;
    at = Math.min(rows.length - 1, Math.max(0, at + step));
    rows[at].focus();
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) { typing.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.getElementById("cari");
    const back = document.querySelector("a[data-back]");
    const help = document.getElementById("tombol");
    if (event.key === "j") go(1);
    else if (event.key === "k") go(at < 0 ? 0 : -1);
    else if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
    else if (event.key === "u" && back) back.click();
    else if (event.key === "?" && help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); }
  });
})();
