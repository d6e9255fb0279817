// Help while the form is filled: letters counted, districts and finer topics, suggestions, what is urgent, similar
// complaints, the phone's position, near days. Whatever does not answer is left out.
self.aduan = (() => {
  const $ = (id) => document.getElementById(id), API = "/api/v1/complaints/", asleep = {};
  const make = (tag, props, ...inside) => {
    const one = Object.assign(document.createElement(tag), props);
    one.append(...inside.filter(Boolean));
    return one;
  };
  const button = (textContent, onclick, className = "button button-plain") =>
    make("button", { type: "button", className, textContent, onclick });
  const fields = (form) => [...new FormData(form)].filter(([, value]) => typeof value == "string");
  const later = (act, ms) => { let timer; return () => { clearTimeout(timer); timer = setTimeout(act, ms) } };
  const choices = (query) => fetch(API + "choices?" + query).then((answer) => answer.json()).catch(() => ({}));
  const ask = async (what, body) => {
    if (asleep[what] > Date.now()) return;
    try {
      const answer = await fetch(API + what, { method: "POST", headers: { "content-type": "application/json" },
        body: JSON.stringify(body), signal: AbortSignal.timeout?.(5e3) });
      if (answer.ok) return await answer.json();
      asleep[what] = Date.now() + (answer.status == 429 || answer.status > 499 ? 6e4 : 1e12);
    } catch {}
  };

  const help = (form) => {
    const said = form.dataset, el = (name) => form.elements[name], text = el("text");
    const pick = (...names) => Object.fromEntries(names.map((name) => [name, el(name).value]));
    const changed = (name) => el(name).dispatchEvent(new Event("change", { bubbles: true }));
    const letters = () => [...text.value.trim()].length, number = (n) => n.toLocaleString(document.documentElement.lang);

    const count = make("p"), counted = () => {
      const n = letters(), max = +text.dataset.max;
      count.textContent = said.count.replace("{n}", number(n)).replace("{max}", number(max));
      count.className = n > max ? "error" : "hint";
    };
    const alarm = make("div", { role: "status" });
    text.after(count, alarm);

    const list = make("datalist", { id: "district-list" });
    form.append(list);
    el("district").setAttribute("list", list.id);
    const districts = async () => {
      const found = el("region").value ? await choices("region=" + el("region").value) : {};
      list.replaceChildren(...(found.districts || []).map((name) => new Option(name)));
    };
    const finer = async (chosen = "") => {
      const group = el("category").value, box = make("div", { id: "finer" }, // what was chosen stands until the list is there
        make("input", { type: "hidden", id: "topic", name: "topic", value: chosen }));
      $("finer")?.remove();
      el("category").closest(".field").after(box);
      const found = group ? await choices("category=" + group) : {};
      if (!found.topics?.length) return;
      const select = make("select", { id: "topic", name: "topic" }, new Option(said.any, ""),
        ...found.topics.map(([code, name]) => new Option(name, code)));
      select.value = chosen;
      box.className = "field";
      box.replaceChildren(make("label", { htmlFor: "topic", textContent: said.finer }), select);
    };

    // Suggestions: chips that fill the list; never more than an offer.
    const chips = make("p", { className: "chips", hidden: true });
    el("category").before(chips);
    const choose = async (code) => {
      el("category").value = code.split(".")[0];
      await finer(code);
      changed("category");
    };
    const offer = (topics) => {
      chips.hidden = !topics.length;
      chips.replaceChildren(said.maybe + " ", ...topics.map(({ code, name }) => button(name, () => choose(code))));
    };
    const warn = (urgent) => alarm.replaceChildren(urgent ? make("div", { className: "notice notice-wrong" },
      make("p", { className: "notice-title", textContent: urgent.title }), make("p", { textContent: urgent.text }),
      make("p", { className: "chips" }, ...urgent.numbers.map(([name, phone]) =>
        make("a", { className: "button button-plain", href: "tel:" + phone.replace(/[^+\d]/g, ""), textContent: `${name} ${phone}` })))) : "");
    const suggest = later(async () => {
      const found = letters() > 20 && await ask("suggest", pick("text", "region", "category"));
      if (found) offer(found.topics || []), warn(found.urgent);
    }, 700);

    // Similar complaints: asked as soon as the place is known, shown when the place is left.
    let asked, answer;
    const similar = () => {
      const body = pick("text", "region", "district", "category", "position"), now = JSON.stringify(body);
      if (now != asked) asked = now, answer = body.region && letters() >= 20 ? ask("similar", body) : undefined;
      return answer;
    };
    const alike = (found, go) => make("section", { className: "alike" }, make("p", { textContent: said.alikeHint }),
      make("ul", {}, ...found.map((one) => make("li", {},
        make("a", { href: `${said.home}/${one.number}`, target: "_blank", textContent: one.excerpt }),
        make("p", { className: "quiet", textContent: [one.place, one.state_text, one.supports &&
          said.others.replace("{n}", number(one.supports))].filter(Boolean).join(" · ") }),
        make("form", { method: "post", action: `${said.home}/${one.number}/saya-juga` },
          make("button", { className: "button button-plain", textContent: said.meToo }))))), button(said.other, go, "button"));

    // The phone's position, only on a tap; what everyone will see of it stands beside the button.
    const point = $("titik"), place = el("position"), where = make("p", { className: "hint", role: "status" });
    const use = button(said.locate, () => {
      where.textContent = said.locating;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        place.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(5)).join(",");
        changed("position");
      }, () => { where.textContent = said.lost }, { enableHighAccuracy: true, timeout: 15e3, maximumAge: 6e4 });
    });
    const clear = button(said.unlocate, () => { place.value = ""; changed("position"); use.focus() });
    const located = () => {
      const at = place.value.split(",").map((degrees) => (+degrees).toFixed(3)).join(", ");
      where.textContent = place.value ? said.located.replace("{at}", at) : "";
      use.hidden = !!place.value;
      clear.hidden = !place.value;
    };
    place.type = "hidden";
    if (navigator.geolocation && isSecureContext) point.replaceChildren(place, use, clear, where);

    const day = (ago) => new Date(Date.now() - ago * 864e5).toLocaleDateString("sv");
    el("happened_on").before(make("p", { className: "chips" }, ...[said.today, said.yesterday].map((name, ago) =>
      button(name, () => { el("happened_on").value = day(ago); changed("happened_on") }))));

    const fresh = (topic) => { counted(); located(); districts(); if (topic || !el("topic")) finer(topic); suggest() };
    form.addEventListener("input", () => { counted(); suggest() });
    form.addEventListener("change", ({ target }) => {
      if (target == place) located();
      if (target.name == "region") districts();
      if (target.name == "category" && target.value != $("topic")?.value.split(".")[0]) finer();
      chips.querySelectorAll("button").forEach((one) => one.ariaPressed = one.textContent == target.selectedOptions?.[0].text);
      similar();
    });
    return { fresh, similar, alike, letters, day };
  };
  return { $, make, button, fields, help };
})();
