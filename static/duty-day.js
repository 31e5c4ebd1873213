// The top of the duty desk: what nobody owns, and how the day's reports came in by the hour.
import { $, homeName, say, tell } from "./words.js";
import { wall, clock } from "./when.js";
import { alertWord } from "./duty-rows.js";

const NAMED = 3;

/** The loudest thing on the page, or the calm sentence that there is none. */
export function showLoud(open) {
  const named = open.slice(0, NAMED).map((alert) =>
    say("loud_item", { home: homeName(alert.home, alert.label), state: alertWord(alert) }));
  const rest = open.length > NAMED ? say("loud_rest", { n: open.length - NAMED }) : "";
  $("loud").dataset.count = open.length;
  tell($("loud-count"), open.length ? String(open.length) : "");
  $("loud-text").textContent = open.length ? say("loud_text", { list: named.join(say("list_comma")) + rest }) : say("loud_none");
  $("loud-go").hidden = !open.length;
}

/** Twenty-four cells, each with the number of homes heard in that hour; the tick is where the window closes. */
export function showDay({ reported, now, self_report: report }) {
  const heard = Array(24).fill(0);
  for (const item of reported) heard[wall(item.since).hour] += 1;
  const closes = wall(report.closes).hour;
  [...$("hours").children].forEach((cell, hour) => {
    cell.querySelector("b").textContent = heard[hour] || "";
    cell.className = heard[hour] ? (hour < closes ? "leaf" : "sun") : "";
    cell.classList.toggle("closes", hour === closes);
    cell.classList.toggle("current", hour === wall(now).hour);
  });
  const list = heard.map((n, hour) => n && say("hours_item", { hour, n })).filter(Boolean);
  $("day-text").textContent = list.length ? say("hours_text", { list: list.join(say("list_comma")) }) : say("hours_none");
  $("legend").textContent = say("legend", { closes: clock(report.closes) });
}
