// The boards of the grids at the desk: something is hung there, given to somebody, confirmed, or taken down.
import { $, count, fill, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, submit } from "./staff.js";
import { sync } from "./lists.js";
import { errandWords, isOpen } from "./errand-words.js";
import { skillWords, timeWords } from "./helping.js";

const WANTS = ["handing_out", "shopping", "company", "mediation", "other"];
let seen = null;

export async function showBoards() {
  const answer = await as("GET", "/api/errands").catch(() => undefined);
  if (answer === null) return;
  if (!answer?.ok) return tell($("stale"), answer ? reason(answer) : say("no_network"));
  seen = answer.data;
  $("moment").textContent = `${dayLine(seen.now)} ${clock(seen.now)}`;
  $("boards").hidden = !seen.grids.length;
  const open = seen.errands.filter(isOpen).length;
  $("boards-count").textContent = open ? count("board_open", open) : "";
  sync($("errands"), seen.errands, row);
  $("errands-none").hidden = seen.errands.length > 0;
  if (!$("errand-want").options.length) offer();
}

function offer() {
  $("errand-want").replaceChildren(...WANTS.map((want) => new Option(say(`want_${want}`), want)));
  $("errand-grid").replaceChildren(...seen.grids.map((grid) => new Option(grid.name, grid.id)));
  const form = $("errand");
  const open = (wanted) => {
    form.hidden = !wanted;
    $("to-errand").setAttribute("aria-expanded", String(wanted));
    (wanted ? $("errand-grid") : $("to-errand")).focus();
  };
  $("to-errand").addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { grid: form.grid.value, want: form.want.value, text: form.text.value.trim(), door: form.door.value.trim() };
    if (!(await submit(form, "/api/errands", body))) return;
    const grid = form.grid.selectedOptions[0].textContent;
    form.reset();
    await after(say("hung", { grid }));
  });
}

/** 郑大姐（周二上午有空 · 方言） */
function option({ id, name, skills, free }) {
  const fits = [free ? say("free_now", { time: timeWords([free]) }) : "", skillWords(skills)].filter(Boolean).join(" · ");
  return new Option(fits ? say("who_fits", { name, fits }) : name, id);
}

async function after(text) {
  tell($("done"), text);
  await showBoards();
}

function row(one) {
  const grid = seen.grids.find(({ id }) => id === one.grid)?.name ?? "";
  const made = fill("errand-row", { ...errandWords(one, seen.now), grid });
  const offered = isOpen(one) ? { assign: true, cancel: true } : { reopen: true, confirm: one.state === "done" };
  for (const button of made.querySelectorAll("[data-act]")) {
    const act = button.dataset.act;
    button.setAttribute("aria-label", `${button.textContent} ${say(`want_${one.want}`)} ${one.text}`);
    if (act === "assign" && one.who) button.classList.remove("go");
    if (!offered[act]) button.remove();
    else if (act === "confirm") button.addEventListener("click", () => send(made, one, { act }));
    else wireForm(made, one, button);
  }
  return made;
}

function wireForm(made, one, button) {
  const act = button.dataset.act;
  const form = made.querySelector(`[data-form="${act === "assign" ? "assign" : "why"}"]`);
  button.setAttribute("aria-expanded", "false");
  const open = (wanted) => {
    for (const other of made.querySelectorAll("[data-form]")) other.hidden = other !== form || !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    (wanted ? form.elements[0] : button).focus();
  };
  button.addEventListener("click", () => {
    const stop = form.querySelector(".stop");
    if (stop) stop.textContent = button.textContent;
    open(form.hidden);
  });
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await send(form, one, act === "assign" ? { act, owner: form.owner.value } : { act, note: form.note.value.trim() })) form.hidden = true;
  });
  if (act === "assign") form.owner.replaceChildren(new Option(say("choose_person"), ""), ...seen.people.filter((each) => each.grid === one.grid).map(option));
}

async function send(form, one, body) {
  const done = await submit(form, `/api/tasks/${encodeURIComponent(one.id)}/acts`, body);
  if (done) await after(say(`board_${body.act}`));
  return done;
}
