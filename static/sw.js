// Keeps the resident's page, so that it opens without a network. Never touches /api: what it says is about now.
const NAME = "shell-__VERSION__";
const KEPT = "__KEPT__";
const PATIENCE = 4000;
const SCREENS = "screens"; // what a lift's screen keeps of its own page, so that it can be switched on without a network
const LIFTS = ["/lift/", "/en/lift/"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((shell) => shell.addAll(KEPT.map((path) => new Request(path, { cache: "reload" })))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== NAME && name !== SCREENS).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  const ours = KEPT.includes(pathname) || LIFTS.includes(pathname) || pathname.startsWith("/assets/");
  if (event.request.method !== "GET" || origin !== location.origin || !ours) return;
  event.respondWith(pathname.startsWith("/assets/") ? keptFirst(event.request) : freshFirst(event.request, pathname));
});

async function keptFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function freshFirst(request, pathname) {
  const kept = await caches.match(pathname);
  const fresh = fetch(request);
  if (!kept) return fresh;
  fresh.catch(() => {});
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([fresh.catch(() => kept), late]);
}
