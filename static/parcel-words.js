// Parcels in words: what, where, until when.
import { say } from "./words.js";
import { clock, on } from "./when.js";

export const goodsWord = (parcel) => say(`class_${parcel.goods}`);

/** 12:30 前 / 昨天 12:30 就到时间了 */
export const untilWord = (parcel, now) => say(parcel.overdue ? "parcel_over" : "parcel_until", { time: parcel.overdue ? on(parcel.until, now) : day(parcel.until, now) });

const day = (until, now) => (until.slice(0, 10) === now.slice(0, 10) ? clock(until) : on(until, now));

export function whereWord(parcel, me) {
  if (parcel.spot === "shelf") return say("spot_shelf", { where: parcel.where || say("a_shelf") });
  if (parcel.spot === "gate") return say("spot_gate");
  if (parcel.at === me) return say("spot_mine");
  return parcel.where ? say(`spot_${parcel.spot}`, { who: parcel.where }) : say("spot_somebody");
}
