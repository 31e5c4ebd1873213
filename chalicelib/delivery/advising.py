"""Whether the shelves suffice: the coming week by building, with its reason, and what the last days brought against the advice."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from chalicelib.delivery import records
from chalicelib.delivery.shelves import Levels, Stay, levels, load_left, needs, outcome, shortages, stays_of
from chalicelib.register.delivering import DeliveryPolicy, Goods
from chalicelib.register.places import PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import at, day_of, stamp
from chalicelib.store.contract import Store

AHEAD, BACK = 7, 7


class ShortLine(msgspec.Struct):
    """``more`` shelves are wanted in a building from one moment to another: ``slots`` instead of ``room``, because so many lie there on
    average (``mean``, in tenths), mostly ``goods``, and of each load so many still lie there together (``load``, in tenths)."""

    building: str
    starts: str
    ends: str
    more: int
    slots: int
    room: int
    mean: int
    goods: Goods
    load: int


class PastLine(msgspec.Struct):
    """A building's past day: the most that lay there at once, the advice for that hour, and for how many minutes the room was too little."""

    building: str
    day: str
    most: int
    advised: int
    room: int
    over_minutes: int


class BuildingLine(msgspec.Struct):
    """``most`` is what the coming week's fullest hour needs, 0 while too little is known; so many shelves could be ``spared``."""

    building: str
    shelves: int
    room: int
    most: int
    spared: int


class ShelvesAnswer(msgspec.Struct):
    now: str
    buildings: list[BuildingLine]
    short: list[ShortLine]
    past: list[PastLine]


class _Building(NamedTuple):
    name: str
    shelves: int
    room: int
    stays: list[Stay]
    seen: Levels


def advice(store: Store, now: datetime, register: Register) -> ShelvesAnswer:
    """As many queries as parcels are kept for days, and one. Nothing is stored: tomorrow's advice is worked out tomorrow."""
    policy, shelves = register.policy.delivery, [place for place in register.places if place.kind is PlaceKind.SHELF]
    buildings = {place.id: place.building for place in shelves}
    days = [day_of(now) - timedelta(days=back) for back in range(records.KEEP_DAYS)]
    parcels = [
        *records.on_their_way(store, register.compound),
        *(each for day in days for each in records.arrived_on(store, register.compound, day)),
    ]
    stays = [stay for parcel in parcels for stay in stays_of(parcel, buildings, now)]
    found = []
    for name in dict.fromkeys(buildings.values()):
        own, count = [stay for stay in stays if stay.building == name], list(buildings.values()).count(name)
        found.append(_Building(name, count, count * policy.slots, own, levels(own)))
    coming = [(building, *_coming(policy, building, now)) for building in found]
    past = [line for building in found for line in _past(policy, building, now)]
    lines = [_line(policy, building, most) for building, most, _ in coming]
    short = sorted((line for _, _, lines in coming for line in lines), key=lambda line: (line.starts, line.building))
    return ShelvesAnswer(stamp(now), lines, short, sorted(past, key=lambda line: (line.day, line.building), reverse=True))


def _coming(policy: DeliveryPolicy, building: _Building, now: datetime) -> tuple[int, list[ShortLine]]:
    load, most, short = load_left(building.stays), 0, []
    for ahead in range(1, AHEAD + 1):
        day = day_of(now) + timedelta(days=ahead)
        hours = needs(building.seen, load, day, policy.overflow / 1000)
        most = max([most, *(need.slots for need in hours)])
        for each in shortages(hours, building.room):
            starts, ends = at(day, "00:00") + timedelta(hours=each.first), at(day, "00:00") + timedelta(hours=each.until)
            more = -(-(each.need.slots - building.room) // policy.slots)
            why = (round(each.need.mean * 10), each.need.goods, round(load * 10))
            short.append(ShortLine(building.name, stamp(starts), stamp(ends), more, each.need.slots, building.room, *why))
    return most, short


def _line(policy: DeliveryPolicy, building: _Building, most: int) -> BuildingLine:
    spared = (building.room - most) // policy.slots if most else 0
    return BuildingLine(building.name, building.shelves, building.room, most, max(0, min(spared, building.shelves - 1)))


def _past(policy: DeliveryPolicy, building: _Building, now: datetime) -> list[PastLine]:
    """Against the advice that would have been given on the morning of each day."""
    found = []
    for back in range(1, BACK + 1):
        day = day_of(now) - timedelta(days=back)
        known = [stay for stay in building.stays if stay.start < at(day, "00:00")]
        hours = needs(building.seen, load_left(known), day, policy.overflow / 1000)
        brought = outcome(building.seen, hours, day, building.room)
        if brought:
            found.append(PastLine(building.name, day.isoformat(), brought.most, brought.advised, building.room, brought.over_room))
    return found
