// A resident's page: show where today stands, take "I am well" and see that it arrives.
import { $, reason } from "./words.js";
import { ask, mint, worthRetrying } from "./ask.js";
import { local, on } from "./when.js";
import { expired, shelf } from "./unsent.js";
import { face, reported, showHome } from "./resident-face.js";
import { wireParcels } from "./resident-parcels.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { wireForms } from "./resident-forms.js";
import { waits } from "./waits.js";

const link = decodeURIComponent(location.hash.slice(1));
const RETRY = 30_000;
const { forget, keep, waiting } = shelf("nuanlin.unsent", () => localStorage);
const DONE = ["on_time", "late", "extra"];
let home = null;
let ahead = 0; // how far the compound's wall clock is from this phone's universal time, in milliseconds
let lost = null;
let delivered = false; // the person was told "not delivered", so she is told "delivered"
let busy = null;
let again = false;
let showParcels = () => {};

const mine = () => waiting().find((item) => item.link === link);
const wallOf = (date) => (home ? new Date(date.getTime() + ahead).toISOString().slice(0, 19) : local(date));
const when = (item) => on(wallOf(new Date(item.tapped)), wallOf(new Date()));

/** Post one check-in. Unreachable passes through; what waited is forgotten once the server has answered for good. */
async function send(item) {
  const answer = await ask("POST", "/api/check-ins", { headers: { "X-Home-Link": item.link }, body: item.body, key: item.key });
  if (!worthRetrying(answer)) forget(item.key);
  return answer;
}

/** The server has it: show that, and the day as the server sees it. */
function arrived(report, wasWaiting) {
  const owed = home?.self_report.owed ?? false;
  const state = report.late ? "late" : owed ? "on_time" : "extra";
  lost = null;
  delivered ||= wasWaiting;
  if (!home) return reported({ self_report: { owed, state, ...report } }, delivered);
  home.self_report = { ...home.self_report, state, ...report };
  return reported(home, delivered);
}

/** Show what became of a check-in that was to be sent. */
function outcome(answer, item, wasWaiting) {
  if (answer.ok) arrived(answer.data, wasWaiting);
  else if (answer.status === 401) face("dead");
  else if (answer.status === 410) drop(item);
  else if (worthRetrying(answer)) unsent(item);
  else face("refused", { detail: reason(answer) });
}

function unsent(item, kept = true) {
  face("unsent", { time: when(item), kept });
}

/** Too late to count: say so, and ask for today's. */
function drop(item) {
  lost = item;
  face("expired", { when: when(item) });
}

async function tap() {
  const tapped = new Date();
  const item = { key: mint(), link, tapped: tapped.toISOString(), body: { feeling: "well", day: wallOf(tapped).slice(0, 10) } };
  const kept = keep(item);
  face("sending");
  await send(item).then((answer) => outcome(answer, item, false), () => unsent(item, kept));
}

/** Send what waits, for every home this browser knows; drop what is too old and say so. */
async function flush() {
  for (const item of waiting()) {
    const own = item.link === link;
    if (expired(item)) {
      forget(item.key);
      if (own) drop(item);
      continue;
    }
    const answer = await send(item).catch(() => null);
    if (own && answer) outcome(answer, item, true);
    else if (own) unsent(item);
  }
}

/** Ask how the day stands. */
async function load() {
  const answer = await ask("GET", "/api/home", { headers: { "X-Home-Link": link } }).catch(() => null);
  if (answer?.status === 401) return face("dead");
  if (answer?.ok) {
    home = answer.data;
    ahead = Date.parse(`${home.now.slice(0, 19)}Z`) - Date.now();
    showHome(home);
    showParcels(home);
  }
  if (mine()) return undefined;
  if (lost && !DONE.includes(home?.self_report.state)) return face("expired", { when: when(lost) });
  if (answer?.ok) return home.self_report.at ? reported(home, delivered) : face(home.self_report.state, home);
  return home || $("now").dataset.face !== "loading" ? undefined : face(answer ? "trouble" : "offline");
}

/** One round at a time: what waits first, so that the day is read after it arrived. Asked for during a round (the network may
    have come back in the middle of it), another follows. */
function refresh() {
  again = busy !== null;
  busy ??= flush().then(load).finally(() => {
    busy = null;
    return again ? refresh() : undefined;
  });
  return busy;
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  if (!link) return face("nolink");
  for (const way of ["to-tickets", "to-activities", "to-notices"]) $(way).hash = location.hash;
  if (waits(link)) import("./home-waits.js").then(({ tellMovedUp }) => tellMovedUp(link));
  showParcels = wireParcels(link, load);
  wireForms({ link, arrived, dead: () => face("dead") });
  $("well").addEventListener("click", tap);
  $("again").addEventListener("click", refresh);
  addEventListener("online", refresh);
  addEventListener("hashchange", () => location.reload());
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  setInterval(() => !document.hidden && mine() && refresh(), RETRY);
  return refresh();
}

start();
