"""Entries without a fault → the register."""

from typing import Any

from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import (
    Building,
    Device,
    Floor,
    Grid,
    Home,
    Isolation,
    Person,
    Register,
    Role,
    Staff,
    Volunteer,
)
from chalicelib.shared.ids import CompoundId, HomeId
from chalicelib.shared.tiers import Tier
from infra.importing.entries import Entries, Entry
from infra.importing.policy import Said


def build(found: Entries, policy: Said) -> Register:
    """The register as the lists give it. Tenancies are not given by lists: see ``tenancy``."""
    people: dict[str, list[Person]] = {}
    for entry in found.of("people"):
        people.setdefault(entry["home"], []).append(_person(entry))
    return Register(
        compound=CompoundId(policy.compound),
        name=policy.values["name"],
        policy=policy.policy(),
        buildings=tuple(Building(entry["building"], entry["name"], entry["zone"] or "") for entry in found.of("buildings")),
        floors=tuple(Floor(*_values(entry, "building", "floor", "group", "grid")) for entry in found.of("floors")),
        homes=tuple(_home(entry, found, tuple(people.get(entry["home"], ()))) for entry in found.of("homes")),
        grids=tuple(Grid(entry["grid"], entry["name"], entry["coordinator"], _volunteers(entry, found)) for entry in found.of("grids")),
        volunteers=tuple(
            Volunteer(*_values(entry, "volunteer", "name", "phone", "grid", "home", "skills", "times")) for entry in found.of("volunteers")
        ),
        staff=tuple(_staff(entry) for entry in found.of("staff")),
        devices=tuple(Device(*_values(entry, "thing", "sensor", "home", "kind")) for entry in found.of("devices")),
        places=tuple(_place(entry) for entry in found.of("places")),
        goods=tuple(_good(entry) for entry in found.of("goods")),
        rewards=tuple(Reward(*_values(entry, "reward", "name", "points", "good", "amount")) for entry in found.of("rewards")),
    )


def _values(entry: Entry, *columns: str) -> list[Any]:
    return [entry[column] for column in columns]


def _person(entry: Entry) -> Person:
    return Person(*_values(entry, "person", "name", "phone", "born", "facts"))


def _home(entry: Entry, found: Entries, people: tuple[Person, ...]) -> Home:
    first, last = entry["isolation_from"], entry["isolation_to"]
    return Home(
        id=HomeId(entry["home"]),
        building=entry["building"],
        floor=entry["floor"],
        grid=found.grid_of(entry),
        tier=Tier(entry["tier"]),
        household=entry["household"],
        moved_in=entry["moved_in"],
        isolation=Isolation(first, last) if first else None,
        steward=entry["steward"],
        volunteer=entry["volunteer"],
        people=people,
        riser=entry["riser"] or "",
        line_end=entry["line_end"] or "",
    )


def _volunteers(grid: Entry, found: Entries) -> tuple[str, ...]:
    return tuple(entry["volunteer"] for entry in found.of("volunteers") if entry["grid"] == grid["grid"])


def _staff(entry: Entry) -> Staff:
    username, name, phone, roles, grids, buildings = _values(entry, "username", "name", "phone", "roles", "grids", "buildings")
    return Staff(username, name, phone, tuple(map(Role, roles)), grids, buildings)


def _place(entry: Entry) -> Place:
    return Place(entry["place"], PlaceKind(entry["kind"]), *_values(entry, "name", "building", "grid"))


def _good(entry: Entry) -> Good:
    return Good(*_values(entry, "good", "name", "measure", "least", "target", "keeper"), front=entry["front"] == "yes")
