// Help while the form is filled: letters counted, districts and finer topics, suggestions, what is urgent, similar
// complaints, the phone's position, near days. Whatever does not answer is left out.
self.aduan = (() => {
  const $ = (id) => document.getElementById(id), API = "/api/v1/complaints/", asleep = {};
  const make = (tag, props, ...inside) => {
    const one = document.createElement(tag);
    for (const name in props) if (/^(role|aria-)/.test(name)) one.setAttribute(name, props[name]);
      else one[name] = props[name];
    one.append(...inside.filter(Boolean));
    return one;
  };
  const button = (textContent, onclick, className = "button button-plain") =>
    make("button", { type: "button", className, textContent, onclick });
  const fields = (form) => [...new FormData(form)].filter(([, value]) => typeof value == "string");
  const later = (act, ms) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, ms);
    };
  };
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
    const letters = () => [...text.value.trim()].length;
    const number = (n) => n.toLocaleString(document.documentElement.lang);

    const count = make("p"), alarm = make("div", { role: "status" });
    const counted = () => {
      const n = letters(), max = +text.dataset.max;
      count.textContent = said.count.replace("{n}", number(n)).replace("{max}", number(max));
      count.className = n > max ? "error" : "hint";
    };
    text.after(count, alarm);

    const list = make("datalist", { id: "district-list" });
    form.append(list);
    el("district").setAttribute("list", list.id);
    const districts = async () => {
      const region = el("region").value, found = region ? await choices("region=" + region) : {};
      list.replaceChildren(...(found.districts || []).map((name) => new Option(name)));
    };
    const finer = async (chosen = "") => {
      // What was chosen stands until the list is there.
      const stand = make("input", { type: "hidden", id: "topic", name: "topic", value: chosen });
      const box = make("div", { id: "finer" }, stand);
      $("finer")?.remove();
      el("category").closest(".field").after(box);
      const group = el("category").value, { topics } = group ? await choices("category=" + group) : {};
      if (!topics?.length) return;
      const options = topics.map(([code, name]) => new Option(name, code));
      const select = make("select", { id: "topic", name: "topic" }, new Option(said.any, ""), ...options);
      select.value = chosen;
      box.className = "field";
      box.replaceChildren(make("label", { htmlFor: "topic", textContent: said.finer }), select);
    };

    // Suggestions: a tap on one fills the list; never more than an offer.
    const offers = make("p", { className: "offers", hidden: true });
    el("category").before(offers);
    const choose = async (code) => {
      el("category").value = code.split(".")[0];
      await finer(code);
      changed("category");
    };
    const offer = (topics) => {
      const late = offers.hidden && el("category").offsetParent; // nothing moves under the reader's finger
      offers.hidden = !topics.length || !!late;
      offers.replaceChildren(said.maybe + " ", ...topics.map(({ code, name }) => button(name, () => choose(code))));
    };
    const call = ([name, phone]) => make("a", { className: "button button-plain",
      href: "tel:" + phone.replace(/[^+\d]/g, ""), textContent: `${name} ${phone}` });
    const warn = (urgent) => alarm.replaceChildren(urgent ? make("div", { className: "notice notice-wrong" },
      make("p", { className: "notice-title", textContent: urgent.title }), make("p", { textContent: urgent.text }),
      make("p", { className: "offers" }, ...urgent.numbers.map(call))) : "");
    let told, coming;
    const suggest = () => {
      if (letters() > 20 && text.value != told)
        coming = ask("suggest", pick("text", "region", "category")).then((found) => {
          if (!found) return;
          offer(found.topics || []);
          warn(found.urgent);
        });
      told = text.value;
      return coming;
    };
    const soon = later(suggest, 700);

    // Similar complaints: asked as soon as the place is known, shown when the place is left.
    let asked, answer;
    const similar = () => {
      const body = pick("text", "region", "district", "category", "position"), now = JSON.stringify(body);
      if (now != asked) answer = body.region && letters() >= said.least ? ask("similar", body) : undefined;
      asked = now;
      return answer;
    };
    const entry = ({ number: name, excerpt, place, state_text: state, supports }) => {
      const more = supports && said.others.replace("{n}", number(supports));
      return make("li", {}, make("a", { href: `${said.home}/${name}`, target: "_blank", textContent: excerpt }),
        make("p", { className: "quiet", textContent: [place, state, more].filter(Boolean).join(" · ") }),
        make("form", { method: "post", action: `${said.home}/${name}/saya-juga` },
          make("button", { className: "button button-plain", textContent: said.meToo })));
    };
    const alike = (found, go) => make("section", { className: "alike" }, make("p", { textContent: said.alikeHint }),
      make("ul", {}, ...found.map(entry)), button(said.other, go, "button"));

    // The phone's position, only on a tap; what everyone will see of it stands below.
    const place = el("position"), where = make("p", { className: "hint", role: "status" });
    const use = button(said.locate, () => {
      where.textContent = said.locating;
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        place.value = [coords.latitude, coords.longitude].map((degrees) => degrees.toFixed(5)).join(",");
        changed("position");
        clear.focus();
      }, () => { where.textContent = said.lost }, { enableHighAccuracy: true, timeout: 15e3, maximumAge: 6e4 });
    });
    const clear = button(said.unlocate, () => {
      place.value = "";
      changed("position");
      use.focus();
    });
    const located = () => {
      const at = place.value.split(",").map((degrees) => (+degrees).toFixed(3)).join(", ");
      where.textContent = place.value ? said.located.replace("{at}", at) : "";
      use.hidden = !!place.value;
      clear.hidden = !place.value;
    };
    place.type = "hidden";
    $("titik").replaceChildren(place, ...navigator.geolocation && isSecureContext ? [use, clear, where] : []);

    const day = (ago) => new Date(Date.now() - ago * 864e5).toLocaleDateString("sv");
    const near = (name, ago) => button(name, () => {
      el("happened_on").value = day(ago);
      changed("happened_on");
    });
    el("happened_on").before(make("p", { className: "offers" }, ...[said.today, said.yesterday].map(near)));

    form.addEventListener("input", () => {
      counted();
      soon();
    });
    form.addEventListener("change", ({ target }) => {
      if (target == place) located();
      if (target.name == "region") districts();
      if (target.name == "category") {
        const shown = target.selectedOptions[0].text;
        if (target.value != el("topic").value.split(".")[0]) finer();
        for (const one of offers.querySelectorAll("button")) one.setAttribute("aria-pressed", one.textContent == shown);
      }
      similar();
    });
    // With the values that the form has now.
    const fresh = (topic) => {
      counted();
      located();
      districts();
      if (topic || !el("topic")) finer(topic);
      suggest();
    };
    return { fresh, suggest, similar, alike, letters, day };
  };
  return { $, make, button, fields, help };
})();
