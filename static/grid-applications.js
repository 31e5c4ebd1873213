// Who would like to be a volunteer, at the desk: approved for a grid, or declined with a reason; and how many each grid has and lacks.
import { $, count, fill, reason, say, tell } from "./words.js";
import { on } from "./when.js";
import { as, submit } from "./staff.js";
import { sync } from "./lists.js";
import { skillWords, timeWords } from "./helping.js";

let seen = null;

/** ``joined(volunteer, name)`` once somebody has become one. */
export async function showApplications(joined) {
  const answer = await as("GET", "/api/applications").catch(() => undefined);
  if (answer === null || answer?.status === 403) return;
  if (!answer?.ok) return tell($("stale"), answer ? reason(answer) : say("no_network"));
  seen = answer.data;
  $("applications").hidden = false;
  const waiting = seen.applications.filter((one) => one.state === "waiting");
  $("applications-count").textContent = waiting.length ? count("applied", waiting.length) : "";
  $("applications-none").hidden = waiting.length > 0;
  sync($("waiting"), waiting, (one) => row(one, joined));
  sync($("decided"), seen.applications.filter((one) => one.state !== "waiting"), decided);
  $("decided-fold").hidden = waiting.length === seen.applications.length;
  $("grids-have").replaceChildren(...seen.grids.map((one) => fill("grid-tag", { text: say(one.lacks ? "grid_lacks" : "grid_has", one) })));
  $("join-link").textContent = seen.link;
  $("join-qr").src = seen.qr;
}

function about(one) {
  return {
    name: one.name,
    where: one.where,
    phone: one.phone,
    helps: [skillWords(one.skills), timeWords(one.times)].filter(Boolean).join(" · "),
    why: one.why ? say("errand_said", { note: one.why }) : "",
    known: one.known ? say("known_already") : "",
  };
}

function row(one, joined) {
  const made = fill("application-row", { ...about(one), made: say("applied_at", { time: on(one.made, seen.now) }) });
  for (const button of made.querySelectorAll("[data-open]")) wire(made, one, button, joined);
  const choice = made.querySelector("[name=grid]");
  const grids = [...seen.grids].sort((a, b) => one.grids.includes(b.id) - one.grids.includes(a.id));
  choice.replaceChildren(...grids.map((grid) => new Option(grid.name, grid.id)));
  return made;
}

function wire(made, one, button, joined) {
  const word = button.dataset.open;
  const form = made.querySelector(`[data-form="${word}"]`);
  button.setAttribute("aria-label", `${button.textContent} ${one.name}`);
  const open = (wanted) => {
    for (const other of made.querySelectorAll("[data-form]")) other.hidden = other !== form || !wanted;
    for (const other of made.querySelectorAll("[data-open]")) other.setAttribute("aria-expanded", String(other === button && wanted));
    (wanted ? form.elements[0] : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = word === "approve" ? { approve: true, grid: form.grid.value } : { approve: false, reason: form.reason.value.trim() };
    const done = await submit(form, `/api/applications/${encodeURIComponent(one.id)}/decision`, body);
    if (!done) return;
    form.hidden = true;
    tell($("done"), say(done.volunteer ? "approved" : "declined", done));
    await showApplications(joined);
    if (done.volunteer) await joined(done.volunteer);
  });
}

const decided = (one) =>
  fill("decided-row", { ...about(one), made: say(one.volunteer ? "approved_by" : "declined_by", { time: on(one.decided, seen.now), name: one.by, reason: one.reason }) });
