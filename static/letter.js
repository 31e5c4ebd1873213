// The tree-hole mailbox. Nothing of it is kept in the phone: neither the letter nor its numbers.
import { $, fill, reason, say, tell } from "./words.js";
import { ask, mint } from "./ask.js";
import { halfDay, inGroups, newSecret, owed } from "./letter-words.js";
import { settle, toggleSize } from "./resident-page.js";

let opened = null;

const plain = (text) => text.normalize("NFKC").replace(/[^0-9A-Za-z]/g, "");

/** Ask the mailbox; what went wrong is said in the form, and null comes back. */
async function post(form, path, body) {
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await ask("POST", `/mailbox${path}`, { body }).catch(() => null);
  button.disabled = false;
  tell(form.querySelector(".error"), !answer ? say("no_network") : answer.ok ? "" : reason(answer));
  return answer?.ok ? answer.data : null;
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = $("write");
  const given = new FormData(form);
  const text = given.get("text").trim();
  if (!text) return tell(form.querySelector(".error"), say("text_empty"));
  // The same letter goes again under the same secret: the first may have arrived.
  form.secret = form.sent === text && form.secret ? form.secret : newSecret();
  form.sent = text;
  const letter = await post(form, "/letters", { compound: given.get("compound"), secret: form.secret, kind: given.get("kind"), text });
  if (letter) show(letter, form);
});

function show(letter, form) {
  $("receipt").textContent = inGroups(letter.receipt, 3);
  $("secret").textContent = inGroups(form.secret, 5);
  $("kept-due").textContent = owed("letter_due", letter.due);
  $("worry").hidden = !letter.worry;
  form.reset();
  form.secret = form.sent = null;
  form.hidden = true;
  $("kept").hidden = false;
  // Whoever may be in danger reads whom to call before any number to write down.
  const danger = letter.worry === "danger";
  $("kept")[danger ? "before" : "after"]($("worry"));
  $(danger ? "worry-title" : "kept-title").focus();
  scrollTo(0, 0);
}

$("print").addEventListener("click", () => print());
$("put-away").addEventListener("click", () => {
  for (const id of ["receipt", "secret", "kept-due"]) $(id).textContent = "";
  $("kept").hidden = $("worry").hidden = true;
  $("write").hidden = false;
  $("write-title").focus();
});

$("look").addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = new FormData($("look"));
  const number = plain(given.get("number"));
  const compound = given.get("compound");
  const isReceipt = /^\d{9}$/.test(number);
  if (!isReceipt && number.length !== 20) return tell($("look").querySelector(".error"), say("number_wrong"));
  const body = isReceipt ? { compound, receipt: number } : { compound, secret: number };
  const letter = await post($("look"), isReceipt ? "/state" : "/thread", body);
  if (!letter) return;
  opened = isReceipt ? null : body;
  showThread(letter);
  $("letter-state").focus();
});

function showThread(letter) {
  $("letter").hidden = false;
  $("letter-state").textContent = say(`letter_${letter.state}`);
  $("letter-due").textContent = letter.state === "answered" ? halfDay("letter_closed", letter.result) : owed("letter_due", letter.due);
  const lines = (letter.lines ?? []).map((line) => fill("line", { who: halfDay(`from_${line.from}`, line.half_day), text: line.text }));
  $("thread").replaceChildren(...lines);
  $("more").hidden = !opened;
  $("worry").hidden = !letter.worry || letter.state === "answered";
}

// Others hold this phone too: what was opened goes with its number.
$("close").addEventListener("click", () => {
  opened = null;
  for (const id of ["letter-state", "letter-due", "thread"]) $(id).replaceChildren();
  for (const id of ["more", "look"]) $(id).reset();
  $("letter").hidden = $("worry").hidden = true;
  $("number").focus();
});

$("more").addEventListener("input", () => delete $("more").dataset.key);
$("more").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = $("more");
  form.dataset.key ??= mint();
  const letter = await post(form, "/thread/lines", { ...opened, text: new FormData(form).get("text").trim(), key: form.dataset.key });
  if (!letter) return;
  form.reset();
  delete form.dataset.key;
  showThread(letter);
  $("letter-state").focus();
});

// A link or code from this compound's board or card says which it is; choosing another stays possible.
for (const option of document.querySelectorAll(`select[name="compound"] option`)) {
  option.defaultSelected = option.value !== "" && option.value === location.hash.slice(1);
}
for (const form of document.forms) form.reset();

settle();
toggleSize();
