// How a task came to where it is: who did what when, and its clocks in segments, so that a deadline can be reckoned again and disputed.
import { knows, say } from "./words.js";
import { dayAt as at } from "./when.js";

/** Fetched and written when somebody opens the fold: most are never opened. */
export function fillHistory(fold, task) {
  fold.querySelector("ol").replaceChildren(...task.steps.map(stepLine));
  fold.querySelector("ul").replaceChildren(...["respond", "solve"].map((name) => clockLine(name, task)));
}

function stepLine(step) {
  const made = document.createElement("li");
  made.textContent = say("step_line", { at: at(step.at), what: stepWord(step) });
  return made;
}

/** Nobody's line is the system's own: what a visit settled, or what moved out. */
function stepWord({ act, by, by_name: name, to_name: to, note }) {
  if (!by && note === "over") return say("auto_over");
  if (!by && note === "recovered") return say("auto_recovered");
  if (!by && knows(`end_${note}`)) return say(`end_${note}`);
  if (!by) return say(`auto_${act}`, { note: knows(`visit_${note}`) ? say(`visit_${note}`) : note });
  const said = say(`step_${act}`, { name, to: knows(`tier_${to}`) ? say(`tier_${to}`) : to });
  return note ? say("step_note", { said, text: note }) : said;
}

/** 办好：11 月 22 日 9:00 起给 24 小时；停 11 月 22 日 10:00 到 12:30（等配件）；到 11 月 23 日 11:30 为止 */
function clockLine(name, task) {
  const told = task[name];
  const due = task[`${name}_by`];
  const made = document.createElement("li");
  const pauses = told.pauses.map((one) =>
    say("clock_pause", { from: at(one.from), until: at(one.until), why: one.reason === "reopened" ? say("pause_reopened") : one.reason }));
  const end = task.paused_until && !told.stopped ? say("clock_stands", { at: at(task.paused_until) }) : due ? say("clock_due", { at: at(due) }) : "";
  const stopped = told.stopped ? say("clock_stopped", { at: at(told.stopped) }) : "";
  const begun = say(`clock_${name}`, { from: at(told.from), long: long(told.minutes) });
  made.textContent = [begun, ...pauses, end, stopped].filter(Boolean).join(say("clock_and"));
  return made;
}

function long(minutes) {
  if (minutes < 120) return say("long_minutes", { n: minutes });
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return m ? say("long_both", { h, m }) : say("long_hours", { n: h });
}
