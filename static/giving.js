// What a line of points says, and how many there are of a reward: in the same words for the volunteer and at the desk.
import { count, knows, say } from "./words.js";
import { on } from "./when.js";

/** 巡查, 兑换：洗衣液一瓶 */
const whatWords = (line) => {
  const key = `what_${line.what}`;
  return say(knows(key) ? key : "what_other", line);
};

/** The slots of a line. */
export const lineWords = (line, now) => ({
  what: whatWords(line),
  amount: say(line.amount > 0 ? "gain" : "loss", { n: Math.abs(line.amount) }),
  at: on(line.at, now),
  after: count("after", line.after),
});

export function leftWords(one) {
  if (one.left) return count(one.service ? "hours_left" : "left", one.left);
  return say(one.service ? "hours_none" : one.front ? "left_front" : "left_none");
}
