// What people do with a task: one obvious act, the others behind a fold, and a way back from what hurts.
import { reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { as } from "./staff.js";

/** What undoes an act, where something does; each is an act of its own, with a line in the history. */
const UNDO = { done: "reopen", cancel: "reopen", pause: "resume" };

/** Leave in ``row`` what this person may do with ``task``, and do it when it is tapped. */
export function wireActs(row, task, { me, now, people, after, open, home, trips }) {
  const offered = task.trip ? trips.tripActs(task.trip, me, now, people, task.holder) : open ? whileOpen(task, me, people) : { confirm: task.state === "done" && task.doer && task.doer !== me, reopen: true };
  const send = (body) => sendAct(row, task, body, home, after);
  for (const button of row.querySelectorAll("[data-act], [data-open]")) {
    const act = button.dataset.act ?? button.dataset.open;
    if (!offered[act]) button.remove();
    else if (button.dataset.act) button.addEventListener("click", () => send({ act }));
    else wireForm(row, button, act, task, send);
  }
  if (task.trip) for (const [act, text] of trips.tripNames(task.trip)) row.querySelector(`[data-act="${act}"]`)?.replaceChildren(text);
  for (const form of row.querySelectorAll("form[data-form]")) if (!offered[form.dataset.form]) form.remove();
  const more = row.querySelector("[data-more]");
  if (!more.querySelector("button")) more.remove();
  else if (task.trip) more.querySelector("summary").textContent = say("trip_called_off");
  const list = row.querySelector("[name=owner]");
  if (list) list.replaceChildren(new Option(say("choose_person"), ""), ...people.map((one) => new Option(personWord(one), one.id)));
  if (people.length && task.holder !== me) row.querySelector("[data-act=claim]")?.classList.remove("go");
}

function whileOpen(task, me, people) {
  const mine = task.holder === me;
  const owned = task.owners.some((one) => one.id === me);
  return {
    claim: !task.holder && !(task.paused_until && owned),
    done: mine && task.kind !== "parcel",
    return: owned,
    assign: people.length > 0,
    resume: Boolean(task.paused_until),
    pause: task.pause_hours > 0 && (owned || people.length > 0),
    prioritise: people.length > 0,
    cancel: owned || people.length > 0,
  };
}

export const personWord = (one) => (one.duty ? say("person_on_duty", { name: one.name }) : one.name || one.id);

function wireForm(row, button, act, task, send) {
  const form = row.querySelector(`[data-form="${act}"]`);
  const show = (open) => {
    for (const other of row.querySelectorAll("[data-form]")) if (other !== form) other.hidden = true;
    for (const other of row.querySelectorAll("[data-open]")) other.setAttribute("aria-expanded", String(other === button && open));
    form.hidden = !open;
    (open ? form.querySelector("input, select") : button).focus();
  };
  button.addEventListener("click", () => show(form.hidden));
  form.addEventListener("reset", () => show(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ act, ...READ[act](new FormData(form), task) });
  });
  SET_UP[act]?.(form, task);
}

const note = (given) => ({ note: given.get("note").trim() });

const READ = {
  return: note,
  cancel: note,
  reopen: note,
  assign: (given) => ({ ...note(given), owner: given.get("owner") }),
  prioritise: (given) => ({ ...note(given), tier: given.get("tier") }),
  pause: (given, { since }) => ({
    note: [given.get("why"), given.get("note").trim()].filter(Boolean).join(say("comma")),
    ...(given.get("until") ? { until: `${given.get("until")}:00${/(Z|[+-]\d\d:\d\d)$/.exec(since)[0]}` } : {}),
  }),
};

const SET_UP = {
  /** "Another reason" has to say which. */
  pause: (form, task) => {
    form.querySelector('[data-slot="longest"]').textContent = say("pause_longest", { h: task.pause_hours });
    form.addEventListener("change", () => (form.elements.note.required = !form.elements.why.value));
  },
  prioritise: (form, task) => {
    for (const choice of form.querySelectorAll("[name=tier]")) if (choice.value === task.tier) choice.closest("label").remove();
  },
};

const HEARD = ["set_out", "claim", "done", "return", "assign", "confirm", "reopen", "cancel", "pause", "resume", "prioritise"];

/** One act, under one key until it has arrived; what went wrong is said in the row. */
async function sendAct(row, task, body, home, after) {
  const buttons = row.querySelectorAll("button");
  const said = JSON.stringify(body);
  const key = (row.sent ??= {})[said] ?? (row.sent[said] = mint());
  buttons.forEach((one) => (one.disabled = true));
  const answer = await as("POST", `/api/tasks/${encodeURIComponent(task.id)}/acts`, body, key).catch(() => ({ lost: true }));
  buttons.forEach((one) => (one.disabled = false));
  if (!answer) return;
  if (!answer.ok) return refused(row, answer.lost ? say("not_sent") : reason(answer), after);
  row.querySelectorAll("[data-form]").forEach((form) => (form.hidden = true));
  const back = !task.trip && UNDO[body.act];
  const undo = back && (() => sendAct(row, task, { act: back, note: back === "reopen" ? say("undo_note") : "" }, home, after));
  if (HEARD.includes(body.act)) after(say(`heard_${body.act}`, { home }), undo);
}

/** In the row, if it is still there. */
const refused = (row, text, after) => (row.isConnected ? tell(row.querySelector(":scope > .error"), text) : after(text));

/** Say what was done in ``place``, with a button that takes it back where there is a way back. */
export function tellDone(place, text, undo) {
  tell(place, text);
  if (!undo) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = say("undo");
  button.addEventListener("click", () => {
    button.disabled = true;
    undo();
  });
  place.append(" ", button);
}
