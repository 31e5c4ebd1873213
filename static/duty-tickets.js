// The desk's list of tickets that nobody has taken on; they are taken on where all of a ticket is read.
import { $, count, fill, homeName, say, tell } from "./words.js";
import { on } from "./when.js";
import { syncFew } from "./few.js";

let known = [];

export function forgetTickets() {
  known = [];
  $("tickets").replaceChildren();
}

/** An answer without ``tickets`` says nothing new of them. */
export function showTickets({ tickets, now }) {
  known = tickets ?? known;
  syncFew($("tickets"), known, ticketRow, (row, one) => touch(row, one, now));
  tell($("tickets-count"), known.length ? count("tickets_count", known.length) : "");
  $("tickets-none").hidden = known.length > 0;
}

const ticketRow = ({ id, home, label, category }) =>
  fill("ticket-row", {
    place: home ? homeName(home, label) : say("public_place"),
    what: say(`ticket_${category}`),
    number: say("ticket_number", { id }),
  });

function touch(row, { since }, now) {
  row.querySelector('[data-slot="when"]').textContent = say("ticket_since", { time: on(since, now) });
}
