// Today: what this person owes, by the hour or by building, and the few taps that record it.
import { $, count, homeName, reason, say, tell } from "./words.js";
import { clock, dayLine, span } from "./when.js";
import { as, desk, leave } from "./staff.js";
import { sync } from "./lists.js";
import { isKept, isOwed, kindWord, nobodyOwes } from "./visit-rows.js";
import { isOpen, isOrphan, taskHome, taskRow, taskWhat, touchTask, withTrips } from "./task-rows.js";
import { sendingVisits } from "./sending-visits.js";
import { tellDone } from "./task-acts.js";
import { roundList } from "./round-list.js";

// Wanted for printing, and for the days beside this one: the list does not wait for them.
const [onPaper, earlier] = [import("./round-sheet.js"), import("./earlier.js")];
const EVERY = 60_000;
const NAMED = 3;
let session = null;
let seen = null;
let timer = 0;
let paperSet = false; // an earlier day is entered from paper, unless somebody says otherwise

const pressed = (id) => $(id).getAttribute("aria-pressed") === "true";
const press = (id, on) => $(id).setAttribute("aria-pressed", String(on));

const way = sendingVisits({
  post: (body, key) => as("POST", "/api/visits", body, key),
  owner: () => session?.username,
  changed: arrived,
});
const list = roundList({ list: $("visits"), way, groups, heard, paper: () => pressed("from-paper") });

async function look() {
  clearTimeout(timer);
  const asked = new URLSearchParams(location.search).get("day");
  const answer = await as("GET", `/api/today${asked ? `?day=${encodeURIComponent(asked)}` : ""}`).then(withTrips((data) => data.tasks)).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), seen ? say("stale_today", { time: clock(seen.now) }) : answer ? reason(answer) : say("no_network"));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

function show(today) {
  seen = today;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(today.now)} ${clock(today.now)}`;
  showLoud(today);
  showVisits();
  earlier.then(({ showEarlier }) => {
    if (showEarlier(today) && !paperSet) togglePaper();
    showVisits();
  });
  showTasks(today);
}

function showLoud({ visits, tasks }) {
  const orphans = [
    ...visits.filter((visit) => nobodyOwes(visit) && visit.state !== "coming").map((visit) => `${homeName(visit.home, visit.label)} ${kindWord(visit.kind)}`),
    ...tasks.filter((task) => isOrphan(task) && task.kind !== "unassigned").map((task) => `${taskHome(task)} ${taskWhat(task)}`),
  ];
  const rest = orphans.length > NAMED ? say("loud_more", { n: orphans.length - NAMED }) : "";
  $("loud").dataset.count = orphans.length;
  tell($("loud-count"), orphans.length ? String(orphans.length) : "");
  $("loud-text").textContent = orphans.length ? say("loud_today", { list: orphans.slice(0, NAMED).join(say("list_and")) + rest }) : say("loud_today_none");
}

/** By the hour: one group a window. By building: one group a building, from the ground up. */
function groups(visits) {
  const byTime = pressed("by-time");
  const found = new Map();
  for (const visit of visits) {
    const id = byTime ? `${visit.opens} ${visit.closes} ${visit.kind}` : visit.home.split("-")[0];
    const title = byTime ? say("group_time", { span: span(visit.opens, visit.closes), kind: kindWord(visit.kind) }) : say("group_building", { n: id });
    if (!found.has(id)) found.set(id, { id: `group ${id}`, title, visits: [] });
    found.get(id).visits.push({ ...visit, withKind: !byTime });
  }
  const all = [...found.values()].map((group) => ({ ...group, count: say("group_kept", tally(group.visits)) }));
  return byTime ? all : all.sort((one, two) => one.id.localeCompare(two.id, undefined, { numeric: true }));
}

function tally(visits) {
  const owed = visits.filter(isOwed);
  return { kept: owed.filter(isKept).length, owed: owed.length, n: owed.length };
}

function showVisits() {
  const { visits, now } = seen;
  list.show(visits, now);
  const sheet = { day: `${seen.day}T00:00`, groups: groups(visits), session, byTime: pressed("by-time") };
  onPaper.then(({ showSheet }) => showSheet(sheet)).catch(() => {});
  $("visits-count").textContent = visits.length ? say("visits_kept", tally(visits)) : "";
  tell($("visits-none"), visits.length ? "" : say($("earlier").hidden ? "visits_none" : "visits_none_then"));
  $("print").disabled = !$("sheet-rows").children.length;
  const waiting = way.waiting().length;
  tell($("unsent"), waiting ? count("unsent_count", waiting) : "");
}

function showTasks({ tasks, now }) {
  const open = tasks.filter(isOpen).sort((one, two) => isOrphan(two) - isOrphan(one) || two.overdue - one.overdue);
  const closed = tasks.filter((task) => !isOpen(task));
  sync($("tasks"), open, (task) => taskRow(task, { me: session.username, now, after }), (row, task) => touchTask(row, task, now));
  $("tasks-count").textContent = open.length ? count("tasks_open", open.length) : "";
  $("tasks-none").hidden = open.length > 0;
  $("closed-fold").hidden = !closed.length;
  $("closed-title").textContent = count("closed_title", closed.length);
  sync($("closed"), closed, (task) => taskRow(task, { me: session.username, now, after }), (row, task) => touchTask(row, task, now));
}

function heard(text, fever = false, undo = null) {
  tellDone($("done"), text, undo);
  $("done").classList.toggle("fire", fever);
  const waiting = way.waiting().length;
  tell($("unsent"), waiting ? count("unsent_count", waiting) : "");
  if (!waiting) look();
}

async function after(text, undo) {
  heard(text, false, undo);
  await look();
  if (document.activeElement === document.body) $("tasks-title").focus();
}

/** Something that waited has been answered: taken, or refused for good, which is said with the server's own words. */
function arrived(answer, item) {
  const home = homeName(item.about.home, item.about.label);
  heard(answer.ok ? (way.waiting().length ? "" : say("nothing_lost")) : `${home}${say("list_and")}${reason(answer)}`, !answer.ok);
  look();
}

function order(byTime) {
  press("by-time", byTime);
  press("by-home", !byTime);
  showVisits();
}

function togglePaper() {
  paperSet = true;
  press("from-paper", !pressed("from-paper"));
  $("paper-hint").hidden = !pressed("from-paper");
}

/** Leaving with something unsent takes a second tap: it would be gone. */
function goOut() {
  if (way.waiting().length && !$("sign-out").dataset.sure) {
    $("sign-out").dataset.sure = "yes";
    return tell($("stale"), say("leave_unsent"));
  }
  way.drop();
  return leave();
}

$("by-time").addEventListener("click", () => order(true));
$("by-home").addEventListener("click", () => order(false));
$("from-paper").addEventListener("click", togglePaper);
$("print").addEventListener("click", () => print());
$("sign-out").addEventListener("click", goOut);
$("other-language").search = location.search;
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(
  (who) => {
    session = who;
    delete $("sign-out").dataset.sure;
    way.again().then(look);
  },
  () => {
    clearTimeout(timer);
    seen = null;
    list.clear();
    for (const id of ["tasks", "closed", "sheet-rows"]) $(id).replaceChildren();
    tell($("done"), "");
  },
);
