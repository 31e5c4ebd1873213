// One ticket in words: what it is about, what happens next, and every step so far. The same for the family and for the staff.
import { knows, say } from "./words.js";
import { on } from "./when.js";

const TONES = { open: "sky", solved: "leaf", good: "leaf", bad: "sun", cancelled: "" };

export const ticketWhat = ({ kind, subkind }) => say(`ticket_${subkind || kind}`);

/** 15:00 前有人答复, 该 15:00 前办好的，正在催; "" where nothing more happens. */
export function ticketThen({ next, by, late }, now) {
  const key = late ? `${next}_late` : next;
  return next !== "nothing" && knows(`then_${key}`) ? say(`then_${key}`, { time: by ? on(by, now) : "" }) : "";
}

/** 10:20 王管家接手了 */
function told({ at, what, who, note }, now) {
  const words = say(`tells_${what}`, { who: who || say("tell_somebody") });
  return say("tell_line", { at: on(at, now), what: note ? say("tell_note", { what: words, note }) : words });
}

/** Fill a row's state and steps; what people wrote is text and nothing else. */
export function showSteps(row, ticket, now) {
  const pill = row.querySelector('[data-slot="state"]');
  if (TONES[ticket.state]) pill.classList.add(TONES[ticket.state]);
  const lines = ticket.lines.map((line) => {
    const step = document.createElement("li");
    step.textContent = told(line, now);
    return step;
  });
  row.querySelector(".told").replaceChildren(...lines);
}

export const ticketState = ({ state, rating }) =>
  [say(`ticketstate_${state}`), rating ? say("rated", { n: rating }) : ""].filter(Boolean).join(say("ticket_and"));

/** Let a button open the form of its name in the row, and the form's reset close it. */
export function wireOpen(row, name) {
  const button = row.querySelector(`[data-open="${name}"]`);
  const form = row.querySelector(`[data-form="${name}"]`);
  const open = (on) => {
    form.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    (on ? form.querySelector("input, button") : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  return form;
}

/** What a judging form says when it is sent by one of its buttons. */
export function judgement(event) {
  const given = new FormData(event.target);
  return { verdict: event.submitter.value, rating: Number(given.get("rating") ?? 0), note: given.get("note").trim() };
}

/** What is broken is asked for a repair only; ``changed({kind, subkind})`` whenever either is. */
export function wireChoices(form, broken, changed = () => {}) {
  const look = () => {
    const given = new FormData(form);
    const repair = given.get("kind") === "repair";
    broken.hidden = !repair;
    changed({ kind: given.get("kind") ?? "", subkind: repair ? (given.get("subkind") ?? "") : "" });
  };
  form.addEventListener("change", look);
  form.addEventListener("reset", () => setTimeout(look));
  look();
}
