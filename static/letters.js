// The desk of the tree-hole mailbox: what waits for a result, the box in the square, and letters copied in from it.
import { $, count, fill, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { as, desk, leave, submit } from "./staff.js";
import { halfDay, inGroups, newSecret, owed } from "./letter-words.js";
import { sync } from "./lists.js";

const TONES = { danger: "fire", urgent: "fire", soon: "sun", later: "sky" };
let seen = null;

async function look() {
  const answer = await as("GET", "/mailbox/staff/letters").catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_letters") : say("no_network"));
}

function show(data) {
  seen = data;
  tell($("stale"), "");
  const waiting = data.letters.length;
  $("loud").dataset.count = waiting;
  tell($("loud-count"), waiting ? String(waiting) : "");
  const first = data.letters.map((letter) => letter.due).sort()[0];
  $("loud-text").textContent = waiting ? owed("letters_loud", first) : say("letters_calm");
  $("letters-count").textContent = waiting ? count("letter_count", waiting) : "";
  $("letters-none").hidden = waiting > 0;
  const { answered, in_time: k, worst_hours: h } = data;
  $("figures").textContent = answered ? say("figures", { n: answered, k, h }) : say("figures_none");
  const today = data.box.find((opening) => opening.day === data.now.slice(0, 10));
  $("box-said").textContent = today ? say("box_today", { n: today.letters }) : say("box_none");
  sync($("letters"), data.letters.map((letter) => ({ ...letter, id: letter.receipt })), letterRow);
}

function letterRow(letter) {
  const late = letter.due < seen.now;
  const row = fill("letter-row", {
    receipt: inGroups(letter.receipt, 3),
    urgency: say(`urgency_${letter.urgency ?? "none"}`),
    due: late ? say("overdue") : owed("result_due", letter.due),
    worry: letter.worry && !letter.urgency ? say(`worry_${letter.worry}`) : "",
  });
  row.querySelector('[data-slot="urgency"]').classList.add(TONES[letter.urgency] ?? "fire");
  const lines = letter.lines.map((line) =>
    fill("line", { who: halfDay(`from_${line.by ? "staff" : "writer"}`, line.half_day), text: line.text }),
  );
  row.querySelector("[data-lines]").replaceChildren(...lines);
  for (const chip of row.querySelectorAll("[data-urgency]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.urgency === letter.urgency));
    chip.addEventListener("click", () => judge(letter, chip.dataset.urgency));
  }
  const form = row.querySelector("form");
  form.hidden = !letter.urgency;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answerLetter(form, letter, event.submitter?.value === "1");
  });
  form.addEventListener("input", () => delete form.dataset.key);
  return row;
}

async function judge(letter, urgency) {
  const answer = await as("POST", "/mailbox/staff/judgements", { receipt: letter.receipt, urgency }).catch(() => undefined);
  if (answer?.ok) look();
  else if (answer !== null) tell($("stale"), answer ? reason(answer) : say("no_network"));
}

async function answerLetter(form, letter, result) {
  form.dataset.key ??= mint();
  const text = form.elements.text.value.trim();
  const sent = await submit(form, "/mailbox/staff/replies", { receipt: letter.receipt, text, key: form.dataset.key, result });
  if (!sent) return;
  form.reset();
  form.hidden = true;
  delete form.dataset.key;
  if (result) offerCase(sent);
  look();
}

/** What was solved may be told to all, on a page of its own: only the number and the half-day go along, in a part of the address that stays here. */
function offerCase(letter) {
  $("to-case").hash = new URLSearchParams({ letter: letter.receipt, half: letter.result });
  $("answered").hidden = false;
}

$("box").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await submit($("box"), "/mailbox/staff/box-openings", { letters: Number($("box-letters").value) })) look();
});

$("copy").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = $("copy");
  const given = new FormData(form);
  form.secret ??= newSecret();
  const half = `${seen.now.slice(0, 10)}-${Number(seen.now.slice(11, 13)) < 12 ? "am" : "pm"}`;
  const body = { secret: form.secret, kind: given.get("kind"), text: given.get("text").trim(), half_day: half };
  const kept = await submit(form, "/mailbox/staff/letters", body);
  if (!kept) return;
  $("slip-receipt").textContent = inGroups(kept.receipt, 3);
  $("slip-secret").textContent = inGroups(form.secret, 5);
  form.reset();
  form.secret = undefined;
  $("slip").hidden = false;
  $("slip-title").focus();
  look();
});
$("copy").addEventListener("input", () => ($("copy").secret = undefined));

$("print").addEventListener("click", () => print());
$("put-away").addEventListener("click", putAway);

function putAway() {
  for (const id of ["slip-receipt", "slip-secret"]) $(id).textContent = "";
  $("slip").hidden = true;
}

$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(look, () => {
  seen = null;
  $("letters").replaceChildren();
  for (const id of ["loud-text", "loud-count", "figures", "box-said"]) $(id).textContent = "";
  $("answered").hidden = true;
  putAway();
});
