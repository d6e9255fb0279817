// Photos: made smaller on the phone (which also takes out where they were taken), sent one after another with their
// progress. The form's hidden field holds the ids of those that have arrived. Returns what stops the sending.
self.aduan.photos = (form, record, changed) => {
  const { $, make, button } = self.aduan, said = form.dataset, MOST = 3, SIDE = 1600, THUMB = 144;
  const ids = form.querySelector("[name=photos]"), rows = make("ul", { className: "chosen" });
  const news = make("p", { className: "hidden-visually", role: "status" });
  const later = (status) => !status || status == 429 || status > 499;
  let line = Promise.resolve(), stopped = false;

  const drawn = async (blob, side, square) => {
    const map = await createImageBitmap(blob), edge = Math[square ? "min" : "max"](map.width, map.height);
    const scale = Math.min(1, side / edge), width = map.width * scale, height = map.height * scale;
    const canvas = make("canvas", square ? { width: side, height: side } : { width, height });
    canvas.getContext("2d").drawImage(map, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
    map.close();
    return canvas;
  };
  const smaller = (file) => drawn(file, SIDE)
    .then((canvas) => new Promise((ok) => canvas.toBlob(ok, "image/jpeg", .82)))
    .then((blob) => blob || file, () => file);

  const named = (photo) => said.photo.replace("{n}", record.list.indexOf(photo) + 1);
  const failed = (photo) => photo.tried && !photo.id;
  const told = (photo) => photo.id ? said.photoHere : photo.ask ? said.photoGoing : !failed(photo) ? said.photoWaits :
    later(photo.status) ? said.photoLater : photo.why;
  const upload = (photo) => new Promise((done) => {
    if (stopped || photo.id || !record.list.includes(photo)) return done();
    const ask = photo.ask = new XMLHttpRequest();
    ask.open("POST", said.home + "/foto");
    ask.responseType = "json";
    ask.setRequestHeader("idempotency-key", form.elements.key.value);
    ask.upload.onprogress = ({ loaded, total }) => Object.assign(photo.bar, { hidden: false, value: loaded / total });
    ask.onloadend = () => {
      photo.ask = null;
      const { status, response } = ask;
      if (status == 201) Object.assign(photo, { id: response.id, at: Date.now() });
      else Object.assign(photo, { status, why: response?.error?.message || said.photoBad, tried: !stopped });
      show();
      if (record.list.includes(photo)) news.textContent = `${named(photo)}: ${told(photo)}`;
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

  const row = (photo) => {
    const thumb = make("span"), bar = make("progress", { hidden: true, max: 1, "aria-label": named(photo) });
    photo.bar = bar;
    if (photo.blob) drawn(photo.blob, THUMB, true).then((canvas) => thumb.replaceWith(canvas), () => {});
    const bad = failed(photo) && !later(photo.status);
    return make("li", {}, thumb, make("div", {}, make("strong", { textContent: named(photo) }),
      make("p", { className: bad ? "error" : "hint", textContent: told(photo) }), bar,
      make("p", { className: "offers" }, failed(photo) && button(said.retry, () => start(photo)),
        button(said.remove, () => remove(photo)))));
  };
  const show = () => {
    ids.value = record.list.map(({ id }) => id).filter(Boolean).join(" ");
    rows.replaceChildren(...record.list.map(row));
    chooser.hidden = record.list.length >= MOST;
    changed();
  };
  const pick = make("input", { type: "file", accept: "image/*", multiple: true, className: "hidden-visually" });
  pick.onchange = async () => {
    const files = [...pick.files].slice(0, MOST - record.list.length);
    pick.value = "";
    for (const file of files) {
      const photo = { blob: await smaller(file) };
      record.list.push(photo);
      start(photo);
    }
    show();
  };
  const chooser = make("label", { className: "button button-plain pick" }, said.pick, pick);

  for (const one of $("photos").querySelectorAll(".field")) one.remove();
  $("photos").append(rows, chooser, news);
  show();
  record.list.forEach(start);
  addEventListener("online", () => record.list.forEach(start));
  return () => {
    stopped = true;
    for (const { ask } of record.list) ask?.abort();
  };
};
