// The signs above the shelves, until when to pick up, and those at lifts and lobbies, how often they are disinfected: each with a code to scan
// or type. One to a sheet of A4.
import { $, count, fill, reason, say, tell } from "./words.js";
import { as, desk, leads, leave } from "./staff.js";
import { dayLine, wall } from "./when.js";

const within = (minutes) => (minutes % 60 || minutes < 120 ? say("sign_minutes", { n: minutes }) : say("sign_hours", { n: minutes / 60 }));

function sign({ place, name, qr }, { compound, duty, limits }) {
  const times = { fresh: within(limits.fresh), medicine: within(limits.medicine), daily: within(limits.daily) };
  const row = fill("sign", { compound, name, duty, code: place, ...times });
  row.querySelector("img").src = qr;
  return row;
}

function placeSign({ place, name, qr, promised }, { compound, duty }) {
  const row = fill("place-sign", { compound, name, duty, code: place, often: count("sign_often", promised) });
  row.querySelector("img").src = qr;
  return row;
}

/** Those of places are many, and asked for when somebody wants them. */
async function choose(places) {
  $("of-shelves").setAttribute("aria-pressed", String(!places));
  $("of-places").setAttribute("aria-pressed", String(places));
  $("signs").hidden = places;
  $("place-signs").hidden = !places;
  if (!places || $("place-signs").children.length) return;
  const answer = await as("GET", "/api/place-signs").catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (answer?.ok) $("place-signs").replaceChildren(...answer.data.signs.map((one) => placeSign(one, answer.data)));
}

/** Whether the shelves suffice: for whoever leads; nobody else is told. */
async function advise(session) {
  $("advice").hidden = true;
  if (!leads(session)) return;
  const answer = await as("GET", "/api/shelves").catch(() => null);
  if (!answer?.ok) return;
  const { short, buildings, past } = answer.data;
  $("advice").hidden = !buildings.length;
  $("short").replaceChildren(...(short.length ? short.map(shortLine) : buildings.some((one) => one.most) ? [line(say("advice_fine"))] : []));
  $("buildings").replaceChildren(...buildings.map(buildingLine));
  $("past").replaceChildren(...past.map((one) => line(say("past_line", { ...one, day: dayLine(`${one.day}T00:00`) }), one.over_minutes ? say("past_over", { n: one.over_minutes }) : "")));
  $("past-none").hidden = past.length > 0;
}

function line(text, more = "") {
  const row = document.createElement("li");
  row.textContent = [text, more].filter(Boolean).join(" · ");
  return row;
}

const tenths = (number) => (number / 10).toFixed(1);

function shortLine(one) {
  const hours = { day: dayLine(one.starts), from: wall(one.starts).hour, until: wall(one.ends).hour || 24 };
  const row = line(say("advice_line", { ...one, ...hours }));
  const why = document.createElement("p");
  why.className = "soft";
  why.textContent = say("advice_why", { mean: tenths(one.mean), load: tenths(one.load), goods: say(`class_${one.goods}`) });
  row.className = "short";
  row.append(why);
  return row;
}

function buildingLine(one) {
  if (!one.most) return line(say("advice_unknown", one));
  return line(say("advice_most", one), one.spared ? say("advice_spared", { n: one.spared }) : "");
}

async function load(session) {
  advise(session);
  const answer = await as("GET", "/api/signs").catch(() => undefined);
  if (answer === null) return;
  tell($("stale"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  if (!answer?.ok) return;
  $("none").hidden = answer.data.signs.length > 0;
  $("signs").replaceChildren(...answer.data.signs.map((one) => sign(one, answer.data)));
}

$("of-shelves").addEventListener("click", () => choose(false));
$("of-places").addEventListener("click", () => choose(true));
$("print").addEventListener("click", () => print());
$("sign-out").addEventListener("click", () => leave());
desk(load, () => $("signs").replaceChildren());
