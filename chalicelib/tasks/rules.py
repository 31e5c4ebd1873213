"""Plans and the slots they make due, by arithmetic alone: no job has to run for a promise to exist."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.holidays import free_days_before, is_workday


class PlanKind(StrEnum):
    """What is promised over and over; the word stands in keys. ``disinfection`` is of places, ``patrol`` of grids,
    ``daily`` what the compound checks of itself."""

    SELF_REPORT = "self_report"
    HOME_VISIT = "home_visit"
    MEDICINE_RUN = "medicine_run"
    GOODS_VISIT = "goods_visit"
    DISINFECTION = "disinfection"
    PATROL = "patrol"
    DAILY = "daily"


class Days(StrEnum):
    """What holidays do to a plan: nothing; what falls on a free day is left out; or it moves to the next workday."""

    EVERY = "every"
    WORKDAYS = "workdays"
    SHIFTED = "shifted"


class Window(NamedTuple):
    """Local ``HH:MM`` to ``HH:MM``; the end is not included. One that ends before it starts, ends on the next day."""

    opens: str
    closes: str


class Cadence(NamedTuple):
    """The days a plan falls on: every day, or every ``every`` days from ``anchor``, or on ``weekdays`` (1 is Monday), or on ``dates``;
    ``days`` says what becomes of those that are free."""

    every: int = 1
    anchor: date = date(2026, 1, 1)
    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    days: Days = Days.EVERY

    def falls_on(self, day: date) -> bool:
        if self.days is Days.EVERY:
            return self._named(day)
        if not is_workday(day):
            return False
        return self._named(day) or (self.days is Days.SHIFTED and any(self._named(free) for free in free_days_before(day)))

    def _named(self, day: date) -> bool:
        if self.dates:
            return day in self.dates
        if self.weekdays:
            return day.isoweekday() in self.weekdays
        return day >= self.anchor and (day - self.anchor).days % self.every == 0


DAILY = Cadence()


class Plan(NamedTuple):
    """Something owed in every window of every day of its cadence. ``kind`` names it in keys."""

    kind: PlanKind
    windows: tuple[Window, ...]
    cadence: Cadence = DAILY


class Slot(NamedTuple):
    """One occasion on which a plan is due."""

    kind: PlanKind
    day: date
    number: int
    opens: datetime
    closes: datetime

    def seen(self, now: datetime) -> datetime:
        """``now``, or the moment of the window that is nearest to it: what holds then, holds for the slot."""
        return min(max(now, self.opens), self.closes - timedelta.resolution)

    def key(self, home: str) -> str:
        """The same for the same home, plan and window, whoever computes it and whenever."""
        return f"{self.kind}:{home}:{self.day.isoformat()}" + (f":{self.number}" if self.number else "")


def due_slots(plan: Plan, start: datetime, end: datetime) -> list[Slot]:
    """The slots that close in ``[start, end)``, in order of closing.

    Adjacent ranges partition: ``due_slots(p, a, b) + due_slots(p, b, c) == due_slots(p, a, c)``.
    """
    slots = (slot for day in _days(start, end) for slot in slots_of(plan, day))
    return sorted((slot for slot in slots if start <= slot.closes < end), key=lambda slot: slot.closes)


def slots_of(plan: Plan, day: date) -> list[Slot]:
    """The slots whose window opens on one local day."""
    if not plan.cadence.falls_on(day):
        return []
    return [Slot(plan.kind, day, number, *_span(day, window)) for number, window in enumerate(plan.windows)]


def _span(day: date, window: Window) -> tuple[datetime, datetime]:
    opens, closes = at(day, window.opens), at(day, window.closes)
    return opens, closes if closes > opens else at(day + timedelta(days=1), window.closes)


def _days(start: datetime, end: datetime) -> Iterator[date]:
    """Every local day on which a slot closing in the range can open: windows close on the next day at the latest."""
    day = day_of(start) - timedelta(days=1)
    while day <= day_of(end):
        yield day
        day += timedelta(days=1)


class Opening(NamedTuple):
    """A window in which a home's door is expected to open, and why."""

    id: str
    starts: datetime
    ends: datetime
    reason: str

    def covers(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends


def expecting(openings: Sequence[Opening], moment: datetime) -> Opening | None:
    """The first expected opening that explains a door opening at this moment."""
    return next((opening for opening in openings if opening.covers(moment)), None)
