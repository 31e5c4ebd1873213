// One row of each list on the duty desk, from the API's answer to an element.
import { dial, fill, homeName, knows, needWords, say, tagWords } from "./words.js";
import { ago, clock, late } from "./when.js";
import { linkHome } from "./home-link.js";

const TIER_TONES = { red: "fire", yellow: "sun", green: "leaf" };
const ALERT_TONES = { unexplained: "fire", unknown: "sun", expected: "leaf", acknowledged: "sky", over: "leaf" };
const EXPECTABLE = ["door_opened", "left_open"];

/** What happened, in a word: how an opening was judged, or what else it is. */
export const alertWord = ({ kind, state }) => say(!kind || kind === "door_opened" ? `state_${state}` : `alert_${kind}`);

export const nobodyOwns = (alert) => alert.state === "unexplained" || alert.state === "unknown";

/** Point the row's call button at whom to call, or take it away. */
function wireCall(row, contact) {
  const button = row.querySelector("[data-call]");
  if (!contact?.phone) return button.remove();
  button.href = dial(contact.phone);
  return button.setAttribute("aria-label", `${button.textContent} ${row.querySelector('[data-slot="home"]').textContent}`);
}

const tone = (row, slot, name) => row.querySelector(`[data-slot="${slot}"]`)?.classList.add(...(name ? [name] : []));

/** ``desk`` has the acts: acknowledge(form, alert), explain(form, alert, reason), open(home), report(form, home, feeling). */
export function alertRow(alert, desk) {
  const row = fill("alert-row", { home: homeName(alert.home, alert.label), state: alertWord(alert), more: alertMore(alert) });
  tone(row, "state", ALERT_TONES[alert.state]);
  linkHome(row, alert.home);
  wireCall(row, alert.contact);
  const owned = alert.state === "acknowledged";
  const take = form(row, "acknowledge", nobodyOwns(alert), () => desk.acknowledge(take, alert));
  const explain = form(row, "explain", EXPECTABLE.includes(alert.kind) && (nobodyOwns(alert) || owned), ({ submitter }) =>
    desk.explain(explain, alert, submitter.value));
  if (!nobodyOwns(alert)) row.querySelector(".item-more").remove();
  else if (EXPECTABLE.includes(alert.kind)) row.querySelector("[data-open]").addEventListener("click", () => desk.open(alert.home));
  else row.querySelector("[data-open]").remove();
  return row;
}

/** The row's form for an act, taken away where there is nothing to do. */
function form(row, act, needed, then) {
  const found = row.querySelector(`[data-act="${act}"]`);
  if (!needed) return found.remove();
  found.addEventListener("submit", (event) => {
    event.preventDefault();
    then(event);
  });
  return found;
}

function alertMore({ kind, state, reason, by, by_name: name, note, isolation_day: day }) {
  const said = {
    expected: knows(`kind_${reason}`) ? say(`kind_${reason}`) : reason || say("no_reason"),
    unknown: say("unknown_more"),
    acknowledged: say("handled_by", { name: name || by }),
    unexplained: knows(`more_${kind}`) ? say(`more_${kind}`) : "",
    over: say("is_over"),
  }[state];
  return [said, day ? say("isolation_day", { n: day }) : "", note ? say("quote", { text: note }) : ""].filter(Boolean).join(say("dot"));
}

export function touchAlert(row, alert, now) {
  row.querySelector('[data-slot="when"]').textContent = ago(alert.since, now);
}

/** A home that owes a report and has not given one. */
export function missedRow(item, desk) {
  const row = fill("missed-row", {
    home: homeName(item.home, item.label),
    person: item.contact?.name ?? "",
    tags: tagWords(item.tags),
    tier: say(`tier_${item.tier}`),
    phone: item.contact?.phone || say("no_phone"),
  });
  tone(row, "tier", TIER_TONES[item.tier]);
  wireCall(row, item.contact);
  const form = row.querySelector("form");
  const opener = row.querySelector("[data-note]");
  const show = (open) => {
    form.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
  };
  row.querySelector("[data-call]")?.addEventListener("click", () => show(true));
  opener.addEventListener("click", () => {
    show(form.hidden);
    if (!form.hidden) form.elements.note.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    desk.report(form, item, event.submitter.value);
  });
  return row;
}

export function touchMissed(row, item, now) {
  row.querySelector('[data-slot="when"]').textContent = item.state === "missed" ? late(item.since, now) : "";
}

export const saysMore = (item) => item.feeling === "unwell" || item.needs?.length > 0 || Boolean(item.note);

const SAID = ["unwell", "needs", "note"];

/** What a report asks of the desk, worst first. */
export const saidKind = (item) => (item.feeling === "unwell" ? "unwell" : item.needs?.length ? "needs" : "note");

export const bySaid = (one, two) => SAID.indexOf(saidKind(one)) - SAID.indexOf(saidKind(two));

export function saidRow(item) {
  const kind = saidKind(item);
  const row = fill("said-row", {
    home: homeName(item.home, item.label),
    person: [item.contact?.name, item.contact?.phone?.replaceAll(" ", "\u00a0")].filter(Boolean).join(" "),
    state: say(`said_${kind}`),
    needs: item.needs?.length ? say("said_what", { needs: needWords(item.needs) }) : "",
    note: item.note ? say("quote", { text: item.note }) : "",
    source: knows(`source_${item.source}`) ? say(`source_${item.source}`) : "",
  });
  tone(row, "state", { unwell: "fire", needs: "sky" }[kind]);
  wireCall(row, item.contact);
  return row;
}

export function touchSaid(row, item, now) {
  row.querySelector('[data-slot="when"]').textContent = ago(item.since, now);
}

export function briefRow(item) {
  const time = clock(item.since);
  return fill("brief-row", { home: homeName(item.home, item.label), when: item.state === "late" ? say("reported_late", { time }) : time });
}

