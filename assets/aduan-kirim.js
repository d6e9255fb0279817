// What waits on this device to be sent, and its photos: for the form and for sw.js alike. What is confidential stays
// in the page's memory. Each sending has a key of its own, so that sending it again files nothing twice.
self.antre = (() => {
  const HOUR = 36e5, held = { queue: new Map(), photos: new Map() }, news = new BroadcastChannel("aduan");
  const tell = () => news.postMessage(0), within = (ms) => AbortSignal.timeout?.(ms);

  let opened;
  const open = () => opened ||= new Promise((ok, no) => {
    const ask = indexedDB.open("aduan", 1);
    ask.onupgradeneeded = () => {
      for (const name in held) ask.result.createObjectStore(name, { keyPath: "key" });
    };
    ask.onsuccess = () => ok(ask.result);
    ask.onerror = () => no(ask.error);
  });
  const disk = async (name, act, otherwise) => {
    try {
      const work = (await open()).transaction(name, "readwrite"), ask = act(work.objectStore(name));
      return await new Promise((ok, no) => {
        work.oncomplete = () => ok(ask.result);
        work.onabort = no;
      });
    } catch {
      return otherwise;
    }
  };
  const get = async (name, key) => held[name].get(key) || disk(name, (store) => store.get(key));
  const all = async (name) => [...await disk(name, (store) => store.getAll(), []), ...held[name].values()];
  const drop = (name, key) => {
    held[name].delete(key);
    return disk(name, (store) => store.delete(key));
  };
  // Resolves to the key where the device keeps it, to nothing where only this page does.
  const keep = async (name, record) => {
    if (record.secret) await drop(name, record.key);
    const safe = !record.secret && await disk(name, (store) => store.put(record));
    if (safe) held[name].delete(record.key);
    else held[name].set(record.key, record);
    return safe;
  };

  // The server forgets a photo that no complaint came for after a day: then it is sent once more.
  const uploaded = async (item) => {
    const photos = await get("photos", item.key), headers = { "idempotency-key": item.key };
    for (const photo of photos?.list || []) if (photo.blob && !(Date.now() - photo.at < 20 * HOUR)) {
      const ask = { method: "POST", body: photo.blob, headers, signal: within(18e4) };
      const answer = await fetch(item.to + "/foto", ask);
      if (answer.status != 201) return answer;
      Object.assign(photo, { id: (await answer.json()).id, at: Date.now() });
      await keep("photos", photos);
    }
    if (photos) item.fields.photos = photos.list.map(({ id }) => id).join(" ");
  };
  const send = async (item) => {
    const refused = await uploaded(item), body = new URLSearchParams({ ...item.fields, act: "send" });
    return refused || fetch(item.to, { method: "POST", body, signal: within(6e4) });
  };
  const tried = async (item) => {
    if (navigator.onLine) item.first ||= Date.now();
    item.tries = (item.tries || 0) + 1;
    item.state = "goes";
    await keep("queue", item);
    tell();
    let after = 0;
    try {
      const answer = await send(item), { status } = answer, html = await answer.text();
      const ours = /id="(resi|aduan)"/.test(html);
      if (status < 300 && !ours) throw 0; // somebody else answered: the door of a hotspot
      if (status == 429 || status >= 500) [item.state, after] = ["busy", +answer.headers.get("retry-after")];
      else Object.assign(item, { status, html: ours && html, state: status < 300 ? "sent" : "refused" });
    } catch {
      item.state = "waits";
    }
    item.next = Date.now() + 1e3 * Math.max(after, Math.min(600, 5 * 2 ** item.tries));
    await keep("queue", item);
  };
  // Sends what is due, or the one that is asked for; resolves to how many are left. `back`: the line has returned.
  const work = async (only, back) => {
    let left = 0;
    for (const item of await all("queue")) if (!item.status) {
      const ripe = item.next <= Date.now() || back && item.state != "busy";
      const due = only ? item.key == only : ripe && navigator.onLine;
      // After three days the server may have forgotten the key: whether it was sent, a person decides.
      if (!only && Date.now() - item.first > 72 * HOUR) await keep("queue", { ...item, state: "old" });
      else if (due && await get("queue", item.key)) await tried(item);
      left += !item.status;
    }
    tell();
    return left;
  };
  const run = (only, back) =>
    navigator.locks ? navigator.locks.request("aduan-kirim", () => work(only, back)) : work(only, back);

  return { get, all, keep, drop, run };
})();
