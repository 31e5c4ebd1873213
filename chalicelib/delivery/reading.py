"""Parcels as lists show them: to the staff, to a volunteer, to a family, and to whoever walks past a shelf."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from chalicelib.delivery import records
from chalicelib.delivery.answers import HomeParcel, Limits, ParcelLine, ParcelsAnswer, PlaceLine, ShelfAnswer, Sign, SignsAnswer
from chalicelib.delivery.clocks import deadline
from chalicelib.delivery.doorstep import as_of
from chalicelib.delivery.rules import HANDS, Parcel, Spot
from chalicelib.delivery.setting_out import doors
from chalicelib.register.answers import name_of
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Home, Register, Staff
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.qr import qr
from chalicelib.store.contract import Store


def has_shelves(register: Register) -> bool:
    return any(place.kind is PlaceKind.SHELF for place in register.places)


def for_staff(store: Store, now: datetime, standing: Standing, staff: Staff) -> ParcelsAnswer:
    """Those of the homes she sees, what she has in hand, and what nobody knows whose it is. One query."""
    register = standing.register
    found = [each for each in records.on_their_way(store, register.compound) if _concerns(register, staff, each)]
    return answer(standing, now, staff.username, found)


def _concerns(register: Register, staff: Staff, parcel: Parcel) -> bool:
    home = register.home_by_id.get(parcel.home)
    return home is None or parcel.at == staff.username or staff.covers(home)


def answer(standing: Standing, now: datetime, me: str, parcels: Iterable[Parcel]) -> ParcelsAnswer:
    found = [as_of(standing.register, each, day_of(now)) for each in parcels]
    lines = [line(standing, each, now) for each in found]
    pressing = sorted(lines, key=lambda each: (not each.trouble, each.until, each.id))
    places = standing.register.places
    shelves, gates = (_places(places, kind) for kind in (PlaceKind.SHELF, PlaceKind.GATE))
    return ParcelsAnswer(stamp(now), me, pressing, doors(standing, now, me, found), shelves, gates)


def _places(places: Sequence[Place], kind: PlaceKind) -> list[PlaceLine]:
    return [PlaceLine(each.id, each.name, each.building) for each in places if each.kind is kind]


def line(standing: Standing, parcel: Parcel, now: datetime) -> ParcelLine:
    register = standing.register
    home, until = register.home_by_id.get(parcel.home), deadline(register.policy.delivery, parcel)
    return ParcelLine(
        id=parcel.id,
        goods=parcel.goods,
        home=parcel.home,
        label=home.label if home else "",
        building=parcel.building,
        spot=parcel.spot,
        at=parcel.at,
        where=name_of(register, parcel.at) if parcel.spot in HANDS else place_name(register, parcel.at),
        trouble=parcel.trouble,
        door=parcel.door,
        clean=parcel.clean,
        batch=parcel.batch,
        arrived=stamp(parcel.arrived),
        until=stamp(until),
        overdue=parcel.running and until <= now,
    )


def place_name(register: Register, identity: str) -> str:
    place = register.place_by_id.get(identity.lower())
    return place.name if place else ""


def of_family(store: Store, now: datetime, standing: Standing, home: Home) -> list[HomeParcel]:
    """What is on its way to a family; never what is wrong with it, which somebody else sees to. One query, none where there are no shelves."""
    register = standing.register
    if not has_shelves(register):
        return []
    found = records.on_their_way(store, register.compound, home.building)
    own = (each for each in found if (each.home, each.tenancy) == (home.id, home.tenancy))
    return sorted((home_parcel(register, as_of(register, each, day_of(now)), now) for each in own), key=lambda each: (each.until, each.id))


def home_parcel(register: Register, parcel: Parcel, now: datetime) -> HomeParcel:
    until, shelf = deadline(register.policy.delivery, parcel), parcel.spot is Spot.SHELF
    return HomeParcel(
        id=parcel.id,
        goods=parcel.goods,
        spot=parcel.spot,
        place=parcel.at if shelf else "",
        where=place_name(register, parcel.at) if shelf else "",
        until=stamp(until),
        overdue=parcel.running and until <= now,
        door=parcel.door,
        clean=parcel.clean,
        tried=stamp(parcel.tried) if parcel.tried else "",
    )


def signs(register: Register, site: str) -> SignsAnswer:
    """What hangs above the shelves."""
    policy, shelves = register.policy.delivery, [place for place in register.places if place.kind is PlaceKind.SHELF]
    links = [f"{site}/p/#{register.compound}.{place.id}" for place in shelves]
    made = [Sign(place.id, place.name, link, qr(link)) for place, link in zip(shelves, links, strict=True)]
    return SignsAnswer(register.name, register.policy.duty_phone, Limits(policy.fresh, policy.medicine, policy.daily), made)


def of_shelf(store: Store, now: datetime, register: Register, place: Place) -> ShelfAnswer:
    """How much waits there, for whoever walks past. One query."""
    found = records.on_their_way(store, register.compound, place.building)
    policy = register.policy.delivery
    ends = sorted(deadline(policy, each) for each in found if (each.spot, each.at) == (Spot.SHELF, place.id))
    late = sum(each <= now for each in ends)
    return ShelfAnswer(
        compound=register.compound,
        place=place.id,
        name=place.name,
        now=stamp(now),
        waiting=len(ends),
        overdue=late,
        next=stamp(ends[late]) if ends[late:] else "",
        limits=Limits(policy.fresh, policy.medicine, policy.daily),
    )
