// How long something still has, or how late it is, as a neighbour says it.
import { count, say } from "./words.js";

const MINUTE = 60_000;
const HOURS_FROM = 100; // minutes; below that a neighbour counts minutes
const DAYS_FROM = 48 * 60;

/** 还剩 20 分钟, 已晚 2 小时 5 分. Late from the very moment on. */
export function deadline(until, now) {
  const left = Math.ceil((Date.parse(until) - Date.parse(now)) / MINUTE);
  const over = left <= 0;
  const n = Math.abs(left);
  const values = { h: Math.floor(n / 60), m: n % 60 };
  if (n < HOURS_FROM) return { over, text: over ? count("over_minutes", Math.max(1, n)) : count("left_minutes", n) };
  if (n < DAYS_FROM) return { over, text: over ? say("over_hours", values) : say("left_hours", values) };
  const days = Math.floor(n / (24 * 60));
  return { over, text: over ? count("over_days", days) : count("left_days", days) };
}
