"""Who is told when nobody answers: steps, repeats and acknowledgements. Pure.

A ladder is climbed one step a look, never down by waiting. After the last step it repeats until somebody acknowledges; an
acknowledgement that nothing follows runs out, and then the same people are told once more.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Rung(StrEnum):
    """Who stands on a step; which person that is, is looked up when the step is taken."""

    ASSIGNEE = "assignee"
    PARTNER = "partner"
    COORDINATOR = "coordinator"
    MANAGER = "manager"
    DUTY = "duty"


OWNERS = {Rung.ASSIGNEE, Rung.PARTNER}
"""Who owes the work; everybody else is told because nobody does it."""


class Step(NamedTuple):
    """``rung`` is told ``wait`` minutes after the step before was (or after the ladder began), or not before ``at`` where that is known."""

    rung: Rung
    wait: int
    at: datetime | None = None

    def due(self, now: datetime) -> datetime:
        """When it is taken, if the step before was taken ``now``."""
        return max(now, self.at) if self.at else now + timedelta(minutes=self.wait)


class Ladder(NamedTuple):
    """Steps upwards, then the last one again after each of ``repeat`` minutes, the last of which goes on for good."""

    steps: tuple[Step, ...]
    repeat: tuple[int, ...] = (15, 30, 60)
    holds: int = 60
    """How many minutes an acknowledgement holds."""


class Ladders(dict[str, Ladder]):
    """By name. A task whose ladder is gone climbs as a visit does, never nowhere."""

    def __missing__(self, name: str) -> Ladder:
        return self["visit"]


class Progress(NamedTuple):
    """How far up a ladder is. ``step`` counts the steps taken; ``told`` every telling, so that each has a number of its own, and the
    last of them was at ``told_at``."""

    step: int
    repeats: int
    told: int
    look: datetime
    acked_by: str = ""
    acked_until: datetime | None = None
    told_at: datetime | None = None


def begin(ladder: Ladder, now: datetime) -> Progress:
    """At the foot: nobody told, first look after the first step's wait."""
    return Progress(0, 0, 0, ladder.steps[0].due(now))


def climb(ladder: Ladder, progress: Progress, now: datetime, empty: frozenset[Rung] = frozenset()) -> tuple[Progress, Rung | None]:
    """What one look at ``now`` does: the next progress, and whom to tell, if anybody. Nothing before its time.

    Steps on which nobody stands (``empty``) are passed over at once; if nobody stands anywhere, the top is told all the same. A ladder
    that has become shorter meanwhile goes on at its top.
    """
    if now < progress.look:
        return progress, None
    progress = progress._replace(step=min(progress.step, len(ladder.steps)))
    while progress.acked_until is None and progress.step < len(ladder.steps) - 1 and ladder.steps[progress.step].rung in empty:
        progress = progress._replace(step=progress.step + 1)
    if progress.acked_until is not None:
        again = progress._replace(acked_by="", acked_until=None)
        return _told(ladder, again, now, max(1, progress.step), progress.repeats)
    if progress.step < len(ladder.steps):
        return _told(ladder, progress, now, progress.step + 1, 0)
    return _told(ladder, progress, now, progress.step, progress.repeats + 1)


def acknowledge(ladder: Ladder, progress: Progress, now: datetime, by: str) -> Progress:
    """Somebody is on it: silence until that runs out."""
    until = now + timedelta(minutes=ladder.holds)
    return progress._replace(acked_by=by, acked_until=until, look=until)


def to_the_top(progress: Progress, ladder: Ladder, now: datetime) -> Progress:
    """To the coordinator at once, or to whoever else does not owe it, or to the last step: for work that nobody owns.

    Also where the ladder had come further: now it is hers to assign.
    """
    rungs = [step.rung for step in ladder.steps]
    others = [number for number, rung in enumerate(rungs) if rung not in OWNERS] or [len(rungs) - 1]
    below = rungs.index(Rung.COORDINATOR) if Rung.COORDINATOR in rungs else others[0]
    return progress._replace(step=below, repeats=0, look=now)


def _told(ladder: Ladder, progress: Progress, now: datetime, step: int, repeats: int) -> tuple[Progress, Rung]:
    again = timedelta(minutes=ladder.repeat[min(repeats, len(ladder.repeat) - 1)])
    look = ladder.steps[step].due(now) if step < len(ladder.steps) else now + again
    return progress._replace(step=step, repeats=repeats, told=progress.told + 1, look=look, told_at=now), ladder.steps[step - 1].rung
