"""Clocks that run in service hours only: nights, weekends and holidays are pauses by the calendar, worked out and never stored. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.holidays import is_workday
from chalicelib.tasks.clocks import NONE, Clock
from chalicelib.tasks.rules import Days


class Hours(NamedTuple):
    """When somebody serves: local ``HH:MM`` to ``HH:MM`` of every day, or of workdays by the table of holidays."""

    opens: str = "08:30"
    closes: str = "17:30"
    days: Days = Days.WORKDAYS

    def span(self, moment: datetime) -> tuple[datetime, datetime]:
        """The hours of the local day an instant falls on, whether or not anybody serves on it."""
        return at(day_of(moment), self.opens), at(day_of(moment), self.closes)

    @property
    def day(self) -> timedelta:
        """How much service one day has."""
        opens, closes = self.span(_SOME_DAY)
        return closes - opens


_SOME_DAY = at(date(2026, 1, 1), "12:00")


def served(hours: Hours, clock: Clock, now: datetime) -> timedelta:
    """How much service time a clock has had up to ``now``, or to its stop."""
    until = min(now, clock.stopped) if clock.stopped else now
    spans = (span for starts, ends in _running(clock) if starts < until for span in _within(hours, starts, min(ends or until, until)))
    return sum((closes - opens for opens, closes in spans), NONE)


def due(hours: Hours, start: datetime, allowed: timedelta) -> datetime:
    """The moment at which so much service time has passed since ``start``."""
    return runs_out(hours, Clock(start, allowed), allowed)


def runs_out(hours: Hours, clock: Clock, allowed: timedelta) -> datetime:
    """When a clock has had so much service time, its pauses left out; of one that stands now, as if its pause lasted to its end."""
    left, last = allowed, clock.started
    for starts, ends in _running(clock):
        for opens, closes in _within(hours, starts, ends):
            if closes - opens >= left:
                return opens + left
            left, last = left - (closes - opens), closes
    return last


def fitted(hours: Hours, clock: Clock, allowed: timedelta) -> Clock:
    """The clock with the wall time that makes it run out when it has had so much service time."""
    end = runs_out(hours, clock, allowed)
    stood = sum((pause.end - pause.start for pause in clock.pauses if pause.start < end), NONE)
    return clock._replace(allowed=end - clock.started - stood)


def _running(clock: Clock) -> Iterator[tuple[datetime, datetime | None]]:
    """The stretches between pauses; the last has no end."""
    starts = clock.started
    for pause in clock.pauses:
        yield starts, pause.start
        starts = pause.end
    yield starts, None


def _within(hours: Hours, starts: datetime, ends: datetime | None) -> Iterator[tuple[datetime, datetime]]:
    """The hours of service from one instant to another; for ever where there is no end."""
    moment = starts
    while ends is None or moment < ends:
        opens, closes = hours.span(moment)
        if hours.days is Days.EVERY or is_workday(day_of(moment)):
            found = max(opens, starts), min(closes, ends) if ends else closes
            if found[0] < found[1]:
                yield found
        moment = at(day_of(moment) + timedelta(days=1), "00:00")
