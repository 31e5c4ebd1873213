"""Tickets over HTTP: a family's own, the desk's list and entry, what a family says of it. Work is done by the task's acts."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import family_of
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import Problem, bad
from chalicelib.shared.text import clean
from chalicelib.tickets import actions, records
from chalicelib.tickets.answers import (
    DeskBody,
    HomeTicketsAnswer,
    JudgeBody,
    StaffTicketAnswer,
    TicketAnswer,
    TicketBody,
    TicketsAnswer,
)
from chalicelib.tickets.asking import in_scope, number
from chalicelib.tickets.figures import TicketFigures, asked_month, rated_by
from chalicelib.tickets.reading import of_family, of_staff, staff_answer, ticket_answer
from chalicelib.tickets.rules import Draft, Origin, Said
from chalicelib.tickets.spots import spots
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/home/tickets", answer=HomeTicketsAnswer)
def show_home_tickets(ask: Ask) -> tuple[int, HomeTicketsAnswer]:
    """The family's own, and what others of the building have reported within three days, to be offered before it is said twice."""
    now = wiring.clock().now()
    return 200, of_family(wiring.store(), now, *family_of(ask.who, wiring.clock().now()))


@opens(rooms, "POST", "/api/home/tickets", TicketBody, TicketAnswer)
def report_ticket(ask: Ask) -> tuple[int, TicketAnswer]:
    """Problem 400 names what is missing as ``field``; 429 after a dozen in a day."""
    now, body = wiring.clock().now(), ask.body
    standing, home = family_of(ask.who, wiring.clock().now())
    draft = Draft(body.kind, body.subkind, clean(body.text), "", Origin.LINK, "", f"{ask.key}:{ask.digest}", same=number(body.same))
    ticket, task = actions.report(wiring.store(), now, standing, home, draft)
    return 201, ticket_answer(standing, ticket, task, now)


@opens(rooms, "POST", "/api/home/tickets/{ticket}/answer", JudgeBody, TicketAnswer)
def judge_own_ticket(ask: Ask) -> tuple[int, TicketAnswer]:
    """Good, bad or returned; 409 while it is not solved, and once it was judged."""
    now, body = wiring.clock().now(), ask.body
    standing, home = family_of(ask.who, wiring.clock().now())
    said = Said(now, body.verdict.value, "", clean(body.note), f"{ask.key}:{ask.digest}")
    ticket = actions.judge(wiring.store(), now, standing, number(ask.params["ticket"]), body.verdict, body.rating, said, home)
    return 200, ticket_answer(standing, ticket, actions.task_of(wiring.store(), now, standing.register.compound, ticket), now)


@opens(rooms, "GET", "/api/tickets", answer=TicketsAnswer)
def show_tickets(ask: Ask) -> tuple[int, TicketsAnswer]:
    return 200, of_staff(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff)


@opens(rooms, "GET", "/api/tickets/figures", answer=TicketFigures)
def show_ticket_figures(ask: Ask) -> tuple[int, TicketFigures]:
    """Of ``?month=2026-11``, or of this month. Two queries."""
    query, now = dict[str, str](rooms.current_request.query_params or {}), wiring.clock().now()
    month, store, who = asked_month(query.get("month"), day_of(now)), wiring.store(), ask.who
    closed = records.of_month(store, who.register.compound, month)
    people, team = rated_by(who.register, closed)
    where = spots(who.register, who.staff, month, [*records.open_ones(store, who.register.compound), *closed])
    return 200, TicketFigures(stamp(now), month, people, team, where)


@opens(rooms, "POST", "/api/tickets", DeskBody, StaffTicketAnswer)
def enter_ticket(ask: Ask) -> tuple[int, StaffTicketAnswer]:
    """What was said on the phone, at the desk or in a floor group. Problem 404 for a home outside the scope, 409 for an empty one."""
    now, body, who = wiring.clock().now(), ask.body, ask.who
    home = who.home(body.home) if body.home else None
    if home and not home.lived_in:
        raise Problem(409, "nobody-lives-here", "这一户目前没有人住。", "Nobody lives in this home at present.")
    if body.building and body.building not in {each.building for each in who.register.homes}:
        raise bad("building", "没有这一栋，请看一下楼号。", "There is no such building. Please check its number.", field="building")
    asked = (body.kind, body.subkind, clean(body.text), body.building, Origin(body.origin.value), who.staff.username)
    draft = Draft(*asked, f"{ask.key}:{ask.digest}", clean(body.group), number(body.same))
    ticket, task = actions.report(wiring.store(), now, who.standing, home, draft)
    return 201, staff_answer(who.standing, ticket, task, now)


@opens(rooms, "POST", "/api/tickets/{ticket}/answer", JudgeBody, StaffTicketAnswer)
def judge_forfamily(ask: Ask) -> tuple[int, StaffTicketAnswer]:
    """What the family says of it on the phone."""
    now, body, asked = wiring.clock().now(), ask.body, number(ask.params["ticket"])
    in_scope(ask.who, asked)
    said = Said(now, body.verdict.value, ask.who.staff.username, clean(body.note), f"{ask.key}:{ask.digest}")
    ticket = actions.judge(wiring.store(), now, ask.who.standing, asked, body.verdict, body.rating, said, None)
    return 200, staff_answer(ask.who.standing, ticket, actions.task_of(wiring.store(), now, ask.who.register.compound, ticket), now)
