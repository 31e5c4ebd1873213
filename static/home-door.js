// What the door of an isolated home did: shown only when somebody asks, since every reading is written down.
import { $, count, fill, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";

let shown = "";

/** Offer the record of a home that has a sensor at its door; what was shown of another home goes. */
export function offerDoor({ home = "", watched = false }) {
  $("door").hidden = !watched;
  if (home === shown) return;
  shown = home;
  for (const id of ["door-now", "door-days"]) $(id).replaceChildren();
  $("door-none").hidden = true;
  tell($("door-ask").querySelector(".error"), "");
}

/** ``read`` asks for the record of the home that is shown now. */
export function wireDoor(read) {
  $("door-ask").addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await read().catch(() => undefined);
    if (answer === null) return;
    tell($("door-ask").querySelector(".error"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
    if (answer?.ok) show(answer.data);
  });
}

function show({ doors, days }) {
  $("door-now").replaceChildren(...doors.map(({ state, why }) =>
    fill("reason-row", { text: say(`doornow_${state}`, { why: why && say(`doorwhy_${why}`) }) })));
  $("door-days").replaceChildren(...days.map(dayRow));
  $("door-none").hidden = days.length > 0;
}

function dayRow({ day, opened, unexplained, events }) {
  const row = fill("door-day", { day: dayLine(`${day}T00:00`), tally: count("door_tally", opened, { m: unexplained }) });
  row.querySelector("ul").append(...events.map((event) => fill("reason-row", { text: eventWords(event) })));
  return row;
}

const eventWords = ({ at, opened, state }) =>
  opened ? say("door_opened", { time: clock(at), how: say(`opened_${state}`) }) : say("door_shut", { time: clock(at) });
