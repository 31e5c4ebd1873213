// Points at the desk: what waits to be handed over, the price list and its hours, and each grid's volunteers in the order of the lists.
import { $, count, fill, reason, say, tell } from "./words.js";
import { clock, dayAt, dayLine } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { leftWords, lineWords } from "./giving.js";

const OFFSET = "+08:00";
const WORK = ["reserve", "released", "corrected"];
let seen = null;

async function look() {
  const answer = await as("GET", "/api/points").catch(() => undefined);
  if (answer === null) return;
  const old = seen ? say("no_points", { time: clock(seen.now) }) : say("no_network");
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : old);
  if (answer?.ok) show(answer.data);
}

function show(data) {
  seen = data;
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  sync($("waiting"), data.waiting, waits);
  $("waiting-count").textContent = data.waiting.length ? count("waiting_count", data.waiting.length) : "";
  $("waiting-none").hidden = data.waiting.length > 0;
  sync($("rewards"), data.rewards, reward);
  $("rewards-none").hidden = data.rewards.length > 0;
  sync($("grids"), data.grids, grid);
}

async function said(text, place) {
  tell($("done"), text);
  await look();
  $(place).focus();
}

function waits(one) {
  const when = say(one.starts ? "booked_for" : "kept_until", { time: dayAt(one.starts || one.until) });
  const made = fill("waiting-row", { name: one.name, price: count("points", one.points), who: one.volunteer.name, when });
  for (const button of made.querySelectorAll("[data-act]")) {
    const act = button.dataset.act;
    button.setAttribute("aria-label", `${button.textContent} ${one.name} ${one.volunteer.name}`);
    button.addEventListener("click", async () => {
      const done = await submit(made, `/api/reservations/${encodeURIComponent(one.id)}/acts`, { act });
      if (done) await said(say(`ended_${act}`, { name: one.name, who: one.volunteer.name }), "waiting-title");
    });
  }
  return made;
}

function reward(one) {
  const made = fill("reward-row", { name: one.name, price: count("points", one.points), left: leftWords(one) });
  const tags = made.querySelector("[data-hours]");
  tags.append(...one.hours.map((hour) => fill("hour-tag", { text: say("hour_left", { time: dayAt(hour.starts), n: hour.left }) })));
  tags.hidden = !one.hours.length;
  const [button, form] = [made.querySelector("[data-open]"), made.querySelector("[data-form]")];
  button.hidden = !one.service;
  const open = (wanted) => {
    form.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    (wanted ? form.starts : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { starts: `${form.starts.value}:00${OFFSET}`, seats: Number(form.seats.value) };
    if (!(await submit(form, `/api/rewards/${encodeURIComponent(one.id)}/hours`, body))) return;
    form.hidden = true;
    await said(say("hours_opened"), "waiting-title");
  });
  return made;
}

function grid(one) {
  const made = fill("grid-part", { name: one.name, points: count("points", one.points) });
  made.querySelector("ul").append(...one.volunteers.map(person));
  return made;
}

function person(one) {
  const made = fill("person-row", { name: one.name, points: count("points", one.points) });
  const [button, part] = [made.querySelector("[data-lines]"), made.querySelector("[data-statement]")];
  button.setAttribute("aria-label", say("lines_of", one));
  button.addEventListener("click", async () => {
    part.hidden = !part.hidden;
    button.setAttribute("aria-expanded", String(!part.hidden));
    if (part.hidden) return;
    const answer = await as("GET", `/api/volunteers/${encodeURIComponent(one.id)}/points`).catch(() => undefined);
    if (answer?.ok) lines(part, one, answer.data.lines);
    else if (answer !== null) tell($("stale"), answer ? reason(answer) : say("no_network"));
  });
  return made;
}

function lines(part, one, found) {
  part.querySelector("ol").replaceChildren(...found.map((line) => statementLine(part, one, line)));
  part.querySelector("[data-none]").hidden = found.length > 0;
}

function statementLine(part, one, line) {
  const made = fill("line-row", lineWords(line, seen.now));
  const mend = made.querySelector("[data-mend]");
  if (WORK.includes(line.what) || line.amount < 0) mend.remove();
  const form = mend.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const after = await submit(form, `/api/volunteers/${encodeURIComponent(one.id)}/corrections`, { cause: line.cause, note: form.note.value.trim() });
    if (!after) return;
    lines(part, one, after.lines);
    tell($("done"), say("mended"));
  });
  return made;
}

$("sign-out").addEventListener("click", () => leave());
desk(look, () => {
  seen = null;
  for (const id of ["waiting", "rewards", "grids"]) $(id).replaceChildren();
  tell($("done"), "");
});
