// What both pages of the mailbox say and make: half-days, the moment a result is owed, a secret.
import { say } from "./words.js";
import { clock, dayWords, halfDayWords } from "./when.js";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Twenty letters that only this page has seen: a hundred random bits. */
export const newSecret = () => [...crypto.getRandomValues(new Uint8Array(20))].map((byte) => LETTERS[byte & 31]).join("");

export const inGroups = (text, size) => text.match(new RegExp(`.{1,${size}}`, "g")).join(" ");

/** "2026-11-22-pm" under `key`: the only time a letter has. */
export const halfDay = (key, text) => say(key, halfDayWords(text));

const before = (day) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/** The moment a result is owed, under `key`: midnight is the end of a day, as people say it, and not the beginning of the next. */
export function owed(key, stamp) {
  const ends = clock(stamp) === "0:00";
  return say(key, { ...dayWords(ends ? `${before(stamp.slice(0, 10))}T00:00` : stamp), time: ends ? say("midnight") : clock(stamp) });
}
