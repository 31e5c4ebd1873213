// What a family can come to: so many of it will, or none any more. Where there is no place it waits, and reads here when it has one.
import { $, count, fill, reason, say, tell } from "./words.js";
import { ask } from "./ask.js";
import { sync } from "./lists.js";
import { setPhones, settle, toggleSize, wirePhones } from "./resident-page.js";
import { sender } from "./sending.js";
import { remember } from "./waits.js";
import { tone, when } from "./activity-words.js";

const link = decodeURIComponent(location.hash.slice(1));
const headers = () => ({ "X-Home-Link": link });
const send = sender(headers);
const STATES = {
  in: "state_in",
  moved: "state_moved",
  waiting: "state_waiting",
  off: "state_off",
  closed: "state_closed",
  open: "state_open",
  full: "state_full",
};
const HEARD = { in: "heard_in", waiting: "heard_waiting", none: "heard_none" };

async function load() {
  const answer = await ask("GET", "/api/home/activities", { headers: headers() }).catch(() => null);
  tell($("trouble"), answer?.ok ? "" : answer?.status === 401 ? say("dead") : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  $("all").hidden = false;
  setPhones(answer.data.phones);
  sync($("activities"), answer.data.activities, (one) => row(one, answer.data.most));
  $("none").hidden = answer.data.activities.length > 0;
  remember(link, answer.data.activities.some((one) => one.state === "waiting" && one.takes));
}

function stateOf(one) {
  if (one.called_off) return "off";
  if (one.state === "in") return one.moved ? "moved" : "in";
  if (one.state === "waiting") return "waiting";
  return !one.takes ? "closed" : one.left > 0 ? "open" : "full";
}

function stands(one, state) {
  if (state === "off") return say("stands_off", one);
  if (state === "in") return count("stands_in", one.persons);
  if (state === "moved") return count("stands_moved", one.persons);
  if (state === "waiting") return say("stands_waiting", { ...one, n: one.turn });
  if (state === "open") return count("stands_left", one.left);
  if (state === "closed") return "";
  return one.waiting ? count("stands_full", one.waiting) : say("stands_first");
}

function row(one, most) {
  const state = stateOf(one);
  const made = tone(fill("activity-row", { ...one, when: when(one), state: say(STATES[state]), stands: stands(one, state) }), state);
  const form = made.querySelector("form");
  form.hidden = !one.takes;
  const [come, leave] = form.querySelectorAll("button");
  const signed = one.persons > 0;
  const choices = Array.from({ length: Math.min(most, one.places) }, (_, at) => at + 1);
  form.elements.persons.append(...choices.map((n) => new Option(count("persons", n), String(n), false, n === (one.persons || 1))));
  come.textContent = say(signed ? "do_change" : state === "full" ? "do_wait" : "do_come");
  come.classList.toggle("main", !signed);
  leave.hidden = !signed;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const persons = event.submitter === leave ? 0 : Number(form.elements.persons.value);
    const after = await send(form, `/api/home/activities/${encodeURIComponent(one.id)}`, { persons });
    if (!after) return;
    tell($("heard"), say(HEARD[after.state], after));
    await load();
    $("all-title").focus();
  });
  return made;
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return tell($("trouble"), say("nolink"));
  document.addEventListener("visibilitychange", () => document.hidden || load());
  return load();
}

start();
