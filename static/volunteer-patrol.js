// The patrol of a volunteer's grid today.
import { $, reason, say, tell } from "./words.js";
import { ask, isProblem } from "./ask.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { device, link, proof } from "./volunteer-proof.js";
import { sender } from "./sending.js";
import { showWalk, wireWalk } from "./walk.js";

const send = sender(proof);

async function look() {
  const answer = await ask("GET", "/api/round/patrol", { headers: proof() }).catch(() => null);
  if (answer && isProblem(answer, "device")) return refuse(say("round_device"));
  if (!answer?.ok) return refuse(answer ? reason(answer) : say("no_network"), answer?.status >= 400 && answer.status < 500);
  tell($("trouble"), "");
  return show(answer.data);
}

/** Whose link counts no more reads no more. */
function refuse(text, over = true) {
  tell($("trouble"), text);
  if (over) $("walk").hidden = true;
}

function show(patrol) {
  if (patrol.grid.name) $("grid").textContent = say("walk_grid", { grid: patrol.grid.name });
  $("none").hidden = patrol.route.length > 0;
  $("walk").hidden = !patrol.route.length;
  if (patrol.route.length) showWalk(patrol);
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return refuse(say("round_nolink"));
  if (!device()) return refuse(say("round_device"));
  wireWalk((form, part, body) => send(form, `/api/round/patrol/${part}`, body), () => {});
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return look();
}

start();
