"""Visits and tasks over HTTP: what somebody has to do today, the coordinator's board, a home's file."""

from datetime import datetime

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.access import LEADS
from chalicelib.callers import volunteer_of
from chalicelib.errands.rules import in_scope
from chalicelib.promises.answers import BoardAnswer, HomeFile, RoundAnswer, TodayAnswer, VisitBody, VisitLine
from chalicelib.promises.boards import board, earlier, today
from chalicelib.promises.doing import do
from chalicelib.promises.files import home_file
from chalicelib.promises.lines import task_line, visit_line
from chalicelib.promises.orders import order_of
from chalicelib.promises.rounds import round_answer
from chalicelib.promises.task_answers import ActBody, TaskLine
from chalicelib.promises.today import Stop
from chalicelib.register.dues import due_on, own_home
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import asked_day, day_of
from chalicelib.shared.problems import absent as nothing_here
from chalicelib.shared.problems import own_household
from chalicelib.shared.text import clean
from chalicelib.tasks.tasks import Act, Line, answered
from chalicelib.tasks.work import find
from chalicelib.trips import actions as trips
from chalicelib.trips.answers import CompanionBody, TripAnswer, trip_answer
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Visit, state_of
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)
NEVER = 1000.0
"""Whatever is hotter, or as much colder, is refused all the same, and can be counted in tenths."""
TOO_COLD = -1
"""A thermometer that says 0 was read, and read wrongly; none taken is another thing."""


@opens(rooms, "GET", "/api/today", answer=TodayAnswer)
def show_today(ask: Ask) -> tuple[int, TodayAnswer]:
    """Today's list, or the visits of ``?day=2026-11-21`` for entering them from paper."""
    now, query = wiring.clock().now(), dict[str, str](rooms.current_request.query_params or {})
    day = asked_day(query.get("day"), day_of(now))
    if day == day_of(now):
        return 200, today(wiring.store(), now, ask.who.standing, ask.who.staff)
    return 200, earlier(wiring.store(), now, ask.who.standing, ask.who.staff, day)


@opens(rooms, "GET", "/api/board", answer=BoardAnswer)
def show_board(ask: Ask) -> tuple[int, BoardAnswer]:
    return 200, board(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff)


@opens(rooms, "GET", "/api/homes/{home}", answer=HomeFile)
def show_home_file(ask: Ask) -> tuple[int, HomeFile]:
    home = ask.who.home(ask.params["home"])
    return 200, home_file(wiring.store(), wiring.clock().now(), ask.who.standing, home, ask.who.staff)


@opens(rooms, "POST", "/api/visits", VisitBody, VisitLine)
def record_visit(ask: Ask) -> tuple[int, VisitLine]:
    """By a member of staff, for a home in her scope; also what came back on paper."""
    return _record(ask, ask.who.standing, ask.who.home(ask.body.home), ask.who.staff.username)


@opens(rooms, "GET", "/api/round", answer=RoundAnswer)
def show_round(ask: Ask) -> tuple[int, RoundAnswer]:
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    return 200, round_answer(wiring.store(), now, standing, volunteer)


@opens(rooms, "POST", "/api/round/visits", VisitBody, VisitLine)
def record_round_visit(ask: Ask) -> tuple[int, VisitLine]:
    """By a volunteer, for a home in her care; Problem 409 for her own household."""
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    home = standing.register.home_by_id.get(ask.body.home)
    if home is None or home.volunteer != volunteer.id:
        raise nothing_here()
    if own_home(standing.register, volunteer.id) == home.id:
        raise own_household()
    return _record(ask, standing, home, volunteer.id)


@opens(rooms, "POST", "/api/round/trips/{trip}/acts", CompanionBody, TripAnswer)
def act_on_round_trip(ask: Ask) -> tuple[int, TripAnswer]:
    """By the volunteer who goes along: set out, home again, or given back. Problem 404 for a trip that is not hers."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    line = Line(now, volunteer.id, Act(ask.body.act.value), clean(ask.body.note), f"{ask.key}:{ask.digest}")
    after = trips.act(wiring.store(), now, standing, ask.params["trip"], line, only=volunteer.id)
    return 200, trip_answer(standing, after.trip, now)


def _record(ask: Ask, standing: Standing, home: Home, by: str) -> tuple[int, VisitLine]:
    now, body, register = wiring.clock().now(), ask.body, standing.register
    tenths = 0 if body.temperature is None else round(max(-NEVER, min(body.temperature, NEVER)) * 10) or TOO_COLD
    needs = tuple(need.value for need in body.needs)
    entry = Entry(ask.key, ask.digest, now, by, body.outcome, tenths, body.mood, needs, clean(body.note), body.paper)
    visit, created = record(wiring.store(), now, register.compound, register.policy, home, body.visit, entry, standing.home_at)
    return (201 if created else 200), visit_line(standing, _stop(standing, home, visit, now))


def _stop(standing: Standing, home: Home, visit: Visit, now: datetime) -> Stop:
    due = next(due for due in due_on(standing, [home], visit.day, now) if due.key == visit.slot)
    return Stop(due, state_of(due, visit, now), visit)


@opens(rooms, "POST", "/api/tasks/{task}/acts", ActBody, TaskLine)
def act_on_task(ask: Ask) -> tuple[int, TaskLine]:
    """Claim, assign, return, pause, resume, prioritise, done, cancel; confirm and reopen what was closed within the week.

    A trip is followed by ``set_out``, and ``done`` once they are home; ``cancel`` calls it off.

    By whoever sees its home, or owes it. Problem 409 names who was first. A note is needed to pause, prioritise, cancel and reopen.
    """
    now, standing, identity = wiring.clock().now(), ask.who.standing, ask.params["task"]
    task = find(wiring.store(), now, standing.register.compound, identity)
    if ask.who.staff.username not in task.owners:
        if task.home:
            ask.who.home(task.home)
        if not in_scope(standing.register, ask.who.staff, task):
            raise nothing_here()
    line = Line(now, ask.who.staff.username, ask.body.act, clean(ask.body.note), f"{ask.key}:{ask.digest}")
    if not answered(task, line.key):
        order = order_of(standing, now, task, line, ask.body, bool(ask.who.roles & LEADS))
        task, standing = do(wiring.store(), now, standing, task, line, order)
    return 200, task_line(standing, task, now)
