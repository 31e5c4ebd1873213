"""Visits: what came of what homes are owed. Pure."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.dues import Due, owed, plan_of
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home
from chalicelib.shared.calendar import day_of
from chalicelib.tasks.rules import Slot, slots_of

COLDEST, HOTTEST = 340, 430
"""Tenths of a degree Celsius that a living person can have on a clinical thermometer."""

ENTER_WITHIN = timedelta(days=7)
"""How long after its slot a visit may still be entered, from paper."""


class Outcome(StrEnum):
    """What came of a visit. Anything but ``nobody_home`` keeps the promise."""

    DONE = "done"
    NOBODY_HOME = "nobody_home"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"


class Mood(StrEnum):
    GOOD = "good"
    LOW = "low"
    WORRYING = "worrying"


class Entry(NamedTuple):
    """One try at a visit, as somebody entered it. ``temperature`` is in tenths of a degree, 0 for none taken."""

    key: str
    digest: str
    at: datetime
    by: str
    outcome: Outcome
    temperature: int = 0
    mood: Mood | None = None
    needs: tuple[str, ...] = ()
    note: str = ""
    paper: bool = False


class Visit(NamedTuple):
    """All tries at one slot of one home; the last one says how it stands."""

    slot: str
    home: str
    tenancy: str
    day: date
    entries: tuple[Entry, ...]

    @property
    def last(self) -> Entry:
        return self.entries[-1]

    @property
    def kept(self) -> bool:
        """Was the promise kept by any of the tries?"""
        return any(entry.outcome is not Outcome.NOBODY_HOME for entry in self.entries)


class State(StrEnum):
    """Where a visit stands. ``coming`` and ``now`` speak of its window."""

    COMING = "coming"
    NOW = "now"
    MISSED = "missed"
    NOBODY_HOME = "nobody_home"
    DONE = "done"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"
    PAUSED = "paused"


def state_of(due: Due, visit: Visit | None, now: datetime) -> State:
    """Due − done, read at ``now``."""
    if visit is not None:
        return State(visit.last.outcome.value) if not visit.kept else State(_kept(visit).value)
    if due.away:
        return State.PAUSED
    if now >= due.slot.closes:
        return State.MISSED
    return State.NOW if now >= due.slot.opens else State.COMING


def missed(dues: Sequence[Due], visits: Iterable[Visit], now: datetime) -> list[Due]:
    """The visits that nobody made or tried to, asked about a moment when their window has closed. Who found nobody has a task of her own."""
    by_key = {(visit.slot, visit.tenancy): visit for visit in visits}
    return [due for due in dues if state_of(due, by_key.get((due.key, due.home.tenancy)), now) is State.MISSED]


HomeAt = Callable[[Home, datetime], Home]
"""A home with the tier it had at an instant."""


def as_it_is(home: Home, moment: datetime) -> Home:
    """For a home that has always had its tier."""
    return home


def find_due(policy: Policy, home: Home, slot: str, now: datetime, home_at: HomeAt = as_it_is) -> Slot | None:
    """The slot of a home that this key names, if it has opened and is not too long ago to enter; None for any other."""
    for back in range(ENTER_WITHIN.days + 1):
        day = day_of(now) - timedelta(days=back)
        for promise in policy.plans:
            for found in slots_of(plan_of(promise), day):
                if found.key(home.id) == slot and found.opens <= now and owed(promise, home_at(home, found.opens), day):
                    return found
    return None


def _kept(visit: Visit) -> Outcome:
    return next(entry.outcome for entry in reversed(visit.entries) if entry.outcome is not Outcome.NOBODY_HOME)
