// A screen in a lift: one notice after the other, large, never scrolled. It goes on with what it has when the network is gone.
import { $, say, tell } from "./words.js";
import { dayAt } from "./when.js";
import { claimOf, foundOf, progressOf, textOf, titleOf, whenOf } from "./notice-words.js";
import { kept, readBoard } from "./notice-file.js";
import { chunks } from "./lift-chunks.js";

const EVERY = 5 * 60_000;
const SOON = 3 * 24 * 3_600_000;
const OLD = 2 * 3_600_000;
const HERE = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "numeric", minute: "2-digit" });
const still = matchMedia("(prefers-reduced-motion: reduce)");
const [compound, building] = decodeURIComponent(location.hash.slice(1)).split(".");
let board = null;
let slides = [];
let at = 0;
let paused = false;
let timer = 0;

const counts = (notice) =>
  !notice.corrected_by &&
  Date.parse(notice.until) > Date.now() &&
  Date.parse(notice.from) < Date.now() + SOON &&
  (!notice.buildings.length || notice.buildings.includes(building));

/** One size for everything, so that a line holds about as many letters on any screen. */
function scale() {
  document.documentElement.style.fontSize = `${Math.max(18, Math.min(innerWidth / 22, innerHeight / 34))}px`;
}

function paint({ notice, part }) {
  const [title, titleIn] = titleOf(notice);
  const key = notice.urgent ? "lift_urgent" : notice.corrects ? "lift_correction" : "";
  const kind = say(`noticekind_${notice.kind}`);
  $("kind").textContent = key ? say(key, { kind }) : kind;
  $("kind").className = `pill ${notice.urgent ? "fire" : "sky"}`;
  $("title").textContent = title;
  $("title").lang = titleIn;
  $("when").textContent = whenOf(notice);
  $("text").textContent = part;
  $("text").lang = textOf(notice)[1];
}

const fits = () => $("slide").scrollHeight <= $("slide").clientHeight;

/** Every notice in as many slides as it takes without scrolling. */
function cut() {
  scale();
  $("calm").hidden = true;
  $("slide").hidden = false;
  const shown = (board?.notices ?? []).filter(counts).sort((one, two) => Number(two.urgent) - Number(one.urgent));
  slides = shown.flatMap((notice) => {
    const whole = [claimOf(notice), foundOf(notice), progressOf(notice), textOf(notice)[0]].filter(Boolean).join("\n");
    const parts = chunks(whole, (part) => {
      paint({ notice, part });
      return fits();
    });
    return parts.map((part) => ({ notice, part }));
  });
  at = Math.min(at, Math.max(0, slides.length - 1));
  show();
}

function show() {
  clearTimeout(timer);
  const none = slides.length === 0;
  $("calm").hidden = !none;
  $("slide").hidden = none;
  $("place").textContent = none ? "" : say("lift_place", { n: at + 1, of: slides.length });
  if (!none) paint(slides[at]);
  const old = board && Date.now() - Date.parse(board.read) > OLD;
  tell($("old"), old ? say("lift_old", { time: dayAt(board.made) }) : "");
  if (!paused && slides.length > 1) timer = setTimeout(next, still.matches ? 30_000 : 12_000);
}

function next() {
  at = (at + 1) % slides.length;
  if (at === 0) return cut();
  return show();
}

function step(by) {
  if (!slides.length) return;
  at = (at + by + slides.length) % slides.length;
  show();
}

function pause() {
  paused = !paused;
  $("pause").setAttribute("aria-pressed", String(paused));
  show();
}

async function load() {
  const fresh = await readBoard(compound);
  if (fresh) board = { ...fresh, read: new Date().toISOString() };
  else board ??= { ...(kept(compound) ?? { notices: [] }), read: 0 };
  cut();
}

function tick() {
  $("clock").textContent = HERE.format(Date.now());
}

/** This page and all it is made of, so that a screen that is switched on without a network still has something to show. */
async function keepPage() {
  if (!navigator.serviceWorker || !globalThis.caches) return;
  await navigator.serviceWorker.register("/sw.js").catch(() => {});
  const made = [...document.querySelectorAll("link[href], script[src]")].map((one) => one.href || one.src);
  const screens = await caches.open("screens").catch(() => null);
  await screens?.addAll([location.pathname, ...made]).catch(() => {});
}

function start() {
  document.documentElement.classList.add("awake");
  scale();
  addEventListener("hashchange", () => location.reload());
  $("which").hidden = Boolean(compound && building);
  $("lift-foot").hidden = !building;
  $("which-compound").value = compound || $("which-compound").value;
  $("which").addEventListener("submit", (event) => {
    event.preventDefault();
    location.hash = `${$("which-compound").value}.${$("which-building").value.trim()}`;
  });
  if (!compound || !building) return;
  const own = [...$("numbers").content.querySelectorAll("[data-compound]")].find((one) => one.dataset.compound === compound);
  if (own) $("compound").textContent = own.dataset.name;
  $("building").textContent = say("lift_building", { building });
  $("phone").textContent = own ? say("lift_duty", { phone: own.textContent.trim() }) : "";
  $("other-language").hash = location.hash;
  $("pause").addEventListener("click", pause);
  addEventListener("keydown", ({ key }) => (key === "ArrowRight" ? step(1) : key === "ArrowLeft" ? step(-1) : undefined));
  addEventListener("resize", cut);
  addEventListener("online", load);
  setInterval(load, EVERY);
  setInterval(tick, 1000);
  tick();
  load();
  keepPage();
}

start();
