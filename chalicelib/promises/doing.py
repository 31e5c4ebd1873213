"""One way to do something with a task, whatever follows from its kind: a trip's task never changes without its trip."""

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.register.standing import Standing
from chalicelib.store.contract import Store
from chalicelib.tasks.acting import NOTHING_MORE, Order, act
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind
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
    return Done(act(store, now, register.compound, task.id, line, register.policy.every_ladder, order), standing)
