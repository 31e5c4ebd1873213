// Activities at the desk: arranged here, read with who comes, changed, called off; the list of names prints by itself.
import { $, count, fill, homeName, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { tone, when } from "./activity-words.js";

const STATES = { off: "state_off", closed: "state_closed", open: "state_open", full: "state_full" };
let seen = null;

async function look() {
  const answer = await as("GET", "/api/activities").catch(() => undefined);
  if (answer === null) return;
  const old = seen ? say("no_activities", { time: clock(seen.now) }) : say("no_network");
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : old);
  if (answer?.ok) show(answer.data);
}

function show(data) {
  seen = data;
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  sync($("activities"), data.activities, row);
  $("none").hidden = data.activities.length > 0;
  if (!$("new").hidden) return;
  $("buildings").replaceChildren(
    ...data.buildings.map((one) => {
      const tick = fill("building-tick", { name: one.name });
      tick.querySelector("input").value = one.id;
      return tick;
    }),
  );
  $("new").elements.day.min = data.now.slice(0, 10);
}

function row(one) {
  const state = one.called_off ? "off" : !one.takes ? "closed" : one.left > 0 ? "open" : "full";
  const names = one.buildings.map((id) => seen.buildings.find((known) => known.id === id)?.name ?? id).join(say("comma"));
  const parts = [say("stands_desk", one), one.waiting ? count("stands_line", one.waiting) : ""];
  const made = tone(
    fill("activity-row", {
      ...one,
      when: when(one),
      state: say(STATES[state]),
      stands: one.called_off ? say("stands_off", one) : parts.join(" ").trim(),
      about: say(names ? "about_some" : "about_all", { buildings: names, name: one.by_name }),
      hidden: one.mine ? "" : say("rows_hidden"),
    }),
    state,
  );
  made.querySelector(".comers").append(...one.rows.map(comer));
  made.querySelector("[data-print]").addEventListener("click", () => printOnly(made));
  wire(made, one, "phone", "sign-ups", (form) => ({ home: form.home.value.trim(), persons: Number(form.persons.value) }));
  wire(made, one, "places", "places", (form) => ({ places: Number(form.places.value) }));
  wire(made, one, "off", "calling-off", (form) => ({ why: form.why.value.trim() }));
  made.querySelector("[name=places]").value = one.places;
  made.querySelector("[data-acts]").hidden = !one.mine;
  for (const button of made.querySelectorAll("[data-open]")) button.hidden = !one.takes;
  return made;
}

function comer(one) {
  return fill("comer-row", {
    home: homeName(one.home, one.label),
    name: one.contact?.name ?? "",
    phone: one.contact?.phone ?? "",
    persons: count("persons", one.persons),
    waits: one.state === "waiting" ? say("state_waiting") : "",
  });
}

function printOnly(made) {
  made.classList.add("printing");
  print();
  made.classList.remove("printing");
}

/** A button that opens a form, and the form that sends what ``body`` reads off it. */
function wire(made, one, name, path, body) {
  const [button, form] = [made.querySelector(`[data-open=${name}]`), made.querySelector(`[data-form=${name}]`)];
  const open = (wanted) => {
    form.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    (wanted ? form.querySelector("input") : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await submit(form, `/api/activities/${encodeURIComponent(one.id)}/${path}`, body(form.elements))) await said(form, "changed", one);
  });
}

async function said(form, words, one) {
  form.hidden = true;
  tell($("done"), say(words, one));
  await look();
  $("list-title").focus();
}

function wireNew() {
  const form = $("new");
  const open = (wanted) => {
    form.hidden = !wanted;
    $("to-new").setAttribute("aria-expanded", String(wanted));
    (wanted ? form.elements.title : $("to-new")).focus();
  };
  $("to-new").addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = form.elements;
    const at = (time) => `${given.day.value}T${time}:00${seen.now.slice(-6)}`;
    const ticked = [...form.querySelectorAll("[name=buildings]:checked")].map((box) => box.value);
    const words = { title: given.title.value.trim(), where: given.where.value.trim(), text: given.text.value.trim() };
    const rest = { places: Number(given.places.value), buildings: ticked, open: given.open.checked };
    const made = await submit(form, "/api/activities", { ...words, from: at(given.from.value), until: at(given.until.value), ...rest });
    if (!made) return;
    form.reset();
    await said(form, "arranged", made);
  });
}

wireNew();
$("sign-out").addEventListener("click", () => leave());
desk(look, () => {
  seen = null;
  $("activities").replaceChildren();
  tell($("done"), "");
});
