// Photos: made smaller on the phone (which also takes out where they were taken), sent one after another with their
// progress, and kept with the draft. The form's hidden field holds the ids of those that have arrived.
self.aduan.photos = (form, record, changed) => {
  const { $, make, button } = self.aduan, said = form.dataset, MOST = 3, SIDE = 1600;
  const box = $("photos"), ids = form.querySelector("[name=photos]"), rows = make("ul", { className: "photos" }), news = make("p", { className: "hint", role: "status" });
  const later = (status) => !status || status == 429 || status > 499;
  let line = Promise.resolve(), stopped = false;

  const drawn = async (blob, side, fill) => {
    const map = await createImageBitmap(blob), wide = Math.max(map.width, map.height), narrow = Math.min(map.width, map.height);
    const scale = Math.min(1, side / (fill ? narrow : wide)), canvas = make("canvas");
    canvas.width = fill ? side : map.width * scale;
    canvas.height = fill ? side : map.height * scale;
    const width = map.width * scale, height = map.height * scale;
    canvas.getContext("2d").drawImage(map, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    map.close();
    return canvas;
  };
  const smaller = (file) => drawn(file, SIDE)
    .then((canvas) => new Promise((ok) => canvas.toBlob(ok, "image/jpeg", .82)))
    .then((blob) => blob || file, () => file);

  const upload = (photo) => new Promise((done) => {
    if (stopped || photo.id || !record.list.includes(photo)) return done();
    const ask = photo.ask = new XMLHttpRequest();
    photo.status = 0;
    ask.open("POST", said.home + "/foto");
    ask.responseType = "json";
    ask.setRequestHeader("idempotency-key", form.elements.key.value);
    ask.upload.onprogress = ({ loaded, total }) => { photo.bar.hidden = false; photo.bar.value = loaded / total };
    ask.onloadend = () => {
      photo.ask = null;
      if (ask.status == 201) Object.assign(photo, { id: ask.response.id, at: Date.now() });
      else [photo.status, photo.told] = [ask.status, ask.response?.error?.message || said.photoBad];
      photo.tried = !stopped;
      show();
      done();
    };
    ask.send(photo.blob);
    show();
  });
  const start = (photo) => { line = line.then(() => upload(photo)) };
  const remove = (photo) => {
    photo.ask?.abort();
    record.list = record.list.filter((one) => one != photo);
    show();
    pick.focus();
  };

  const row = (photo, at) => {
    const name = said.photo.replace("{n}", at + 1), thumb = make("span");
    photo.bar = make("progress", { hidden: true, max: 1, ariaLabel: name });
    if (photo.blob) drawn(photo.blob, 144, true).then((canvas) => thumb.replaceWith(canvas), () => {});
    const failed = !photo.id && photo.tried, bad = failed && !later(photo.status);
    const told = photo.id ? said.photoHere : bad ? photo.told : failed ? said.photoLater : photo.ask ? said.photoGoing : said.photoWaits;
    return make("li", {}, thumb, make("div", {}, make("strong", { textContent: name }), make("p", { className: bad ? "error" : "hint", textContent: told }), photo.bar,
      make("p", { className: "chips" }, failed && button(said.retry, () => start(photo)), button(said.remove, () => remove(photo)))));
  };
  const show = () => {
    ids.value = record.list.map((photo) => photo.id).filter(Boolean).join(" ");
    rows.replaceChildren(...record.list.map(row));
    news.textContent = record.list.length < MOST ? "" : said.photoFull;
    chooser.hidden = record.list.length >= MOST;
    changed();
  };
  const pick = make("input", { type: "file", accept: "image/*", multiple: true, className: "hidden-visually", onchange: async () => {
    const files = [...pick.files].slice(0, MOST - record.list.length);
    pick.value = "";
    for (const file of files) {
      const photo = { blob: await smaller(file) };
      record.list.push(photo);
      start(photo);
    }
    show();
  } });
  const chooser = make("label", { className: "button button-plain pick" }, said.pick, pick);

  box.querySelectorAll(".field").forEach((one) => one.remove());
  box.append(rows, chooser, news);
  show();
  record.list.forEach(start);
  addEventListener("online", () => record.list.forEach(start));
  return () => { stopped = true; record.list.forEach((photo) => photo.ask?.abort()) };
};
