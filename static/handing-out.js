// Hand-out rounds at the desk: begun, followed home by home, closed.
import { $, count, fill, homeName, reason, say, tell } from "./words.js";
import { on } from "./when.js";
import { as, submit } from "./staff.js";
import { sync } from "./lists.js";

const TIERS = ["green", "yellow", "red"];
let now = "";
let again = () => {};
let leading = false;

export async function lookAtRounds(stock, leads) {
  leading = leads;
  const answer = await as("GET", "/api/hand-outs").catch(() => undefined);
  if (!answer?.ok) return answer === null || tell($("stale"), answer ? reason(answer) : say("no_network"));
  now = answer.data.now;
  sync($("rounds"), answer.data.rounds, row);
  $("rounds-part").hidden = !answer.data.rounds.length;
  if ($("round").hidden) choices(stock, answer.data.grids);
  $("to-round").hidden = !leads || !stock.goods.length;
  return undefined;
}

function choices(stock, grids) {
  const given = $("round").elements;
  given.good.replaceChildren(...stock.goods.map((good) => new Option(good.name, good.id)));
  given.place.replaceChildren(...stock.places.map((place) => new Option(place.name, place.id)));
  $("round-grids").replaceChildren(
    ...grids.map((grid) => {
      const tick = fill("grid-tick", { name: grid.name });
      tick.querySelector("input").value = grid.id;
      return tick;
    }),
  );
}

function row(one) {
  const left = one.owed - one.done;
  const made = fill("round-row", {
    name: one.name,
    good: say("round_good", { good: one.good.name, amount: one.amount, measure: one.measure }),
    state: say(one.closed ? "round_closed" : "round_open"),
    done: say("round_done", one),
    left: left && !one.closed ? count("round_left", left) : "",
  });
  made.querySelector('[data-slot="state"]').classList.add(one.closed ? "leaf" : "sky");
  const close = made.querySelector("[data-close]");
  close.hidden = Boolean(one.closed) || !leading;
  close.addEventListener("click", async () => {
    if (!(await submit(made, `/api/hand-outs/${encodeURIComponent(one.id)}/close`, {}))) return;
    tell($("done"), say("round_ended", one));
    await again();
    $("rounds-title").focus();
  });
  made.querySelector(".homes-to-sign").append(...one.homes.map((home) => signRow(one, home)));
  return made;
}

export const signedWords = (home, moment) => (home.at ? say(home.card ? "signed_card" : "signed_word", { time: on(home.at, moment), name: home.by }) : "");

function signRow(one, home) {
  const name = homeName(home.home, home.label);
  const amount = say("sign_amount", { n: home.amount, measure: one.measure });
  const made = fill("sign-row", { home: name, amount, signed: signedWords(home, now) });
  const form = made.querySelector("form");
  form.querySelector("button").setAttribute("aria-label", `${form.querySelector("button").textContent} ${name}`);
  form.hidden = Boolean(home.at || one.closed);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(form, `/api/hand-outs/${encodeURIComponent(one.id)}/signatures`, { door: home.home }))) return;
    tell($("done"), say("signed_heard", { home: name }));
    form.hidden = true;
    await again();
  });
  return made;
}

export function wireRounds(look) {
  again = look;
  const form = $("round");
  const open = (wanted) => {
    form.hidden = !wanted;
    $("to-round").setAttribute("aria-expanded", String(wanted));
    (wanted ? form.elements.name : $("to-round")).focus();
  };
  $("to-round").addEventListener("click", () => open(form.hidden));
  form.addEventListener("reset", () => open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = form.elements;
    const each = Object.fromEntries(TIERS.map((tier) => [tier, Number(given[tier].value)]).filter(([, n]) => n));
    const grids = [...form.querySelectorAll("[name=grids]:checked")].map((tick) => tick.value);
    const begun = { good: given.good.value, place: given.place.value, name: given.name.value.trim(), each, head: Number(given.head.value), grids };
    const made = await submit(form, "/api/hand-outs", begun);
    if (!made) return;
    form.reset();
    tell($("done"), say("round_begun", made));
    await look();
    $("rounds-title").focus();
  });
}
