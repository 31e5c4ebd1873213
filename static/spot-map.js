// Where what is reported, as SVG: a building a row, a kind a column. Every cell says how many and how many still run; colour only repeats it.
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 6; // rem, as are all of these: the picture grows with the letters
const WIDE = 5.5;
const HIGH = 3.5;
const GAP = 0.25;
const MANY = 5;

const rem = (n) => `${n}rem`;
const left = (column) => SIDE + column * (WIDE + GAP);
const top = (row) => 2 + row * (HIGH + GAP);

function made(name, values, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(values)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

const word = (x, y, text, name = "") => made("text", { x: rem(x), y: rem(y), class: name }, text);

export const placeName = ({ id, name }) => (id ? name : say("spot_everywhere"));
export const whatName = (name) => say(`ticket_${name}`);

function cell(spot, place, what, row, column) {
  const [x, y, middle] = [left(column), top(row), left(column) + WIDE / 2];
  const n = spot?.count ?? 0;
  const told = { place: placeName(place), what: whatName(what), n, open: spot?.open ?? 0 };
  const box = made("rect", { x: rem(x), y: rem(y), width: rem(WIDE), height: rem(HIGH), rx: rem(0.5) });
  const figure = word(middle, y + (spot?.open ? 1.5 : 2.1), String(n), "figure");
  const running = spot?.open ? [word(middle, y + 2.9, say("spot_open", { n: spot.open }))] : [];
  const level = n >= MANY ? "many" : n ? "some" : "none";
  const label = say(n ? "spot_cell" : "spot_none", told);
  return made("g", { class: `spot ${level}`, role: "img", "aria-label": label, "data-spot": `${place.id}:${what}` }, box, figure, ...running);
}

/** ``spots`` as the API gives them. */
export function spotMap({ places, words, spots }) {
  const known = new Map(spots.map((one) => [`${one.place}:${one.word}`, one]));
  const heads = words.map((what, column) => word(left(column) + WIDE / 2, 1.25, whatName(what), "head"));
  const sides = places.map((place, row) => word(0, top(row) + HIGH / 2 + 0.4, placeName(place), "side"));
  const cells = places.flatMap((place, row) => words.map((what, column) => cell(known.get(`${place.id}:${what}`), place, what, row, column)));
  const size = { width: rem(left(words.length)), height: rem(top(places.length)) };
  return made("svg", { ...size, class: "spot-map", role: "group", "aria-label": say("spots_title") }, ...heads, ...sides, ...cells);
}
