// What a row says of its home: the way to its file, and why nobody is there.
import { say } from "./words.js";
import { clock, dayLine } from "./when.js";
import { withHome } from "./words.js";

/** Point a row's home at its file, or leave it as text where there is none. */
export function linkHome(row, home) {
  const link = row.querySelector("[data-home]");
  if (!home) link.replaceWith(...link.childNodes);
  else if (link.hasAttribute("href")) link.setAttribute("href", withHome(link.getAttribute("href"), home));
}

/** A pause ends by the day, a trip by the hour. */
export const awayWords = (why, until) =>
  why === "trip" ? say("away_trip") + say("comma") + say("away_home", { time: clock(until) }) : say("away_till", { why: say(`away_${why}`), day: dayLine(until) });
