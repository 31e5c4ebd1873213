"""Solved cases as the public may read them: which place and kind a case is given, so that nobody can be told from a few others. Pure.

A label (kind, month, place) is given once, when a case is released, and never changed: a reader who keeps old releases learns nothing
from the difference. A label other than *compound · other* is given to at least ``MANY`` cases of the same release, so whatever two
releases are compared, the cases that are new under a label are as many. (k-anonymity, Sweeney 2002, held over every pair of releases.)
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.policy import Rhythm
from chalicelib.register.rules import Register
from chalicelib.shared.counts import MANY

HOMES = 20
WAIT = timedelta(hours=24)
"""Between the result and the approval: who has just been helped is not recognised by the hour."""


class CaseKind(StrEnum):
    """What a case was about."""

    REPAIR = "repair"
    NEIGHBOURS = "neighbours"
    MEDICINE = "medicine"
    FOOD = "food"
    SCHOOL = "school"
    MOOD = "mood"
    OTHER = "other"


COMPOUND = ""
"""The widest place."""


class Label(NamedTuple):
    """What stands on a published case beside its text. ``place`` is a building's or zone's id, or COMPOUND."""

    kind: CaseKind
    month: str
    place: str


class Case(NamedTuple):
    """One solved case, written for publication. ``places`` go from the smallest that may be named to COMPOUND."""

    id: str
    kind: CaseKind
    day: date
    places: tuple[str, ...]
    label: Label | None = None

    @property
    def month(self) -> str:
        return self.day.isoformat()[:7]


def places_of(register: Register, building: str) -> tuple[str, ...]:
    """The places a case from a building may be said to be in, smallest first: those with at least ``HOMES`` homes, and the compound."""
    homes = Counter(home.building for home in register.homes if home.lived_in)
    zone = next((each.zone for each in register.buildings if each.id == building), "")
    of_zone = sum(homes[each.id] for each in register.buildings if zone and each.zone == zone)
    return (*([building] if homes[building] >= HOMES else []), *([f"zone:{zone}"] if of_zone >= HOMES else []), COMPOUND)


def release(pending: Sequence[Case]) -> list[Case]:
    """Every pending case with the finest label that ``MANY`` of them share; first the place is widened, then the kind.

    The rest is *compound · other*, which says nothing of anybody.
    """
    left, labelled = list(pending), []
    for widened in range(max((len(case.places) for case in left), default=0)):
        offered = [(case, Label(case.kind, case.month, case.places[min(widened, len(case.places) - 1)])) for case in left]
        shared = Counter(label for _, label in offered)
        labelled += [case._replace(label=label) for case, label in offered if shared[label] >= MANY]
        left = [case for case, label in offered if shared[label] < MANY]
    return [*labelled, *(case._replace(label=Label(CaseKind.OTHER, case.month, COMPOUND)) for case in left)]


def may_be_approved(written_by: str, approver: str, result_at: datetime, now: datetime) -> bool:
    """By another person than the writer, and not before a day has passed since the result."""
    return written_by != approver and now - result_at >= WAIT


def release_due(approved: Sequence[date], today: date, rhythm: Rhythm) -> bool:
    """Does something wait that was approved in an earlier month, or week, than this one? Then everything that waits is released."""
    return any(period(day, rhythm) < period(today, rhythm) for day in approved)


def period(day: date, rhythm: Rhythm) -> date:
    """The first day of the month or the Monday of the week."""
    return day.replace(day=1) if rhythm is Rhythm.MONTHLY else day - timedelta(days=day.weekday())


def next_release(today: date, rhythm: Rhythm) -> date:
    """The first day of the next month or week."""
    return period(period(today, rhythm) + timedelta(days=31 if rhythm is Rhythm.MONTHLY else 7), rhythm)


def parcels(released: Sequence[Case], most: int) -> list[list[Case]]:
    """A release in parts that are written each at once, or not at all: never fewer than ``MANY`` of a label in one part.

    So whoever looks between two parts, or after a release that broke off, sees no smaller group either. ``most`` is at least ten.
    """
    by_label: dict[Label | None, list[Case]] = {}
    for case in released:
        by_label.setdefault(case.label, []).append(case)
    parts: list[list[Case]] = []
    for group in by_label.values():
        pieces = -(-len(group) // most)
        for piece in (group[number::pieces] for number in range(pieces)):
            if parts and len(parts[-1]) + len(piece) <= most:
                parts[-1] = [*parts[-1], *piece]
            else:
                parts.append(piece)
    return parts
