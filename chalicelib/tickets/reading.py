"""Tickets as lists show them: to the family, and to the staff."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median_low
from typing import Any

from chalicelib.register.answers import Named, household_contact, name_of
from chalicelib.register.rules import Home, Staff
from chalicelib.register.standing import Standing
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.half_days import half_day
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.service import Hours, served
from chalicelib.tasks.tasks import Task, TaskKind, holder
from chalicelib.tasks.waiting import waits
from chalicelib.tickets import incident_records, records
from chalicelib.tickets.answers import (
    HomeTicketsAnswer,
    LikelyAnswer,
    Next,
    QuestionFigures,
    StaffTicketAnswer,
    TicketAnswer,
    TicketLine,
    TicketsAnswer,
)
from chalicelib.tickets.incident_answers import IncidentAnswer
from chalicelib.tickets.incidents import Incident
from chalicelib.tickets.photos import kept
from chalicelib.tickets.rules import LIKELY, Ticket, TicketState, tier_of

SHOWN = 20
VAGUE = (Subkind.NONE, Subkind.OTHER)
Works = dict[str, Task]


def of_family(store: Store, now: datetime, standing: Standing, home: Home) -> HomeTicketsAnswer:
    """The home's own tickets with their work, and what others of its building have reported lately. Two reads and a query."""
    compound = standing.register.compound
    newest = [row.id for row in records.of_home(store, compound, home.id, home.tenancy).rows[-SHOWN:]]
    work = [keys.open_task(compound, f"{TaskKind.TICKET}:{each}") for each in newest]
    found = store.get_many([*records.places(compound, newest), *work], consistent=True) if newest else {}
    tickets, works = records.found_in(found), _works(board.from_item(item) for key, item in found.items() if key in set(work))
    mine = [ticket_answer(standing, tickets[each], works.get(each), now) for each in reversed(newest) if each in tickets]
    return HomeTicketsAnswer(stamp(now), mine, _likely(store, now, standing, home, set(newest)))


def _likely(store: Store, now: datetime, standing: Standing, home: Home, own: set[str]) -> list[LikelyAnswer]:
    """Broken things only: who complains, asks or needs something is nobody's business."""
    found = [
        each
        for each in records.open_ones(store, standing.register.compound)
        if each.place == home.building and each.subkind not in VAGUE and now - each.made <= LIKELY and each.id not in own
    ]
    taken = {each.id for each in found if any(said.what == "claim" for said in each.lines)}
    return [LikelyAnswer(each.id, each.subkind, str(half_day(each.made)), each.id in taken) for each in found]


def ticket_answer(standing: Standing, ticket: Ticket, work: Task | None, now: datetime) -> TicketAnswer:
    return TicketAnswer(**_shown(standing, ticket, work, now))


def staff_answer(standing: Standing, ticket: Ticket, work: Task | None, now: datetime) -> StaffTicketAnswer:
    register = standing.register
    home = register.home_by_id.get(ticket.home)
    home = home if home and home.tenancy == ticket.tenancy else None
    taken = holder(work) if work else ""
    return StaffTicketAnswer(
        task=ticket.task,
        home=ticket.home,
        label=home.label if home else "",
        place=ticket.place,
        origin=ticket.origin,
        group=ticket.group,
        tier=work.tier if work else tier_of(ticket),
        owners=[Named(each, name_of(register, each)) for each in (work.owners if work else ())],
        holder=taken,
        holder_name=name_of(register, taken) if taken else "",
        contact=household_contact(home) if home else None,
        like=list(ticket.like),
        **_shown(standing, ticket, work, now),
    )


def _shown(standing: Standing, ticket: Ticket, work: Task | None, now: datetime) -> dict[str, Any]:
    following, by, late = _next(ticket, work, now)
    lines = [TicketLine(stamp(said.at), said.what, _who(standing, said.by), said.note) for said in ticket.lines]
    return {
        **{name: getattr(ticket, name) for name in ("id", "kind", "subkind", "text", "state", "rating", "same", "incident")},
        "made": stamp(ticket.made),
        "photos": len(kept(ticket.photos, now)),
        "lines": lines,
        "next": following,
        "by": stamp(by) if by else "",
        "late": late,
    }


def _next(ticket: Ticket, work: Task | None, now: datetime) -> tuple[Next, datetime | None, bool]:
    if ticket.state is TicketState.SOLVED:
        return Next.JUDGE, None, False
    if not ticket.running or work is None or not work.running:
        return Next.NOTHING, None, False
    if waits(work, now):
        return Next.WAIT, work.solve.pauses[-1].end, False
    clock, following = (work.solve, Next.SOLVE) if work.respond.stopped else (work.respond, Next.RESPOND)
    return following, clock.deadline(now), clock.overdue(now)


def _who(standing: Standing, person: str) -> str:
    return name_of(standing.register, person) if person else ""


def of_staff(store: Store, now: datetime, standing: Standing, staff: Staff) -> TicketsAnswer:
    """The open ones and those closed today. Two queries, and a batch where something was closed."""
    register, policy = standing.register, standing.register.policy.tickets
    works = _works(board.of_day(store, register.compound, day_of(now)))
    closed = [each.about for each in works.values() if not each.running]
    done = records.found_in(store.get_many(records.places(register.compound, closed), consistent=True)) if closed else {}
    running, incidents = incident_records.running(store, register.compound)
    tickets = {each.id: each for each in running} | done
    seen = [each for each in tickets.values() if _sees(standing, staff, each)]
    shown = [staff_answer(standing, each, works.get(each.id), now) for each in seen]
    return TicketsAnswer(
        stamp(now),
        sorted((each for each in shown if each.state is TicketState.OPEN), key=lambda each: (not each.late, each.by or "~", each.id)),
        sorted((each for each in shown if each.state is not TicketState.OPEN), key=lambda each: each.lines[-1].at, reverse=True),
        questions(policy.service, policy.question_respond * 60, works.values(), now),
        list(policy.answers),
        [_incident(standing, each, tickets) for each in incidents if any(one.incident == each.id for one in seen)],
        [Named(each.id, each.name) for each in register.buildings],
    )


def _incident(standing: Standing, incident: Incident, tickets: dict[str, Ticket]) -> IncidentAnswer:
    """``tickets`` are those that are open, and some that are not."""
    last = incident.lines[-1]
    left = sum(number in tickets and tickets[number].running for number in incident.tickets)
    counts = (len(incident.homes), len(incident.tickets), left)
    words = (stamp(incident.made), last.note, _who(standing, last.by))
    return IncidentAnswer(incident.id, incident.cause, incident.place, *counts, *words)


def questions(hours: Hours, limit: int, works: Iterable[Task], now: datetime) -> QuestionFigures:
    """How long the questions of the day took to be answered; one that still waits counts with what it has waited."""
    clocks = [work.respond for work in works if work.category == TicketKind.QUESTION]
    took = [int(served(hours, clock, now).total_seconds()) for clock in clocks]
    answered = sum(clock.stopped is not None for clock in clocks)
    return QuestionFigures(len(took), answered, median_low(took) if took else 0, max(took, default=0), limit)


def _sees(standing: Standing, staff: Staff, ticket: Ticket) -> bool:
    """What is about no home is everybody's."""
    home = standing.register.home_by_id.get(ticket.home)
    return not ticket.home or (home is not None and staff.covers(home))


def _works(tasks: Iterable[Task]) -> Works:
    """By the number of the ticket."""
    return {task.about: task for task in tasks if task.kind is TaskKind.TICKET}
