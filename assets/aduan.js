// The complaint form and its receipt: drafts, sending, what waits for a line. Without scripts the form is one page that
// works as well. A confidential story is never written to the device.
(() => {
  const { $, make, button, help, photos, walk, fields } = self.aduan, queue = self.antre;
  const WEEK = 6048e5, NAME = "aduan:", HTML = "text/html";
  const local = (use) => { try { return use(localStorage) } catch {} };
  const tab = (use) => { try { return use(sessionStorage) } catch {} };
  let turn, leave = () => {}, carried;

  // Drafts: one for each key, for a week; with their photos.
  const forget = (key) => {
    local((kept) => {
      kept.removeItem(NAME + key);
      kept.removeItem("aduan");
    });
    queue.drop("photos", key);
  };
  const read = (kept, name) => { try { return { name, ...JSON.parse(kept[name]) } } catch { return { name } } };
  const drafts = () => local((kept) => Object.keys(kept).filter((name) => name.startsWith("aduan"))
    .map((name) => read(kept, name))
    .filter(({ at, name, values }) => values && Date.now() - at < WEEK || forget(name.slice(NAME.length)))
    .sort((one, other) => other.at - one.at)) || [];
  // This tab's own, else the newest that no other tab has open.
  const newest = async () => {
    const known = drafts(), mine = NAME + tab((kept) => kept.aduan);
    const open = ((await navigator.locks?.query())?.held || []).map(({ name }) => name);
    return known.find(({ name }) => name == mine) || known.find(({ name }) => !open.includes(name));
  };

  // A page of the server's takes the place of what is in view: a receipt, or the form with what is wrong in it.
  const show = (html) => {
    const page = new DOMParser().parseFromString(html, HTML), known = [...document.scripts].map(({ src }) => src);
    leave();
    turn = () => location.reload();
    document.title = page.title;
    $("isi").replaceWith(page.getElementById("isi"));
    for (const { src } of page.scripts) if (src && !known.includes(src)) document.head.append(make("script", { src }));
    begin();
    scrollTo(0, 0);
    (document.querySelector(".problems") || $("isi")).focus({ preventScroll: true });
  };
  const receipt = ({ key, html, secret }) => {
    carried = null;
    tab((kept) => { if (kept.aduan == key) kept.removeItem("aduan") });
    forget(key);
    queue.drop("queue", key);
    // Reloaded by accident, the page comes back with its code; of a confidential one nothing is kept.
    history.pushState(secret ? null : { receipt: html }, "");
    show(html);
  };
  const begin = () => {
    const told = $("resi"), form = $("aduan");
    if (told) {
      const said = told.dataset, codes = [...told.querySelectorAll(".code")].map((code) => code.textContent).join("\n");
      const copied = () => { copy.textContent = said.copied };
      const copy = button(said.copy, () => navigator.clipboard.writeText(codes).then(copied));
      $("simpan")?.append(navigator.clipboard ? copy : "", button(said.print, () => print()));
    }
    if (form) ask(form);
  };

  const ask = async (form) => {
    const said = form.dataset, el = (name) => form.elements[name], again = "again" in said;
    const secret = () => el("visibility").value == "confidential", typed = () => el("text").value.trim();
    const gone = new AbortController(), { signal } = gone, record = { list: [] };
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal });
    let steps, timer, waiting, seen, stop = () => {};
    leave = () => {
      gone.abort();
      clearTimeout(timer);
      stop();
    };

    const keep = () => steps && local((kept) => {
      const key = el("key").value, values = Object.fromEntries(fields(form));
      if (secret() || !typed()) return kept.removeItem(NAME + key);
      tab((mine) => { mine.aduan = key });
      kept[NAME + key] = JSON.stringify({ at: Date.now(), step: steps.now(), values });
    });
    const keepPhotos = () => {
      const key = el("key").value, list = record.list.map(({ blob, id, at }) => ({ blob, id, at }));
      carried = record.list;
      if (list.length) queue.keep("photos", { key, list, at: Date.now(), secret: secret() });
      else queue.drop("photos", key);
      keep();
    };

    // Sending: written down first, then tried; what can't be sent now waits, in sight.
    const send = async (pressed) => {
      const key = el("key").value, label = typed().replace(/^([^]{60}\S*)[^]+/, "$1 …");
      const item = { key, label, to: said.home, at: Date.now(), secret: secret(), next: 0, state: "waits",
        fields: Object.fromEntries(fields(form)) };
      pressed.disabled = true;
      pressed.textContent = said.sending;
      stop();
      if (await queue.keep("queue", item)) local((kept) => kept.removeItem(NAME + key));
      waiting = key;
      await queue.run(key);
      pressed.disabled = false;
      await listed();
      if (!form.isConnected) return;
      steps.waits(item.secret ? said.held : said.kept);
      listed();
      navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("aduan")).catch(() => {});
    };
    const mend = ({ key, html, fields: values }) => {
      queue.drop("queue", key);
      if (html) return show(html);
      local((kept) => { kept[NAME + key] = JSON.stringify({ at: Date.now(), step: steps.last, values }) });
      tab((kept) => { kept.aduan = key });
      location.reload();
    };
    const box = make("section", { className: "notice notice-warning queue", role: "status" });
    const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    const entry = (item) => {
      const { key, label, at, next, state, status } = item, story = make("strong", { textContent: label });
      const now = said[item.secret && state == "waits" ? "waitsHere" : state].replace("{time}", time(next));
      const act = status < 300 ? button(said.see, () => receipt(item)) : status ? button(said.mend, () => mend(item)) :
        button(said.sendNow, () => queue.run(key).then(() => box.querySelector("button")?.focus()));
      const drop = button(said.remove, async () => {
        if (!confirm(said.sure)) return;
        await queue.drop("queue", key);
        forget(key);
        listed();
      });
      return make("li", {}, make("p", {}, story, " · " + time(at)), make("p", { textContent: now }),
        state != "goes" && make("p", { className: "offers" }, act, drop));
    };
    const listed = async () => {
      const items = await queue.all("queue");
      clearTimeout(timer);
      if (!form.isConnected) return;
      const ready = items.find(({ key, status, html }) => html && (key == waiting || status < 300 && !typed()));
      if (ready) return ready.status < 300 ? receipt(ready) : mend(ready);
      const due = items.filter(({ status, state }) => !status && state != "old").map(({ next }) => next);
      if (due.length && navigator.onLine) timer = setTimeout(queue.run, Math.max(1e3, Math.min(...due) - Date.now()));
      // Drawn again only when there is news: somebody may be on one of its buttons.
      const news = JSON.stringify([form.hidden, items.map(({ key, state, next }) => [key, state, next])]);
      if (!items.length) box.remove();
      else if (!box.isConnected) $("isi").querySelector(".lead").after(box);
      if (news == seen) return;
      seen = news;
      const another = make("a", { href: said.home, textContent: said.another });
      box.replaceChildren(make("p", { className: "notice-title", textContent: said.queue }),
        make("ul", {}, ...items.map(entry)), make("p", { hidden: !form.hidden || secret() }, another));
    };

    // Where the story is kept is said beside it; the name is asked only where the agency may know it.
    const device = make("p", { className: "hint" }), hush = button(said.hush, () => {
      el("visibility").value = "confidential";
      $("visibility").dispatchEvent(new Event("change", { bubbles: true }));
      el("text").focus();
    }, "button-link");
    const open = () => {
      $("name").closest(".field").hidden = el("visibility").value != "open";
      device.replaceChildren(...secret() ? [said.notKept] : [said.keptHere + " ", hush]);
    };

    const more = help(form);
    steps = walk(form, more, { keep, send });
    el("text").after(device);
    turn = (state) => {
      waiting = 0;
      steps.go(state?.step ?? 0);
    };
    on(form, "input", keep);
    on(form, "change", ({ target }) => {
      if (target.name == "visibility") open(), keepPhotos();
      keep();
    });
    on(self, "online", () => queue.run("", true));
    on(self, "beforeunload", (event) => { if (secret() && typed()) event.preventDefault() });
    on(new BroadcastChannel("aduan"), "message", listed);

    if (!again && self.crypto?.randomUUID) el("key").value = crypto.randomUUID(); // the page may be another's, kept
    const draft = again || typed() ? null : await newest();
    if (draft) {
      for (const name in draft.values) if (el(name) && name != "photos") el(name).value = draft.values[name];
      form.before(make("p", { className: "notice" }, said.restored + " ", button(said.forget, () => {
        if (!confirm(said.sure)) return;
        forget(el("key").value);
        el("text").value = "";
        history.replaceState(null, "");
        location.reload();
      }, "button-link")));
    }
    const key = el("key").value, kept = await queue.get("photos", key);
    const ids = form.querySelector("[name=photos]").value.split(" ").filter(Boolean);
    const list = kept?.list || carried || ids.map((id) => ({ id }));
    record.list = $("photos-error") ? list.filter(({ blob }) => blob).map(({ blob }) => ({ blob })) : list;
    navigator.locks?.request(NAME + key, () => new Promise((free) => signal.addEventListener("abort", free)));
    open();
    more.fresh(draft?.values.topic);
    stop = photos(form, record, keepPhotos);
    const to = again ? steps.firstWrong() : typed() ? Math.min(history.state?.step ?? draft?.step ?? 0, steps.last) : 0;
    if (to > 0) steps.go(to, "replaceState");
    listed();
    queue.run();
    tidy();

    // The worker keeps the form at the next visit; at the first one only if something is being written.
    navigator.serviceWorker?.register("/sw.js", { scope: said.home, updateViaCache: "none" }).catch(() => {});
    const ready = async () => {
      const cache = await self.caches?.open("aduan"), scripts = [...document.scripts].map(({ src }) => src);
      if (cache && !await cache.match(said.home)) await cache.addAll([said.home, ...scripts]).catch(() => {});
    };
    if (typed()) ready();
    else form.addEventListener("input", ready, { once: true, signal });
  };
  // Photos whose story is neither a draft nor waiting.
  const tidy = async () => {
    const waits = (await queue.all("queue")).map(({ key }) => key);
    for (const { key, at } of await queue.all("photos"))
      if (Date.now() - at > WEEK && !waits.includes(key)) queue.drop("photos", key);
  };

  addEventListener("popstate", ({ state }) => state?.receipt ? show(state.receipt) : turn?.(state));
  if ($("resi")) forget(tab((kept) => kept.aduan));
  // A receipt comes back when its page is reloaded or gone back to, not when the form is asked for.
  if (performance.getEntriesByType("navigation")[0]?.type == "navigate") history.replaceState(null, "");
  if (history.state?.receipt) show(history.state.receipt);
  else begin();
})();
