// "A little unwell" and "I need help". These never wait quietly in the phone: they arrive now, or the person is told to call.
import { $, reason, say, tell } from "./words.js";
import { ask, mint, worthRetrying } from "./ask.js";
import { callButton, knowsNumber } from "./resident-page.js";

const FORMS = { unwell: "open-unwell", help: "open-help" };
let doors;

/** ``link`` of the home; ``arrived(report)`` when the desk has it; ``dead()`` when the link no longer counts. */
export function wireForms(given) {
  doors = given;
  for (const [id, opener] of Object.entries(FORMS)) {
    $(opener).addEventListener("click", () => open(id));
    $(id).addEventListener("reset", () => close(id));
    $(id).addEventListener("input", () => delete $(id).dataset.key);
    $(id).addEventListener("submit", (event) => {
      event.preventDefault();
      send($(id));
    });
  }
}

function open(id) {
  for (const [each, opener] of Object.entries(FORMS)) {
    $(each).hidden = each !== id;
    $(opener).setAttribute("aria-expanded", String(each === id));
  }
  $(id).querySelector("h2").focus();
  $(id).scrollIntoView({ block: "start" });
}

function close(id) {
  tell($(id).querySelector(".error"), "");
  $(id).hidden = true;
  $(FORMS[id]).setAttribute("aria-expanded", "false");
  $(FORMS[id]).focus();
}

/** What the form says, as the API wants it; null when it says nothing. */
function read(form) {
  const given = new FormData(form);
  const note = given.get("note").trim();
  const needs = given.getAll("needs");
  if (form.id === "unwell") return { feeling: "unwell", needs: [], note };
  if (!needs.length && !note) return null;
  return { feeling: "well", needs: needs.length ? needs : ["other"], note };
}

async function send(form) {
  const body = read(form);
  if (!body) return tell(form.querySelector(".error"), say("help_empty"));
  form.dataset.key ??= mint();
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const answer = await post(form.dataset.key, body).catch(() => null);
  button.disabled = false;
  if (answer?.status === 401) return doors.dead();
  if (!answer || worthRetrying(answer)) return callInstead(form, say("help_unsent"), say("send_again"));
  if (!answer.ok) return callInstead(form, reason(answer));
  if (!holds(answer.data, body)) return callInstead(form, say("help_not_kept"));
  delete form.dataset.key;
  form.reset();
  doors.arrived(answer.data);
  $("now-title").focus();
  scrollTo(0, 0);
}

const post = (key, body) => ask("POST", "/api/check-ins", { headers: { "X-Home-Link": doors.link }, body, key });

/** Did the desk get what was said? An earlier "I am well" may have stood in its way. */
const holds = (report, body) =>
  (body.feeling !== "unwell" || report.feeling === "unwell") && body.needs.every((need) => report.needs.includes(need));

function callInstead(form, text, again) {
  const box = form.querySelector(".error");
  tell(box, text);
  if (knowsNumber()) box.append(callButton("duty"));
  if (again) form.querySelector("[type=submit]").textContent = again;
  box.scrollIntoView({ block: "nearest" });
}
