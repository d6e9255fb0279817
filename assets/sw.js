// Opens the complaint form without a line, and sends what waits once the line is back. What is not named here is never
// kept: no answer to a form, no complaint, no desk.
importScripts("/aduan-kirim.js");
const PAGE = /^(\/[a-z]{2,3})?\/aduan$/, SCRIPT = /^\/aduan[a-z-]*\.js$/, PATIENCE = 6000;

const page = async (request, { pathname, search }) => {
  const cache = await caches.open("aduan"), old = await cache.match(pathname);
  const fresh = fetch(request).then((answer) => {
    if (answer.ok && !search) cache.put(pathname, answer.clone());
    return answer.status < 500 ? answer : old || answer;
  });
  if (!old) return fresh;
  return Promise.race([fresh, new Promise((late) => setTimeout(late, PATIENCE, old))]).catch(() => old);
};
// A script's address changes with its content, so the kept one is as good.
const script = async (request, { pathname }) => {
  const cache = await caches.open("aduan"), kept = await cache.match(request);
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) {
      await cache.delete(pathname, { ignoreSearch: true });
      await cache.put(request, answer.clone());
    }
    return answer;
  } catch (fault) {
    const other = await cache.match(pathname, { ignoreSearch: true });
    if (other) return other;
    throw fault;
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method != "GET" || url.origin != location.origin) return;
  const answer = PAGE.test(url.pathname) ? page : SCRIPT.test(url.pathname) ? script : null;
  if (answer) event.respondWith(answer(request, url));
});
addEventListener("sync", (event) => event.waitUntil(antre.run("", true).then((left) => {
  if (left) throw Error("later"); // the browser asks again
})));
