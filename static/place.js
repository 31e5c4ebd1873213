// A shelf behind the QR on its sign: how much waits and until when, for anybody; a family's own, on a phone that knows its home.
import { $, count, reason, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { on } from "./when.js";
import { keptHome, ownRow, pickUp } from "./own-parcels.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";

const place = decodeURIComponent(location.hash.slice(1));
const link = keptHome();
const error = $("mine").querySelector(".error");
let own = [];

const long = (minutes) => (minutes % 60 || minutes < 120 ? say("limit_minutes", { n: minutes }) : say("limit_hours", { n: minutes / 60 }));

async function look() {
  const answer = await ask("GET", `/api/places/${encodeURIComponent(place)}`).catch(() => null);
  tell($("trouble"), answer?.ok ? "" : answer?.status === 404 ? say("place_unknown") : answer ? reason(answer) : say("no_network"));
  if (answer?.ok) show(answer.data);
}

function show(shelf) {
  const { waiting, overdue, limits, now } = shelf;
  $("name").textContent = shelf.name;
  for (const id of ["shelf", "limits"]) $(id).hidden = false;
  $("whose").hidden = Boolean(link);
  $("shelf").dataset.tone = overdue ? "sun" : "leaf";
  $("shelf-title").textContent = waiting ? count("shelf_count", waiting) : say("shelf_none");
  const lines = [overdue ? count("shelf_late", overdue) : "", shelf.next ? say("shelf_next", { time: on(shelf.next, now) }) : "", waiting ? "" : say("shelf_free")];
  $("shelf-text").textContent = lines.filter(Boolean).join(" ");
  for (const name of ["fresh", "medicine", "daily"]) $(`limit-${name}`).textContent = long(limits[name]);
  if (link.split(".")[0] === shelf.compound) showOwn(shelf);
}

async function showOwn(shelf) {
  const answer = await ask("GET", "/api/home", { headers: { "X-Home-Link": link } }).catch(() => null);
  if (!answer?.ok) return;
  own = answer.data.parcels.filter((one) => one.place === shelf.place);
  $("mine").hidden = !own.length;
  $("mine-title").textContent = count("own_here", own.length);
  $("mine-list").replaceChildren(...own.map((one) => ownRow(one, answer.data.now, false)));
}

async function take() {
  $("take").disabled = true;
  const taken = await pickUp(link, own, error);
  $("take").disabled = false;
  if (!taken) return;
  await look();
  $("mine").hidden = false;
  $("mine").dataset.tone = "leaf";
  $("mine-title").textContent = count("own_taken", taken);
  $("mine-list").replaceChildren();
  $("take").hidden = true;
  $("mine-title").focus();
}

settle();
toggleSize();
wirePhones(place);
addEventListener("hashchange", () => location.reload());
$("take").addEventListener("click", take);
document.addEventListener("visibilitychange", () => document.hidden || !place || look());
if (place) look();
else tell($("trouble"), say("place_which"));
