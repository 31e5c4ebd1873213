// One task in a list: what it is, how long it has, how it came to this. What people do with it: task-acts.js.
import { count, fill, homeName, knows, needWords, say, tell } from "./words.js";
import { on } from "./when.js";
import { deadline } from "./deadlines.js";
import { awayWords, linkHome } from "./home-link.js";
import { isTrouble, troubleAsk, troublePlace, troubleWhat } from "./troubles.js";
import { kindWord, names, TIER_TONES, whyNobody } from "./visit-rows.js";
import { wireActs } from "./task-acts.js";

const NAMED = 6;
const ERRANDS = ["errand", "mediation"];
let trips = null;

/** An answer of the API, once what its trips need is here: on most days there are none. ``tasks(data)`` are those it lists. */
export const withTrips = (tasks) => async (answer) => {
  if (answer?.ok && tasks(answer.data).some((task) => task.trip)) trips ??= await import("./trip-words.js");
  return answer;
};

export const isOpen = (task) => task.state === "open" || task.state === "claimed";
export const isOrphan = (task) => isOpen(task) && !task.owners.length;

/** 要帮忙：药, 上门看望没做到 */
export function taskWhat(task) {
  if (isTrouble(task)) return troubleWhat(task);
  if (task.kind === "ticket") return say(`ticket_${task.category}`);
  if (task.kind === "parcel") return say(`parcel_${task.category}`, { id: task.about });
  const what = task.kind === "need" ? needWords([task.category]) : ERRANDS.includes(task.kind) ? task.about : kindWord(task.category);
  return knows(`task_${task.kind}`) ? say(`task_${task.kind}`, { what }) : task.kind;
}

export const taskHome = (task) => (isTrouble(task) ? troublePlace(task) : task.home ? homeName(task.home, task.label) : task.label || say("whole_compound"));

/** ``me`` is who looks, ``now`` the hour of the list; ``people`` whom a coordinator may name; ``after(text, undo)`` once something was done. */
export function taskRow(task, { me, now, people = [], after }) {
  const open = isOpen(task);
  const row = fill("task-row", {
    home: taskHome(task),
    what: taskWhat(task),
    tier: open && task.tier !== "green" ? say(`tier_${task.tier}`) : "",
    state: open ? stateWord(task, me) : say(`closed_${task.state}`),
    who: open ? [whoOwes(task, me), told(task)].filter(Boolean).join(say("comma")) : "",
    away: task.away ? awayWords(task.away, task.away_until) : "",
    hint: open ? hint(task) : "",
    note: lastNote(task),
    ...(task.trip ? trips.tripWords(task.trip) : {}),
  });
  row.querySelector('[data-slot="state"]').classList.add(...tone(task, open));
  row.querySelector('[data-slot="tier"]')?.classList.add(TIER_TONES[task.tier]);
  linkHome(row, task.home);
  wireActs(row, task, { me, now, people, after, open, trips, home: taskHome(task) });
  wireHistory(row, task);
  return row;
}

function wireHistory(row, task) {
  const fold = row.querySelector("[data-history]");
  const open = () => import("./task-history.js").then(({ fillHistory }) => fillHistory(fold, task));
  fold.addEventListener("toggle", () => open().catch(() => tell(row.querySelector(":scope > .error"), say("no_network"))), { once: true });
}

/** What is asked for; of people whom no channel reaches, who they are just now. */
function hint(task) {
  if (isTrouble(task)) return troubleAsk(task);
  if (task.kind === "reach" && !task.people.length) return say("reach_none");
  if (knows(`hint_${task.kind}`)) return say(`hint_${task.kind}`, { names: someNames(task.people), year: Number(task.about.slice(0, 4)) + 1 });
  return task.kind === "missed-reports" ? say("see_desk") : "";
}

function someNames(people = []) {
  const shown = people.slice(0, NAMED).map((one) => (one.id === "duty" ? say("duty_team") : one.name || one.id));
  return shown.join(say("comma")) + (people.length > NAMED ? say("names_more", { n: people.length - NAMED }) : "");
}

function tone(task, open) {
  if (task.trip) return [trips.tripTone(task.trip)].filter(Boolean);
  if (!open) return task.state === "cancelled" ? [] : ["leaf"];
  if (isOrphan(task)) return ["fire"];
  return task.holder || task.paused_until ? ["sky"] : ["sun"];
}

function whoOwes(task, me) {
  if (!task.owners.length) return whyNobody(task);
  if (task.holder && !task.paused_until) return "";
  return task.owners[0].id === me ? say("owed_by_me") : say("owed_by", { names: names(task.owners) });
}

const told = (task) => (task.told > 1 ? count("told_times", task.told) : "");

function lastNote(task) {
  const step = task.steps.findLast?.((one) => one.note);
  return step?.by ? say("quote_note", { text: step.note }) : "";
}

function stateWord(task, me) {
  if (isOrphan(task)) return say("task_nobody");
  if (task.paused_until) return say("task_paused");
  if (task.holder === me) return say("task_mine");
  if (task.holder) return say("task_claimed", { name: names(task.owners.filter((one) => one.id === task.holder)) || task.holder });
  return say("task_open");
}

/** What changes with the hour: the nearer deadline, or how long it waits; of what is closed, by whom and when. */
export function touchTask(row, task, now) {
  const place = row.querySelector('[data-slot="when"]');
  if (task.trip) return trips.touchTrip(place, task.trip, now);
  const until = [task.holder ? "" : task.respond_by, task.solve_by].filter(Boolean).sort((one, two) => Date.parse(one) - Date.parse(two))[0];
  const last = task.steps.at(-1);
  place.className = "";
  if (!isOpen(task)) place.textContent = last ? say("said_at", { time: on(last.at, now), name: last.by_name || say("by_itself") }) : "";
  else if (task.paused_until) place.textContent = say("paused_till", { time: on(task.paused_until, now) });
  else if (until) {
    const { over, text } = deadline(until, now);
    place.textContent = text;
    place.className = over ? "overdue" : "";
  } else place.textContent = "";
}
