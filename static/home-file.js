// A home's file: why it has its tier, what is promised to it, how the last days went, what is open. The home stands behind the #.
import { $, count, dial, fill, goodsWords, homeName, knows, reason, say, tagWords, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { kindWord, TIER_TONES } from "./visit-rows.js";
import { tellDone } from "./task-acts.js";
import { taskRow, touchTask, withTrips } from "./task-rows.js";
import { showDays } from "./home-days.js";
import { offerDoor, wireDoor } from "./home-door.js";

let session = null;
let file = null;

const home = () => decodeURIComponent(location.hash.slice(1));
const path = (rest = "") => `/api/homes/${encodeURIComponent(home())}${rest}`;
const dayWord = (day) => dayLine(`${day}T00:00`);
const tierWord = (tier) => say("tier_word", { tier: say(`tier_${tier}`) });
const line = (text) => fill("reason-row", { text });

async function look() {
  $("find").hidden = Boolean(home());
  if (!home()) return ($("file").hidden = true);
  const answer = await as("GET", path()).then(withTrips((data) => data.tasks)).catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer?.status === 404 ? say("no_home") : answer ? reason(answer) : say("no_network"));
  $("find").hidden = Boolean(answer?.ok);
  $("file").hidden = !answer?.ok;
  if (answer?.ok) show(answer.data);
}

function show(data) {
  file = data;
  const name = homeName(data.home, data.label);
  $("file-home").textContent = name;
  $("file-tier").textContent = tierWord(data.tier);
  $("file-tier").className = `pill ${TIER_TONES[data.tier]}`;
  $("file-tags").textContent = tagWords(data.tags);
  tell($("file-away"), data.away ? say("pause_title", { why: say(`away_${data.away}`) }) : "");
  showCalls(data);
  $("why").replaceChildren(...(data.why.length ? data.why.map((rule) => line(say("why_fits", { facts: facts(rule) }))) : [line(say("why_none"))]));
  $("tier-changes").replaceChildren(...data.tier_changes.map(changeRow));
  showDays(data.days);
  offerDoor(data);
  showPlans(data);
  $("warmth").hidden = !data.thermometers;
  if (data.thermometers) {
    import("./home-warmth.js").then(({ showWarmth }) => showWarmth(data), () => tell($("warmth-error"), say("no_network")));
  }
  const { now } = data;
  $("moment").textContent = `${dayLine(now)} ${clock(now)}`;
  const others = data.tasks.filter((task) => !task.trip);
  showTrips(data, data.tasks.filter((task) => task.trip));
  sync($("tasks"), others, (task) => taskRow(task, { me: session.username, now, after }), (row, task) => touchTask(row, task, now));
  $("tasks-count").textContent = others.length ? count("file_count", others.length) : "";
  $("tasks-none").hidden = others.length > 0;
}

/** "lives_alone + age:80" → 独居，满 80 岁 */
function facts(rule) {
  const word = (fact) => (fact.startsWith("age:") ? say("age_from", { n: fact.slice(4) }) : knows(`tag_${fact}`) ? say(`tag_${fact}`) : fact);
  return rule.split(" + ").map(word).join(say("and_join"));
}

function showCalls({ contact, steward }) {
  const calls = [[contact, "call_home"], [steward, "call_keeper"]].filter(([one]) => one?.phone);
  $("file-calls").replaceChildren(...calls.map(([one, word], at) => {
    const button = fill("call-button", { who: `${at || word !== "call_home" ? say("call_keeper", one) : say("call_home", one)} ${one.phone}` });
    button.href = dial(one.phone);
    return button;
  }));
}

const nameOf = (username) => file.people.find((one) => one.id === username)?.name || username;

function changeRow(change) {
  const words = { ...change, tier: say(`tier_${change.tier}`), since: dayWord(change.since), by: nameOf(change.approved_by || change.by) };
  const row = fill("change-row", { text: say(change.pending ? "change_pending" : "change_approved", words) });
  const form = row.querySelector("form");
  if (!change.pending || !session.roles.includes("manager") || change.by === session.username) form.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await submit(form, `/api/tier-changes/${encodeURIComponent(change.id)}/approval`, {})) after(say("tier_approved"));
  });
  return row;
}

function showPlans({ plans, pause, away }) {
  const words = ({ kind, windows, every, days, goods = [] }) =>
    say("plan_line", { kind: kindWord(kind), every: `${every > 1 ? say("every_days", { n: every }) : say("every_day")}${knows(`plan_${days}`) ? say(`plan_${days}`) : ""}`, windows: [...windows, ...(goods.length ? [say("bring", { goods: goodsWords(goods) })] : [])].join(say("comma")) });
  $("plans").replaceChildren(...(plans.length ? plans.map((plan) => line(words(plan))) : [line(say("plan_none"))]));
  const why = pause && say(`away_${pause.why}`);
  tell($("pause-text"), pause ? say("pause_now", { why, first: dayWord(pause.first), last: dayWord(pause.last), until: `${dayLine(pause.until)} ${clock(pause.until)}` }) : "");
  $("end-pause").hidden = !pause;
  $("to-pause").hidden = Boolean(pause || away);
}

/** What trips need is fetched when there is one; the form, when somebody opens it. */
const later = (fetched) => fetched.catch(() => tell($("stale"), say("no_network")));

function showTrips(data, tasks) {
  $("trips-none").hidden = tasks.length > 0;
  if (!tasks.length) return $("trips").replaceChildren();
  return later(import("./home-trips.js").then((trips) => trips.showTrips(tasks, data, { me: session.username, after, move })));
}

const move = (trip) => later(import("./trip-form.js").then(({ openTrip }) => openTrip({ file: () => file, path, after }, trip)));
$("to-trip").addEventListener("click", () => ($("trip").hidden ? move() : $("trip").reset()));

async function after(text, undo) {
  tellDone($("done"), text, undo);
  await look();
  if (document.activeElement === document.body) $("file-home").focus();
}

/** A form behind a button: opened, thought better of, or sent to ``rest`` of this home. */
function wire(id, opener, rest, heard) {
  const form = $(id);
  const show = (open) => {
    form.hidden = !open;
    $(opener).setAttribute("aria-expanded", String(open));
    for (const field of form.querySelectorAll("[type=date]")) if (open && !field.value) field.value = file.days[0].day;
    (open ? form.querySelector("input") : $(opener)).focus();
  };
  $(opener).addEventListener("click", () => show(form.hidden));
  form.addEventListener("reset", () => show(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(form, path(rest), Object.fromEntries(new FormData(form))))) return;
    form.reset();
    after(say(heard));
  });
}

wireDoor(() => as("GET", path("/door-days")));
wire("tier", "to-tier", "/tier", "tier_proposed");
wire("pause", "to-pause", "/pauses", "paused_heard");
$("end-pause").addEventListener("click", async () => {
  $("end-pause-form").hidden = false;
  if (await submit($("end-pause-form"), path(`/pauses/${encodeURIComponent(file.pause.id)}/end`), {})) after(say("returned_heard"));
});
$("find").addEventListener("submit", (event) => {
  event.preventDefault();
  location.hash = event.target.elements.home.value.trim().replace(/[^0-9A-Za-z]+/g, "-");
});
$("sign-out").addEventListener("click", () => leave());
addEventListener("hashchange", look);
$("other-language").addEventListener("click", () => ($("other-language").hash = location.hash));
desk(
  (who) => {
    session = who;
    look();
  },
  () => {
    file = null;
    $("file").hidden = $("find").hidden = $("trip").hidden = true;
    offerDoor({});
    for (const id of ["tasks", "trips", "days", "plans", "why", "tier-changes", "file-calls", "rooms"]) $(id).replaceChildren();
    for (const id of ["file-home", "file-tags", "pause-text", "done"]) $(id).textContent = "";
  },
);
