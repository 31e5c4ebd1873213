// The print room: choose homes, make new cards, print them. What is made is shown once and kept nowhere.
import { $, count, fill, homeName, say, tell } from "./words.js";
import { doorSheets } from "./door-sheets.js";
import { as, submit, whenSignedIn } from "./staff.js";

const A_SHEET = 8;
const MOST = 16;
let homes = [];

const option = (value, text) => new Option(text, value);

/** Fill the choices from the homes this person may print for; without such a list, the numbers are typed. */
async function load() {
  const answer = await as("GET", "/api/homes").catch(() => undefined);
  if (answer === null) return;
  $("choose").hidden = false;
  homes = (answer?.ok && answer.data.homes) || [];
  for (const id of ["homes-field", "typed-field"]) $(id).hidden = (id === "homes-field") !== homes.length > 0;
  document.querySelector(".pick").hidden = !homes.length;
  const buildings = [...new Set(homes.map((home) => home.building))];
  $("building").replaceChildren(...buildings.map((one) => option(one, say("building_option", { n: one }))));
  showFloors();
}

function showFloors() {
  const floors = new Set(homes.filter((home) => home.building === $("building").value).map((home) => home.floor));
  const sorted = [...floors].sort((one, two) => one - two);
  $("floor").replaceChildren(...sorted.map((one) => option(String(one), say("floor_option", { n: one }))), option("", say("floor_all")));
  showHomes();
}

function showHomes() {
  const floor = $("floor").value;
  const here = homes.filter((home) => home.building === $("building").value && (floor === "" || String(home.floor) === floor));
  $("homes").replaceChildren(...here.map((home, at) => tick(home, at < MOST)));
}

function tick(home, checked) {
  const row = fill("home-tick", { name: homeName(home.home, home.label) });
  Object.assign(row.querySelector("input"), { value: home.home, checked });
  return row;
}

function chosen() {
  if (!homes.length) return $("typed").value.trim().split(/[^\w-]+/).filter(Boolean);
  return [...$("homes").querySelectorAll(":checked")].map((box) => box.value);
}

async function act(act) {
  const wanted = chosen();
  tell($("revoked"), "");
  if (!wanted.length) return tell($("choose-error"), say("choose_none"));
  if (wanted.length > MOST) return tell($("choose-error"), say("choose_many", { n: wanted.length }));
  if (act === "revoke") return revoke(wanted);
  if (act === "sheet") {
    const printed = await submit($("choose"), "/api/door-sheets", { homes: wanted });
    return printed && showMade(doorSheets(printed), count("sheets_made", printed.sheets.length));
  }
  const made = await submit($("choose"), "/api/cards", { homes: wanted });
  return made && showCards(made);
}

/** Every card of these homes dies now, one home after the other; what could not be done is said and the rest left as it is. */
async function revoke(wanted) {
  for (const home of wanted) {
    if (!(await submit($("choose"), `/api/homes/${encodeURIComponent(home)}/link-revocation`, {}))) return;
  }
  showLost(false);
  tell($("revoked"), say("revoked", { homes: wanted.map((home) => homeName(home)).join(say("comma")) }));
}

function showLost(open) {
  $("lost-box").hidden = !open;
  $("lost").setAttribute("aria-expanded", String(open));
  (open ? $("keep") : $("lost")).focus();
}

function showCards(made) {
  const sheets = [];
  for (let at = 0; at < made.cards.length; at += A_SHEET) {
    const sheet = fill("sheet", {});
    sheet.querySelector(".cards").append(...made.cards.slice(at, at + A_SHEET).map((card) => cardOf(card, made)));
    sheets.push(sheet);
  }
  showMade(sheets, count("made", made.cards.length));
}

function showMade(sheets, title) {
  $("sheets").replaceChildren(...sheets);
  $("made-title").textContent = title;
  $("choose").hidden = true;
  $("made").hidden = false;
  $("made-title").focus();
}

/** A number that is never broken at the end of a line. */
const joined = (phone) => phone.replaceAll(" ", "\u00a0");

function cardOf(card, { compound, phones, test_site: testSite }) {
  const { edition, issued } = card;
  const row = fill("card", {
    home: say("card_home", { home: homeName(card.home, card.label) }),
    duty: phones.duty,
    emergency: phones.emergency,
    test_site: testSite,
    steward: card.steward ? say("steward_line", { ...card.steward, phone: joined(card.steward.phone) }) : "",
    code: card.code,
    foot: say("card_foot", { edition, issued, compound: compound.name }),
  });
  row.querySelector(".qr").src = card.qr;
  for (const empty of row.querySelectorAll("dl div")) if (!empty.querySelector("dd")) empty.remove();
  return row;
}

function start() {
  $("building").addEventListener("change", showFloors);
  $("floor").addEventListener("change", showHomes);
  $("lost").addEventListener("click", () => showLost($("lost-box").hidden));
  $("keep").addEventListener("click", () => showLost(false));
  $("print").addEventListener("click", () => print());
  $("again").addEventListener("click", () => {
    $("sheets").replaceChildren();
    $("made").hidden = true;
    $("choose").hidden = false;
    $("building").focus();
  });
  $("choose").addEventListener("submit", (event) => {
    event.preventDefault();
    act(event.submitter?.value);
  });
  document.addEventListener("signed-out", () => {
    $("sheets").replaceChildren();
    $("choose").hidden = $("made").hidden = true;
  });
  whenSignedIn(load);
}

start();
