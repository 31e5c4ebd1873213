"""Visits and tasks as lists show them."""

from datetime import datetime
from typing import Any

import msgspec

from chalicelib.promises.answers import VisitLine
from chalicelib.promises.following import trip_of
from chalicelib.promises.people import home_of, named
from chalicelib.promises.places import AT_PLACES, STOCK, place
from chalicelib.promises.task_answers import ClockLine, PauseLine, TaskLine, TaskStep
from chalicelib.promises.today import Stop
from chalicelib.register.answers import behind_gateways, household_contact, name_of
from chalicelib.register.dues import Due
from chalicelib.register.rules import Home, Register
from chalicelib.register.standing import TRIP, Standing
from chalicelib.shared.calendar import stamp
from chalicelib.tasks.clocks import Clock
from chalicelib.tasks.errands import KINDS
from chalicelib.tasks.passing import over_loaded
from chalicelib.tasks.tasks import Line, Task, TaskKind, doer, holder
from chalicelib.tasks.waiting import can_wait, waits
from chalicelib.trips.answers import trip_answer
from chalicelib.visits.rules import Entry


def visit_line(standing: Standing, stop: Stop) -> VisitLine:
    due, home = stop.due, stop.due.home
    line = VisitLine(
        id=due.key,
        kind=due.slot.kind,
        home=home.id,
        label=home.label,
        tier=home.tier,
        tags=home.tags(due.slot.day.year),
        opens=stamp(due.slot.opens),
        closes=stamp(due.slot.closes),
        state=stop.state,
        owners=named(standing, due.owners),
        contact=household_contact(home),
        over=named(standing, due.over),
        goods=list(due.goods),
        **paused(standing, due),
    )
    return line if stop.visit is None else msgspec.structs.replace(line, **_said(standing.register, stop.visit.last))


def _said(register: Register, last: Entry) -> dict[str, Any]:
    temperature = last.temperature / 10 if last.temperature else None
    found = {"temperature": temperature, "mood": last.mood, "needs": list(last.needs), "note": last.note}
    return {**found, "by": last.by, "by_name": name_of(register, last.by), "at": stamp(last.at)}


def task_line(standing: Standing, task: Task, now: datetime) -> TaskLine:
    home, trip = home_of(standing, task), trip_of(standing, task)
    return TaskLine(
        id=task.id,
        kind=task.kind,
        category=task.category,
        about=task.about,
        home=task.home,
        label=home.label if home else place(standing, task) if task.kind in STOCK | KINDS | AT_PLACES else "",
        tier=task.tier,
        state=task.state,
        owners=named(standing, task.owners),
        holder=task.progress.acked_by if trip else holder(task),
        since=stamp(task.respond.started),
        overdue=task.running and is_late(task, now),
        told=task.progress.told,
        steps=[_step(standing.register, line) for line in task.lines],
        pause_hours=standing.register.policy.pause_hours[task.tier] if can_wait(task) else 0,
        doer=doer(task),
        contact=household_contact(home) if home else None,
        trip=trip_answer(standing, trip, now) if trip else None,
        over=named(standing, tuple(over_loaded(task))),
        behind=behind_gateways(standing.register, task.about.split(",")) if task.kind is TaskKind.GATEWAYS_SILENT else None,
        **_clocks(task, now),
        **away(standing, home, now),
    )


def _step(register: Register, line: Line) -> TaskStep:
    return TaskStep(stamp(line.at), line.by, name_of(register, line.by), line.act, line.note, name_of(register, line.to))


def _clocks(task: Task, now: datetime) -> dict[str, Any]:
    return {
        "respond": _clock(task.respond),
        "solve": _clock(task.solve),
        "respond_by": _or_empty(task.respond.deadline(now)),
        "solve_by": _or_empty(task.solve.deadline(now)),
        "paused_until": stamp(task.solve.pauses[-1].end) if waits(task, now) else "",
    }


def away(standing: Standing, home: Home | None, now: datetime) -> dict[str, Any]:
    """Why a home's plans stand still at an instant, or why nobody is at home, and until when."""
    pause = standing.changes.pause_at(home, now) if home else None
    trip = standing.changes.out_now(home) if home else None
    if pause:
        return {"away": pause.why.value, "away_until": stamp(pause.ends)}
    return {"away": TRIP, "away_until": stamp(trip.finishes(now))} if trip else {}


def paused(standing: Standing, due: Due) -> dict[str, Any]:
    """The same for a visit: why it stands still, and until when nobody is there."""
    moment, changes = due.slot.seen(standing.now), standing.changes
    if due.away == TRIP:
        trip = changes.out_for(due.home, due.slot.opens, due.slot.closes, moment)
        return {"away": TRIP, "away_until": stamp(trip.finishes(moment)) if trip else ""}
    return away(standing, due.home, moment) if due.away else {}


def _clock(clock: Clock) -> ClockLine:
    pauses = [PauseLine(stamp(pause.start), stamp(pause.end), pause.reason) for pause in clock.pauses]
    return ClockLine(stamp(clock.started), int(clock.allowed.total_seconds()) // 60, pauses, _or_empty(clock.stopped))


def _or_empty(moment: datetime | None) -> str:
    return stamp(moment) if moment else ""


def is_late(task: Task, now: datetime) -> bool:
    """Is the first response, or the solution, late?"""
    return task.solve.overdue(now) or (task.respond.stopped is None and task.respond.overdue(now))


def runs_out(task: Task, now: datetime) -> datetime | None:
    """The nearer of the deadlines that still run."""
    clocks = [task.solve] if task.respond.stopped else [task.respond, task.solve]
    return min((deadline for clock in clocks if (deadline := clock.deadline(now))), default=None)
