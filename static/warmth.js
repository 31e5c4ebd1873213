// How warm a building is: one look at it, its cold risers and line ends first, then every home. The building stands behind the #.
import { $, count, fill, homeName, reason, say, tell, withHome } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { as, desk, leave } from "./staff.js";
import { sync } from "./lists.js";
import { heatMap } from "./heat-map.js";

const EVERY = 120_000;
let seen = null;
let timer = 0;

const wanted = () => decodeURIComponent(location.hash.slice(1));

async function look() {
  clearTimeout(timer);
  const answer = await as("GET", `/api/warmth?building=${encodeURIComponent(wanted())}`).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_warmth", { time: clock(seen.now) }) : say("no_network"));
  if (!document.hidden) timer = setTimeout(look, EVERY);
}

function show(warmth) {
  seen = warmth;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(warmth.now)} ${clock(warmth.now)}`;
  showBuildings(warmth);
  showIncidents(warmth);
  const measured = warmth.homes.filter((one) => one.state !== "none");
  $("standard").textContent = say("heat_standard", { least: warmth.least, minutes: warmth.minutes });
  $("map-none").hidden = measured.length > 0;
  $("map-box").hidden = !measured.length;
  tell($("figures"), measured.length ? figures(measured) : "");
  const focus = document.activeElement?.closest?.("[data-home]")?.dataset.home;
  $("map").replaceChildren(...(measured.length ? [heatMap(warmth, $("map").dataset.file)] : []));
  if (focus) $("map").querySelector(`[data-home="${focus}"]`)?.focus();
}

/** 装了 12 户：够暖 9，冷 2，没信号 1 */
function figures(homes) {
  const kinds = ["cold", "cool", "silent", "warm"].map((state) => [state, homes.filter((one) => one.state === state).length]);
  const parts = kinds.filter(([, n]) => n).map(([state, n]) => say("heat_part", { word: say(`heat_${state}`), n }));
  return say("heat_figures", { n: homes.length, parts: parts.join(say("heat_comma")) });
}

function showBuildings({ building, buildings }) {
  const list = $("building");
  const names = buildings.map((one) => one.id).join();
  if (list.dataset.names !== names) list.replaceChildren(...buildings.map((one) => new Option(one.name, one.id)));
  list.dataset.names = names;
  list.value = building;
  $("choose").hidden = buildings.length < 2;
  $("map-title").textContent = buildings.find((one) => one.id === building)?.name ?? "";
}

function showIncidents({ incidents, now }) {
  sync($("incidents"), incidents, (one) => incidentRow(one, now));
  tell($("incidents-count"), incidents.length ? count("heat_places", incidents.length) : "");
  $("incidents-count").className = "pill fire";
  $("incidents-none").hidden = incidents.length > 0;
}

function incidentRow({ group, line, homes, since }, now) {
  const row = fill("incident-row", {
    place: say(line ? "heat_line" : "heat_riser", { name: group }),
    state: say("heat_cold"),
    when: say("heat_since", { time: on(since, now) }),
  });
  const links = homes.map((one) => {
    const link = fill("incident-home", { home: homeName(one.home, one.label) });
    link.setAttribute("href", withHome(link.getAttribute("href"), one.home));
    return link;
  });
  row.querySelector(".heat-homes").append(...links);
  return row;
}

$("building").addEventListener("change", () => (location.hash = $("building").value));
addEventListener("hashchange", look);
$("other-language").addEventListener("click", () => ($("other-language").hash = location.hash));
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(look, () => {
  clearTimeout(timer);
  seen = null;
  for (const id of ["incidents", "map", "building"]) $(id).replaceChildren();
  delete $("building").dataset.names;
  for (const id of ["figures", "map-title"]) $(id).textContent = "";
});
