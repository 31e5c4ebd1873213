"""Visits and tasks as lists show them."""

from datetime import datetime

import msgspec

from chalicelib.promises.answers import TaskLine, TaskStep, VisitLine
from chalicelib.promises.people import home_of, named
from chalicelib.promises.today import Stop
from chalicelib.register.answers import household_contact
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import stamp
from chalicelib.tasks.tasks import Task, holder


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
        away=due.away,
    )
    if stop.visit is None:
        return line
    last = stop.visit.last
    said = {"mood": last.mood, "needs": list(last.needs), "note": last.note, "by": last.by, "at": stamp(last.at)}
    return msgspec.structs.replace(line, temperature=last.temperature / 10 if last.temperature else None, **said)


def task_line(standing: Standing, task: Task, now: datetime) -> TaskLine:
    home = home_of(standing, task)
    respond, solve = task.respond.deadline(now), task.solve.deadline(now)
    return TaskLine(
        id=task.id,
        kind=task.kind,
        category=task.category,
        about=task.about,
        home=task.home,
        label=home.label if home else "",
        tier=task.tier,
        state=task.state,
        owners=named(standing, task.owners),
        holder=holder(task),
        since=stamp(task.respond.started),
        respond_by=stamp(respond) if respond else "",
        solve_by=stamp(solve) if solve else "",
        overdue=task.running and is_late(task, now),
        told=task.progress.told,
        steps=[TaskStep(stamp(line.at), line.by, line.act, line.note) for line in task.lines],
        contact=household_contact(home) if home else None,
    )


def is_late(task: Task, now: datetime) -> bool:
    """Is the first response, or the solution, late?"""
    return task.solve.overdue(now) or (task.respond.stopped is None and task.respond.overdue(now))


def runs_out(task: Task, now: datetime) -> datetime | None:
    """The nearer of the deadlines that still run."""
    clocks = [task.solve] if task.respond.stopped else [task.respond, task.solve]
    return min((deadline for clock in clocks if (deadline := clock.deadline(now))), default=None)
