"""Plans and the slots they make due, by arithmetic alone: no job has to run for a promise to exist."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import at, day_of


class PlanKind(StrEnum):
    SELF_REPORT = "self_report"


class Window(NamedTuple):
    """Local ``HH:MM`` to ``HH:MM`` of one day; the end is not included."""

    opens: str
    closes: str


class Plan(NamedTuple):
    """Something owed in every window of every day. ``kind`` names it in keys."""

    kind: PlanKind
    windows: tuple[Window, ...]


class Slot(NamedTuple):
    """One occasion on which a plan is due."""

    kind: PlanKind
    day: date
    number: int
    opens: datetime
    closes: datetime

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
    """The slots whose window lies on one local day."""
    return [Slot(plan.kind, day, number, at(day, opens), at(day, closes)) for number, (opens, closes) in enumerate(plan.windows)]


def _days(start: datetime, end: datetime) -> Iterator[date]:
    """Every local day on which a slot closing in the range can lie; a window may close at 24:00, which is the next day's start."""
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
