"""A task that waits, for a part or until the family has time; and one that becomes more urgent, or less. Pure.

A paused task's ladder does not climb, yet a pause always has an end: then whoever was told last is told once more. Whatever else
somebody does with the task ends the pause as well, so that nothing stands still for good.
"""

from datetime import datetime
from typing import NamedTuple

from chalicelib.shared.tiers import Tier
from chalicelib.tasks.clocks import allow, pause, resume
from chalicelib.tasks.ladders import Ladder, Progress, acknowledge, begin, to_the_top
from chalicelib.tasks.tasks import Allowance, Line, Task, TaskKind, TaskState, holder, noted

CANNOT_WAIT = {TaskKind.DOOR, TaskKind.MISSED_REPORTS, TaskKind.TRIP, TaskKind.PARCEL, TaskKind.ERRAND, TaskKind.MEDIATION}
"""A door that stands open, and homes nobody has heard of: these are looked into now. A trip has a time of its own: it is moved. A
parcel's time is over. An errand is given back, and anybody else may take it on."""


MOST_PAUSES = 40
"""Every one is kept, with its reason: an item holds so many and no end of them."""


def can_wait(task: Task) -> bool:
    """Somebody owes it, it is of a kind that may wait, and it has not been put off forty times already."""
    return task.running and bool(task.owners) and task.kind not in CANNOT_WAIT and len(task.solve.pauses) < MOST_PAUSES


def waits(task: Task, now: datetime) -> bool:
    """Is it paused now?"""
    return task.solve.standing(now)


def wait(task: Task, now: datetime, line: Line, until: datetime) -> Task:
    """Both clocks stand still until then, for the reason that ``line`` gives, and the ladder is silent for as long."""
    progress = task.progress._replace(acked_by=line.by, acked_until=until, look=until)
    respond, solve = pause(task.respond, now, until, line.note), pause(task.solve, now, until, line.note)
    return noted(task, line)._replace(progress=progress, respond=respond, solve=solve)


def awake(task: Task, now: datetime) -> Task:
    """Both clocks run again, if they stood."""
    return task._replace(respond=resume(task.respond, now), solve=resume(task.solve, now))


class Priority(NamedTuple):
    """How urgent, with the time that leaves and the name of the ladder that goes with it."""

    tier: Tier
    allowance: Allowance
    ladder: str


def go_on(task: Task, ladder: Ladder, now: datetime, line: Line) -> Task:
    """The pause is over before its time."""
    return noted(task, line)._replace(progress=_again(task, ladder, now, line.by))


def prioritise(task: Task, ladder: Ladder, now: datetime, line: Line, priority: Priority) -> Task:
    """Another allowance, with every pause kept. Another ladder (``ladder`` is the new one) begins at its foot."""
    progress = _again(task, ladder, now, line.by)
    if priority.ladder != task.ladder:
        progress = begin(ladder, now)._replace(told=task.progress.told, told_at=task.progress.told_at)
    moved = reprioritise(noted(task, line._replace(to=priority.tier.value)), priority.allowance, priority.tier)
    return moved._replace(ladder=priority.ladder, progress=progress)


def reprioritise(task: Task, allowance: Allowance, tier: Tier) -> Task:
    """Another tier, another allowance: what was paused stays paused time."""
    return task._replace(tier=tier, respond=allow(task.respond, allowance.respond), solve=allow(task.solve, allowance.solve))


def _again(task: Task, ladder: Ladder, now: datetime, by: str) -> Progress:
    """Silence for whoever has claimed it, as after a claim; nobody's is the coordinator's at once; else who was told last is told again."""
    if task.state is TaskState.CLAIMED:
        return acknowledge(ladder, task.progress, now, holder(task))
    if not task.owners:
        return to_the_top(task.progress._replace(acked_by="", acked_until=None), ladder, now)
    return task.progress._replace(acked_by=by, acked_until=now, look=now)
