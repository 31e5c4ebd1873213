// The list of visits on a page: rows in groups, one open form, and what becomes of what was recorded.
import { fill, homeName, reason, say, tell } from "./words.js";
import { sync } from "./lists.js";
import { isFever, visitForm } from "./visit-form.js";
import { isKept, place, touchVisit, visitRow } from "./visit-rows.js";
import { withWaiting } from "./sending-visits.js";

/** ``way`` sends (see sending-visits.js); ``heard(text, fever)`` says what happened; ``groups(visits)`` gives [{id, title, count, visits}]. */
export function roundList({ list, way, groups, heard, paper = () => false }) {
  const forms = new Map();
  let shown = { visits: [], now: "" };

  const rowOf = (id) => [...list.children].find((row) => row.dataset.key === id);

  function open(visit) {
    if (forms.has(visit.id)) return close(visit);
    const form = visitForm(visit, { save: (body, own) => save(visit, body, own), close: () => close(visit), paper: paper() });
    forms.set(visit.id, form);
    place(rowOf(visit.id), form);
    form.elements.outcome[0].focus();
    form.scrollIntoView({ block: "nearest" });
  }

  function close(visit) {
    forms.delete(visit.id);
    const row = rowOf(visit.id);
    if (!row) return;
    place(row, null);
    row.querySelector("[data-record]")?.focus();
  }

  async function save(visit, body, form) {
    form.querySelectorAll("button").forEach((one) => (one.disabled = true));
    const answer = await way.record(body, { home: visit.home, label: visit.label });
    form.querySelectorAll("button").forEach((one) => (one.disabled = false));
    if (answer && !answer.ok) return tell(form.querySelector(".error"), reason(answer));
    forms.delete(visit.id);
    if (answer === null) return;
    tellOutcome(visit, body, answer);
    if (answer) put(answer.data);
    else show(shown.visits, shown.now);
    if (paper()) next(visit);
    else rowOf(visit.id)?.querySelector("[data-record], [data-call]")?.focus();
  }

  function tellOutcome(visit, body, answer) {
    const home = homeName(visit.home, visit.label);
    if (!answer) return heard(say("visit_waits", { home }));
    if (isFever(body)) return heard(say("visit_fever", { home, t: body.temperature.toFixed(1) }), true);
    if (body.outcome === "nobody_home") return heard(say("visit_next", { home }));
    return heard(say("visit_kept", { home, state: outcomeWord(visit, body) }));
  }

  const outcomeWord = ({ goods = [] }, { outcome }) => say(outcome === "done" && goods.length ? "handed_over" : `visit_${outcome}`);

  /** From paper one goes down the list: the next one that is still open opens by itself. */
  function next(visit) {
    const at = shown.visits.findIndex((one) => one.id === visit.id);
    const following = shown.visits.slice(at + 1).find((one) => !isKept(one) && ["now", "missed", "nobody_home"].includes(one.state));
    if (following) open(following);
  }

  function put(visit) {
    show(shown.visits.map((one) => (one.id === visit.id ? { ...one, ...visit, contact: visit.contact ?? one.contact } : one)), shown.now);
  }

  function show(visits, now) {
    shown = { visits, now };
    const items = groups(withWaiting(visits, way.waiting())).flatMap(({ visits: own, ...group }) => [{ ...group, group: true }, ...own]);
    sync(list, items, make, (row, item) => item.group || touchVisit(row, item, now));
    for (const [id, form] of forms) if (!form.isConnected && rowOf(id)) place(rowOf(id), form);
  }

  function make(item) {
    if (item.group) return fill("group-row", { title: item.title, count: item.count });
    return visitRow(item, { open, form: forms.get(item.id), withKind: item.withKind ?? true });
  }

  return { show, put, again: () => show(shown.visits, shown.now), clear: () => (forms.clear(), list.replaceChildren()) };
}
