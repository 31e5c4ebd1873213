// Who scans: a member of staff who has signed in, or a volunteer with her link on a phone that was confirmed.
import { $, reason, say, tell } from "./words.js";
import { ask, mint, worthRetrying } from "./ask.js";
import { as, leave, whenSignedIn } from "./staff.js";
import { device, link, proof } from "./volunteer-proof.js";

const volunteer = /^[a-z0-9]+\.[\w-]{22,}$/.test(link);
const PATHS = volunteer ? { read: "/api/round/parcels", hand: "/api/round/parcels/hand-overs" } : { read: "/api/parcels", hand: "/api/parcels/hand-overs" };
const unanswered = new Map();

export const isVolunteer = volunteer;
export const handPath = PATHS.hand;

const send = (method, path, body, key) => (volunteer ? ask(method, path, { headers: proof(), body, key }) : as(method, path, body, key));

/** What is on its way; null where that cannot be told, and the page says why. */
export async function read() {
  const answer = await send("GET", PATHS.read).catch(() => undefined);
  if (answer === null) return null;
  if (volunteer && (answer?.status === 401 || answer?.status === 403)) return gone();
  tell($("trouble"), answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  return answer?.ok ? answer.data : null;
}

function gone() {
  $("scan").hidden = $("modes").hidden = true;
  tell($("trouble"), say("dead_scan"));
  return null;
}

/** Send once what was scanned: until the server has answered for good, the same goes again under the same key. ``error`` says what went wrong. */
export async function post(path, body, error) {
  const said = JSON.stringify([path, body]);
  const key = unanswered.get(said) ?? mint();
  unanswered.set(said, key);
  const answer = await send("POST", path, body, key).catch(() => undefined);
  if (answer === null) return null;
  if (answer && !worthRetrying(answer)) unanswered.delete(said);
  tell(error, answer?.ok ? "" : answer ? reason(answer) : say("no_network"));
  return answer?.ok ? answer.data : null;
}

/** ``then()`` once it is known who scans. */
export function begin(then, ended) {
  if (volunteer) {
    document.documentElement.classList.add("awake");
    return device() ? then() : gone();
  }
  document.addEventListener("signed-out", ended);
  $("sign-out").addEventListener("click", () => leave());
  return whenSignedIn(() => {
    $("sign-out").hidden = false;
    then();
  });
}
