// A patrol being walked, for a volunteer and at the desk: claimed, point by point, given back.
import { $, count, fill, say, tell } from "./words.js";
import { clock } from "./when.js";
import { canScan, scan } from "./scan-camera.js";

const bare = (code) => code.trim().split("#").pop().split(".").pop().toLowerCase();
let seen = null;
let shown = "";
let scanning = false;

/** ``send(form, part, body)`` answers the patrol, or null where the form says why not; ``after(patrol)`` once something was done. */
export function wireWalk(send, after) {
  const form = $("point");
  const done = (patrol) => {
    if (!patrol) return;
    showWalk(patrol);
    after(patrol);
    $("patrol-title").focus();
  };
  $("claim").addEventListener("submit", async (event) => {
    event.preventDefault();
    done(await send($("claim"), "acts", { act: seen.mine ? "return" : "claim" }));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await send(form, "points", said(form));
    if (!answer) return;
    form.reset();
    $("point-needs").replaceChildren();
    $("point-asked").open = false;
    shown = "";
    done(answer);
  });
  form.addEventListener("change", showNote);
  $("point-code").addEventListener("input", showItems);
  $("point-more").addEventListener("click", () => $("point-needs").append(fill("need-row", {})));
  $("point-asked").addEventListener("toggle", () => $("point-needs").children.length || $("point-more").click());
  $("point-code").value = scanned();
  $("point-camera").hidden = !canScan();
  $("point-camera").addEventListener("click", read);
}

/** Where she stands, if she has come from the sign of a place. */
function scanned() {
  try {
    const place = sessionStorage.getItem("nuanlin.point") ?? "";
    sessionStorage.removeItem("nuanlin.point");
    return place;
  } catch {
    return "";
  }
}

const checked = (form) => [...form.querySelectorAll("[name=wrong]:checked")].map((one) => one.value);

function said(form) {
  const wrong = checked(form);
  const needs = [...$("point-needs").children].map((row) => ({ home: row.querySelector("[name=home]").value.trim(), need: row.querySelector("[name=need]").value }));
  return { code: form.elements.code.value.trim(), wrong, note: wrong.length ? form.elements.note.value.trim() : "", needs: needs.filter((one) => one.home) };
}

export function showWalk(patrol) {
  seen = patrol;
  const next = patrol.route.find((one) => one.place === patrol.next);
  $("patrol").dataset.tone = patrol.done ? "leaf" : patrol.mine ? "sky" : "";
  $("patrol-title").textContent = say("walk_title", { n: patrol.looked_at, all: patrol.route.length });
  $("patrol-text").textContent = stateWords(patrol) + (patrol.credited ? ` ${count("walk_credited", patrol.credited)}` : "");
  $("claim").hidden = Boolean(patrol.done) || Boolean(patrol.holder && !patrol.mine);
  $("claim-go").textContent = say(patrol.mine ? "claim_return" : "claim_claim");
  $("claim-go").className = patrol.mine ? "quiet" : "main";
  $("point").hidden = !patrol.mine || Boolean(patrol.done);
  $("point-title").textContent = next ? say("point_next", { name: next.name, id: next.place }) : "";
  showItems();
  $("route").replaceChildren(...patrol.route.map((one) => routeRow(one, one === next)));
}

function stateWords(patrol) {
  if (patrol.done) return say("walk_done", { name: patrol.holder, time: clock(patrol.done) });
  if (patrol.mine) return say("walk_mine", { time: clock(patrol.free_at) });
  if (patrol.holder) return say("walk_taken", { name: patrol.holder, time: clock(patrol.free_at) });
  return say("walk_free", { from: clock(patrol.from), until: clock(patrol.until) });
}

/** What is looked at where one stands; until that is said, at the next point. */
function showItems() {
  const code = bare($("point-code").value);
  const place = seen.route.find((one) => one.place.toLowerCase() === code) ?? seen.route.find((one) => one.place === seen.next);
  if (!place || shown === place.place) return;
  shown = place.place;
  $("point-items").replaceChildren(
    ...place.items.map((item) => {
      const tick = fill("point-item", { word: say(`item_${item}`) });
      tick.querySelector("input").value = item;
      return tick;
    }),
  );
  showNote();
}

function showNote() {
  const wrong = checked($("point")).length > 0;
  $("point-note").hidden = !wrong;
  $("point-said").required = wrong;
}

function routeRow(one, next) {
  const wrong = one.wrong.length ? say("seen_wrong", { items: one.wrong.map((item) => say(`item_${item}`)).join(say("comma")), note: one.note, name: one.by }) : "";
  const row = fill("route-row", { name: one.name, id: one.place, state: one.at ? say("seen_at", { time: clock(one.at) }) : next ? say("point_ahead") : "", wrong });
  row.querySelector(".pill")?.classList.add(one.at ? (wrong ? "sun" : "leaf") : "sky");
  return row;
}

async function read() {
  if (scanning) return void (scanning = false);
  scanning = true;
  const found = await scan($("view"), () => !scanning).catch(() => tell($("point").querySelector(".error"), say("camera_off")));
  scanning = false;
  if (!found) return;
  $("point-code").value = found;
  showItems();
}
