// The coordinator's board: what nobody owns is loudest, then what is late, then what soon will be.
import { $, count, fill, homeName, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leave } from "./staff.js";
import { syncFew } from "./few.js";
import { showAway } from "./away.js";
import { linkHome } from "./home-link.js";
import { deadline } from "./deadlines.js";
import { kindWord, names, whyNobody, wireCall } from "./visit-rows.js";
import { tellDone } from "./task-acts.js";
import { taskHome, taskRow, taskWhat, touchTask, withTrips } from "./task-rows.js";

const EVERY = 30_000;
const NAMED = 3;
const title = document.title;
let session = null;
let seen = null;
let timer = 0;

const everything = ({ unassigned, overdue, soon, open, closed }) => [unassigned, overdue, soon, open, closed].flat();

async function look() {
  clearTimeout(timer);
  const answer = await as("GET", "/api/board").then(withTrips(everything)).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_board", { time: clock(seen.now) }) : say("no_network"));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

/** A visit that nobody owes has a task of its own once its window is open: then the task speaks for it. */
function orphanVisits(board) {
  const spoken = new Set(board.unassigned.filter((task) => task.kind === "unassigned").map((task) => task.about));
  return board.unassigned_visits.filter((visit) => !spoken.has(visit.id));
}

function show(board) {
  seen = board;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(board.now)} ${clock(board.now)}`;
  $("board-day").textContent = say("board_figures", { kept: board.visits_kept, owed: board.visits_owed, closed: board.closed_today });
  const visits = orphanVisits(board);
  showLoud(board.unassigned, visits);
  showTasks("orphans", board.unassigned);
  showVisits("orphan-visits", visits);
  showTasks("overdue", board.overdue);
  showVisits("missed-visits", board.missed_visits);
  showTasks("soon", board.soon);
  showTasks("open", board.open);
  head("orphans", board.unassigned.length + visits.length, "fire");
  head("late", board.overdue.length + board.missed_visits.length, "fire");
  head("soon", board.soon.length, "sun");
  showTasks("closed", board.closed);
  $("closed-fold").hidden = !board.closed.length;
  $("closed-title").textContent = count("closed_title", board.closed.length);
  showAway(board.away);
  $("open-fold").hidden = !board.open.length;
  $("open-title").textContent = count("open_count", board.open.length);
}

function showLoud(tasks, visits) {
  const all = [
    ...tasks.map((task) => `${taskHome(task)} ${task.kind === "unassigned" ? kindWord(task.category) : taskWhat(task)}`),
    ...visits.map((visit) => `${homeName(visit.home, visit.label)} ${kindWord(visit.kind)}`),
  ];
  const rest = all.length > NAMED ? say("loud_more", { n: all.length - NAMED }) : "";
  document.title = all.length ? say("title_board", { n: all.length, title }) : title;
  $("loud").dataset.count = all.length;
  tell($("loud-count"), all.length ? String(all.length) : "");
  $("loud-text").textContent = all.length ? say("board_loud", { list: all.slice(0, NAMED).join(say("list_and")) + rest }) : say("board_none");
  $("loud-go").hidden = !tasks.length;
}

function head(id, n, tone) {
  tell($(`${id}-count`), n ? count("board_count", n) : "");
  $(`${id}-count`).className = `pill ${tone}`;
  $(`${id}-none`).hidden = n > 0;
}

function showTasks(id, tasks) {
  const make = (task) => taskRow(task, { me: session.username, now: seen.now, people: seen.people, after });
  syncFew($(id), tasks, make, (row, task) => touchTask(row, task, seen.now));
}

function showVisits(id, visits) {
  syncFew($(id), visits, visitRow, touchVisit);
}

/** Only what is late stands out; what has not begun says when it does. */
function touchVisit(row, { opens, closes, state }) {
  const { over, text } = deadline(closes, seen.now);
  const place = row.querySelector('[data-slot="when"]');
  place.textContent = state === "coming" ? say("from_time", { time: clock(opens) }) : text;
  place.className = over ? "overdue" : "";
}

function visitRow(visit) {
  const home = homeName(visit.home, visit.label);
  const row = fill("missed-visit-row", {
    home,
    what: kindWord(visit.kind),
    state: say(visit.owners.length ? "visit_missed" : "nobody_owns"),
    who: visit.owners.length ? say("owed_by", { names: names(visit.owners) }) : whyNobody(visit),
  });
  linkHome(row, visit.home);
  wireCall(row, visit.contact, home);
  return row;
}

async function after(text, undo) {
  tellDone($("done"), text, undo);
  await look();
  if (document.activeElement === document.body) $("orphans-title").focus();
}

$("loud-go").addEventListener("click", (event) => {
  event.preventDefault();
  $("orphans").querySelector("[data-open=assign], button")?.focus();
});
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(
  (who) => {
    session = who;
    look();
  },
  () => {
    clearTimeout(timer);
    seen = null;
    document.title = title;
    for (const id of ["orphans", "orphan-visits", "overdue", "missed-visits", "soon", "open", "closed", "away"]) $(id).replaceChildren();
    tell($("done"), "");
  },
);
