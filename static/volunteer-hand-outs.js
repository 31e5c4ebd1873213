// What a volunteer hands out in her grid: a home is signed off by the card at its door, by its number, or by a tap in the list.
import { $, count, fill, homeName, reason, say, tell } from "./words.js";
import { ask, isProblem } from "./ask.js";
import { on } from "./when.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { device, link, proof } from "./volunteer-proof.js";
import { sender } from "./sending.js";
import { sync } from "./lists.js";

const send = sender(proof);
let now = "";

async function look() {
  const answer = await ask("GET", "/api/round/hand-outs", { headers: proof() }).catch(() => null);
  if (answer && isProblem(answer, "device")) return refuse(say("round_device"));
  if (!answer?.ok) return refuse(answer ? reason(answer) : say("no_network"), answer?.status >= 400 && answer.status < 500);
  tell($("trouble"), "");
  $("hand-outs").hidden = false;
  now = answer.data.now;
  const rounds = answer.data.rounds.filter((one) => one.homes.length);
  sync($("rounds"), rounds.map(({ id, name }) => ({ id, name })), part, (made, { id }) => renew(made, rounds.find((one) => one.id === id)));
  $("none").hidden = rounds.length > 0;
  return undefined;
}

/** Whose link counts no more reads no more. */
function refuse(text, over = true) {
  tell($("trouble"), text);
  if (over) $("hand-outs").hidden = true;
}

/** The part of a round stays where it is while its lists change, so that nobody loses a number half typed. */
function part(one) {
  const made = fill("round-part", { name: one.name });
  const scan = made.querySelector("[data-scan]");
  scan.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = scan.said.value.trim();
    sign(scan, one, /[#.]/.test(said) ? { card: said } : { door: said }, () => scan.reset());
  });
  return made;
}

function renew(made, one) {
  const [had, left] = [one.homes.filter((home) => home.at), one.homes.filter((home) => !home.at)];
  const list = (place, homes) => sync(made.querySelector(place), homes.map((home) => ({ ...home, id: home.home })), (home) => row(one, home));
  made.querySelector("[data-done]").textContent = say("mine_done", { done: had.length, n: one.homes.length });
  made.querySelector("summary").textContent = count("had", had.length);
  list("[data-left]", left);
  list("[data-had]", had);
  made.querySelector("[data-all]").hidden = left.length > 0;
  made.querySelector("[data-fold]").hidden = !had.length;
  made.querySelector("[data-scan]").hidden = !left.length;
}

function row(one, home) {
  const signed = home.at ? say(home.card ? "signed_card" : "signed_word", { time: on(home.at, now), name: home.by }) : home.own ? say("own_sign") : "";
  const name = homeName(home.home, home.label);
  const made = fill("sign-row", { home: name, amount: say("sign_amount", { n: home.amount, measure: one.measure }), signed });
  const form = made.querySelector("form");
  form.querySelector("button").setAttribute("aria-label", `${form.querySelector("button").textContent} ${name}`);
  if (home.at || home.own) form.remove();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sign(form, one, { door: home.home });
  });
  return made;
}

async function sign(form, one, body, then = () => {}) {
  const signed = await send(form, `/api/round/hand-outs/${encodeURIComponent(one.id)}/signatures`, body);
  if (!signed) return;
  then();
  tell($("done"), say("signed_heard", { home: homeName(signed.home, signed.label) }));
  await look();
  if (document.activeElement === document.body) $("rounds").querySelector("h2")?.focus();
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) return refuse(say("round_nolink"));
  if (!device()) return refuse(say("round_device"));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return look();
}

start();
