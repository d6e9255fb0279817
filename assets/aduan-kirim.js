// What waits on this device to be sent, and its photos: for the form and for sw.js alike. What is confidential stays
// in the page's memory. Each sending has a key of its own, so that sending it again files nothing twice.
self.antre = (() => {
  const held = { queue: new Map(), photos: new Map() }, news = new BroadcastChannel("aduan"), KNOWN = 2592e5, GOOD = 72e6;
  const tell = () => news.postMessage(0), within = (ms) => AbortSignal.timeout?.(ms);
  let opened;
  const open = () => opened ||= new Promise((ok, no) => {
    const ask = indexedDB.open("aduan", 1);
    ask.onupgradeneeded = () => Object.keys(held).forEach((name) => ask.result.createObjectStore(name, { keyPath: "key" }));
    ask.onsuccess = () => ok(ask.result);
    ask.onerror = () => no(ask.error);
  });
  const disk = async (name, act, otherwise) => {
    try {
      const work = (await open()).transaction(name, "readwrite"), ask = act(work.objectStore(name));
      return await new Promise((ok, no) => { work.oncomplete = () => ok(ask.result); work.onabort = no });
    } catch { return otherwise }
  };
  const get = async (name, key) => held[name].get(key) || disk(name, (store) => store.get(key));
  const all = async (name) => [...await disk(name, (store) => store.getAll(), []), ...held[name].values()];
  const drop = (name, key) => { held[name].delete(key); return disk(name, (store) => store.delete(key)) };
  // Resolves to a key where the device keeps it.
  const keep = async (name, record) => {
    const safe = !record.secret && await disk(name, (store) => store.put(record));
    if (record.secret) await drop(name, record.key);
    safe ? held[name].delete(record.key) : held[name].set(record.key, record);
    return safe;
  };

  const send = async (item) => {
    const form = new URLSearchParams(item.fields), photos = await get("photos", item.key);
    for (const photo of photos?.list || []) if (photo.blob && !(Date.now() - photo.at < GOOD)) {
      const headers = { "idempotency-key": item.key };
      const answer = await fetch(item.to + "/foto", { method: "POST", body: photo.blob, headers, signal: within(18e4) });
      if (answer.status != 201) return [answer.status, "", answer];
      Object.assign(photo, { id: (await answer.json()).id, at: Date.now() });
      await keep("photos", photos);
    }
    if (photos) form.set("photos", photos.list.map((photo) => photo.id).join(" "));
    form.set("act", "send");
    const answer = await fetch(item.to, { method: "POST", body: form, signal: within(6e4) });
    return [answer.status, await answer.text(), answer];
  };
  const tried = async (item) => {
    item.first ||= Date.now();
    item.tries = (item.tries || 0) + 1;
    item.state = "goes";
    await keep("queue", item);
    tell();
    let after = 0;
    try {
      const [status, html, answer] = await send(item);
      if (status < 300 && !html.includes('id="resi"')) throw 0; // somebody else answered: the door of a hotspot
      if (status == 429 || status >= 500) [item.state, after] = ["busy", +answer.headers.get("retry-after") || 0];
      else Object.assign(item, { status, html: /id="(resi|aduan)"/.test(html) && html, state: status < 300 ? "sent" : "refused" });
    } catch { item.state = "waits" }
    item.next = Date.now() + 1e3 * Math.max(after, Math.min(600, 5 * 2 ** item.tries));
    await keep("queue", item);
  };
  // Send what is due, or the one that is asked for; how many are left. `back`: the line has just returned.
  const work = async (only, back) => {
    let left = 0;
    for (const item of await all("queue")) if (!item.status) {
      const old = !only && Date.now() - item.first > KNOWN; // its key may be forgotten: a person decides
      const due = only ? item.key == only : item.next <= Date.now() || back && item.state != "busy";
      if (old) await keep("queue", { ...item, state: "old" });
      else if (due && navigator.onLine && await get("queue", item.key)) await tried(item);
      left += !item.status;
    }
    tell();
    return left;
  };
  const run = (only, back) => navigator.locks ? navigator.locks.request("aduan-kirim", () => work(only, back)) : work(only, back);
  return { get, all, keep, drop, run };
})();
