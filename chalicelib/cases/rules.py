"""Solved cases as the public may read them: which place and kind a case is given, so that nobody can be told from a few others. Pure.

A label (kind, month, place) is given once, when a case is released, and never changed: a reader who keeps old releases learns nothing
from the difference. A label other than *compound · other* is given to at least ``MANY`` cases of the same release, so whatever two
releases are compared, the cases that are new under a label are as many. (k-anonymity, Sweeney 2002, held over every pair of releases.)
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.policy import Rhythm
from chalicelib.register.widening import COMPOUND, HOMES
from chalicelib.shared.counts import MANY

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


def release(pending: Sequence[Case], homes: Mapping[str, int]) -> list[Case]:
    """Every pending case with the finest label that ``MANY`` of them share; first the place is widened, then the kind.

    The rest is *compound · other*, which says nothing of anybody. ``homes`` as ``homes_of`` counts them.
    """
    left, labelled = list(pending), list[Case]()
    for widened in range(max((len(case.places) for case in left), default=0)):
        offered = [(case, Label(case.kind, case.month, case.places[min(widened, len(case.places) - 1)])) for case in left]
        shared = Counter(label for _, label in offered) + Counter(case.label for case in labelled if case.label)
        labelled += [case._replace(label=label) for case, label in offered if shared[label] >= MANY]
        left = [case for case, label in offered if shared[label] < MANY]
    return [*_blurred(labelled, homes), *(case._replace(label=Label(CaseKind.OTHER, case.month, COMPOUND)) for case in left)]


def _blurred(labelled: list[Case], homes: Mapping[str, int]) -> list[Case]:
    """A wide place must be wide without the finer ones beside it.

    Where all of a building's cases say so, a case that says only the zone is from elsewhere in it. If fewer than ``HOMES`` homes are
    elsewhere, the finer labels are widened to the same.
    """
    for wide in sorted({case.label for case in labelled if case.label}):
        finer = {case.label for case in labelled if case.label and _within(case, wide)}
        inside = {case.label for case in labelled if case.label in finer and any(_within(case, other) for other in finer)}
        if finer and homes[wide.place] - sum(homes[label.place] for label in finer - inside) < HOMES:
            return _blurred([case._replace(label=wide) if case.label in finer else case for case in labelled], homes)
    return labelled


def _within(case: Case, wide: Label) -> bool:
    """Does a case say a smaller place within this one, of the same kind and month?"""
    said = case.label
    return bool(said and said[:2] == wide[:2] and wide.place in case.places[case.places.index(said.place) + 1 :])


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
