"""What the routes of activities take and give, and activities as lists show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from chalicelib.activities.rules import MOST_PERSONS, Activity, Place, Row
from chalicelib.register.answers import Contact, Named, Phones, household_contact, name_of, named, phones
from chalicelib.register.rules import Home, Register, Staff
from chalicelib.shared.calendar import stamp

Instant = Annotated[datetime, Meta(tz=True)]
Places = Annotated[int, Meta(ge=1, le=500)]
Persons = Annotated[int, Meta(ge=0, le=MOST_PERSONS)]


class ActivityBody(msgspec.Struct, forbid_unknown_fields=True):
    """``buildings`` it is for, none for everybody. ``open`` ones stand in the public calendar."""

    title: Annotated[str, Meta(min_length=1, max_length=40)]
    where: Annotated[str, Meta(min_length=1, max_length=60)]
    starts: Instant = msgspec.field(name="from")
    ends: Instant = msgspec.field(name="until")
    places: Places = 20
    text: Annotated[str, Meta(max_length=300)] = ""
    buildings: Annotated[list[Annotated[str, Meta(max_length=8)]], Meta(max_length=60)] = []
    open: bool = True


class PersonsBody(msgspec.Struct, forbid_unknown_fields=True):
    persons: Persons


class SignUpBody(msgspec.Struct, forbid_unknown_fields=True):
    """The same for a home that has phoned."""

    home: Annotated[str, Meta(max_length=20)]
    persons: Persons


class PlacesBody(msgspec.Struct, forbid_unknown_fields=True):
    places: Places


class CallingOffBody(msgspec.Struct, forbid_unknown_fields=True):
    why: Annotated[str, Meta(min_length=1, max_length=100)]


class ActivityAnswer(msgspec.Struct, kw_only=True):
    """``left`` places are free for whoever asks now; ``waiting`` families are before them. ``why`` says why it was called off."""

    id: str
    title: str
    text: str
    where: str
    starts: str = msgspec.field(name="from")
    ends: str = msgspec.field(name="until")
    places: int
    left: int
    waiting: int
    takes: bool
    called_off: bool
    why: str


class HomeActivity(ActivityAnswer, kw_only=True):
    """How this family stands: ``turn`` on the waiting list, from 1 on; ``moved`` is when a place became free for it, or ""."""

    state: Place
    persons: int
    turn: int
    moved: str


class HomeActivitiesAnswer(msgspec.Struct):
    now: str
    phones: Phones
    most: int
    activities: list[HomeActivity]


class SignUpLine(msgspec.Struct):
    home: str
    label: str
    persons: int
    state: Place
    at: str
    contact: Contact | None


class StaffActivity(ActivityAnswer, kw_only=True):
    """With who comes, and who waits, in their order; ``rows`` is empty for who may not read it, and ``mine`` says whether one may."""

    buildings: list[str]
    open: bool
    by_name: str
    persons: int
    mine: bool
    rows: list[SignUpLine]


class ActivitiesAnswer(msgspec.Struct):
    compound: Named
    now: str
    buildings: list[Named]
    activities: list[StaffActivity]


def answer_for(activity: Activity, home: Home, now: datetime) -> HomeActivity:
    row = activity.row(home.id, home.tenancy)
    return HomeActivity(
        **_about(activity, now),
        state=row.place if row else Place.NONE,
        persons=row.persons if row else 0,
        turn=activity.turn(row) if row else 0,
        moved=stamp(row.moved) if row and row.moved else "",
    )


def of_home(register: Register, activities: Iterable[Activity], home: Home, now: datetime) -> HomeActivitiesAnswer:
    mine = [answer_for(each, home, now) for each in activities if each.for_home(home) and each.ends > now]
    return HomeActivitiesAnswer(stamp(now), phones(register), MOST_PERSONS, mine)


def staff_activity(register: Register, staff: Staff, activity: Activity, now: datetime) -> StaffActivity:
    mine = covers(register, staff, activity.buildings)
    return StaffActivity(
        **_about(activity, now),
        buildings=list(activity.buildings),
        open=activity.open,
        by_name=name_of(register, activity.by),
        persons=activity.taken,
        mine=mine,
        rows=[_line(register, row) for row in sorted(activity.rows, key=lambda row: row.place is Place.WAITING)] if mine else [],
    )


def of_staff(register: Register, staff: Staff, activities: Iterable[Activity], now: datetime) -> ActivitiesAnswer:
    names = {each.id: each.name for each in register.buildings}
    seen = sorted({(len(home.building), home.building) for home in register.homes if staff.covers(home)})
    buildings = [Named(each, names.get(each, each)) for _, each in seen]
    return ActivitiesAnswer(named(register), stamp(now), buildings, [staff_activity(register, staff, each, now) for each in activities])


def covers(register: Register, staff: Staff, buildings: Iterable[str]) -> bool:
    """May she arrange things for all these people, and read who comes?"""
    wanted = set(buildings)
    return all(staff.covers(home) for home in register.homes if home.lived_in and (not wanted or home.building in wanted))


def _about(activity: Activity, now: datetime) -> dict[str, Any]:
    return {
        "id": activity.id,
        "title": activity.title,
        "text": activity.text,
        "where": activity.where,
        "starts": stamp(activity.starts),
        "ends": stamp(activity.ends),
        "places": activity.places,
        "left": 0 if activity.waiting else activity.left,
        "waiting": len(activity.waiting),
        "takes": activity.takes(now),
        "called_off": activity.called_off is not None,
        "why": activity.why,
    }


def _line(register: Register, row: Row) -> SignUpLine:
    """A family that has moved out since is not named any more."""
    home = register.home_by_id.get(row.home)
    contact = household_contact(home) if home and home.tenancy == row.tenancy else None
    return SignUpLine(row.home, home.label if home else row.home, row.persons, row.place, stamp(row.at), contact)
