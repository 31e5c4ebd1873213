// One task in a list: what it is, how long it still has, and what people do with it.
import { fill, homeName, knows, needWords, say, count, tell, reason } from "./words.js";
import { mint } from "./ask.js";
import { deadline } from "./deadlines.js";
import { as } from "./staff.js";
import { kindWord, linkHome, names } from "./visit-rows.js";

export const isOpen = (task) => task.state === "open" || task.state === "claimed";
export const isOrphan = (task) => isOpen(task) && !task.owners.length;

/** 要帮忙：药, 上门看望没做到 */
export function taskWhat(task) {
  const what = task.kind === "need" ? needWords([task.category]) : kindWord(task.category);
  return knows(`task_${task.kind}`) ? say(`task_${task.kind}`, { what }) : task.kind;
}

export const taskHome = (task) => (task.home ? homeName(task.home, task.label) : say("whole_compound"));

/** ``me`` is who looks; ``people`` whom a coordinator may name; ``after(text)`` once something was done. */
export function taskRow(task, { me, people = [], after }) {
  const row = fill("task-row", {
    home: taskHome(task),
    what: taskWhat(task),
    state: stateWord(task, me),
    who: [whoOwes(task, me), told(task)].filter(Boolean).join(say("comma")),
    hint: knows(`hint_${task.kind}`) ? say(`hint_${task.kind}`) : task.home ? "" : say("see_desk"),
    note: lastNote(task),
  });
  row.querySelector('[data-slot="state"]').classList.add(isOrphan(task) ? "fire" : task.holder ? "sky" : "sun");
  linkHome(row, task.home);
  wire(row, task, me, people, after);
  return row;
}

function whoOwes(task, me) {
  if (task.holder || !task.owners.length) return "";
  return task.owners[0].id === me ? say("owed_by_me") : say("owed_by", { names: names(task.owners) });
}

const told = (task) => (task.told > 1 ? count("told_times", task.told) : "");

function lastNote(task) {
  const note = task.steps.findLast?.((step) => step.note)?.note;
  return note ? say("quote_note", { text: note }) : "";
}

function stateWord(task, me) {
  if (!isOpen(task)) return say("task_closed");
  if (isOrphan(task)) return say("task_nobody");
  if (task.holder === me) return say("task_mine");
  if (task.holder) return say("task_claimed", { name: names(task.owners.filter((one) => one.id === task.holder)) || task.holder });
  return say("task_open");
}

function wire(row, task, me, people, after) {
  const mine = task.holder === me;
  const offered = { claim: !task.holder, done: mine, return: task.owners.some((one) => one.id === me), assign: people.length > 0 };
  for (const button of row.querySelectorAll("[data-act], [data-open]")) {
    const act = button.dataset.act ?? button.dataset.open;
    if (!offered[act]) button.remove();
    else if (button.dataset.act) button.addEventListener("click", () => send(row, task, { act }, after));
    else wireForm(row, button, act, task, after);
  }
  const list = row.querySelector("select");
  if (list) list.replaceChildren(new Option(say("choose_person"), ""), ...people.map((one) => new Option(personWord(one), one.id)));
  if (people.length && task.holder !== me) row.querySelector("[data-act=claim]")?.classList.remove("go");
}

export const personWord = (one) => (one.duty ? say("person_on_duty", { name: one.name }) : one.name || one.id);

function wireForm(row, button, act, task, after) {
  const form = row.querySelector(`[data-form="${act}"]`);
  const show = (open) => {
    form.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    (open ? form.querySelector("input, select") : button).focus();
  };
  button.addEventListener("click", () => show(form.hidden));
  form.addEventListener("reset", () => show(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    send(row, task, { act, note: given.get("note").trim(), ...(given.has("owner") ? { owner: given.get("owner") } : {}) }, after);
  });
}

const HEARD = { claim: "claimed_heard", done: "done_heard", return: "return_heard", assign: "assign_heard" };

/** One act, under one key until it has arrived; what went wrong is said in the row. */
async function send(row, task, body, after) {
  const buttons = row.querySelectorAll("button");
  const said = JSON.stringify(body);
  const key = (row.sent ??= {})[said] ?? (row.sent[said] = mint());
  buttons.forEach((one) => (one.disabled = true));
  const answer = await as("POST", `/api/tasks/${encodeURIComponent(task.id)}/acts`, body, key).catch(() => ({ lost: true }));
  buttons.forEach((one) => (one.disabled = false));
  if (!answer) return;
  if (!answer.ok) return tell(row.querySelector(".error"), answer.lost ? say("not_sent") : reason(answer));
  after(say(HEARD[body.act], { home: taskHome(task) }));
}

/** What changes with the hour: the nearer deadline. */
export function touchTask(row, task, now) {
  const until = [task.holder ? "" : task.respond_by, task.solve_by].filter(Boolean).sort((one, two) => Date.parse(one) - Date.parse(two))[0];
  const place = row.querySelector('[data-slot="when"]');
  const { over, text } = until && isOpen(task) ? deadline(until, now) : { over: false, text: "" };
  place.textContent = text;
  place.className = over ? "overdue" : "";
}
