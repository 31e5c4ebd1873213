// One visit in a list: whose, when, how it stands, and the way to record it.
import { dial, fill, goodsWords, homeName, knows, needWords, say, tagWords } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { linkHome } from "./home-link.js";
import { deadline } from "./deadlines.js";

export const TIER_TONES = { red: "fire", yellow: "sun", green: "leaf" };
const TONES = { coming: "", now: "sky", missed: "fire", nobody_home: "fire", done: "leaf", refused: "sun", not_needed: "leaf", paused: "", unsent: "sun" };
const KEPT = ["done", "refused", "not_needed"];

export const isKept = (visit) => KEPT.includes(visit.state);
export const isOwed = (visit) => visit.state !== "paused";
export const nobodyOwes = (visit) => !visit.owners.length && ["coming", "now", "missed"].includes(visit.state);
export const canRecord = (visit) => visit.state !== "coming" && visit.state !== "unsent";

export const kindWord = (kind) => (knows(`kind_${kind}`) ? say(`kind_${kind}`) : kind);
export const names = (people) => people.map((one) => one.name || one.id).join(say("comma"));

export function wireCall(row, contact, home) {
  const button = row.querySelector("[data-call]");
  if (!contact?.phone) return button?.remove();
  button.href = dial(contact.phone);
  return button.setAttribute("aria-label", `${button.textContent} ${home}`);
}

/** ``given``: form for this visit if one is open, and ``open(visit)`` that opens one. */
export function visitRow(visit, { open, form, withKind = true }) {
  const home = homeName(visit.home, visit.label);
  const row = fill("visit-row", {
    home,
    person: visit.contact?.name ?? "",
    tags: tagWords(visit.tags),
    tier: say(`tier_${visit.tier}`),
    state: stateWord(visit),
    what: [[withKind ? kindWord(visit.kind) : "", ownersWord(visit)].filter(Boolean).join(say("comma")), bring(visit)].join(" ").trim(),
    said: said(visit),
  });
  row.dataset.state = visit.state;
  row.querySelector('[data-slot="tier"]').classList.add(TIER_TONES[visit.tier]);
  row.querySelector('[data-slot="state"]').classList.add(...[nobodyOwes(visit) ? "fire" : TONES[visit.state]].filter(Boolean));
  linkHome(row, visit.home);
  wireCall(row, visit.contact, home);
  row.querySelector("[data-next]").hidden = visit.state !== "nobody_home";
  wireRecord(row, visit, home, open);
  if (form) place(row, form);
  return row;
}

function wireRecord(row, visit, home, open) {
  const button = row.querySelector("[data-record]");
  if (!canRecord(visit)) return button.remove();
  button.textContent = say(visit.state === "nobody_home" ? "record_again" : isKept(visit) ? "record_fix" : "record");
  button.setAttribute("aria-label", `${button.textContent} ${home}`);
  if (isKept(visit) || visit.state === "paused") button.classList.remove("go");
  return button.addEventListener("click", () => open(visit));
}

/** Put an open form into its row; the same element, so that a half-written note survives a new look. */
export function place(row, form) {
  const box = row.querySelector("[data-form]");
  box.replaceChildren(...(form ? [form] : []));
  box.hidden = !form;
  row.querySelector("[data-record]")?.setAttribute("aria-expanded", String(Boolean(form)));
}

function stateWord(visit) {
  if (nobodyOwes(visit)) return say("nobody_owns");
  if (visit.state === "done" && visit.goods?.length) return say("handed_over");
  return visit.state === "paused" && visit.away ? say(`away_${visit.away}`) : say(`visit_${visit.state}`);
}

/** What goes along to the door, until it has been handed over. */
const bring = ({ goods = [], state }) => (goods.length && !KEPT.includes(state) ? say("bring", { goods: goodsWords(goods) }) : "");

const ownersWord = (visit) => (visit.owners.length ? say("with_whom", { names: names(visit.owners) }) : whyNobody(visit));

/** It is nobody's because whoever would owe it has enough to do. */
export const whyNobody = ({ owners, over }) => (!owners.length && over?.length ? say("over_load", { names: names(over) }) : "");

function said(visit) {
  return [
    visit.temperature ? say("degrees", { t: visit.temperature.toFixed(1) }) : "",
    visit.mood ? say(`mood_${visit.mood}`) : "",
    visit.needs?.length ? say("wants", { needs: needWords(visit.needs) }) : "",
    visit.note ? say("quote_note", { text: visit.note }) : "",
  ].filter(Boolean).join(say("comma"));
}

/** What changes with the hour. */
export function touchVisit(row, visit, now) {
  const place = row.querySelector('[data-slot="when"]');
  if (visit.at) place.textContent = say("said_at", { time: on(visit.at, now), name: visit.by_name ?? "" }).trim();
  else if (visit.state === "coming") place.textContent = say("from_time", { time: clock(visit.opens) });
  else if (visit.state === "paused" && visit.away_until) place.textContent = visit.away === "trip" ? say("away_home", { time: clock(visit.away_until) }) : say("away_back", { day: dayLine(visit.away_until) });
  else if (visit.state === "now" || visit.state === "missed") place.textContent = deadline(visit.closes, now).text;
  else place.textContent = "";
}
