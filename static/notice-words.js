// A notice in words: what it is, from when until when, what it says in the page's language.
import { say } from "./words.js";
import { clock, dayAt, dayWords } from "./when.js";

const english = document.documentElement.lang === "en";

/** Title and text in the page's language; what nobody has translated stays as it was written, and says in which language it is. */
export const titleOf = (notice) => (english && notice.title_en ? [notice.title_en, ""] : [notice.title, english ? "zh-CN" : ""]);
export const textOf = (notice) => (english && notice.text_en ? [notice.text_en, ""] : [notice.text, english ? "zh-CN" : ""]);

/** 11 月 23 日 9:00–12:00, or from one day to another. */
export function whenOf({ from, until }) {
  if (from.slice(0, 10) !== until.slice(0, 10)) return say("notice_days", { from: dayAt(from), until: dayAt(until) });
  return say("notice_one_day", { ...dayWords(from), from: clock(from), until: clock(until) });
}

export const claimOf = ({ rumour }) => (rumour ? say("rumour_claim", rumour) : "");
export const foundOf = ({ rumour }) =>
  rumour ? say("rumour_found", { source: rumour.source, ...dayWords(`${rumour.day}T00:00`), verdict: say(`verdict_${rumour.verdict}`) }) : "";
export const progressOf = ({ progress }) => (progress ? say("progress", progress).trim() : "");

/** ``coming``, ``now`` or ``over``, by the hour ``at`` in milliseconds. */
export function standing({ from, until }, at) {
  if (Date.parse(until) <= at) return "over";
  return Date.parse(from) <= at ? "now" : "coming";
}
