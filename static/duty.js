// The duty desk: asks every half minute while somebody looks, shows what nobody owns loudest, and takes what people do about it.
import { $, count, homeName, say, tell } from "./words.js";
import { clock, dayLine, span } from "./when.js";
import { as, leave, submit, whenSignedIn } from "./staff.js";
import { sync } from "./lists.js";
import { syncFew } from "./few.js";
import { showAway } from "./away.js";
import { alertRow, alertWord, briefRow, bySaid, missedRow, nobodyOwns, saidRow, saysMore, touchAlert, touchMissed, touchSaid } from "./duty-rows.js";
import { showDay, showLoud } from "./duty-day.js";
import { forgetTickets, showTickets } from "./duty-tickets.js";
import { dutyPath, forgetTroubles, loudTroubles, showTroubles } from "./duty-troubles.js";

const EVERY = 30_000;
const title = document.title;
let seen = null;
let timer = 0;
let heardOf = null;

const desk = { acknowledge, explain, report, open: openOpening };

/** Look once, then again in half a minute; a hidden page looks when it is shown again, at everything. */
async function look(all = false) {
  clearTimeout(timer);
  const answer = await as("GET", dutyPath(all)).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show({ ...answer.data, at: Date.now() });
  else tell($("stale"), seen ? say("stale", { time: clock(seen.now) }) : say(answer ? "our_fault" : "no_network"));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

function show(duty) {
  seen = duty;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(duty.now)} ${clock(duty.now)}`;
  $("who").textContent = shiftLine(duty);
  const open = duty.alerts.filter(nobodyOwns);
  announce(open);
  showTroubles(duty, heard);
  showTickets(duty);
  const loud = [...open, ...loudTroubles()];
  document.title = loud.length ? say("title_open", { n: loud.length, title }) : title;
  showLoud(loud);
  showDay(duty);
  showAlerts(duty, open);
  showMissing(duty);
  showReported(duty);
  showAway(duty.away);
}

/** Who stands the shift, and who takes over when; before a roster is set, whoever is signed in. */
function shiftLine({ on_duty: now = [], handover, staff }) {
  const names = now.length ? now.join(say("list_comma")) : handover ? "" : staff.name;
  const next = handover ? say("takes_over", { time: clock(handover.at), names: handover.staff.join(say("list_comma")) }) : "";
  return [names ? say("on_duty", { name: names }) : say("on_duty_nobody"), next].filter(Boolean).join(say("dot"));
}

/** Say a new alert aloud once; what stood there when the page opened was not news. */
function announce(open) {
  const fresh = heardOf ? open.filter((alert) => !heardOf.has(alert.id)) : [];
  heardOf = new Set([...(heardOf ?? []), ...open.map((alert) => alert.id)]);
  for (const alert of fresh) {
    tell($("heard"), say("alerts_heard", { home: homeName(alert.home, alert.label), state: alertWord(alert) }));
  }
}

const STATES = ["unexplained", "unknown", "acknowledged", "expected", "over"];
const FIRST = ["smoke", "sos"];

/** What nobody has taken on before the rest; fire and a call for help before any door. */
const rank = ({ kind, state }) => 2 * STATES.indexOf(state) - (FIRST.includes(kind) && STATES.indexOf(state) < 2 ? 9 : 0);

function showAlerts({ alerts, now }, open) {
  const sorted = [...alerts].sort((one, two) => rank(one) - rank(two) || two.since.localeCompare(one.since));
  sync($("alerts"), sorted, (alert) => alertRow(alert, desk), (row, alert) => touchAlert(row, alert, now));
  tell($("alerts-count"), open.length ? count("alerts_open", open.length) : "");
  $("alerts-count").classList.toggle("fire", open.length > 0);
  $("alerts-none").hidden = alerts.length > 0;
}

function showMissing({ missed, waiting, now, self_report: report }) {
  const closes = clock(report.closes);
  const make = (item) => missedRow(item, desk);
  const touch = (row, item) => touchMissed(row, item, now);
  $("missing-count").textContent = say("tally", report);
  syncFew($("missed"), missed, make, touch);
  tell($("missed-none"), missed.length ? "" : waiting.length ? say("missed_none_yet", { closes }) : say("missed_none"));
  $("waiting-fold").hidden = !waiting.length;
  $("waiting-title").textContent = count("waiting_title", waiting.length, { closes });
  syncFew($("waiting"), waiting, make, touch);
}

function showReported({ reported, now }) {
  const said = reported.filter(saysMore).sort(bySaid);
  syncFew($("said"), said, saidRow, (row, item) => touchSaid(row, item, now));
  tell($("said-count"), said.length ? count("said_count", said.length) : "");
  tell($("said-none"), said.length ? "" : say(reported.length ? "said_none" : "hours_none"));
  $("reported-fold").hidden = !reported.length;
  $("reported-title").textContent = count("reported_title", reported.length);
  syncFew($("reported"), [...reported].sort((one, two) => two.since.localeCompare(one.since)), briefRow, () => {});
}

async function explain(form, alert, reason) {
  const done = await submit(form, `/api/alerts/${encodeURIComponent(alert.id)}/explanation`, { reason }, { reason });
  if (done) await heard(say("explained_heard", { home: homeName(alert.home, alert.label) }));
}

async function acknowledge(form, alert) {
  const done = await submit(form, `/api/alerts/${encodeURIComponent(alert.id)}/acknowledgement`, { note: form.elements.note.value.trim() });
  if (done) await heard(say("acknowledged_heard"));
}

async function report(form, { home, label }, feeling) {
  const body = { feeling, needs: [], note: form.elements.note.value.trim() };
  const done = await submit(form, `/api/homes/${encodeURIComponent(home)}/check-ins`, body);
  if (done) await heard(say("call_recorded", { home: homeName(home, label) }));
}

async function heard(text) {
  tell($("done"), text);
  await look(true);
  if (document.activeElement === document.body) $("alerts-title").focus();
}

function openOpening(home = "") {
  $("opening").hidden = false;
  $("to-opening").setAttribute("aria-expanded", "true");
  $("opening-home").value = home;
  if (home) $("opening").querySelector("[name=reason]:checked").focus();
  else $("opening-home").focus();
  $("opening").scrollIntoView({ block: "nearest" });
}

async function recordOpening(form, minutes) {
  const home = form.elements.home.value.trim().replace(/[^0-9A-Za-z]+/g, "-");
  const from = new Date(Date.parse(seen.now) + Date.now() - seen.at);
  const until = new Date(from.getTime() + minutes * 60_000);
  const reason = form.elements.reason.value;
  const body = { from: from.toISOString(), until: until.toISOString(), reason };
  const done = await submit(form, `/api/homes/${encodeURIComponent(home)}/expected-openings`, body, { minutes, reason });
  if (!done) return;
  form.reset();
  tell($("done"), say("opening_recorded", { home: homeName(home), span: span(done.from, done.until) }));
}

function wireOpening() {
  const form = $("opening");
  $("to-opening").addEventListener("click", () => (form.hidden ? openOpening() : form.reset()));
  form.addEventListener("reset", () => {
    form.hidden = true;
    tell(form.querySelector(".error"), "");
    $("to-opening").setAttribute("aria-expanded", "false");
    $("to-opening").focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    recordOpening(form, Number(event.submitter.value));
  });
}

function signedIn(session) {
  for (const id of ["desk", "to-opening", "sign-out"]) $(id).hidden = false;
  $("who").textContent = say("on_duty", { name: session.name });
  look();
}

document.addEventListener("signed-out", () => {
  clearTimeout(timer);
  seen = heardOf = null;
  document.title = title;
  for (const id of ["desk", "to-opening", "sign-out", "dot"]) $(id).hidden = true;
  forgetTroubles();
  forgetTickets();
  for (const id of ["alerts", "missed", "waiting", "said", "reported", "away"]) $(id).replaceChildren();
  for (const id of ["who", "moment", "compound"]) $(id).textContent = "";
});
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look(true));
$("sign-out").addEventListener("click", () => leave());
$("loud-go").addEventListener("click", (event) => {
  event.preventDefault();
  $("alerts").querySelector(".go")?.focus();
});
wireOpening();
whenSignedIn(signedIn);
