// How warm a home was, hour by hour: the last day, or any day before. Every bar stands beside its figures.
import { $, fill, say, tell } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { addDays, dayOf } from "./days.js";
import { as } from "./staff.js";

const TONES = { cold: "fire", cool: "sun", warm: "leaf", silent: "" };
const [COLD_END, WARM_END] = [12, 26]; // degrees at the ends of a bar
const SVG = "http://www.w3.org/2000/svg";
let home = "";
let day = "";
let asked = 0;

/** Show the rooms of a home that has thermometers. */
export function showWarmth({ home: of }) {
  if (of !== home) day = "";
  home = of;
  look();
}

async function look() {
  const mine = ++asked;
  const path = `/api/homes/${encodeURIComponent(home)}/warmth${day ? `?day=${day}` : ""}`;
  const answer = await as("GET", path).catch(() => undefined);
  if (!answer || mine !== asked) return;
  tell($("warmth-error"), answer.ok ? "" : say("our_fault"));
  if (answer.ok) show(answer.data);
}

function show(data) {
  const today = dayOf(data.now);
  $("warmth-day").textContent = data.day ? dayLine(`${data.day}T00:00`) : say("warmth_last");
  $("warmth-back").disabled = false;
  $("warmth-on").disabled = !data.day;
  $("warmth-back").onclick = () => go(addDays(day || today, -1));
  $("warmth-on").onclick = () => go(day && addDays(day, 1) < today ? addDays(day, 1) : "");
  $("rooms").replaceChildren(...data.rooms.map((room) => roomPart(room, data)));
}

function go(wanted) {
  day = wanted;
  look();
}

function roomPart(room, { now, least }) {
  const degrees = room.temperature === null ? "" : say("degrees", { t: room.temperature.toFixed(1) });
  const part = fill("room-part", {
    sensor: room.sensor,
    now: degrees,
    state: say(`heat_${room.state}`),
    when: room.since ? say("heat_since", { time: on(room.since, now) }) : room.at ? say("warmth_read", { time: on(room.at, now) }) : "",
    none: room.hours.length ? say("warmth_legend", { least }) : say("warmth_none"),
  });
  part.querySelector('[data-slot="state"]').classList.add(...[TONES[room.state]].filter(Boolean));
  part.querySelector("ol").replaceChildren(...room.hours.map((hour) => hourRow(hour, least)));
  const fold = part.querySelector("details");
  if (!room.readings.length) fold.remove();
  else fold.querySelector("p").textContent = room.readings.map((one) => say("warmth_one", { time: clock(one.at), t: one.temperature.toFixed(1) })).join(say("comma"));
  return part;
}

function hourRow({ at, low, mean, high }, least) {
  const words = { low: low.toFixed(1), mean: mean.toFixed(1), high: high.toFixed(1) };
  const row = fill("hour-row", { hour: say("warmth_hour", { n: Number(clock(at).split(":")[0]) }), words: say("warmth_span", words) });
  if (low < least) row.classList.add("below");
  row.querySelector(".bar").append(bar(low, high, least));
  return row;
}

/** From the lowest to the highest, with a tick at the standard. */
function bar(low, high, least) {
  const place = (value) => ((Math.min(WARM_END, Math.max(COLD_END, value)) - COLD_END) / (WARM_END - COLD_END)) * 100;
  const made = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 100 10"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) made.setAttribute(key, value);
  const parts = [["span", place(low), Math.max(1.5, place(high) - place(low))], ["tick", place(least), 0.7]];
  for (const [name, x, width] of parts) {
    const box = document.createElementNS(SVG, "rect");
    for (const [key, value] of [["class", name], ["x", x], ["width", width], ["y", name === "tick" ? 0 : 2], ["height", name === "tick" ? 10 : 6]]) box.setAttribute(key, value);
    made.append(box);
  }
  return made;
}
