"""What brings somebody to a home's door although no plan says so: a task that somebody has taken on for it."""

from datetime import datetime, timedelta

from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.rules import Opening
from chalicelib.tasks.tasks import Act, Task, TaskKind, TaskState
from chalicelib.tasks.waiting import waits

CLAIMED = "claimed_task"
"""The word for it, beside the kinds of plans."""
AT_THE_DOOR = {
    TaskKind.NEED,
    TaskKind.MISSED,
    TaskKind.NOBODY_HOME,
    TaskKind.TICKET,
    TaskKind.SENSOR_SILENT,
    TaskKind.BATTERY_LOW,
    TaskKind.WEAK_LINK,
}
"""An alarm is not among them: whoever looks into one door's opening must not be the reason why the next is not told."""


def openings(store: Store, compound: str, home: str, tenancy: str, moment: datetime, within: timedelta) -> list[Opening]:
    """What is taken on for this family at that moment, as openings of its door. One query of the running tasks."""
    running = board.running_all(store, compound)
    theirs = (task for task in running if task.home == home and task.tenancy in ("", tenancy) and not waits(task, moment))
    return [opening for task in theirs if (opening := opening_of(task, within))]


def opening_of(task: Task, within: timedelta) -> Opening | None:
    """From when it was taken on, for so long and no longer than that holds; None for what nobody has taken on."""
    line = next((each for each in reversed(task.lines) if each.act == Act.CLAIM), None)
    if task.kind not in AT_THE_DOOR or task.state is not TaskState.CLAIMED or line is None or task.progress.acked_until is None:
        return None
    return Opening(task.id, line.at, min(line.at + within, task.progress.acked_until), CLAIMED)
