// One ticket in the staff's list, and what is done with it: taken on, solved with a word to the family, judged on the phone.
import { count, dial, fill, homeName, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { deadline } from "./deadlines.js";
import { wall } from "./when.js";
import { linkHome } from "./home-link.js";
import { wirePhotos } from "./photos.js";
import { as, submit } from "./staff.js";
import { judgement, showSteps, ticketState, ticketThen, ticketWhat, wireOpen } from "./ticket-lines.js";

export const ticketPlace = ({ home, label, place }) =>
  home ? homeName(home, label) : place ? say("place_building", { n: place }) : say("place_compound");

/** The numbers of the tickets that are ticked to be joined. */
export const picked = () => [...document.querySelectorAll("[data-pick]:checked")].map((box) => box.closest("[data-key]").dataset.key);

export function ticketRow(ticket, { now, me, lead, after, picked: ticked }) {
  const row = fill("ticket-row", {
    home: ticketPlace(ticket),
    what: ticketWhat(ticket),
    number: say("number", ticket),
    state: ticketState(ticket),
    tier: ticket.tier === "red" ? say("urgent") : ticket.tier === "yellow" ? say("raised") : "",
    incident: ticket.incident ? say("incident") : "",
    when: ticket.state === "open" && ticket.next !== "wait" && ticket.by ? deadline(ticket.by, now).text : ticketThen(ticket, now),
    who: who(ticket, me),
    text: ticket.text,
    like: ticket.like.length ? count("like_before", ticket.like.length, { list: ticket.like.join(say("list_and")) }) : "",
    from: ticket.group ? say("came_from", { name: ticket.group }) : "",
    same: ticket.same ? say("same_as", { id: ticket.same }) : "",
  });
  if (ticket.late) row.querySelector('[data-slot="when"]').classList.add("overdue");
  showSteps(row, ticket, now);
  linkHome(row, ticket.home);
  wireCall(row, ticket);
  wireWork(row, ticket, me, after);
  wireTelling(row.querySelector("[data-tell]"), ticket, lead);
  const get = (path) => as("GET", path);
  const post = (path, body, key) => as("POST", path, body, key);
  wirePhotos(row, ticket, { base: "/api/tickets", get, post, now, changed: after });
  row.querySelector("[data-pick]").addEventListener("change", ticked);
  if (ticket.state !== "open") row.querySelector(".pick").remove();
  return row;
}

function who({ state, holder, holder_name, owners }, me) {
  if (state !== "open") return "";
  if (holder) return holder === me ? say("yours") : say("taken_by", { name: holder_name });
  return owners.length ? say("owed_by", { names: owners.map((one) => one.name || one.id).join(say("list_and")) }) : "";
}

function wireCall(row, { contact }) {
  const button = row.querySelector("[data-call]");
  if (contact?.phone) button.href = dial(contact.phone);
  else button.remove();
}

/** What was solved may be told to all; its number goes along in the part of the address that stays in this browser. */
function wireTelling(link, { id, place, lines }, lead) {
  const solved = [...lines].reverse().find((line) => line.what === "done");
  if (!lead || !solved) return link.remove();
  const part = wall(solved.at).hour < 12 ? "am" : "pm";
  const told = new URLSearchParams({ ticket: id, half: `${solved.at.slice(0, 10)}-${part}`, building: place });
  link.setAttribute("href", `${link.getAttribute("href")}#${told}`); // from a template, which has no address whose hash could be set
}

function wireWork(row, ticket, me, after) {
  const what = `${ticketPlace(ticket)} ${ticketWhat(ticket)}`;
  const acts = `/api/tasks/${encodeURIComponent(ticket.task)}/acts`;
  const [claim, done, judge] = ['[data-act="claim"]', '[data-open="done"]', '[data-open="judge"]'].map((one) => row.querySelector(one));
  const solve = wireOpen(row, "done");
  const verdict = wireOpen(row, "judge");
  const open = ticket.state === "open";
  const question = ticket.kind === "question";
  if (question) done.textContent = say("answer_it");
  claim.hidden = !open || question || Boolean(ticket.holder);
  done.hidden = !open || (ticket.holder && ticket.holder !== me) || (!ticket.holder && !question);
  judge.hidden = ticket.next !== "judge";
  const key = mint();
  claim.addEventListener("click", async () => {
    claim.disabled = true;
    const answer = await as("POST", acts, { act: "claim" }, key).catch(() => ({ lost: true }));
    claim.disabled = false;
    if (!answer) return;
    if (!answer.ok) return tell(row.querySelector(":scope > .error"), answer.lost ? say("not_sent") : reason(answer));
    after(say("claimed", { what }));
  });
  solve.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(solve, acts, { act: "done", note: solve.elements.note.value.trim() }))) return;
    solve.hidden = true;
    after(say("finished"));
  });
  verdict.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!(await submit(verdict, `/api/tickets/${encodeURIComponent(ticket.id)}/answer`, judgement(event)))) return;
    verdict.hidden = true;
    after(say("judged"));
  });
}
