// The trips a volunteer goes along on: set out, home again, or given back, each with one tap.
import { $, fill, homeName, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { sync } from "./lists.js";
import { wireCall } from "./visit-rows.js";
import { touchTrip, tripActs, tripTone, tripWords } from "./trip-words.js";

/** ``post(trip, body, key)`` asks the API; ``after(text)`` once it has answered. */
export function showTrips({ trips, volunteer, now }, { post, after }) {
  $("trips").hidden = !trips.length;
  const make = (trip) => tripRow(trip, volunteer.id, now, { post, after });
  sync($("trip-list"), trips, make, (row, trip) => touchTrip(row.querySelector('[data-slot="when"]'), trip, now));
}

function tripRow(trip, me, now, { post, after }) {
  const home = homeName(trip.home, trip.label);
  const row = fill("trip-row", { home, person: trip.contact?.name ?? "", ...tripWords(trip) });
  row.querySelector('[data-slot="state"]').classList.add(...[tripTone(trip)].filter(Boolean));
  wireCall(row, trip.contact, home);
  const offered = tripActs(trip, me, now);
  const form = row.querySelector("form");
  for (const button of row.querySelectorAll("[data-act]")) {
    if (!offered[button.dataset.act]) button.remove();
    else button.addEventListener("click", () => (button.dataset.act === "return" ? toggle(form, button) : send({ act: button.dataset.act })));
  }
  form.addEventListener("reset", () => (form.hidden = true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send({ act: "return", note: new FormData(form).get("note").trim() });
  });

  /** One act, under one key until it has arrived. */
  async function send(body) {
    const key = (row.sent ??= {})[body.act] ?? (row.sent[body.act] = mint());
    const answer = await post(trip, body, key).catch(() => null);
    if (!answer?.ok) return tell(row.querySelector(":scope > .error"), answer ? reason(answer) : say("no_network"));
    return after(say(`gone_${body.act}`, { home }));
  }

  return row;
}

function toggle(form, button) {
  form.hidden = !form.hidden;
  button.setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.querySelector("input").focus();
}
