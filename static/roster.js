// The duty roster: who is on duty, the hours nobody covers, and a week that can be rewritten.
import { $, count, dial, fill, knows, reason, say, tell } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { as, desk, leads, leave } from "./staff.js";
import { addDays, dayOf } from "./days.js";
import { forgetLeaves, wireLeaves } from "./roster-leaves.js";
import { wireEditing } from "./roster-edit.js";

const NAMED = 3;
let session = null;
let seen = null;
let chosen = "";

const editing = wireEditing({ saved: (data) => (show(data), tell($("done"), say("roster_saved")), $("week-title").focus()) });
const showLeaves = wireLeaves({ changed: afterLeave });
const names = (people) => people.map((one) => one.name).join(say("name_and"));

async function look() {
  const answer = await as("GET", "/api/roster").catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : say("no_network"));
}

function show(data) {
  seen = data;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  $("now-names").textContent = data.on_duty.length ? names(data.on_duty) : say("now_nobody");
  $("now-names").className = data.on_duty.length ? "big-names" : "big-names overdue";
  const next = data.handover;
  $("handover").textContent = next ? say("next_who", { time: on(next.at, data.now), names: names(next.staff) }) : say("next_none");
  $("now-calls").replaceChildren(...data.on_duty.filter((one) => one.phone).map(callButton));
  showGaps(data);
  tell($("table-ends"), data.table_ends ? say("table_ends", { day: dayLine(`${data.table_ends}T00:00`), year: Number(data.table_ends.slice(0, 4)) + 1 }) : "");
  if (!data.weeks.some((week) => week.week === chosen)) chosen = data.weeks[0].week;
  showWeeks(data);
  showWeek();
  showLeaves(data);
}

async function afterLeave(text) {
  tell($("done"), text);
  await look();
  if (document.activeElement === document.body) $("leaves-title").focus();
}

function callButton(person) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = dial(person.phone);
  link.textContent = say("call_who", person);
  return link;
}

/** Hours to come in which nobody is on duty; a week nobody has planned yet is said once, by its own list. */
function showGaps({ weeks, now }) {
  const gaps = weeks.filter((week) => week.edition).flatMap((week) => week.gaps).filter((gap) => Date.parse(gap.until) > Date.parse(now));
  const list = gaps.slice(0, NAMED).map((gap) => say("gap_day", { day: dayLine(gap.from), span: spanOf(gap) }));
  const rest = gaps.length > NAMED ? say("gaps_more", { n: gaps.length - NAMED }) : "";
  $("loud").hidden = !gaps.length && !weeks[0]?.edition;
  $("loud").dataset.count = gaps.length;
  tell($("loud-count"), gaps.length ? String(gaps.length) : "");
  $("loud-text").textContent = gaps.length ? say("gaps_loud", { list: list.join(say("name_and")) + rest }) : say("gaps_none");
}

/** 8:00–20:00, 20:00–24:00, or 20:00–次日 8:00 */
function spanOf({ from, until }) {
  const end = clock(until);
  const midnight = end === "0:00";
  const later = dayOf(from) !== dayOf(until) && !midnight;
  return say(later ? "shift_next_day" : "span", { from: clock(from), until: midnight ? "24:00" : end });
}

function showWeeks({ weeks }) {
  const buttons = weeks.map((week, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = at < 2 ? say(at ? "week_next" : "week_this") : dayLine(`${week.week}T00:00`);
    button.setAttribute("aria-pressed", String(week.week === chosen));
    button.addEventListener("click", () => choose(week.week));
    return button;
  });
  $("weeks").replaceChildren(...buttons);
}

function choose(week) {
  chosen = week;
  editing.close();
  showWeeks(seen);
  showWeek();
  $("weeks").querySelector("[aria-pressed=true]").focus();
}

function showWeek() {
  const week = seen.weeks.find((one) => one.week === chosen);
  const title = say("week_name", { from: dayLine(`${week.week}T00:00`), until: dayLine(`${addDays(week.week, 6)}T00:00`) });
  $("week-title").textContent = title;
  $("week-gaps").textContent = week.gaps.length ? count("week_gaps", week.gaps.length) : say("week_full");
  const days = Array.from({ length: 7 }, (_, n) => addDays(week.week, n));
  $("shifts").replaceChildren(...days.flatMap((day) => dayRows(day, week)));
  $("to-edit").hidden = !leads(session);
  const before = seen.weeks[seen.weeks.indexOf(week) - 1];
  editing.about({ week, title, staff: seen.staff, days, before, now: seen.now });
}

function dayRows(day, week) {
  const shifts = week.shifts.filter((shift) => dayOf(shift.from) === day);
  const rows = shifts.map((shift) => fill("shift-row", { name: shift.name, span: spanOf(shift), missing: shift.missing ? say("on_leave") : "" }));
  const gap = week.gaps.filter((one) => dayOf(one.from) === day).map((one) => say("gap_span", { span: spanOf(one) }));
  const special = week.days.filter((one) => one.day === day).map(specialWord).join("");
  return [fill("group-row", { title: dayLine(`${day}T00:00`), special, gap: shifts.length ? gap.join(say("name_and")) : say("day_empty") }), ...rows];
}

const specialWord = ({ holiday }) => (!holiday ? say("made_up") : knows(`holiday_${holiday}`) ? say(`holiday_${holiday}`) : holiday);

$("sign-out").addEventListener("click", () => leave());
desk(
  (who) => {
    session = who;
    look();
  },
  () => {
    seen = null;
    editing.close();
    forgetLeaves();
    for (const id of ["shifts", "weeks", "now-calls"]) $(id).replaceChildren();
  },
);
