"""What the desk does with tickets of one cause: join them, tell all of them a word, close them together."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.register.standing import Standing
from chalicelib.shared.problems import Problem, absent, busy, not_now
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tickets import incident_records, records
from chalicelib.tickets.actions import do
from chalicelib.tickets.incidents import Cause, Incident, begun, with_tickets
from chalicelib.tickets.rules import Said, Ticket
from chalicelib.tickets.steps import answered, noted, told_before

ROUNDS = 8
JOINED, NOTICE, CLOSED = "incident", "notice", "done"


def join(store: Store, compound: str, identities: Sequence[str], cause: Cause, said: Said) -> Incident:
    """Tickets of one cause become one incident, or join the one that some of them are in; all of it is told the same line.

    One transaction. Problem 404 where there is no such ticket, 409 where one is not open, or where they are in two incidents.
    """
    for _ in range(ROUNDS):
        tickets = records.many(store, compound, identities)
        if len(tickets) < len(identities):
            raise absent()
        known = [
            found for each in {one.incident for one in tickets if one.incident} if (found := incident_records.find(store, compound, each))
        ]
        if all(answered(each, said.key) for each in tickets):
            return known[0]
        if not all(each.running for each in tickets):
            raise not_now()
        running = [each for each in known if each.running]
        if len(running) > 1:
            raise Problem(409, "two-incidents", "这几张已经分在两件事里，请分开说。", "These belong to two incidents already.")
        before = running[0] if running else None
        after = with_tickets(before or begun(cause, said), tickets, said)
        if _told(store, compound, before, after, said):
            return after
    raise busy()


def notice(store: Store, compound: str, identity: str, said: Said) -> Incident:
    """One more word to every ticket of an incident that is still open. Problem 404, or 409 once it is closed."""
    for _ in range(ROUNDS):
        before = incident_records.find(store, compound, identity)
        if before is None:
            raise absent()
        if told_before(before.lines, said.key):
            return before
        if not before.running:
            raise not_now()
        after = with_tickets(before, (), said)
        if _told(store, compound, before, after, said):
            return after
    raise busy()


def _told(store: Store, compound: str, before: Incident | None, after: Incident, said: Said) -> bool:
    """Write the incident and the line of each of its open tickets; False where somebody was first."""
    changes: list[Change] = incident_records.saved(compound, before, after)
    for each in records.many(store, compound, after.tickets):
        if each.running:
            what = said if not before or each.id not in before.tickets else said._replace(what=NOTICE)
            changes += records.moved(compound, each, noted(each, what)._replace(incident=after.id))
    try:
        store.write(*changes)
    except Conflict:
        return False
    return True


def close(store: Store, now: datetime, standing: Standing, identity: str, line: Line) -> Incident:
    """Every ticket of an incident is solved with the same word, one after the other, then the incident is closed.

    Whatever stops halfway goes on when it is asked again. A ticket that somebody solved meanwhile stays as it is.
    """
    compound = standing.register.compound
    for _ in range(ROUNDS):
        before = incident_records.find(store, compound, identity)
        if before is None:
            raise absent()
        if told_before(before.lines, line.key):
            return before
        if not before.running:
            raise not_now()
        for ticket in records.many(store, compound, before.tickets):
            _solved(store, now, standing, ticket, line)
        said = Said(now, CLOSED, line.by, line.note, line.key)
        after = before._replace(running=False, lines=(*before.lines, said))
        try:
            store.write(*incident_records.saved(compound, before, after))
            return after
        except Conflict:
            continue
    raise busy()


def _solved(store: Store, now: datetime, standing: Standing, ticket: Ticket, line: Line) -> None:
    task = board.running(store, standing.register.compound, ticket.task) if ticket.running else None
    if task is None:
        return
    try:
        do(store, now, standing, task, line._replace(act=Act.DONE))
    except Problem:
        if board.running(store, standing.register.compound, ticket.task):
            raise
