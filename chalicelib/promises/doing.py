"""One way to do something with a task, whatever follows from its kind: a trip's or a ticket's never changes without its trip or ticket."""

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.register.standing import Standing
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Store
from chalicelib.tasks.acting import NOTHING_MORE, Order, act
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind
from chalicelib.tasks.work import settle
from chalicelib.tickets import actions as tickets
from chalicelib.trips import actions as trips


class Done(NamedTuple):
    """The task after an act, and the compound as it stands with it."""

    task: Task
    standing: Standing


def do(store: Store, now: datetime, standing: Standing, task: Task, line: Line, order: Order = NOTHING_MORE) -> Done:
    """Do something with a task, as ``line`` says. Problems as those of the act itself."""
    if task.kind is TaskKind.TRIP and line.act != Act.CONFIRM:
        after = trips.act(store, now, standing, task.about, line, order.owner)
        others = (each for each in standing.changes.trips if each.id != after.trip.id)
        changes = replace(standing.changes, trips=(*others, after.trip))
        return Done(after.task, standing._replace(changes=changes))
    register = standing.register
    if task.kind is TaskKind.PARCEL and line.act == Act.DONE:
        raise Problem(
            409,
            "scan-it",
            "请在扫码页上做：送到了、放好了、填好了房号，这件事就自己了结。",
            "Please do it on the scan page: once the parcel is where it belongs, this closes by itself.",
        )
    if task.kind is TaskKind.TICKET:
        return Done(tickets.do(store, now, standing, task, line, order), standing)
    return Done(act(store, now, register.compound, task.id, line, register.policy.every_ladder, order), standing)


def close(store: Store, now: datetime, standing: Standing, task: Task, why: str, act: Act) -> bool:
    """Close a task that is over; a ticket's with its ticket, whose family would read why. False if somebody has closed it."""
    if task.kind is not TaskKind.TICKET:
        return settle(store, now, standing.register.compound, task.id, why, act)
    try:
        return bool(tickets.do(store, now, standing, task, Line(now, "", act, why)))
    except Problem:
        return False
