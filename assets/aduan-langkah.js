// One question a step: forth and back with the browser's own buttons too, what is wrong on top and beside its field,
// and the check before sending, which the server makes (without a line, what was typed is all there is to check).
self.aduan.walk = (form, help, { keep, send }) => {
  const { $, make, button, fields } = self.aduan, said = form.dataset, el = (name) => form.elements[name];
  const main = $("isi"), heading = main.querySelector("h1"), caption = $("langkah"), here = caption.textContent;
  const first = heading.textContent, site = document.title.split(" · ").pop();
  const steps = [...form.querySelectorAll(".step")], last = steps.length - 1;
  const stepOf = (id) => steps.findIndex((step) => step.contains($(id)));
  const next = form.querySelector("[type=submit]"), back = button(said.back, () => history.back());
  const actions = make("div", { className: "actions" }, next, back), near = make("div", { hidden: true });
  const rail = make("ol", { className: "rail" });
  let now = 0, far = 0, mending = false;

  const titled = (text) => { document.title = text + " · " + site };
  const top = (focused) => {
    scrollTo(0, 0);
    focused.focus({ preventScroll: true });
  };
  const place = ({ dataset: { title } }, at) => make("li", at == now && { "aria-current": "step" },
    at <= far && at != now ? button(title, () => move(at), "button-link") : title);
  const go = (n, how, alike) => {
    [now, far] = [n, Math.max(far, n)];
    steps.forEach((step, at) => { step.hidden = alike || at != n });
    near.hidden = !alike;
    actions.hidden = alike;
    form.hidden = false;
    main.className = n || alike ? "wrap later" : "wrap";
    heading.textContent = alike ? said.alike : n ? steps[n].dataset.title : first;
    titled(heading.textContent);
    caption.textContent = said.step.replace("{n}", n + 1).replace("{all}", last + 1);
    next.textContent = n < last ? said.next : said.send;
    back.hidden = !n;
    rail.replaceChildren(...steps.map(place));
    if (how) history[how]({ step: n }, "");
    if (n == last) check();
    keep();
  };
  const move = (n, alike) => {
    wrong([]);
    go(n, "pushState", alike);
    top(heading);
  };

  const wrong = (problems) => {
    main.querySelector(".problems")?.remove();
    for (const one of form.querySelectorAll("[id$=-error]")) one.remove();
    for (const one of form.querySelectorAll(".field-wrong")) one.classList.remove("field-wrong");
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    if (!problems.length) return;
    for (const { field, text } of problems) {
      const control = $(field), box = control?.closest(".field, .group"), id = field + "-error";
      if (!box) continue;
      box.classList.add("field-wrong");
      if (control != box) control.setAttribute("aria-invalid", true);
      control.setAttribute("aria-describedby", [$(field + "-hint") && field + "-hint", id].filter(Boolean).join(" "));
      (box.querySelector(".choices") || (control == box ? box.children[1] : control))
        .before(make("p", { className: "error", id, textContent: text }));
    }
    const link = ({ field, text }) => make("li", {}, make("a", { href: "#" + field, textContent: text }));
    const summary = make("div", { className: "problems", role: "alert", tabIndex: -1 },
      make("h2", { textContent: said.wrong }), make("ul", {}, ...problems.map(link)));
    form.before(summary);
    titled(said.wrongTitle.replace("{title}", heading.textContent));
    top(summary);
  };
  const faults = () => {
    const n = help.letters(), found = [];
    const check = (field, text) => { if (text && stepOf(field) == now) found.push({ field, text }) };
    check("text", n < said.least ? n ? said.short : said.empty : n > el("text").dataset.max && said.long);
    check("region", !el("region").value && said.region);
    check("happened_on", el("happened_on").value > help.day(0) && said.future);
    return found;
  };
  const soon = (answer) => Promise.race([answer, new Promise((late) => setTimeout(late, 1500))]);
  const forward = async () => {
    const found = faults(), from = now;
    if (found.length) return wrong(found);
    const { similar } = from == stepOf("region") && !mending && await soon(help.similar()) || {};
    if (from == stepOf("text")) await soon(help.suggest());
    if (now != from) return; // pressed twice
    const some = similar?.length > 0;
    if (some) near.replaceChildren(help.alike(similar, () => move(from + 1)));
    move(mending ? last : some ? from : from + 1, some);
    mending = false;
  };

  const answer = (one) => one.type == "radio" ? one.checked && one.labels[0].textContent :
    one.selectedOptions ? one.value && one.selectedOptions[0].text : one.value ?? one.textContent;
  const answers = (step) => [...step.querySelectorAll(
    "input:not([type=hidden], [type=file]), select, textarea, .chosen strong")].map(answer).filter(Boolean).join(", ");
  const plain = () => [
    make("p", { className: "notice" }, el("visibility").value == "confidential" ? said.offlineSecret : said.offline),
    make("dl", { className: "facts" }, ...steps.slice(0, last).map((step) => make("div", {},
      make("dt", { textContent: step.dataset.title }), make("dd", { textContent: answers(step) || "–" }))))];
  const check = async () => {
    const box = steps[last], body = new URLSearchParams(fields(form)), headers = { accept: "application/json" };
    let found;
    box.replaceChildren(make("p", { className: "quiet", textContent: said.checking }));
    try {
      const asked = await fetch(form.action, { method: "POST", headers, body, signal: AbortSignal.timeout?.(8e3) });
      found = await asked.json();
    } catch {}
    if (now != last || !form.isConnected) return;
    if (found?.problems?.length) {
      go(Math.max(0, stepOf(found.problems[0].field)), "replaceState");
      wrong(found.problems);
    } else if (found?.html) box.innerHTML = found.html;
    else box.replaceChildren(...plain());
  };

  heading.tabIndex = -1;
  form.classList.add("walk");
  form.before(near);
  form.after(rail);
  form.append(actions);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value, formAction } = event.submitter || {};
    if (value == "edit") {
      mending = true;
      move(stepOf(new URL(formAction).hash.slice(1)));
    } else if (now < last) forward();
    else send(next);
  });
  main.addEventListener("click", (event) => {
    const id = event.target.closest(".problems a")?.hash.slice(1), at = id ? stepOf(id) : -1;
    if (at < 0) return;
    event.preventDefault();
    if (at != now) go(at, "pushState");
    $(id).focus();
  });
  go(0);
  // In place of the form: that it waits.
  const waits = (text) => {
    form.hidden = true;
    main.className = "wrap waits";
    caption.textContent = here;
    heading.textContent = text;
    titled(text);
    top(heading);
  };
  const firstWrong = () => steps.findIndex((step) => step.querySelector("[id$=-error]"));
  return { go, now: () => now, last, waits, firstWrong };
};
