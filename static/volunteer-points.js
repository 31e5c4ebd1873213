// A volunteer's points: what she has, what they buy, what waits for her, and how each point came about.
import { $, count, fill, reason, say, tell } from "./words.js";
import { ask, isProblem } from "./ask.js";
import { dayAt } from "./when.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { device, link, proof } from "./volunteer-proof.js";
import { sender } from "./sending.js";
import { sync } from "./lists.js";
import { didWords } from "./deeds.js";
import { lineWords, leftWords } from "./giving.js";

const send = sender(proof);

async function look() {
  const answer = await ask("GET", "/api/round/points", { headers: proof() }).catch(() => null);
  if (answer && isProblem(answer, "device")) return refuse(say("round_device"));
  if (!answer?.ok) return refuse(answer ? reason(answer) : say("no_network"), answer?.status >= 400 && answer.status < 500);
  tell($("trouble"), "");
  $("purse").hidden = false;
  return show(answer.data);
}

/** Whose link counts no more reads no more. */
function refuse(text, over = true) {
  tell($("trouble"), text);
  if (over) $("purse").hidden = true;
}

function show(data) {
  $("total").textContent = count("total", data.points);
  $("today").textContent = say("day_points", { n: data.today, most: data.a_day });
  $("grid").textContent = say("grid_points", { grid: data.grid.name, n: data.grid_points });
  $("did").textContent = say(data.deeds ? "own_deeds" : "own_deeds_none", { all: count("deeds", data.deeds), did: didWords(data.did), median: data.median });
  const waiting = data.reservations.filter((one) => one.state === "reserved");
  sync($("waiting-list"), waiting, waits);
  $("waiting").hidden = !waiting.length;
  sync($("rewards"), data.rewards.map((one) => ({ ...one, purse: data.points })), reward);
  $("rewards-none").hidden = data.rewards.length > 0;
  $("lines").replaceChildren(...data.lines.map((one) => fill("line-row", lineWords(one, data.now))));
  $("lines-none").hidden = data.lines.length > 0;
  $("others").hidden = !data.others.length;
  $("others-list").replaceChildren(...data.others.map((one) => fill("line-row", { what: one.name, amount: count("points", one.points), at: say("person_deeds", { n: one.deeds }), after: "" })));
}

const said = (words, one) => {
  tell($("done"), say(words, one));
  return look().then(() => $("total").focus());
};

function waits(one) {
  const made = fill("waiting-row", {
    name: one.name,
    price: count("points", one.points),
    when: say(one.starts ? "booked_for" : "kept_until", { time: dayAt(one.starts || one.until) }),
  });
  const form = made.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form, `/api/round/reservations/${encodeURIComponent(one.id)}/release`, {})) await said("given_back", one);
  });
  return made;
}

function reward(one) {
  const lacks = one.points - one.purse;
  const made = fill("reward-row", {
    name: one.name,
    price: count("points", one.points),
    left: [leftWords(one), lacks > 0 ? say("lacks", { n: lacks }) : ""].filter(Boolean).join(say("comma")),
    verb: say(one.service ? "book" : "take"),
  });
  const form = made.querySelector("form");
  const free = one.hours.filter((hour) => hour.left > 0);
  for (const hour of free) form.starts.add(new Option(say("hour_left", { time: dayAt(hour.starts), n: hour.left }), hour.starts));
  if (!free.length) form.querySelector("[data-hours]").remove();
  form.hidden = lacks > 0 || !one.left;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form, "/api/round/reservations", { reward: one.id, ...(one.service ? { starts: form.starts.value } : {}) })) await said("reserved", one);
  });
  return made;
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return refuse(say("round_nolink"));
  if (!device()) return refuse(say("round_device"));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return look();
}

start();
