// Whoever helps says at the place itself that she has disinfected it, and what she has refilled; a mistake is taken back at once.
import { $, say, tell } from "./words.js";
import { on } from "./when.js";
import { sender } from "./sending.js";
import { own } from "./volunteer-proof.js";

function signedIn() {
  try {
    return JSON.parse(sessionStorage.getItem("nuanlin.staff"));
  } catch {
    return null;
  }
}

/** How this phone or tab proves who helps in this compound; null if nobody does. */
function helper(compound) {
  const session = signedIn();
  if (session?.compound.id === compound) return { path: "/api/places/", headers: () => ({ Authorization: session.token }) };
  const kept = own();
  if (kept?.link.split(".")[0] !== compound) return null;
  return { path: "/api/round/places/", headers: () => ({ "X-Volunteer-Link": kept.link, "X-Device": kept.device }) };
}

/** A volunteer on patrol has scanned this sign: her patrol's page knows where she stands. */
function leadToPatrol(place) {
  const way = $("to-patrol");
  way.hidden = place.kind === "gate"; // which is on nobody's route
  way.hash = own().link;
  way.addEventListener("click", () => {
    try {
      sessionStorage.setItem("nuanlin.point", place.place);
    } catch {
      // Storage is off: she types its id.
    }
  });
}

/** Show the form to whoever helps; ``show(place)`` renews the public line. */
export function help(place, show) {
  const who = helper(place.compound);
  const form = $("disinfect");
  form.hidden = !who;
  if (!who) return;
  if (!signedIn()) leadToPatrol(place);
  const path = `${who.path}${encodeURIComponent(place.place)}/disinfections`;
  const send = sender(who.headers);
  const amount = () => Number(form.elements.amount.value);
  const heard = (answer) => {
    if (!answer) return;
    show(answer.place);
    $("came").dataset.tone = answer.undone || !answer.new ? "sky" : "leaf";
    tell($("came"), say(answer.undone ? "came_undone" : answer.new ? "came_new" : "came_first", { name: answer.by, time: on(answer.at, answer.place.now) }));
    $("extra").hidden = answer.new;
    $("undo").hidden = !answer.new || answer.undone;
    $("disinfected").hidden = !$("extra").hidden || !$("undo").hidden;
    if (answer.new) form.reset();
  };
  $("refill").hidden = !place.refill;
  if (place.refill) $("refill-title").textContent = say("refilled", place.refill);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    heard(await send(form, path, { amount: amount() }));
  });
  $("extra").addEventListener("click", async () => heard(await send(form, path, { amount: amount(), extra: true })));
  $("undo").addEventListener("click", async () => heard(await send(form, `${path}/undo`, {})));
}
