// A building from its side, as SVG: a floor a row, a riser a column. Every cell holds its figure and its word; colour only repeats them.
import { homeName, say, withHome } from "./words.js";
import { on } from "./when.js";

const SVG = "http://www.w3.org/2000/svg";
const SIDE = 2.75; // rem, as are all of these: the picture grows with the letters
const WIDE = 3.5;
const HIGH = 3.5;
const GAP = 0.25;
const TONES = { cold: "fire", cool: "sun", warm: "leaf", silent: "", none: "" };

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

export const degrees = (value) => say("degrees", { t: value.toFixed(1) });

/** What a cell says in one sentence: for who listens, and for the pointer that rests on it. */
export function sentence(one, now) {
  const parts = [homeName(one.home, one.label)];
  if (one.temperature !== null) parts.push(degrees(one.temperature));
  parts.push(say(`heat_${one.state}`));
  if (one.since) parts.push(say("heat_since", { time: on(one.since, now) }));
  return parts.join(say("heat_comma"));
}

function figureOf({ state, temperature }) {
  if (temperature !== null) return temperature.toFixed(1);
  return say(state === "none" ? "heat_nothing" : "heat_unknown");
}

function cell(one, row, column, { now, path }) {
  const [x, y, middle] = [left(column), top(row), left(column) + WIDE / 2];
  const box = made("rect", { x: rem(x), y: rem(y), width: rem(WIDE), height: rem(HIGH), rx: rem(0.5) });
  const figure = word(middle, y + 1.5, figureOf(one), "figure");
  const told = word(middle, y + 2.9, say(`heat_${one.state}`));
  const link = made("a", { href: withHome(path, one.home), "aria-label": sentence(one, now), "data-home": one.home }, box, figure, told);
  link.setAttribute("class", `heat ${one.state} ${TONES[one.state]}`.trim());
  return link;
}

/** ``warmth`` as the API gives it; ``path`` leads to a home's file. */
export function heatMap(warmth, path) {
  const { floors, columns, homes } = warmth;
  const heads = columns.map((name, column) => word(left(column) + WIDE / 2, 1.25, name, "head"));
  const sides = floors.map((floor, row) => word(SIDE - 0.5, top(row) + HIGH / 2 + 0.4, say("heat_floor", { n: floor }), "side"));
  const cells = [...homes]
    .sort((one, two) => floors.indexOf(one.floor) - floors.indexOf(two.floor) || columns.indexOf(one.column) - columns.indexOf(two.column))
    .map((one) => cell(one, floors.indexOf(one.floor), columns.indexOf(one.column), { now: warmth.now, path }));
  const size = { width: rem(left(columns.length)), height: rem(top(floors.length)) };
  return made("svg", { ...size, class: "heat-map", role: "group", "aria-label": say("heat_title") }, ...heads, ...sides, ...cells);
}
