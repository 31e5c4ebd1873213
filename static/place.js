// A place behind the QR on its sign: when it was last disinfected, for anybody; at a shelf how much waits and until when, and a family's
// own on a phone that knows its home; for whoever helps, that she has disinfected it.
import { $, count, fill, reason, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { on, span } from "./when.js";
import { keptHome, ownRow, pickUp } from "./own-parcels.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";

const place = decodeURIComponent(location.hash.slice(1));
const link = keptHome();
const error = $("mine").querySelector(".error");
let own = [];
let helping = null;
let wrong = [];

const long = (minutes) => (minutes % 60 || minutes < 120 ? say("limit_minutes", { n: minutes }) : say("limit_hours", { n: minutes / 60 }));

/** What is disinfected there; then what waits there, if it is a shelf. */
async function look() {
  const cleaned = await get("/disinfections");
  if (cleaned?.ok) showClean(cleaned.data);
  const shelf = cleaned && (cleaned.ok ? cleaned.data.kind === "shelf" : cleaned.status === 404) ? await get("") : cleaned;
  tell($("trouble"), shelf?.ok ? "" : shelf?.status === 404 ? say("place_unknown") : shelf ? reason(shelf) : say("no_network"));
  if (shelf?.ok && shelf !== cleaned) show(shelf.data);
}

const get = (part) => ask("GET", `/api/places/${encodeURIComponent(place)}${part}`).catch(() => null);

/** When it was last disinfected, and how today stands, for anybody. */
function showClean(one) {
  $("name").textContent = one.name;
  for (const id of ["clean", "to-patrols"]) $(id).hidden = false;
  $("to-patrols").hash = place;
  const missed = one.slots.filter((slot) => slot.state === "missed").length;
  $("clean").dataset.tone = missed ? "sun" : "leaf";
  $("clean-title").textContent = one.last ? say("clean_last", { time: on(one.last, one.now) }) : say("clean_none");
  $("clean-text").textContent = [say("clean_promised", one), missed ? count("clean_missed", missed) : ""].filter(Boolean).join(" ");
  $("windows").replaceChildren(...one.slots.map(windowLine));
  if (!helping && mayHelp()) helping = import("./place-disinfect.js").then(({ help }) => help(one, showClean), () => (helping = null));
}

function windowLine(slot) {
  const line = fill("window-row", { span: span(slot.from, slot.until), state: say(`window_${slot.state}`) });
  line.dataset.state = slot.state;
  return line;
}

/** Has this phone been confirmed for a volunteer, or somebody signed in in this tab? */
function mayHelp() {
  try {
    return Boolean(localStorage.getItem("nuanlin.device") ?? sessionStorage.getItem("nuanlin.staff"));
  } catch {
    return false;
  }
}

function show(shelf) {
  const { waiting, overdue, limits, now } = shelf;
  $("name").textContent = shelf.name;
  for (const id of ["shelf", "limits", "to-scan"]) $(id).hidden = false;
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
  const wanted = own;
  const taken = await pickUp(link, wanted, error);
  $("take").disabled = false;
  if (!taken) return;
  wrong = wanted;
  await look();
  $("mine").hidden = false;
  $("mine").dataset.tone = "leaf";
  $("mine-title").textContent = count("own_taken", taken);
  $("mine-list").replaceChildren();
  $("take").hidden = true;
  $("untake").hidden = false;
  $("mine-title").focus();
}

async function putBack() {
  if (!(await pickUp(link, wrong, error, true))) return;
  $("untake").hidden = true;
  $("take").hidden = false;
  $("mine").dataset.tone = "sky";
  await look();
  $("mine-title").focus();
}

settle();
toggleSize();
wirePhones(place);
addEventListener("hashchange", () => location.reload());
$("take").addEventListener("click", take);
$("untake").addEventListener("click", putBack);
document.addEventListener("visibilitychange", () => document.hidden || !place || look());
if (place) look();
else tell($("trouble"), say("place_which"));
