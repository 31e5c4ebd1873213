"""The patrol of a grid: once a day one person walks past its places, and looks at each. Pure.

Nobody need free what somebody has claimed and does not walk: whether a claim still holds, is worked out when it is read.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.ledger.rules import Cause
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.tasks.rules import PlanKind


class Item(StrEnum):
    """What is looked at: clean, disinfected as promised, lights on, the way free, nothing broken."""

    HYGIENE = "hygiene"
    DISINFECTION = "disinfection"
    LIGHTS = "lights"
    PASSAGE = "passage"
    EQUIPMENT = "equipment"


ITEMS: dict[PlaceKind, tuple[Item, ...]] = {
    PlaceKind.LOBBY: (Item.HYGIENE, Item.DISINFECTION, Item.LIGHTS, Item.PASSAGE),
    PlaceKind.SHELF: (Item.HYGIENE, Item.DISINFECTION, Item.EQUIPMENT),
    PlaceKind.LIFT: (Item.HYGIENE, Item.DISINFECTION, Item.LIGHTS, Item.EQUIPMENT),
    PlaceKind.STAIRS: (Item.HYGIENE, Item.DISINFECTION, Item.LIGHTS, Item.PASSAGE),
    PlaceKind.WASTE: (Item.HYGIENE, Item.DISINFECTION, Item.PASSAGE),
    PlaceKind.FITNESS: (Item.HYGIENE, Item.DISINFECTION, Item.EQUIPMENT),
}
"""In the order in which one comes past them in a building."""


class Need(StrEnum):
    """What people ask for as one comes past: the shopping of those who are old, what children need for school."""

    SHOPPING = "shopping"
    STATIONERY = "stationery"
    MEDICINE = "medicine"
    REPAIR = "repair"
    OTHER = "other"


class Wanted(NamedTuple):
    """What one home asked for."""

    home: str
    need: Need


class Point(NamedTuple):
    """One place was looked at: ``wrong`` are the items that were not in order. ``key`` is ``<request>:<digest of its payload>``."""

    place: str
    at: datetime
    by: str
    key: str
    wrong: tuple[Item, ...] = ()
    note: str = ""
    needs: tuple[Wanted, ...] = ()


class Patrol(NamedTuple):
    """One grid's patrol of a day. ``holder`` has claimed it, ``since`` then; ``keys`` are of the requests that claimed and gave back."""

    grid: str
    day: date
    holder: str = ""
    since: datetime | None = None
    points: tuple[Point, ...] = ()
    done: datetime | None = None
    keys: tuple[str, ...] = ()
    version: int = 0

    @property
    def key(self) -> str:
        """The slot it keeps, the same whoever computes it: ``g1:2026-11-22``."""
        return f"{self.grid}:{self.day.isoformat()}"

    @property
    def cause(self) -> Cause:
        """What it is credited for, once, whoever walked it."""
        return Cause(PlanKind.PATROL.value, self.key)

    @property
    def seen(self) -> frozenset[str]:
        return frozenset(point.place for point in self.points)


def route(places: Iterable[Place], grid: str) -> list[Place]:
    """A grid's places in the order one walks past them: building 2 before building 10, outside at the end."""
    order = list(ITEMS)
    found = (place for place in places if place.grid == grid and place.kind in ITEMS)
    return sorted(found, key=lambda each: (not each.building, len(each.building), each.building, order.index(each.kind), each.id))


def walker(patrol: Patrol) -> str:
    """Who has looked at most of its points, which is whom it is credited to; of two with as many, the one who came last."""
    looks = [point.by for point in patrol.points]
    return max(reversed(looks), key=looks.count, default="")


def left(walked: Iterable[Place], patrol: Patrol) -> list[Place]:
    """The places nobody has looked at yet, in order."""
    return [place for place in walked if place.id not in patrol.seen]


def holds_until(policy: PatrolPolicy, patrol: Patrol) -> datetime | None:
    """Until when the claim holds without another scan; None if nobody has claimed it, or it is done."""
    if not patrol.holder or patrol.since is None or patrol.done:
        return None
    last = max([patrol.since, *(point.at for point in patrol.points if point.by == patrol.holder)])
    return last + timedelta(minutes=policy.claim)


def held_by(policy: PatrolPolicy, patrol: Patrol, now: datetime) -> str:
    """Whose it is now, "" where anybody may take it on."""
    until = holds_until(policy, patrol)
    return patrol.holder if until and now < until else ""


def claimed(patrol: Patrol, by: str, now: datetime) -> Patrol:
    return patrol._replace(holder=by, since=now)


def given_back(patrol: Patrol) -> Patrol:
    """What was looked at stays looked at."""
    return patrol._replace(holder="", since=None)


def looked_at(policy: PatrolPolicy, patrol: Patrol, walked: Iterable[Place], point: Point) -> Patrol:
    """One point more; whoever looks at it has claimed the patrol. Done with the last of them."""
    mine = patrol if held_by(policy, patrol, point.at) == point.by else claimed(patrol, point.by, point.at)
    after = mine._replace(points=(*patrol.points, point))
    return after if left(walked, after) else after._replace(done=point.at)
