"""Parts that several answers share: who is meant and whom to call."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.register.rules import Home, Register
from chalicelib.register.standing import TRIP, Standing
from chalicelib.register.watching import behind
from chalicelib.shared.calendar import stamp


class Named(msgspec.Struct):
    id: str
    name: str


class Behind(msgspec.Struct):
    """What hangs on gateways that are out: in which buildings, and how many homes."""

    buildings: list[str]
    homes: int


class Contact(msgspec.Struct):
    name: str
    phone: str


class Phones(msgspec.Struct):
    """``duty`` answers 24 hours a day; ``emergency`` is the hospital's green channel."""

    duty: str
    emergency: str


class AwayLine(msgspec.Struct):
    """A home whose plans stand still; ``until`` is when they count again."""

    home: str
    label: str
    why: str
    until: str


class HomeLine(msgspec.Struct):
    home: str
    label: str
    building: str
    floor: int


class HomesAnswer(msgspec.Struct):
    """The lived-in homes within the caller's scope, building by building: for choosing whose cards to print."""

    homes: list[HomeLine]


def named(register: Register) -> Named:
    return Named(register.compound, register.name)


def phones(register: Register) -> Phones:
    return Phones(register.policy.duty_phone, register.policy.emergency_phone)


def household_contact(home: Home) -> Contact | None:
    """Whom to call: the first person of the household."""
    first = next(iter(home.people), None)
    return Contact(first.name, first.phone) if first else None


def away_lines(standing: Standing, homes: Iterable[Home], now: datetime) -> list[AwayLine]:
    """Those of these homes that are away now, and those whose people are at the hospital with somebody."""
    changes, homes = standing.changes, list(homes)
    paused = ((home, changes.pause_at(home, now)) for home in homes)
    out = ((home, changes.out_now(home)) for home in homes) if changes.trips else ()
    return [
        *(AwayLine(home.id, home.label, pause.why.value, stamp(pause.ends)) for home, pause in paused if pause),
        *(AwayLine(home.id, home.label, TRIP, stamp(trip.finishes(now))) for home, trip in out if trip),
    ]


def names(register: Register, people: Iterable[str]) -> list[str]:
    """Staff by username and volunteers by id, as people call them; who is no longer on the list is left out."""
    known = {each.id: each.name for each in register.volunteers} | {each.username: each.name for each in register.staff}
    return [known[person] for person in people if person in known]


def name_of(register: Register, identity: str) -> str:
    """The same for one of them; the id itself where the list no longer has it."""
    staff = register.staff_by_username.get(identity)
    return staff.name if staff else next((each.name for each in register.volunteers if each.id == identity), identity)


def steward_contact(register: Register, home: Home) -> Contact | None:
    steward = register.staff_by_username.get(home.steward)
    return Contact(steward.name, steward.phone) if steward else None


def behind_gateways(register: Register, things: list[str]) -> Behind:
    homes = behind(register, things)
    return Behind(list(dict.fromkeys(home.building for home in homes)), len(homes))
