// Who will not be there: entered by everybody for herself, by who leads for others, and taken back after a second tap.
import { $, fill, say, tell } from "./words.js";
import { dayLine } from "./when.js";
import { submit } from "./staff.js";
import { sync } from "./lists.js";
import { dayOf } from "./days.js";

const day = (one) => dayLine(`${one}T00:00`);
const days = ({ first, last }) => (first === last ? day(first) : say("week_name", { from: day(first), until: day(last) }));

/** ``changed(text)`` once something was taken. Returns ``show(roster)``. */
export function wireLeaves({ changed }) {
  const form = $("leave");
  let today = "";
  const open = (on) => {
    form.hidden = !on;
    $("to-leave").setAttribute("aria-expanded", String(on));
    for (const name of ["first", "last"]) if (on && !form.elements[name].value) form.elements[name].value = today;
    (on ? form.elements.person : $("to-leave")).focus();
  };
  $("to-leave").addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const taken = await submit(form, "/api/leaves", Object.fromEntries(new FormData(form)));
    if (!taken) return;
    form.reset();
    changed(say("leave_taken", { name: taken.name, days: days(taken) }));
  });

  return ({ leaves, people, now }) => {
    today = dayOf(now);
    const known = form.elements.person.value;
    form.elements.person.replaceChildren(...people.map((one) => new Option(one.name, one.id, false, one.id === known)));
    const mine = new Set(people.map((one) => one.id));
    const rows = leaves.map((one) => ({ ...one, mine: mine.has(one.person), running: one.first <= today }));
    sync($("leaves"), rows, (one) => leaveRow(one, changed));
    $("leaves-none").hidden = leaves.length > 0;
  };
}

function leaveRow(taken, changed) {
  const row = fill("leave-row", { name: taken.name, days: days(taken), state: taken.running ? say("leave_now") : "" });
  const button = row.querySelector("[data-open]");
  const form = row.querySelector("form");
  button.textContent = say(taken.running ? "leave_back" : "leave_off");
  button.setAttribute("aria-label", `${button.textContent} ${taken.name}`);
  if (!taken.mine) {
    button.remove();
    form.remove();
    return row;
  }
  const open = (on) => {
    form.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    (on ? form.querySelector(".stop") : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(form, `/api/leaves/${encodeURIComponent(taken.id)}/end`, {}))) return;
    form.hidden = true;
    changed(say("leave_ended", { name: taken.name }));
  });
  return row;
}

/** Nothing of anybody stays on the page of who has left. */
export function forgetLeaves() {
  $("leaves").replaceChildren();
  $("leave").elements.person.replaceChildren();
  $("leave").hidden = true;
  tell($("leave").querySelector(".error"), "");
}
