"use strict";
// Keys for the queue, and a memory for what is being typed at a complaint. Every page works without this file.
(() => {
  const HEAD = "meja.", SENT = "meja.sent";
  const form = document.querySelector("form[data-draft]");
  const mine = form ? HEAD + form.dataset.draft : "";
  const fields = () => [...form.querySelectorAll("textarea, input[type=text], input[type=date], select")];

  // In this tab only, until it was sent or the officer signs out. A store that is full or forbidden hinders nobody.
  const safely = (act) => { try { return act(); } catch { return undefined; } };
  const remembered = () => safely(() => JSON.parse(sessionStorage.getItem(mine) || "{}")) || {};
  const keep = () => safely(() => {
    const typed = Object.fromEntries(fields().filter((one) => one.name).map((one) => [one.name, one.value]));
    sessionStorage.setItem(mine, JSON.stringify({ ...remembered(), ...typed }));
  });
  const restore = () => {
    const old = remembered();
    for (const one of fields()) {
      const there = one.tagName !== "SELECT" || [...one.options].some((choice) => choice.value === old[one.name]);
      if (!one.value && old[one.name] && there) one.value = old[one.name];
    }
  };
  const forget = () => safely(() => {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith(HEAD)) sessionStorage.removeItem(name);
  });

  if (new URLSearchParams(location.search).has("pesan")) {
    safely(() => sessionStorage.removeItem(HEAD + sessionStorage.getItem(SENT)));
  }
  if (form) {
    restore();
    form.addEventListener("input", keep);
    form.addEventListener("submit", () => {
      safely(() => sessionStorage.setItem(SENT, form.dataset.draft));
      // After the form has gone with the button that was pressed.
      setTimeout(() => form.querySelectorAll("button").forEach((one) => { one.disabled = true; }));
    });
    addEventListener("pageshow", () => form.querySelectorAll("button").forEach((one) => { one.disabled = false; }));
  }
  for (const out of document.querySelectorAll("form[action$='/keluar']")) out.addEventListener("submit", forget);

  // Back to the queue as it was: its tab, filters and page.
  const QUEUE = "meja.queue", back = document.querySelector("a[data-back]");
  if (/\/meja$/.test(location.pathname)) {
    const view = new URLSearchParams(location.search);
    view.delete("pesan");
    safely(() => sessionStorage.setItem(QUEUE, view.size ? `?${view}` : ""));
  } else if (back) {
    back.href += safely(() => sessionStorage.getItem(QUEUE)) || "";
  }

  const rows = [...document.querySelectorAll("a.rowlink")];
  let at = -1;
  const go = (step) => {
    const focused = rows.indexOf(document.activeElement);
    at = Math.min(rows.length - 1, Math.max(0, (focused < 0 ? at : focused) + step));
    if (rows[at]) rows[at].focus();
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    u: () => back?.click(),
    "/": (event) => {
      const search = document.getElementById("cari");
      search?.closest("details")?.setAttribute("open", "");
      if (search) { event.preventDefault(); search.focus(); }
    },
    "?": () => {
      const help = document.getElementById("tombol");
      if (help) { help.open = !help.open; help.scrollIntoView({ block: "nearest" }); }
    },
  };
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) typing.blur();
    if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) keys[event.key]?.(event);
  });
})();
