"""Who was passed over for a task because of all that she has to do already: a line of its history for each. Pure."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.tasks.tasks import Line, Task

OVER_LOAD = "over_load"


def passed_over(task: Task, people: Iterable[str], now: datetime) -> Task:
    """These would owe it, had they not enough to do: said in its history."""
    return task._replace(lines=(*task.lines, *(Line(now, person, OVER_LOAD) for person in people)))


def over_loaded(task: Task) -> list[str]:
    """Who was passed over because of that."""
    return list(dict.fromkeys(line.by for line in task.lines if line.act == OVER_LOAD))
