// The doors to go to, one after the other as one walks past them: what is in hand, what nobody has taken yet, and who did not open.
import { $, count, fill, homeName, say, tell } from "./words.js";
import { on } from "./when.js";
import { untilWord, whereWord } from "./parcel-words.js";

/** ``hand(act, numbers, home)`` does something with the parcels of one door. */
export function showDoors({ doors, parcels, me, now }, hand) {
  $("doors").hidden = !doors.length;
  tell($("doors-count"), doors.length ? count("doors", doors.length) : "");
  $("door-list").replaceChildren(...doors.map((door) => row(door, whereWord(parcels.find((one) => one.id === [...door.mine, ...door.waiting][0]), me), now, hand)));
}

function row(door, where, now, hand) {
  const { home, label, mine, waiting, until, overdue, tried } = door;
  const name = homeName(home, label);
  const made = fill("door-row", {
    what: name,
    pieces: count("pieces", mine.length + waiting.length),
    tried: tried ? say("door_tried", { time: on(tried, now) }) : "",
    more: [where, mine.length && waiting.length ? count("door_left", waiting.length) : "", untilWord({ until, overdue }, now)].filter(Boolean).join(" · "),
    opens: opensWord(door, now),
  });
  const acts = {
    deliver: mine.length > 0 && [mine, home],
    carry: (!mine.length || over(door, now)) && [mine.length ? mine : waiting, ""],
    nobody_home: mine.length > 0 && [mine, ""],
  };
  for (const button of made.querySelectorAll("[data-act]")) {
    const { act } = button.dataset;
    if (!acts[act]) button.remove();
    if (act === "carry" && mine.length) button.textContent = say("go_again");
    button.setAttribute("aria-label", `${name} ${button.textContent}`);
    button.addEventListener("click", () => hand(act, ...acts[act]));
  }
  made.querySelector("[data-slot=more]").classList.toggle("over", overdue);
  return made;
}

const over = ({ opens_until: until }, now) => Boolean(until) && until <= now;

const opensWord = (door, now) => (door.opens_until ? say(over(door, now) ? "door_shut" : "door_opens", { time: on(door.opens_until, now) }) : "");
