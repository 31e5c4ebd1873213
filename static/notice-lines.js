// The staff's list of notices: how each stands, which floor groups have not got it, and whom to phone about it.
import { count, dial, fill, reason, say, tell } from "./words.js";
import { on } from "./when.js";
import { as, submit } from "./staff.js";
import { whenOf } from "./notice-words.js";

const TONES = { draft: "sun", published: "leaf", withdrawn: "" };
const PARTS = ["arrived", "waiting", "trying", "failed"];

export const reachOf = ({ homes, groups, open }) =>
  [say(groups ? "reach_groups" : "reach_homes", { homes, groups }), open ? say("reach_open") : ""].join("");

const deliveryOf = (delivery) => PARTS.filter((part) => delivery?.[part]).map((part) => say(`delivered_${part}`, { n: delivery[part] })).join(say("comma"));

/** A row. ``acts`` has ``edit(notice)``, ``correct(notice)`` and ``after(text)``; ``now`` is the list's own hour. */
export function lineRow(notice, now, acts) {
  const { state, reason: why } = notice;
  const row = fill("line-row", {
    title: notice.title,
    state: notice.corrected_by ? say("stands_corrected") : say(`noticestate_${state}`),
    kind: say(`noticekind_${notice.kind}`),
    when: whenOf(notice),
    reach: state === "withdrawn" ? "" : reachOf(notice),
    delivery: deliveryOf(notice.delivery),
    last: say(why ? "last_reason" : "last_line", { who: notice.by, at: on(notice.at, now), reason: why }),
  });
  const tone = notice.corrected_by ? "sun" : TONES[state];
  if (tone) row.querySelector('[data-slot="state"]').classList.add(tone);
  row.querySelector('[data-slot="delivery"]')?.classList.toggle("late", Boolean(notice.delivery?.failed || notice.delivery?.trying));
  const can = { missed: state === "published" && notice.groups > 0, edit: state === "draft", correct: state === "published" && !notice.corrected_by, withdraw: state !== "withdrawn" };
  for (const button of row.querySelectorAll("[data-do]")) button.hidden = !can[button.dataset.do] || (button.dataset.do !== "missed" && !notice.mine);
  if (state === "draft") nameDraft(row);
  const button = (name) => row.querySelector(`[data-do="${name}"]`);
  button("missed").addEventListener("click", () => showMissed(row, notice));
  button("edit").addEventListener("click", () => acts.edit(notice));
  button("correct").addEventListener("click", () => acts.correct(notice));
  wireWithdraw(row, notice, button("withdraw"), acts);
  return row;
}

/** Nobody has read a draft, so nobody has to be told why it goes. */
function nameDraft(row) {
  row.querySelector('[data-do="withdraw"]').textContent = say("drop");
  const form = row.querySelector('[data-form="withdraw"]');
  form.querySelector("label").hidden = true;
  form.querySelector(".stop").textContent = say("drop_sure");
}

function wireWithdraw(row, notice, button, acts) {
  const form = row.querySelector('[data-form="withdraw"]');
  const open = (shown) => {
    form.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    (shown ? form.querySelector("label:not([hidden]) input, .stop") : button).focus();
  };
  button.addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await submit(form, `/api/notices/${encodeURIComponent(notice.id)}/withdrawal`, { reason: form.elements.reason.value.trim() });
    if (!done) return;
    form.hidden = true;
    acts.after(say(notice.state === "draft" ? "dropped" : "taken_back"));
  });
}

async function showMissed(row, notice) {
  const answer = await as("GET", `/api/notices/${encodeURIComponent(notice.id)}`).catch(() => undefined);
  if (answer === null) return;
  const place = row.querySelector("[data-trouble]");
  tell(place, answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  const { missed, kept } = answer.data;
  const rows = missed.map(missedRow);
  if (!rows.length) rows.push(Object.assign(document.createElement("li"), { textContent: say(kept ? "missed_none" : "missed_gone") }));
  row.querySelector("[data-missed]").replaceChildren(...rows);
}

function missedRow({ group, why, homes, contacts }) {
  const row = fill("missed-row", {
    group,
    why: why === "no channel" ? say("missed_no_channel") : say("missed_refused", { why }),
    homes: count("missed_homes", homes),
  });
  row.querySelector("[data-calls]").replaceWith(
    ...contacts.map(({ name, phone }) => Object.assign(document.createElement("a"), { className: "button", href: dial(phone), textContent: `${name} ${phone}` })),
  );
  return row;
}
