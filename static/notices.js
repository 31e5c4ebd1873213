// The notice board: what everybody may read, a file of the site; from a door's card also what is for that home alone.
import { $, reason, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { dayAt } from "./when.js";
import { sync } from "./lists.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { standing } from "./notice-words.js";
import { noticeRow } from "./notice-rows.js";
import { kept, readBoard } from "./notice-file.js";

const WEEK = 7 * 24 * 3_600_000; // the file may be older than that, since it is written when something is published
const link = decodeURIComponent(location.hash.slice(1));
const places = [...$("choose").querySelectorAll("[data-at]")].map((one) => one.dataset.at);
const compound = link.split(".")[0] || (places.length === 1 ? places[0] : "");

async function load() {
  const own = link.includes(".") ? await ask("GET", "/api/home/notices", { headers: { "X-Home-Link": link } }).catch(() => null) : null;
  $("own").hidden = !own?.ok;
  if (own?.ok) return show(own.data.notices, Date.parse(own.data.now), "");
  const trouble = own && (own.status === 401 ? say("notices_dead") : reason(own));
  const board = await readBoard(compound);
  if (board) return show(board.notices, Date.now(), trouble);
  const old = kept(compound);
  return show(old?.notices ?? [], Date.now(), old ? say("notices_lost", { time: dayAt(old.made) }) : say("no_network"), !old);
}

function show(notices, at, trouble, unknown = false) {
  tell($("trouble"), trouble);
  const now = notices.filter((one) => standing(one, at) !== "over");
  const past = notices.filter((one) => standing(one, at) === "over" && Date.parse(one.until) > at - WEEK);
  const first = (one) => (one.urgent && !one.corrected_by ? 0 : 1);
  const make = (one) => noticeRow(one, at, go);
  sync($("now"), now.sort((one, two) => first(one) - first(two) || (one.published < two.published ? 1 : -1)), make);
  sync($("past-list"), past, make);
  $("now-none").hidden = unknown || now.length > 0;
  $("past").hidden = past.length === 0;
}

/** Show another notice of the page, wherever it stands. */
function go(id) {
  const row = [...document.querySelectorAll(".notice")].find((one) => one.dataset.key === id);
  if (!row) return;
  row.closest("details")?.setAttribute("open", "");
  row.scrollIntoView();
  row.focus();
}

function start() {
  settle();
  toggleSize();
  wirePhones(compound);
  addEventListener("hashchange", () => location.reload());
  $("choose").hidden = Boolean(compound);
  $("feeds").hidden = !compound;
  for (const one of $("choose").querySelectorAll("[data-at]")) one.addEventListener("click", () => (location.hash = one.dataset.at));
  if (!compound) return undefined;
  const file = `/feeds/${encodeURIComponent(compound)}${document.documentElement.lang === "en" ? ".en" : ""}`;
  $("to-calendar").href = `${file}.ics`;
  $("to-atom").href = `${file}.atom`;
  $("to-lift").hash = compound;
  document.addEventListener("visibilitychange", () => document.hidden || load());
  return load();
}

start();
