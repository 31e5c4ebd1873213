// A family's tickets: report one, read every step of it, say how it was. What is sent here arrives now, or the person is told to call.
import { $, count, fill, reason, say, tell } from "./words.js";
import { ask, worthRetrying } from "./ask.js";
import { halfDayWords } from "./when.js";
import { sync } from "./lists.js";
import { photoField } from "./photo-field.js";
import { wirePhotos } from "./photos.js";
import { settle, toggleSize, wirePhones } from "./resident-page.js";
import { sender } from "./sending.js";
import { judgement, showSteps, ticketState, ticketThen, ticketWhat, wireChoices, wireOpen } from "./ticket-lines.js";

const link = decodeURIComponent(location.hash.slice(1));
const CALL = ["leak", "power", "gas", "heating"];
const WORDLESS = [...CALL, "lift"];
const headers = { "X-Home-Link": link };
const get = (path) => ask("GET", path, { headers });
const post = (path, body, key) => ask("POST", path, { headers, body, key });
let likely = [];
let sendPhotos = null;
let sent = null;

const refused = (answer) =>
  !answer || worthRetrying(answer) ? say("tickets_lost") : answer.status === 401 ? say("tickets_dead") : reason(answer);
const send = sender(() => headers, refused);

async function load() {
  const answer = await ask("GET", "/api/home/tickets", { headers }).catch(() => null);
  if (answer?.status === 401) $("report").hidden = true;
  tell($("trouble"), answer?.ok ? "" : answer?.status === 401 ? say("tickets_dead") : answer ? reason(answer) : say("no_network"));
  if (answer?.ok) show(answer.data);
}

function show(data) {
  likely = data.likely;
  sync($("mine"), data.tickets, (ticket) => row(ticket, data.now));
  $("mine-none").hidden = data.tickets.length > 0;
  if (data.tickets.some((one) => one.id === sent?.id && one.lines.length > sent.lines.length)) $("sent").hidden = true;
  if (data.tickets.some((one) => one.next === "judge")) putFirst($("mine-title").closest("section"));
}

/** After a photo was added or deleted: said to who listens, and shown. */
function told(words) {
  tell($("heard"), words);
  return load();
}

/** Who is asked how it was need not look for it below the form. What somebody is at stays where it is. */
function putFirst(section) {
  if (section.previousElementSibling === $("report") && !section.contains(document.activeElement)) $("report").before(section);
}

function row(ticket, now) {
  const made = fill("ticket-row", {
    what: ticketWhat(ticket),
    state: ticketState(ticket),
    number: say("number", ticket),
    text: ticket.text,
    then: ticket.next === "judge" ? "" : ticketThen(ticket, now),
  });
  showSteps(made, ticket, now);
  wirePhotos(made, ticket, { base: "/api/home/tickets", get, post, now, changed: told });
  const form = wireOpen(made, "judge");
  made.querySelector('[data-open="judge"]').hidden = ticket.next !== "judge";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await send(form, `/api/home/tickets/${encodeURIComponent(ticket.id)}/answer`, judgement(event)))) return;
    form.hidden = true;
    tell($("heard"), say("sent_heard"));
    await load();
    $("mine-title").focus();
  });
  return made;
}

/** Somebody of the building has reported the same: say so before it is said again. */
function chosen({ kind, subkind }) {
  const like = kind === "repair" ? likely.find((one) => one.subkind === subkind) : undefined;
  $("likely").hidden = !like;
  $("likely").querySelector("input").value = like?.id ?? "";
  if (like) $("likely-text").textContent = say(like.taken ? "likely_taken" : "likely_one", { ...halfDayWords(like.half_day), what: ticketWhat(like) });
  $("gas").hidden = subkind !== "gas";
  $("call-now").hidden = !CALL.includes(subkind);
}

async function report(event) {
  event.preventDefault();
  const form = event.target;
  const given = new FormData(form);
  const [kind, text] = [given.get("kind"), given.get("text").trim()];
  const subkind = kind === "repair" ? (given.get("subkind") ?? "") : "";
  const error = form.querySelector(":scope > .error");
  if (kind === "repair" && !subkind) return tell(error, say("say_what"));
  if (!WORDLESS.includes(subkind) && !text) return tell(error, say("say_words"));
  const same = $("likely").hidden ? "" : (given.get("same") ?? "");
  const ticket = await send(form, "/api/home/tickets", { kind, subkind, text, same });
  if (!ticket) return undefined;
  sent = ticket;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  const left = await sendPhotos(post, `/api/home/tickets/${encodeURIComponent(ticket.id)}/photos`);
  button.disabled = false;
  form.reset();
  $("sent").hidden = false;
  $("sent-title").textContent = say("sent_title", { what: ticketWhat(ticket) });
  $("sent-text").textContent = ticketThen(ticket, ticket.made);
  tell($("sent-photos"), left ? count("photos_left", left) : "");
  $("sent-number").textContent = say("number", ticket);
  $("sent-title").focus();
  scrollTo(0, 0);
  return load();
}

function start() {
  settle();
  toggleSize();
  wirePhones(link);
  $("back").hash = location.hash;
  addEventListener("hashchange", () => location.reload());
  if (!link) {
    $("report").hidden = true;
    return tell($("trouble"), say("tickets_nolink"));
  }
  wireChoices($("report"), $("broken"), chosen);
  sendPhotos = photoField($("photos"));
  $("report").addEventListener("submit", report);
  document.addEventListener("visibilitychange", () => document.hidden || load());
  return load();
}

start();
