// Fourteen days as a row of marks, oldest first. Every mark is a sign and a word, never a colour alone.
import { $, fill, say } from "./words.js";
import { wall } from "./when.js";

const REPORT = { on_time: "kept", late: "late", missed: "missed", waiting: "open", not_owed: "none", extra: "kept" };
const VISIT = { done: "kept", refused: "kept", not_needed: "kept", missed: "missed", nobody_home: "nobody", paused: "paused", coming: "open", now: "open" };
const TONES = { kept: "leaf", late: "sun", missed: "fire", nobody: "fire", paused: "", open: "sky", none: "" };

export function showDays(days) {
  $("days").replaceChildren(...[...days].reverse().map(dayRow));
  $("days-legend").textContent = say("legend_days");
}

function dayRow({ day, report, visits }) {
  const row = fill("day-row", { day: say("day_name", wall(`${day}T00:00`)) });
  row.append(mark(REPORT[report], say("report_word", { state: say(`report_${report}`) })));
  row.append(...visits.map((state) => mark(VISIT[state], say("visit_word", { state: say(`visit_${state}`) }))));
  return row;
}

function mark(kind, words) {
  const made = fill("mark", { words, sign: say(`sign_${kind}`) });
  if (TONES[kind]) made.classList.add(TONES[kind]);
  made.title = words;
  return made;
}
