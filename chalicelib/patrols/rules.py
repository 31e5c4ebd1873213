"""How often a place is disinfected on a day, and how it stands with that. Pure: what is due is arithmetic, only what was done is stored."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from chalicelib.ledger.rules import Cause
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place
from chalicelib.tasks.rules import Plan, PlanKind, Slot, Window, slots_of

BEYOND = "+"
"""Done although nothing was due, or once more: it counts as the last time, and for no window."""


class Disinfection(NamedTuple):
    """A place was disinfected. ``which`` is the number of the day's window it keeps, or ``+`` and the request's key; ``amount`` of ``good``
    were refilled with it. ``undone`` is when whoever entered it took it back, by the request ``undone_key``."""

    place: str
    day: date
    which: str
    by: str
    at: datetime
    key: str
    digest: str
    good: str = ""
    amount: int = 0
    undone: datetime | None = None
    undone_key: str = ""
    version: int = 0

    @property
    def counts(self) -> bool:
        return self.undone is None

    @property
    def beyond(self) -> bool:
        return self.which.startswith(BEYOND)

    @property
    def cause(self) -> Cause:
        """What its refill is posted for."""
        return Cause(PlanKind.DISINFECTION.value, f"{self.place}:{self.key}")


class State(StrEnum):
    """How one window of a place stands."""

    DONE = "done"
    MISSED = "missed"
    NOW = "now"
    COMING = "coming"


class Standing(NamedTuple):
    """A window of a place, how it stands, and what keeps it, if anything does."""

    slot: Slot
    state: State
    done: Disinfection | None


def owed(policy: PatrolPolicy, place: Place, day: date) -> list[Slot]:
    """The windows of a day in which a place is to be disinfected, in order."""
    return slots_of(Plan(PlanKind.DISINFECTION, tuple(Window(*each) for each in policy.windows(place.kind))), day)


def slot_at(slots: Iterable[Slot], now: datetime) -> Slot | None:
    """The window that is open now."""
    return next((slot for slot in slots if slot.opens <= now < slot.closes), None)


def kept_by(slot: Slot, done: Iterable[Disinfection]) -> Disinfection | None:
    """What keeps a window of the same place, of those that were done on its day."""
    return next((each for each in done if each.which == str(slot.number) and each.counts), None)


def standings(slots: Sequence[Slot], done: Sequence[Disinfection], now: datetime) -> list[Standing]:
    """Due − done, read at ``now``, for one place."""
    return [_standing(slot, kept_by(slot, done), now) for slot in slots]


def last_of(done: Iterable[Disinfection]) -> Disinfection | None:
    """The latest that counts."""
    return max((each for each in done if each.counts), key=lambda each: each.at, default=None)


def _standing(slot: Slot, done: Disinfection | None, now: datetime) -> Standing:
    if done is not None:
        return Standing(slot, State.DONE, done)
    if now >= slot.closes:
        return Standing(slot, State.MISSED, None)
    return Standing(slot, State.NOW if now >= slot.opens else State.COMING, None)


def ends(policy: PatrolPolicy, places: Iterable[Place]) -> tuple[Window, ...]:
    """The moments of a day at which windows of these places end, as windows between them: so many looks, however many places."""
    closes = sorted({close for kind in {place.kind for place in places} for _, close in policy.windows(kind)})
    return tuple(Window(opens, close) for opens, close in pairwise(["00:00", *closes]))
