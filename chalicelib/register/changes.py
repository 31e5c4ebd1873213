"""What has changed since the import: tiers set by hand, homes away, people on leave, the duty roster. Frozen values and pure questions.

Everything counts forwards only: asked about an instant, it answers as it stood then, so that no slot of the past changes its mind.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

import msgspec

from chalicelib.register.contents import Rewritten, newest
from chalicelib.register.recruits import Profile, Recruit
from chalicelib.register.rules import Home
from chalicelib.register.trips import Trip, TripState
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.shifts import Shift, on_duty

KEPT = timedelta(days=31)
"""What is over stays readable for so long, for the last days of a home's file and for whoever recomputes them."""


class TierChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """A tier set by hand from ``since`` on; pending until ``approved_by`` is somebody.

    ``known`` is the tier computed from facts when it was approved: if the facts get worse than that, the decision no longer covers
    them, and the worse of the two counts.
    """

    id: str
    home: str
    tenancy: str
    tier: Tier
    reason: str
    by: str
    since: date
    made: datetime
    approved_by: str = ""
    approved: datetime | None = None
    known: Tier = Tier.GREEN

    @property
    def starts(self) -> datetime | None:
        """The start of its first day, or its approval if that is later; None while it is pending."""
        return None if self.approved is None else max(at(self.since, "00:00"), self.approved)

    def over(self, computed: Tier) -> Tier:
        return computed if computed.order > max(self.known.order, self.tier.order) else self.tier


class Absence(StrEnum):
    """Why nobody has to visit a home for a while."""

    AWAY = "away"
    HOSPITAL = "hospital"


class HomePause(msgspec.Struct, frozen=True, omit_defaults=True):
    """A home's plans stand still from its first to its last day, both included, or until it was ``ended`` before."""

    id: str
    home: str
    tenancy: str
    why: Absence
    first: date
    last: date
    by: str
    made: datetime
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def starts(self) -> datetime:
        return max(at(self.first, "00:00"), self.made)

    @property
    def ends(self) -> datetime:
        last = at(self.last, "24:00")
        return min(last, self.ended) if self.ended else last

    def covers(self, home: Home, moment: datetime) -> bool:
        return (self.home, self.tenancy) == (home.id, home.tenancy) and self.starts <= moment < self.ends


class Leave(msgspec.Struct, frozen=True, omit_defaults=True):
    """A member of staff (by username) or a volunteer (by id) is not there on these days, both included, or until it was ``ended``."""

    id: str
    person: str
    first: date
    last: date
    by: str
    made: datetime
    ended: datetime | None = None
    ended_by: str = ""

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last and (self.ended is None or day < day_of(self.ended))


class Week(msgspec.Struct, frozen=True):
    """Which edition of a week's roster is in force: ``first`` is its Monday, ``id`` the request that made it."""

    first: date
    id: str
    by: str
    made: datetime


class Changes(msgspec.Struct, frozen=True, omit_defaults=True):
    """All living changes of one compound."""

    tiers: tuple[TierChange, ...] = ()
    pauses: tuple[HomePause, ...] = ()
    leaves: tuple[Leave, ...] = ()
    weeks: tuple[Week, ...] = ()
    shifts: tuple[Shift, ...] = ()
    trips: tuple[Trip, ...] = ()
    contents: tuple[Rewritten, ...] = ()
    recruits: tuple[Recruit, ...] = ()
    profiles: tuple[Profile, ...] = ()

    def tier_at(self, home: Home, computed: Tier, moment: datetime) -> Tier:
        """The tier in force at an instant: the latest approved change that had begun, else what the facts ask for."""
        mine = (change for change in self.tiers if (change.home, change.tenancy) == (home.id, home.tenancy))
        begun = [(change.starts, change) for change in mine if change.starts is not None and change.starts <= moment]
        return max(begun, key=lambda pair: pair[0])[1].over(computed) if begun else computed

    def pause_at(self, home: Home, moment: datetime) -> HomePause | None:
        """What makes this home's plans stand still at this instant."""
        return next((pause for pause in self.pauses if pause.covers(home, moment)), None)

    def trip(self, identity: str) -> Trip | None:
        return next((trip for trip in self.trips if trip.id == identity), None)

    def trips_of(self, home: Home) -> list[Trip]:
        """The trips of the family that lives there, the next one first; without those that were moved."""
        return sorted((trip for trip in self.trips if trip.of(home) and not trip.moved_to), key=lambda trip: trip.starts)

    def out_now(self, home: Home) -> Trip | None:
        """The trip that this home's people are on."""
        return next((trip for trip in self.trips_of(home) if trip.state is TripState.OUT), None)

    def out_for(self, home: Home, opens: datetime, closes: datetime, moment: datetime) -> Trip | None:
        """The trip on which this home is for the whole of a window, as far as was known at an instant."""
        return next((trip for trip in self.trips if trip.of(home) and trip.fills(opens, closes, moment)), None)

    def on_leave(self, person: str, day: date) -> bool:
        return any(leave.person == person and leave.covers(day) for leave in self.leaves)

    def duty(self) -> tuple[Shift, ...]:
        """The shifts that somebody will really stand: none of somebody who is on leave when it begins or when it ends."""
        return tuple(shift for shift in self.shifts if not self.missing(shift))

    def on_duty(self, moment: datetime) -> list[str]:
        """Who is really on duty at an instant. Asked of every task that is looked at, so leaves are looked up for few shifts only."""
        return on_duty([shift for shift in self.shifts if shift.covers(moment) and not self.missing(shift)], moment)

    def missing(self, shift: Shift) -> bool:
        """Is its person on leave on a day of this shift?"""
        days = {day_of(shift.starts), day_of(shift.ends - timedelta.resolution)}
        return any(self.on_leave(shift.staff, day) for day in days)


def pruned(changes: Changes, today: date) -> Changes:
    """Without what has been over for a month: no answer about the days since then changes. A pending tier change is never dropped."""
    oldest = at(today - KEPT, "00:00")
    return Changes(
        tiers=_in_force(changes.tiers, oldest),
        pauses=tuple(pause for pause in changes.pauses if pause.ends > oldest),
        leaves=tuple(leave for leave in changes.leaves if leave.last >= day_of(oldest)),
        weeks=tuple(week for week in changes.weeks if week.first + timedelta(days=8) > day_of(oldest)),
        shifts=tuple(shift for shift in changes.shifts if shift.ends > oldest),
        trips=tuple(trip for trip in changes.trips if max(trip.ends, trip.back or trip.ends) > oldest),
        contents=tuple(each for each in changes.contents if each.made > oldest or each in newest(changes.contents).values()),
        recruits=changes.recruits,
        profiles=changes.profiles,
    )


def _in_force(tiers: Iterable[TierChange], oldest: datetime) -> tuple[TierChange, ...]:
    """Those that no later change of the same home had replaced by then."""
    given = tuple(tiers)
    gone: set[str] = set()
    for home in {change.home for change in given}:
        begun = [(change.starts, change.id) for change in given if change.home == home and change.starts is not None]
        gone |= {older[1] for older, newer in pairwise(sorted(begun)) if newer[0] <= oldest}
    return tuple(change for change in given if change.id not in gone)
