// Moments as a neighbour says them. Answers carry the compound's own offset, so its wall clock is read off the text
// and a phone set to another country still says ten o'clock.
import { say, count } from "./words.js";

const minute = 60_000;

/** The parts of an RFC 3339 moment on the wall clock of its own offset. */
export function wall(moment) {
  const [, year, month, day, hour, min] = /^(\d+)-(\d+)-(\d+)[T ](\d+):(\d+)/.exec(moment).map(Number);
  return { year, month, day, hour, min };
}

/** 9:05 */
export const clock = (moment) => {
  const { hour, min } = wall(moment);
  return `${hour}:${String(min).padStart(2, "0")}`;
};

const dayNumber = (moment) => {
  const { year, month, day } = wall(moment);
  return Date.UTC(year, month - 1, day) / (24 * 60 * minute);
};

const named = (moment, options) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", ...options }).format(dayNumber(moment) * 24 * 60 * minute);

export const dayWords = (moment) => ({
  ...wall(moment),
  weekday: named(moment, { weekday: "long" }),
  month_name: named(moment, { month: "long" }),
});

/** "2026-11-22-pm", for pages that have the words of both parts. */
export const halfDayWords = (text) => ({ ...dayWords(`${text.slice(0, 10)}T12:00`), part: say(`part_${text.slice(11)}`) });

/** 11 月 22 日 星期日 */
export const dayLine = (moment) => say("today_line", dayWords(moment));

/** 11 月 20 日 9:05 */
export const dayAt = (moment) => say("day_at", { ...dayWords(moment), time: clock(moment) });

/** 9:05, 昨天 9:05 or 11 月 20 日 9:05 */
export function on(moment, now) {
  const days = dayNumber(now) - dayNumber(moment);
  const time = clock(moment);
  if (days === 0) return time;
  return days === 1 ? say("yesterday_at", { time }) : dayAt(moment);
}

const minutesBetween = (from, to) => Math.floor((Date.parse(to) - Date.parse(from)) / minute);

/** 刚刚, 5 分钟前; from an hour on, the time itself. */
export function ago(moment, now) {
  const passed = minutesBetween(moment, now);
  if (passed >= 60) return on(moment, now);
  return passed < 1 ? say("just_now") : count("minutes_ago", passed);
}

/** 晚 24 分钟, 晚 3 小时 5 分 */
export function late(since, now) {
  const passed = Math.max(0, minutesBetween(since, now));
  return passed < 120 ? count("late_minutes", passed) : say("late_hours", { h: Math.floor(passed / 60), m: passed % 60 });
}

export const span = (from, until) => say("span", { from: clock(from), until: clock(until) });

/** The moment of a phone's own clock, written as the wall shows it here. */
export const local = (date) => new Date(date.getTime() - date.getTimezoneOffset() * minute).toISOString().slice(0, 19);
