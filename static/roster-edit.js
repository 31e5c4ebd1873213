// One week's shifts as a form: a line for each, sent as a whole, with the edition that was on the screen.
import { $, fill, say } from "./words.js";
import { clock, dayLine } from "./when.js";
import { submit } from "./staff.js";
import { addDays, dayOf } from "./days.js";

const FIRST = { from: "08:00", until: "20:00" };
const padded = (moment) => clock(moment).padStart(5, "0");

/** ``saved(roster)`` once the week was taken. Says which week by ``about({week, title, staff, days, before, now})``. */
export function wireEditing({ saved }) {
  const form = $("edit");
  let given = null;

  function line({ day, staff = "", from, until }) {
    const row = fill("edit-row", {});
    const days = given.days.map((one) => new Option(dayLine(`${one}T00:00`), one, false, one === day));
    row.querySelector("[name=day]").replaceChildren(...days);
    const people = given.staff.map((one) => new Option(one.name, one.id, false, one.id === staff));
    row.querySelector("[name=staff]").replaceChildren(new Option(say("nobody_yet"), ""), ...people);
    row.querySelector("[name=from]").value = from;
    row.querySelector("[name=until]").value = until;
    row.querySelector("[data-remove]").addEventListener("click", () => {
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      (next?.querySelector("select") ?? $("add")).focus();
    });
    return row;
  }

  const lineOf = (shift, later = 0) =>
    line({ day: addDays(dayOf(shift.from), later), staff: shift.staff, from: padded(shift.from), until: padded(shift.until) });

  function open() {
    form.hidden = false;
    $("to-edit").setAttribute("aria-expanded", "true");
    $("edit-title").textContent = say("edit_week", { week: given.title });
    const shifts = given.week.shifts.map((shift) => lineOf(shift));
    $("rows").replaceChildren(...(shifts.length ? shifts : [line({ day: given.days[0], ...FIRST })]));
    $("copy").hidden = !given.before?.shifts.length;
    $("edit-title").focus();
  }

  function close() {
    form.hidden = true;
    $("to-edit").setAttribute("aria-expanded", "false");
  }

  /** Wall-clock times of the compound, with the offset its own answers carry. */
  function read() {
    const offset = /(Z|[+-]\d\d:\d\d)$/.exec(given.now)[0];
    return [...$("rows").children].map((row) => {
      const at = Object.fromEntries(["day", "staff", "from", "until"].map((name) => [name, row.querySelector(`[name=${name}]`).value]));
      const last = at.until > at.from ? at.day : addDays(at.day, 1);
      return { staff: at.staff, from: `${at.day}T${at.from}:00${offset}`, until: `${last}T${at.until}:00${offset}` };
    }).filter((shift) => shift.staff);
  }

  form.addEventListener("reset", () => (close(), $("to-edit").focus()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = await submit(form, "/api/roster", { week: given.week.week, shifts: read(), seen: given.week.edition });
    if (!data) return;
    close();
    saved(data);
  });
  $("to-edit").addEventListener("click", () => (form.hidden ? open() : close()));
  $("add").addEventListener("click", () => {
    const day = $("rows").lastElementChild?.querySelector("[name=day]").value ?? given.days[0];
    $("rows").append(line({ day, ...FIRST }));
    $("rows").lastElementChild.querySelector("[name=staff]").focus();
  });
  $("copy").addEventListener("click", () => {
    $("rows").replaceChildren(...given.before.shifts.map((shift) => lineOf(shift, 7)));
    $("rows").querySelector("select")?.focus();
  });

  return { close, about: (facts) => (given = facts) };
}
