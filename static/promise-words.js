// A published promise in words: what was promised of parcels, and what was measured, or why that is not said.
import { say } from "./words.js";
import { dayWords } from "./when.js";

const long = (minutes) => (minutes % 60 || minutes < 120 ? say("limit_minutes", { n: minutes }) : say("limit_hours", { n: minutes / 60 }));

export const parcelPromise = (goods, minutes) => say("standard_parcel", { what: say(`class_${goods}`), long: long(minutes) });

export const monthOf = (month) => dayWords(`${month}-01T12:00`).month_name;

const share = (percent) => new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(percent / 100);

export const figure = ({ cases, percent }) =>
  percent === null ? say(cases === 0 ? "measured_none" : "measured_few") : say("measured", { n: cases, share: share(percent) });
