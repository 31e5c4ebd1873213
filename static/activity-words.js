// What an activity says of itself, the same to families and at the desk.
import { say } from "./words.js";
import { clock, dayLine, wall } from "./when.js";

/** 11 月 29 日 星期日 14:00 到 16:00 */
export function when({ from, until }) {
  const same = wall(from).day === wall(until).day;
  return say("activity_from", { from: `${dayLine(from)} ${clock(from)}`, until: same ? clock(until) : `${dayLine(until)} ${clock(until)}` });
}

const TONES = { in: "leaf", moved: "leaf", waiting: "sun", off: "fire", open: "sky" };

/** A pill in the state's tone. */
export function tone(row, state) {
  if (TONES[state]) row.querySelector('[data-slot="state"]').classList.add(TONES[state]);
  return row;
}
