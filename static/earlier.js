// An earlier day's round, for entering what came back on paper: named in the address, said in big letters, with the way to the days beside it.
import { $, say } from "./words.js";
import { dayLine } from "./when.js";
import { addDays, dayOf } from "./days.js";

const DAYS = 7; // how long a visit may be entered after its day

/** Say which day this is. True if it is an earlier one. */
export function showEarlier({ now, day }) {
  const today = dayOf(now);
  const past = day !== today;
  for (const id of ["earlier", "earlier-hint"]) $(id).hidden = !past;
  for (const id of ["loud", "tasks-column"]) $(id).hidden = past;
  $("to-earlier").hidden = past;
  lead("to-earlier", addDays(today, -1));
  $("visits-title").textContent = past ? say("visits_of", { day: dayLine(`${day}T00:00`) }) : say("visits_today");
  if (!past) return false;
  $("earlier-title").textContent = say(day === addDays(today, -1) ? "earlier_yesterday" : "earlier_day", { day: dayLine(`${day}T00:00`) });
  lead("day-before", day > addDays(today, -DAYS) ? addDays(day, -1) : "");
  lead("day-after", addDays(day, 1) < today ? addDays(day, 1) : "");
  return true;
}

function lead(id, day) {
  if (id !== "to-earlier") $(id).hidden = !day;
  $(id).search = `?day=${day}`;
}
