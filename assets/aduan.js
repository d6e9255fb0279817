// Helps with the complaint form and its receipt; neither needs it. No draft of a confidential story is kept.
(() => {
  const KEY = "aduan", WEEK = 6048e5, $ = (id) => document.getElementById(id);
  const store = (use) => { try { return use(localStorage) } catch { return null } };
  const make = (tag, text, css) => Object.assign(document.createElement(tag), { textContent: text, className: css || "" });
  const button = (text, act) => Object.assign(make("button", text, "button button-plain"), { type: "button", onclick: act });

  const receipt = $("resi");
  if (receipt) {
    store((s) => s.removeItem(KEY));
    const said = receipt.dataset, codes = [...receipt.querySelectorAll(".code")].map((code) => code.textContent);
    const copy = button(said.copy, () =>
      navigator.clipboard.writeText(codes.join("\n")).then(() => { copy.textContent = said.copied }));
    $("simpan").append(navigator.clipboard ? copy : "", button(said.print, () => print()));
  }

  const form = $("aduan");
  if (!form) return;
  const said = form.dataset, text = $("text"), field = (name) => form.elements[name];
  const send = form.querySelector("[type=submit]"), sendText = send.textContent;
  const ask = (query) => fetch("/api/v1/complaints/choices?" + query).then((answer) => answer.json()).catch(() => ({}));

  const count = make("p", "", "hint"), list = make("datalist");
  const shown = (n) => n.toLocaleString(document.documentElement.lang);
  const counted = () => {
    const n = [...text.value.trim()].length, max = +text.dataset.max;
    count.textContent = said.count.replace("{n}", shown(n)).replace("{max}", shown(max));
    count.className = n > max ? "error" : "hint";
  };
  text.after(count);
  list.id = "district-list";
  form.append(list);
  field("district").setAttribute("list", list.id);

  const districts = async () => {
    const found = field("region").value ? await ask("region=" + field("region").value) : {};
    list.replaceChildren(...(found.districts || []).map((name) => new Option(name)));
  };
  const finer = async (chosen) => {
    const group = field("category").value, found = group ? await ask("category=" + group) : {};
    $("finer")?.remove();
    if (!found.topics?.length) return;
    const box = make("div", "", "field"), label = make("label", said.finer), select = make("select");
    label.htmlFor = select.id = select.name = "topic";
    select.append(new Option(said.any, ""), ...found.topics.map(([code, name]) => new Option(name, code)));
    select.value = chosen || "";
    box.id = "finer";
    box.append(label, select);
    field("category").closest(".field").after(box);
  };
  const keep = () => store((s) => {
    const values = Object.fromEntries([...form.elements].filter((one) => one.name && one.type != "radio")
      .map((one) => [one.name, one.value]));
    if (field("visibility").value != "open" || !values.text.trim()) s.removeItem(KEY);
    else s.setItem(KEY, JSON.stringify({ at: Date.now(), values }));
  });

  const draft = store((s) => JSON.parse(s.getItem(KEY)));
  if (draft && Date.now() - draft.at > WEEK) store((s) => s.removeItem(KEY));
  else if (draft && !text.value) {
    for (const name in draft.values) if (field(name)) field(name).value = draft.values[name];
    const note = make("p", said.restored + " ", "notice");
    note.append(button(said.forget, () => { store((s) => s.removeItem(KEY)); location.reload() }));
    form.before(note);
  }
  districts();
  if (!$("finer")) finer(draft?.values.topic);
  counted();
  form.addEventListener("input", () => { counted(); keep() });
  field("region").addEventListener("change", districts);
  field("category").addEventListener("change", () => finer());

  let sent = false;
  const again = () => { sent = false; send.textContent = sendText };
  form.addEventListener("submit", (event) => {
    if (sent) return event.preventDefault();
    sent = true;
    send.textContent = said.sending;
    setTimeout(again, 15e3);
  });
  addEventListener("pageshow", again);
})();
