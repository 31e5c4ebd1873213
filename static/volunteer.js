// A volunteer's page: her own link, a phone that was confirmed once, and the homes given to her today.
import { $, count, fill, homeName, reason, say, tagWords, tell } from "./words.js";
import { ask, isProblem, mint } from "./ask.js";
import { dayLine } from "./when.js";
import { volunteerRound } from "./volunteer-round.js";
import { showTrips } from "./volunteer-trips.js";
import { device, link, proof, remember } from "./volunteer-proof.js";
import { callTo, settle, toggleSize, wirePhones } from "./resident-page.js";

const key = mint(); // one for the page: a repeat of a confirmation whose answer was lost gets the same device again
const showRound = volunteerRound({ link, headers: proof, reload: () => load() });

function state(name) {
  $("state").hidden = !name;
  $("confirm").hidden = true;
  if (!name) return;
  $("state-title").textContent = say(`${name}_title`);
  $("state-text").textContent = say(`${name}_text`);
  $("reload").hidden = name !== "offline" && name !== "trouble";
}

/** Whose link or phone counts no longer reads nothing more of anybody's health. */
function putAway() {
  for (const id of ["trips", "round", "mine", "others"]) $(id).hidden = true;
  for (const id of ["trip-list", "visits", "mine-list", "others-list"]) $(id).replaceChildren();
}

function askCode() {
  state("");
  putAway();
  $("confirm").hidden = false;
  $("code").focus();
}

async function load() {
  if (!device()) return askCode();
  const answer = await ask("GET", "/api/round", { headers: proof() }).catch(() => null);
  if (!answer) return state("offline");
  if (isProblem(answer, "device")) return askCode();
  if (answer.status === 401 || answer.status === 403) return putAway(), state("dead");
  if (!answer.ok) return state("trouble");
  state("");
  show(answer.data);
}

async function confirm(form) {
  const sent = { headers: { "X-Volunteer-Link": link }, body: { code: $("code").value }, key };
  const answer = await ask("POST", "/api/devices", sent).catch(() => null);
  if (answer?.ok) {
    remember(answer.data.device);
    form.reset();
    return load();
  }
  if (answer?.status === 401 && !isProblem(answer, "wrong-code")) return state("dead");
  return tell(form.querySelector(".error"), answer ? reason(answer) : say("no_network"));
}

function show(round) {
  const mine = round.homes.filter((home) => home.assigned);
  const others = round.homes.filter((home) => !home.assigned);
  $("grid").textContent = say("grid_line", { grid: round.grid.name, name: round.volunteer.name });
  $("greeting").textContent = dayLine(`${round.day}T00:00`);
  showTrips(round, { post: postTrip, after: tripHeard });
  showRound(round);
  $("mine-title").textContent = mine.length ? count("mine", mine.length) : say("mine_none");
  $("mine").hidden = false;
  $("mine-none").hidden = mine.length > 0;
  $("mine-list").replaceChildren(...mine.map(homeRow));
  $("others").hidden = !others.length;
  $("others-list").replaceChildren(...others.map(({ home, label }) => chip(homeName(home, label))));
}

const postTrip = (trip, body, key) => ask("POST", `/api/round/trips/${encodeURIComponent(trip.id)}/acts`, { headers: proof(), body, key });

async function tripHeard(text) {
  tell($("done"), text);
  await load();
  if (document.activeElement === document.body) $("trips-title").focus();
}

const TONES = { red: "fire", yellow: "sun", green: "leaf" };

function homeRow({ home, label, tier, tags, contact, own, door }) {
  const row = fill("round-row", {
    home: homeName(home, label),
    person: contact?.name ?? "",
    tier: tier ? say("tier_pill", { tier: say(`tier_${tier}`) }) : "",
    tags: own ? say("own_home") : tagWords(tags),
    door: door ? say(`watch_${door}`) : "",
  });
  row.querySelector('[data-slot="door"]')?.classList.add(door === "safe" ? "leaf" : "sky");
  row.querySelector('[data-slot="tier"]')?.classList.add(TONES[tier]);
  if (contact?.phone) row.querySelector("[data-call]").append(callTo(contact.phone, say("call_them")));
  return row;
}

function chip(text) {
  const row = document.createElement("li");
  row.className = "pill";
  row.textContent = text;
  return row;
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  for (const way of document.querySelectorAll("#to-scan, #to-outdated, [data-own]")) way.hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  $("reload").addEventListener("click", load);
  $("confirm").addEventListener("submit", (event) => {
    event.preventDefault();
    confirm(event.target);
  });
  if (link) load();
  else state("nolink");
}

start();
