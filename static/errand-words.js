// What hangs on a grid's board, in words: the same on a volunteer's phone and at the desk.
import { homeName, say } from "./words.js";
import { on } from "./when.js";

export const isOpen = (one) => one.state === "open" || one.state === "claimed";

/** What is wanted, where, in whose words, and how far it is; ``now`` is the hour of the list. */
export function errandWords(one, now) {
  return {
    want: say(`want_${one.want}`),
    place: one.home ? homeName(one.home, one.place) : one.place,
    text: one.text,
    when: isOpen(one) ? running(one, now) : finished(one, now),
    note: one.note ? say("errand_said", one) : "",
  };
}

function running(one, now) {
  const until = { name: one.who?.name, time: one.until ? on(one.until, now) : "" };
  if (one.mine) return one.until ? say("errand_until", until) : say("errand_given");
  if (one.who) return say(one.until ? "errand_with" : "errand_asked", until);
  return [say("errand_waits", { time: on(one.since, now) }), one.overdue ? say("errand_late") : ""].filter(Boolean).join(say("comma"));
}

function finished(one, now) {
  const time = on(one.done || one.since, now);
  if (one.confirmed) return say("errand_confirmed", { time, name: one.confirmed });
  return say(one.complex ? "errand_done" : "errand_counted", { time });
}
