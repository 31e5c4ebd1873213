// Tickets of one cause at the desk: ticked and joined, told a word together, closed together.
import { $, count, fill, say } from "./words.js";
import { on } from "./when.js";
import { submit } from "./staff.js";
import { sync } from "./lists.js";
import { wireOpen } from "./ticket-lines.js";
import { picked } from "./ticket-rows.js";

const CAUSES = { lift: "lift", power: "power", heating: "heating", gas: "gas", leak: "water" };
let chosen = "";

/** The form that joins what is ticked; it offers the cause that all of it has in common. */
export function showJoin(open) {
  const numbers = picked();
  $("join").hidden = !numbers.length;
  $("join-title").textContent = count("join_title", numbers.length);
  const kinds = new Set(open.filter((one) => numbers.includes(one.id)).map((one) => CAUSES[one.subkind] ?? "other"));
  const common = kinds.size === 1 ? [...kinds][0] : "other";
  if (common !== chosen) $("join-cause").value = common;
  chosen = common;
}

/** ``then(data, words)`` with the list as it is after something was done. */
export function wireJoin(then) {
  $("join").addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { tickets: picked(), text: $("join-text").value, cause: $("join-cause").value };
    const data = await submit($("join"), "/api/incidents", body);
    if (!data) return;
    $("join").reset();
    then(data, say("joined"));
  });
}

export function showIncidents(data, then) {
  $("incidents").hidden = !data.incidents.length;
  sync($("incident-list"), data.incidents, (one) => incidentRow(one, data.now, then));
}

function incidentRow(incident, now, then) {
  const row = fill("incident-row", {
    what: say(`cause_${incident.cause}`),
    place: incident.place ? say("place_building_of", { n: incident.place }) : say("place_several"),
    homes: count("incident_homes", incident.homes),
    left: incident.open ? count("incident_open", incident.open) : say("incident_all_done"),
    text: incident.text,
    since: say("incident_since", { time: on(incident.made, now), who: incident.said }),
  });
  for (const [name, words] of [["notice", "incident_told"], ["close", "incident_closed"]]) {
    const form = wireOpen(row, name);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const path = `/api/incidents/${encodeURIComponent(incident.id)}/${name}`;
      const after = await submit(form, path, { text: form.elements.text.value.trim() });
      if (!after) return;
      form.hidden = true;
      then(after, say(words));
      $("incidents").hidden || $("incidents-title").focus();
    });
  }
  return row;
}
