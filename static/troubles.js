// What sensors lack, gateways that are out, cold places: said in the same words wherever such a task is shown.
import { homeName, knows, say } from "./words.js";

export const isTrouble = ({ kind }) => knows(`trouble_${kind}`);

const list = (task, word = (one) => one) => task.about.split(",").map(word).join(say("comma"));

/** 传感器信号断了 */
export const troubleWhat = (task) => say(`trouble_${task.kind}`);

/** 3、4 栋 of gateways; for anything else its home. */
export const troublePlace = (task) =>
  task.behind ? say("trouble_building", { n: task.behind.buildings.join(say("comma")) }) : homeName(task.home, task.label);

/** What to do about it. */
export const troubleAsk = (task) =>
  say(`ask_${task.kind}`, { what: list(task, task.kind === "cold" ? homeName : undefined), n: task.behind?.homes, place: task.category });
