// One scan a hand-over, or a short code typed with a thumb: taken in at the gate, carried, put on the shelf, brought to the door.
import { $, count, fill, homeName, reason, say, tell } from "./words.js";
import { begin, handPath, isVolunteer, post, read } from "./scan-caller.js";
import { canScan, scan } from "./scan-camera.js";
import { carried, delivered, grouped, isMine, isOffered, shelfOf, shelved } from "./scan-choosing.js";
import { goodsWord } from "./parcel-words.js";
import { showDoors } from "./scan-doors.js";
import { showList } from "./scan-list.js";

const EVERY = 60_000;
const MOST = 40;
const NUMBER = /^\w{1,8}-?[0-9A-Za-z]{5}$/;
const form = $("form");
const error = form.querySelector(".error");
let mode = isVolunteer ? "carry" : "gate";
let seen = { parcels: [], doors: [], shelves: [], me: "", now: "" };
let scanning = false;
let timer = 0;
let wrong = [];

async function look() {
  clearTimeout(timer);
  const data = await read();
  if (data) show(data);
  if (!document.hidden && !$("scan").hidden) timer = setTimeout(look, EVERY);
}

function show(data) {
  seen = data;
  showOffers();
  showList(data, done);
}

function choose(next) {
  mode = next;
  for (const button of $("modes").children) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  for (const id of ["gate-goods", "gate-more"]) $(id).hidden = mode !== "gate";
  $("carry-clean").hidden = mode !== "carry";
  $("form-title").textContent = say(`mode_${mode}`);
  $("code-label").textContent = say(`label_${mode}`);
  $("go").textContent = say(`go_${mode}`);
  tell(error, "");
  $("code").value = "";
  showOffers();
}

/** What can be done with one tap, without a camera and without typing. */
function showOffers() {
  const offers = OFFERS[mode]?.() ?? [];
  showDoors({ ...seen, doors: mode === "deliver" ? seen.doors : [] }, (act, numbers, code) => hand(numbers.map((id) => ({ id })), code, act));
  $("offers").hidden = !offers.length;
  if (!offers.length) return;
  $("offers-title").textContent = say(`offers_${mode}`);
  $("offer-list").replaceChildren(...offers.map(offerRow));
}

function offerRow({ what, more, parcels, code }) {
  const row = fill("offer-row", { what, more: [count("pieces", parcels.length), more].filter(Boolean).join(" · ") });
  const button = row.querySelector("button");
  button.textContent = say(`go_${mode}`);
  button.setAttribute("aria-label", `${what} ${button.textContent}`);
  button.addEventListener("click", () => hand(parcels, code));
  return row;
}

const mine = () => seen.parcels.filter((one) => isMine(one, seen.me));
const placeName = (one) => (one.home ? homeName(one.home, one.label) : one.id);

const OFFERS = {
  carry: () => {
    const offered = seen.parcels.filter(isOffered);
    const loads = grouped(offered.filter((one) => one.spot === "gate" && !isVolunteer), (one) => `${one.building} ${one.goods}`);
    const singles = grouped(offered.filter((one) => one.spot !== "gate" || isVolunteer), (one) => one.home);
    return [
      ...loads.map((parcels) => ({ what: say("offer_building", { building: parcels[0].building, goods: goodsWord(parcels[0]) }), more: parcels[0].batch, parcels })),
      ...singles.map((parcels) => ({ what: placeName(parcels[0]), more: parcels[0].where, parcels })),
    ];
  },
  shelve: () =>
    grouped(mine().filter((one) => !one.door), (one) => one.building).flatMap((parcels) =>
      seen.shelves.filter((shelf) => shelf.building === parcels[0].building).map((shelf) => ({ what: say("offer_shelf", { shelf: shelf.name }), more: "", parcels, code: shelf.id })),
    ),
  deliver: () => grouped(mine().filter((one) => seen.doors.every((door) => door.home !== one.home)), (one) => one.home).map((parcels) => ({ what: placeName(parcels[0]), more: "", parcels, code: parcels[0].home })),
};

/** One hand-over, in as many requests as it takes. */
async function hand(parcels, code = "", act = mode) {
  const said = { back: [], refused: [] };
  for (let at = 0; at < parcels.length; at += MOST) {
    const numbers = parcels.slice(at, at + MOST).map((one) => one.id);
    const answer = await post(handPath, { act, parcels: numbers, code, clean: act === "carry" && form.elements.clean.checked }, error);
    if (!answer) break;
    said.back.push(...answer.done);
    said.refused.push(...answer.refused.filter((one) => one.type !== "/problems/another-home"));
  }
  if (said.back.length) await done(count(`done_${act}`, said.back.length), { ...said, text: act === "nobody_home" ? say("then_nobody_home") : "" });
}

/** ``back``: the parcels of which the last scan may be taken back. */
async function done(title, { number = "", text = "", refused = [], back = [] } = {}) {
  wrong = back;
  $("undo").hidden = !back.length;
  $("result").hidden = false;
  tell($("result").querySelector(".error"), "");
  $("result").dataset.tone = refused.length ? "sun" : "leaf";
  $("result-title").textContent = title;
  tell($("result-number"), number);
  tell($("result-text"), text);
  $("refused").replaceChildren(
    ...refused.map((one) => {
      const line = document.createElement("li");
      line.textContent = say("refused_line", { id: one.parcel, why: reason({ status: 409, data: one }) });
      return line;
    }),
  );
  tell($("heard"), `${title} ${number} ${text}`);
  $("code").value = "";
  await look();
  $("result-title").focus();
}

async function undo() {
  const answer = await post(handPath, { act: "undo", parcels: wrong.map((one) => one.id) }, $("result").querySelector(".error"));
  if (answer) await done(count("done_undo", answer.done.length), answer);
}

async function receive() {
  const given = Object.fromEntries(new FormData(form));
  if (!given.goods) return tell(error, say("choose_goods"));
  const home = given.code.trim();
  const body = { goods: given.goods, home, building: home ? "" : given.building.trim(), no_name: Boolean(given.no_name), waybill: given.waybill, batch: given.batch };
  const made = await post("/api/parcels", body, error);
  if (!made) return undefined;
  form.elements.no_name.checked = false;
  for (const name of ["waybill", "building"]) form.elements[name].value = "";
  const where = made.trouble === "unknown_room" ? "unknown" : made.trouble === "no_name" ? "noname" : made.door ? "door" : "shelf";
  return done(say("done_gate"), { number: made.id, text: say(`done_gate_${where}`, { home: placeName(made) }) });
}

function submitted(code) {
  if (mode === "gate") return receive();
  const shelf = mode === "shelve" ? shelfOf(seen.shelves, code) : null;
  if (mode === "shelve" && !shelf) return tell(error, say("no_shelf"));
  const found = mode === "carry" ? carried(seen.parcels, code) : shelf ? shelved(seen.parcels, seen.me, shelf) : delivered(seen.parcels, seen.me, code);
  if (mode === "carry" && !found.length && NUMBER.test(code)) return hand([{ id: code }]); // taken in a moment ago, by somebody else perhaps
  if (!code || !found.length) return tell(error, say(`none_${mode}`));
  return hand(found, mode === "carry" ? "" : code);
}

/** At the gate a barcode is the parcel's own; everywhere else what is scanned is what would be typed. */
async function camera() {
  if (scanning) return void (scanning = false);
  scanning = true;
  const text = await scan($("view"), () => !scanning).catch(() => (tell(error, say("camera_off")), null));
  scanning = false;
  if (!text) return undefined;
  if (mode !== "gate") return submitted(text);
  $("gate-more").open = true;
  $("waybill").value = text.replace(/[^\w-]/g, "").slice(0, 40);
  return $("code").focus();
}

$("modes").addEventListener("click", (event) => {
  if (!event.target.dataset.mode) return;
  choose(event.target.dataset.mode);
  ($("doors").hidden ? form : $("doors")).scrollIntoView({ block: "start" });
});
$("undo").addEventListener("click", undo);
$("camera").addEventListener("click", camera);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  submitted($("code").value.trim());
});
document.addEventListener("visibilitychange", () => !document.hidden && !$("scan").hidden && look());
addEventListener("hashchange", () => location.reload());
$("camera").hidden = !canScan();
if (isVolunteer) $("modes").querySelector('[data-mode="gate"]').remove();
$("to-signs").hidden = isVolunteer;
begin(
  () => {
    $("scan").hidden = $("modes").hidden = false;
    choose(mode);
    look();
  },
  () => {
    clearTimeout(timer);
    $("scan").hidden = $("modes").hidden = $("sign-out").hidden = true;
    for (const id of ["list", "offer-list", "door-list"]) $(id).replaceChildren();
  },
);
