// A family's own parcels: what they are, until when, and that they have been taken from the shelf.
import { fill, reason, say, tell } from "./words.js";
import { ask, mint, worthRetrying } from "./ask.js";
import { on } from "./when.js";
import { goodsWord, untilWord, whereWord } from "./parcel-words.js";

const KEPT = "nuanlin.home";
let unanswered = null;

/** The home this phone belongs to, if its family has said so; "" otherwise. */
export function keptHome() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
}

/** Remember the home on this phone, or forget it. */
export function keepHome(link) {
  try {
    if (link) localStorage.setItem(KEPT, link);
    else localStorage.removeItem(KEPT);
  } catch {
    // Storage is off: the card behind the door still opens the page.
  }
}

export function ownRow(parcel, now, withPlace) {
  const lies = parcel.spot === "shelf"; // until then its time is somebody else's
  const where = withPlace ? whereWord(parcel, "") : "";
  const when = parcel.tried ? say("parcel_tried", { time: on(parcel.tried, now) }) : parcel.door ? say("to_door") : lies ? untilWord(parcel, now) : "";
  const row = fill("own-parcel", { what: say("own_parcel", { goods: goodsWord(parcel), id: parcel.id }), until: [where, when, parcel.clean ? say("parcel_clean") : ""].filter(Boolean).join(" · ") });
  row.querySelector('[data-slot="until"]').classList.toggle("over", parcel.overdue && lies && !parcel.door);
  return row;
}

/** Say that these have been taken, or that they have not after all (``undo``); how many it was, or null and ``error`` says why. */
export async function pickUp(link, parcels, error, undo = false) {
  const body = { parcels: parcels.map((one) => one.id), undo };
  const said = JSON.stringify(body);
  unanswered = unanswered?.said === said ? unanswered : { said, key: mint() };
  const answer = await ask("POST", "/api/home/parcels/pick-up", { headers: { "X-Home-Link": link }, body, key: unanswered.key }).catch(() => null);
  if (answer && !worthRetrying(answer)) unanswered = null;
  tell(error, answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  return answer?.ok ? answer.data.parcels.length : null;
}
