// The staff's tickets: what is open, the most pressing first; what is said on the phone is entered; tickets of one cause are told together.
import { $, count, fill, reason, say, tell } from "./words.js";
import { clock, dayLine } from "./when.js";
import { as, desk, leads, leave, submit } from "./staff.js";
import { sync } from "./lists.js";
import { ticketWhat, wireChoices } from "./ticket-lines.js";
import { showIncidents, showJoin, wireJoin } from "./ticket-incidents.js";
import { ticketPlace, ticketRow } from "./ticket-rows.js";

const EVERY = 30_000;
const NAMED = 3;
const FILTERS = ["all", "urgent", "repair", "question", "need", "complaint", "suggestion"];
let session = null;
let seen = null;
let filter = "all";
let timer = 0;

async function look() {
  clearTimeout(timer);
  const answer = await as("GET", "/api/tickets").catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_tickets", { time: clock(seen.now) }) : say("no_network"));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

const fits = (ticket) => filter === "all" || (filter === "urgent" ? ticket.tier === "red" : ticket.kind === filter);

function show(data) {
  seen = data;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  showLoud(data.open.filter((one) => one.next === "respond"));
  showQuestions(data.questions);
  $("answers").replaceChildren(...data.answers.map((text) => new Option(text)));
  showFilters();
  for (const place of ["open", "closed"]) showList(place, data[place].filter(fits));
  showIncidents(data, done);
  showJoin(data.open);
}

const ticked = () => showJoin(seen.open);

function done(data, words) {
  show(data);
  tell($("done"), words);
}

function showList(place, tickets) {
  sync($(place), tickets, (ticket) => ticketRow(ticket, { now: seen.now, me: session.username, lead: leads(session), after, picked: ticked }));
  tell($(`${place}-count`), tickets.length ? count("ticket_count", tickets.length) : "");
  $(`${place}-none`).hidden = tickets.length > 0;
}

function showLoud(waiting) {
  $("loud").dataset.count = waiting.length;
  tell($("loud-count"), waiting.length ? String(waiting.length) : "");
  const list = waiting.slice(0, NAMED).map((one) => `${ticketPlace(one)} ${ticketWhat(one)}`).join(say("list_and"));
  const more = waiting.length > NAMED ? say("loud_more", { n: waiting.length - NAMED }) : "";
  $("loud-text").textContent = waiting.length ? say("nobody_took", { list: list + more }) : say("all_taken");
}

const minutes = (seconds) => count("minutes", Math.ceil(seconds / 60));

function showQuestions({ count: n, answered, median, worst, limit }) {
  const values = { n, answered, median: minutes(median), worst: minutes(worst), limit: minutes(limit) };
  $("questions").textContent = n ? say("questions", values) : say("questions_none");
  $("questions").classList.toggle("late", worst > limit);
}

function showFilters() {
  const buttons = FILTERS.map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.filter = name;
    button.textContent = say(`filter_${name}`);
    button.setAttribute("aria-pressed", String(name === filter));
    return button;
  });
  const focus = document.activeElement?.dataset?.filter;
  $("filters").replaceChildren(...buttons);
  if (focus) $("filters").querySelector(`[data-filter="${focus}"]`).focus();
}

async function after(text) {
  tell($("done"), text);
  await look();
  if (document.activeElement === document.body) $("open-title").focus();
}

function openEntry(on) {
  $("enter").hidden = !on;
  $("to-enter").setAttribute("aria-expanded", String(on));
  (on ? $("enter").querySelector("h2") : $("to-enter")).focus();
}

$("filters").addEventListener("click", (event) => {
  if (!event.target.dataset.filter) return;
  filter = event.target.dataset.filter;
  show(seen);
});
$("to-enter").addEventListener("click", () => openEntry($("enter").hidden));
$("enter").addEventListener("reset", () => openEntry(false));
$("enter").addEventListener("change", () => ($("group-field").hidden = $("enter").elements.origin.value !== "group"));
$("enter").addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = Object.fromEntries(new FormData($("enter")));
  const body = { ...given, subkind: given.kind === "repair" ? (given.subkind ?? "") : "", home: given.home.trim(), building: given.building.trim() };
  const made = await submit($("enter"), "/api/tickets", body);
  if (!made) return;
  $("enter").reset();
  after(say("entered", { what: ticketWhat(made), id: made.id }));
});
$("join").addEventListener("reset", () => {
  for (const box of document.querySelectorAll("[data-pick]:checked")) box.checked = false;
  setTimeout(ticked);
});
wireJoin(done);
wireChoices($("enter"), $("desk-broken"));
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(
  (who) => {
    session = who;
    $("to-figures").hidden = !leads(who);
    look();
  },
  () => {
    clearTimeout(timer);
    seen = null;
    for (const id of ["open", "closed", "incident-list", "answers", "filters"]) $(id).replaceChildren();
    for (const id of ["questions", "loud-text"]) $(id).textContent = "";
  },
);
