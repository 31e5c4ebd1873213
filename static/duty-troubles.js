// The desk's list of what sensors need and where it is cold. It changes slowly, so a look asks for it every twelve minutes.
import { $, count, fill, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { on } from "./when.js";
import { as } from "./staff.js";
import { sync } from "./lists.js";
import { troubleAsk, troublePlace, troubleWhat } from "./troubles.js";

const EVERY_SO_MANY = 24;
let looks = 0;
let known = [];

/** What to ask the API; ``all`` to know everything now. */
export function dutyPath(all) {
  if (all) looks = 0;
  return looks++ % EVERY_SO_MANY ? "/api/duty" : "/api/duty?troubles=1";
}

export function forgetTroubles() {
  looks = 0;
  known = [];
  $("troubles").replaceChildren();
}

/** Gateways that are out and that nobody has taken on: as loud as a door. */
export const loudTroubles = () =>
  known.filter((one) => one.kind === "gateways-silent" && !one.holder).map((one) => ({ home: "", label: troublePlace(one), state: "outage" }));

/** ``after(text)`` once somebody has taken one on. */
export function showTroubles({ troubles, now }, after) {
  known = troubles ?? known;
  sync($("troubles"), known, (one) => troubleRow(one, after), (row, one) => touch(row, one, now));
  tell($("troubles-count"), known.length ? count("troubles_count", known.length) : "");
  $("troubles-none").hidden = known.length > 0;
}

function troubleRow(one, after) {
  const row = fill("trouble-row", {
    place: troublePlace(one),
    what: troubleWhat(one),
    ask: troubleAsk(one),
    state: one.holder ? say("trouble_taken", { name: one.holder_name || one.holder }) : say("trouble_free"),
    who: !one.holder && one.owners.length ? say("trouble_owed", { names: one.owners.join(say("comma")) }) : "",
  });
  row.querySelector('[data-slot="state"]').classList.add(one.holder ? "sky" : one.kind === "gateways-silent" ? "fire" : "sun");
  const button = row.querySelector("button");
  button.setAttribute("aria-label", `${button.textContent} ${troublePlace(one)} ${troubleWhat(one)}`);
  if (one.holder) button.remove();
  else button.addEventListener("click", () => claim(row, one, after));
  return row;
}

function touch(row, one, now) {
  row.querySelector('[data-slot="when"]').textContent = say("trouble_since", { time: on(one.since, now) });
}

/** Under one key until it has arrived. */
async function claim(row, one, after) {
  row.dataset.sent ??= mint();
  const path = `/api/tasks/${encodeURIComponent(one.id)}/acts`;
  const answer = await as("POST", path, { act: "claim" }, row.dataset.sent).catch(() => ({ lost: true }));
  if (!answer) return;
  if (!answer.ok) return tell(row.querySelector(".error"), answer.lost ? say("no_network") : reason(answer));
  after(say("acknowledged_heard"));
}
