"""An activity, who comes, and who waits: places are given in the order in which people asked. Pure.

Nobody jumps the list: as long as somebody waits, whoever asks later waits behind, and a place that becomes free goes to the first. If
the first have asked for more places than are free, they keep their turn until there are enough, or until they ask for fewer.
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.rules import Home
from chalicelib.shared.calendar import local
from chalicelib.shared.letters import spelled
from chalicelib.shared.problems import Problem, bad, key_reused, not_now

AHEAD = timedelta(days=180)
LONGEST = timedelta(hours=24)
MOST_PERSONS = 6
MOST_ROWS = 400
MOST_KEYS = 24


class Place(StrEnum):
    """How a home stands on the list."""

    NONE = "none"
    IN = "in"
    WAITING = "waiting"


class Row(NamedTuple):
    """A family's sign-up; ``moved`` is when a place became free for it, and None if it had its places at once."""

    home: str
    tenancy: str
    persons: int
    at: datetime
    place: Place
    moved: datetime | None = None


class Activity(NamedTuple):
    """``buildings`` it is for, none for everybody; ``open`` says that anybody may read of it, neighbours from outside included.

    ``told`` are the homes that the last change gave a place, or took it from; ``keys`` the last requests.
    """

    id: str
    title: str
    text: str
    where: str
    starts: datetime
    ends: datetime
    places: int
    buildings: tuple[str, ...]
    open: bool
    by: str
    made: datetime
    key: str
    rows: tuple[Row, ...] = ()
    called_off: datetime | None = None
    why: str = ""
    told: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    version: int = 0

    @property
    def taken(self) -> int:
        return sum(row.persons for row in self.rows if row.place is Place.IN)

    @property
    def left(self) -> int:
        return self.places - self.taken

    @property
    def waiting(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.place is Place.WAITING)

    def row(self, home: str, tenancy: str) -> Row | None:
        return next((row for row in self.rows if (row.home, row.tenancy) == (home, tenancy)), None)

    def turn(self, row: Row) -> int:
        """Which on the waiting list, from 1 on; 0 for who does not wait."""
        return self.waiting.index(row) + 1 if row.place is Place.WAITING else 0

    def for_home(self, home: Home) -> bool:
        return home.lived_in and (not self.buildings or home.building in self.buildings)

    def takes(self, now: datetime) -> bool:
        """Can one still sign up, or leave?"""
        return self.called_off is None and now < self.starts


def id_of(asked: str, starts: datetime) -> str:
    """``202611281430-K7Q3M``: the same for the same request."""
    digest = int.from_bytes(hashlib.sha256(asked.encode()).digest()[:4])
    return f"{local(starts):%Y%m%d%H%M}-{spelled(digest, 5)}"


def check(activity: Activity, now: datetime) -> None:
    """Problem 400 for an activity that is over, too far ahead, or ends before it begins."""
    if not now < activity.starts <= now + AHEAD:
        raise bad("from", "开始的时间要在今后半年之内。", "It has to begin within the next six months.", field="from")
    if not activity.starts < activity.ends <= activity.starts + LONGEST:
        raise bad("until", "结束要在开始之后，最长一天。", "It has to end after it begins, within a day.", field="until")


def signed(activity: Activity, home: Home, persons: int, now: datetime, key: str) -> Activity:
    """So many of a home will come; 0 for nobody any more. The same activity if nothing changes. Who lived there before loses the places.

    Problem 409 once it has begun or was called off, and for more places than a home that has some can be given; 422 for a key that said
    something else.
    """
    if answered(activity, key):
        return activity
    if not activity.takes(now):
        raise Problem(409, "closed", "报名已经截止。", "It is too late to sign up or to change anything.")
    if persons > activity.places:
        raise bad("persons", "一共没有这么多名额。", "There are not as many places in all.", field="persons")
    theirs = activity._replace(rows=tuple(row for row in activity.rows if row.home != home.id or row.tenancy == home.tenancy))
    known = theirs.row(home.id, home.tenancy)
    if (known.persons if known else 0) == persons and theirs == activity:
        return activity
    rows = _with(theirs, known, Row(home.id, home.tenancy, persons, now, Place.WAITING), now)
    after = _moved_up(theirs._replace(rows=rows, keys=(*activity.keys, key)[-MOST_KEYS:], told=()), now)
    return after._replace(told=tuple(each for each in after.told if each != home.id))


def _with(activity: Activity, known: Row | None, wanted: Row, now: datetime) -> tuple[Row, ...]:
    others = tuple(row for row in activity.rows if row is not known)
    if not wanted.persons:
        return others
    if known is None:
        if len(activity.rows) >= MOST_ROWS:
            raise Problem(409, "full-list", "候补也满了。", "The waiting list is full as well.")
        free = not activity.waiting and wanted.persons <= activity.left
        return (*others, wanted._replace(place=Place.IN if free else Place.WAITING))
    more = wanted.persons - known.persons
    if known.place is Place.IN and more > 0 and (activity.waiting or more > activity.left):
        raise Problem(409, "no-more-places", "没有多的名额了，原来的还给您留着。", "There are no more places. You keep those you have.")
    return tuple(row._replace(persons=wanted.persons) if row is known else row for row in activity.rows)


def _moved_up(activity: Activity, now: datetime) -> Activity:
    """Places that are free go to the first who wait, one after the other, for as long as there are enough for the first.

    Who waits for more than there are in all, since places were taken away, holds up nobody.
    """
    while (first := next((row for row in activity.waiting if row.persons <= activity.places), None)) and first.persons <= activity.left:
        after = first._replace(place=Place.IN, moved=now)
        rows = tuple(after if row is first else row for row in activity.rows)
        activity = activity._replace(rows=rows, told=(*activity.told, first.home))
    return activity


def resized(activity: Activity, places: int, now: datetime, key: str) -> Activity:
    """Other places than before. Problem 409 for fewer than are taken: nobody loses a place."""
    if answered(activity, key) or places == activity.places:
        return activity
    if not activity.takes(now):
        raise not_now()
    if places < activity.taken:
        raise Problem(409, "taken", "已经报名的比这多，名额不能再少。", "More have signed up already; nobody loses a place.")
    return _moved_up(activity._replace(places=places, keys=(*activity.keys, key)[-MOST_KEYS:], told=()), now)


def called_off(activity: Activity, why: str, now: datetime, key: str) -> Activity:
    """It does not take place; who had signed up stays on the list, to be told. Problem 409 once it has begun."""
    if answered(activity, key):
        return activity
    if not activity.takes(now):
        raise not_now()
    told = tuple(row.home for row in activity.rows)
    return activity._replace(called_off=now, why=why, keys=(*activity.keys, key)[-MOST_KEYS:], told=told)


def answered(activity: Activity, key: str) -> bool:
    """Was this request carried out before? Problem 422 if it said something else then."""
    same = [each for each in activity.keys if each.partition(":")[0] == key.partition(":")[0]]
    if same and key not in same:
        raise key_reused()
    return bool(same)
