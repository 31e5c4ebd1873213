// What somebody did, kind by kind.
import { knows, say } from "./words.js";

const deedWord = (kind) => say(knows(`what_${kind}`) ? `what_${kind}` : "what_other");

/** 巡查 6 次、邻里帮忙 2 次 */
export const didWords = (did) => did.map(({ what, n }) => say("did", { what: deedWord(what), n })).join(say("comma"));
