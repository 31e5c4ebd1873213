// A volunteer's walk along the corridor: which doors still have an old card, and that one has the new one now.
import { $, reason, say, tell } from "./words.js";
import { ask, isProblem } from "./ask.js";
import { setPhones, settle, toggleSize, wirePhones } from "./resident-page.js";
import { device, link, proof } from "./volunteer-proof.js";
import { sender } from "./sending.js";
import { wireCopies } from "./copies.js";

const send = sender(proof);
const show = wireCopies({ look, post: (form, line, body) => send(form, "/api/round/copies", { home: line.home, ...body }) });

async function look(building = "") {
  const answer = await ask("GET", `/api/round/outdated?building=${encodeURIComponent(building)}`, { headers: proof() }).catch(() => null);
  if (answer && isProblem(answer, "device")) return refuse(say("round_device"));
  if (!answer?.ok) return refuse(answer ? reason(answer) : say("no_network"), answer?.status >= 400 && answer.status < 500);
  tell($("trouble"), "");
  $("doors").hidden = false;
  setPhones(answer.data.phones);
  return show(answer.data);
}

/** Whose link counts no more reads no more. */
function refuse(text, over = true) {
  tell($("trouble"), text);
  if (over) $("doors").hidden = true;
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return refuse(say("round_nolink"));
  if (!device()) return refuse(say("round_device"));
  document.addEventListener("visibilitychange", () => document.hidden || look($("building").value));
  return look();
}

start();
