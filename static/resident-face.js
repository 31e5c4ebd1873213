// What the resident's page shows for each state of the day. Each face: its tone, and which pieces are on it.
import { $, fill, goodsWords, homeName, knows, needWords, say, tell } from "./words.js";
import { clock, dayLine, on, wall } from "./when.js";
import { callButton, callTo, knowsNumber, setPhones } from "./resident-page.js";

const REPORTED = { tone: "leaf", on: ["more", "after"] };
const FACES = {
  loading: { tone: "plain", on: ["well", "more"] },
  offline: { tone: "plain", on: ["well", "more"] },
  trouble: { tone: "plain", on: ["well", "more"] },
  waiting: { tone: "plain", on: ["well", "more"] },
  missed: { tone: "sun", on: ["well", "more"] },
  not_owed: { tone: "plain", on: ["well", "more"] },
  on_time: REPORTED,
  late: REPORTED,
  extra: REPORTED,
  unwell: { tone: "sky", on: ["more", "after"] },
  needs: { tone: "sky", on: ["more", "after"] },
  sending: { tone: "plain", on: [] },
  unsent: { tone: "sun", on: ["again", "more"] },
  expired: { tone: "sun", on: ["well", "more"] },
  refused: { tone: "sun", on: ["well", "more"] },
  dead: { tone: "sun", on: ["call"] },
  nolink: { tone: "plain", on: [] },
};

/** Show the day's state. ``facts`` is the home as the API gives it, or the few values a face without one needs. */
export function face(name, facts = {}) {
  const report = facts.self_report;
  const values = { ...facts, closes: report ? clock(report.closes) : "" };
  paint(name, values, { text: name === "refused" ? facts.detail : facts.kept === false ? say("unkept_text", values) : undefined });
}

/** Show a check-in that arrived; ``wasWaiting`` when the person had been told it had not. */
export function reported(home, wasWaiting = false) {
  const report = home.self_report;
  const name = report.feeling === "unwell" ? "unwell" : report.needs?.length ? "needs" : report.state;
  const values = { time: clock(report.at), needs: needWords(report.needs ?? []), closes: report.closes ? clock(report.closes) : "" };
  paint(name, values, { pill: wasWaiting ? say("delivered_pill") : undefined, after: afterwards(name, report, values) });
  if (wasWaiting) tell($("heard"), say("delivered_heard", values));
}

function afterwards(name, report, values) {
  const person = name === "unwell" || name === "needs";
  const next = person ? "after_next_person" : report.owed && values.closes ? "after_next_day" : "after_next_extra";
  const needs = name === "unwell" && report.needs.length ? [say("after_needs", values)] : [];
  return [...needs, say("after_who"), say(next, values), say("after_more")];
}

function paint(name, values, { pill, text, after = [] }) {
  const { tone, on } = FACES[name];
  const hadFocus = $("now").contains(document.activeElement);
  $("now").dataset.face = name;
  $("now").dataset.tone = tone;
  tell($("now-pill"), pill ?? (knows(`${name}_pill`) ? say(`${name}_pill`) : ""));
  $("now-pill").className = `pill ${tone}`;
  if (knows(`${name}_title`)) $("now-title").textContent = say(`${name}_title`, values);
  $("now-text").textContent = text ?? say(`${name}_text`, values);
  for (const piece of ["well", "again", "more", "after"]) $(piece).hidden = !on.includes(piece);
  $("now-call").hidden = !(on.includes("call") && knowsNumber());
  if (on.includes("call") && knowsNumber()) $("now-call").replaceChildren(callButton("duty"));
  $("after").replaceChildren(...after.map(line));
  $("by-code").classList.toggle("open", name === "nolink");
  tell($("heard"), `${$("now-title").textContent} ${$("now-text").textContent}`);
  if (hadFocus && document.activeElement === document.body) $("now-title").focus();
}

function line(text) {
  const row = document.createElement("li");
  row.textContent = text;
  return row;
}

const HELLOS = [[5, "night"], [11, "morning"], [13, "noon"], [18, "afternoon"], [22, "evening"], [24, "night"]];

/** Everything about the home that is not today's report. */
export function showHome(home) {
  const hour = wall(home.now).hour;
  const hello = say(`hello_${HELLOS.find(([until]) => hour < until)[1]}`);
  $("compound").textContent = home.compound.name;
  $("greeting").textContent = say("greeting", { home: homeName(home.home, home.label), hello });
  setPhones(home.phones);
  tell($("door-word"), home.door ? say(`watch_${home.door}`) : "");
  $("promises").hidden = false;
  $("no-promises").hidden = home.promises.length > 0;
  $("promise-list").replaceChildren(...home.promises.map((one) => promise(one, home.day)));
  showWarmth(home);
  $("steward").hidden = !home.steward;
  if (home.steward) showSteward(home.steward);
}

const TONES = { coming: "sky", now: "leaf", kept: "leaf", missed: "fire", nobody_home: "sun", out: "leaf", finding: "sun" };

function promise(given, today) {
  const { from, goods = [], state } = given;
  const trip = given.kind === "hospital_trip";
  const stands = trip ? tripStands(given) : state;
  const day = from.startsWith(today) ? "" : dayLine(from) + say("comma");
  const when = [trip ? day + tripWhen(given) : promiseWhen(given), goods.length ? say("goods_brought", { goods: goodsWords(goods) }) : ""];
  const row = fill("promise-row", {
    time: clock(from),
    what: trip ? tripWhat(given) : promised(given),
    when: when.filter(Boolean).join(say("comma")),
    state: say(`promise_${stands}`),
  });
  row.querySelector(".pill").className = `pill ${TONES[stands] ?? ""}`;
  return row;
}

/** A trip nobody goes along with yet is being seen to. */
const tripStands = ({ state, who }) => (state === "coming" && !who.length ? "finding" : state);

const tripWhat = ({ reason: hospital, who }) =>
  who.length ? say("who_hospital_trip", { who: who.join(say("comma")), hospital }) : say("trip_nobody", { hospital });

function tripWhen({ from, until, at, state }) {
  const times = { from: clock(from), until: clock(until), time: clock(at || from) };
  return say({ out: "trip_out_since", kept: "trip_home_at", missed: "trip_chased", called_off: "trip_off" }[state] ?? "trip_at", times);
}

/** A visit of a plan is said with the names of who comes; what was announced, in its own words. */
function promised({ kind, reason, who = [] }) {
  if (!knows(`who_${kind}`)) return reason || say("promise_any");
  return say(`who_${kind}`, { who: who.length ? who.join(say("comma")) : say("who_somebody") });
}

function promiseWhen({ until, reason, state, at }) {
  const time = clock(at || until);
  if (state === "kept") return say("promise_came", { time });
  if (state === "nobody_home") return say("promise_again", { time });
  if (state === "missed") return say("promise_chased", { time: clock(until) });
  if (state === "paused" && knows(`promise_${reason}`)) return say(`promise_${reason}`);
  return say("promise_until", { time: clock(until) });
}

function showSteward({ name, phone }) {
  $("steward-name").textContent = name;
  $("steward-call").replaceChildren(...(phone ? [callTo(phone, say("call_steward"))] : []));
}

/** How warm it is at home, where a thermometer hangs; a cold home reads that somebody is on it. */
function showWarmth({ warmth, now }) {
  $("warmth").hidden = !warmth;
  if (!warmth) return;
  $("warmth-title").textContent = say("warmth_now", { t: warmth.temperature.toFixed(1) });
  $("warmth-text").textContent = `${say(`warmth_${warmth.state}`, warmth)} ${say("warmth_read", { time: on(warmth.at, now) })}`;
}
