"""The clock of a promise: how long it ran, how long it stood still and why, and when it runs out. Pure.

Everything is kept as segments, so that any deadline can be recomputed later, and disputed.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

NONE = timedelta()


class Pause(NamedTuple):
    """The clock stands still from ``start`` until ``end``, which may lie ahead: a pause ends by arithmetic, whether or not anybody comes."""

    start: datetime
    end: datetime
    reason: str


class Clock(NamedTuple):
    """Started once, allowed to run for so long, paused now and then, stopped when the promise is kept."""

    started: datetime
    allowed: timedelta
    pauses: tuple[Pause, ...] = ()
    stopped: datetime | None = None

    def standing(self, now: datetime) -> bool:
        """Is it paused now?"""
        return self.stopped is None and bool(self.pauses) and self.pauses[-1].end > now

    def paused(self, now: datetime) -> timedelta:
        """How long it has stood still up to ``now`` (or to its stop)."""
        until = self._until(now)
        return sum((max(NONE, min(pause.end, until) - pause.start) for pause in self.pauses), NONE)

    def ran(self, now: datetime) -> timedelta:
        """How long it has run: with ``paused`` it sums to the wall time since it started."""
        return self._until(now) - self.started - self.paused(now)

    def deadline(self, now: datetime) -> datetime | None:
        """When it runs out; None while it is paused, since it may be resumed before its time."""
        if self.standing(now):
            return None
        return self.started + self.allowed + self.paused(now)

    def overdue(self, now: datetime) -> bool:
        return self.ran(now) > self.allowed

    def _until(self, now: datetime) -> datetime:
        return max(self.started, min(now, self.stopped) if self.stopped else now)


def pause(clock: Clock, now: datetime, until: datetime, reason: str) -> Clock:
    """Stand still from now until then; a pause that lasts ends here and the new one begins. A clock that has stopped stays as it is."""
    if clock.stopped or until <= now:
        return clock
    return clock._replace(pauses=(*resume(clock, now).pauses, Pause(now, until, reason)))


def resume(clock: Clock, now: datetime) -> Clock:
    """Run again before the pause's time is over."""
    if not clock.standing(now):
        return clock
    return clock._replace(pauses=(*clock.pauses[:-1], clock.pauses[-1]._replace(end=now)))


def stop(clock: Clock, now: datetime) -> Clock:
    """The promise is kept; the first stop counts."""
    return clock if clock.stopped else resume(clock, now)._replace(stopped=now)


def reopen(clock: Clock, now: datetime, least: timedelta) -> Clock:
    """Run again after a stop: the time between does not count, and at least ``least`` is left, so that nothing escalates at once."""
    if clock.stopped is None:
        return clock
    again = clock._replace(stopped=None, pauses=(*clock.pauses, Pause(clock.stopped, now, "reopened")))
    return again._replace(allowed=max(again.allowed, again.ran(now) + least))


def allow(clock: Clock, allowed: timedelta) -> Clock:
    """Another priority: another allowance, the same start, and every pause kept."""
    return clock._replace(allowed=allowed)
