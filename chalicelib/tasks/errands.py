"""Work that a grid's volunteers take from a board, errands and mediations: whose grid's it is, and what becomes of a claim that nothing
follows. Pure.

Whoever claims one has it for as long as an acknowledgement of its ladder holds; then it is anybody's again, by arithmetic: whoever looks
first, the sweep or the next one who claims it, writes that down.
"""

from datetime import datetime

from chalicelib.tasks.ladders import OWNERS, Ladder, Progress, to_the_top
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind, TaskState, holder, noted

KINDS = {TaskKind.ERRAND, TaskKind.MEDIATION}
LADDER = "errand"
LAPSED = "lapsed"
_LAST_WORDS = {Act.CLAIM, Act.ASSIGN, Act.RETURN}


def id_of(grid: str, key: str) -> str:
    """Both kinds share a beginning, so that a grid's board is one range."""
    return f"{TaskKind.ERRAND}:{grid}:{key.partition(':')[0][:12]}"


def begins(grid: str = "") -> str:
    """How the ids of a grid's errands begin; without one, those of every grid."""
    return f"{TaskKind.ERRAND}:{grid}:" if grid else f"{TaskKind.ERRAND}:"


def grid_of(task: Task) -> str:
    """The grid whose board it stands on; "" for any other task."""
    return task.id.split(":")[1] if task.kind in KINDS else ""


def hung(ladder: Ladder, now: datetime) -> Progress:
    """On the board, with time for somebody to take it on: nobody is told before the first step above those who would owe it is due."""
    above = [number for number, step in enumerate(ladder.steps) if step.rung not in OWNERS] or [len(ladder.steps) - 1]
    return Progress(above[0], 0, 0, ladder.steps[above[0]].due(now))


def waits_for_hands(task: Task) -> bool:
    """Does it hang on a board, and nobody was told yet that nobody takes it on?"""
    return task.kind in KINDS and task.unassigned and not task.progress.told


def lapsed(task: Task, ladder: Ladder, now: datetime) -> Task:
    """The task as it stands at ``now``: nobody's again, if whoever claimed it has let the time go by. The same whoever asks, and when."""
    until, held = task.progress.acked_until, holder(task)
    if task.kind not in KINDS or not held or until is None or now < until:
        return task
    progress = to_the_top(task.progress._replace(acked_by="", acked_until=None), ladder, now)
    owners = tuple(owner for owner in task.owners if owner != held)
    return noted(task, Line(until, "", LAPSED, to=held))._replace(state=TaskState.OPEN, owners=owners, progress=progress)


def just_lapsed(task: Task) -> Line | None:
    """That somebody's claim has run out, if it is the newest thing about the task, or nothing but another claim is newer."""
    return next((line for line in task.lines[-2:] if line.act == LAPSED), None)


def hers_to_finish(task: Task, person: str) -> bool:
    """Was she the last who had it in hand? Who comes late, before anybody else has taken it on, has done it all the same."""
    last = next((line for line in reversed(task.lines) if line.act in _LAST_WORDS), None)
    return last is not None and last.act != Act.RETURN and person == (last.to if last.act == Act.ASSIGN else last.by)
