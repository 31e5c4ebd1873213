"""Whom something is meant for, by place and tier: everybody, or the homes of some buildings, floors, grids, of some tiers. Pure."""

from collections.abc import Iterable
from typing import Any

import msgspec

from chalicelib.register.rules import Home, Register
from chalicelib.shared.tiers import Tier


class Audience(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Places add up, tiers narrow down; nothing said is everybody. ``floors`` are written ``3-5``, building first."""

    buildings: tuple[str, ...] = ()
    floors: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    tiers: tuple[Tier, ...] = ()

    @property
    def everybody(self) -> bool:
        return not (self.buildings or self.floors or self.grids or self.tiers)

    def has_place(self, building: str, floor: int, grid: str) -> bool:
        anywhere = not (self.buildings or self.floors or self.grids)
        return anywhere or building in self.buildings or floor_id(building, floor) in self.floors or grid in self.grids

    def has(self, home: Home) -> bool:
        return self.has_place(home.building, home.floor, home.grid) and (not self.tiers or home.tier in self.tiers)


def floor_id(building: str, floor: int) -> str:
    return f"{building}-{floor}"


def homes_in(register: Register, audience: Audience) -> list[Home]:
    """The lived-in homes it is meant for."""
    return [home for home in register.homes if home.lived_in and audience.has(home)]


def groups_in(register: Register, audience: Audience) -> list[str]:
    """The floor groups that are told, each once. A group reads together whatever its tiers, so what is for some tiers goes to no group."""
    if audience.tiers:
        return []
    return _once(floor.group for floor in register.floors if audience.has_place(floor.building, floor.floor, floor.grid))


def unknown(register: Register, audience: Audience) -> str:
    """The member that names a place the compound does not have; "" where all are known."""
    known: dict[str, set[Any]] = {
        "buildings": {home.building for home in register.homes} | {each.id for each in register.buildings},
        "floors": {floor_id(floor.building, floor.floor) for floor in register.floors}
        | {floor_id(home.building, home.floor) for home in register.homes},
        "grids": {grid.id for grid in register.grids},
    }
    return next((name for name, places in known.items() if not set(getattr(audience, name)) <= places), "")


def buildings_of(register: Register, audience: Audience) -> list[str]:
    """The buildings it concerns; none where it is for the whole compound."""
    if not (audience.buildings or audience.floors or audience.grids):
        return []
    return _once(
        home.building
        for home in sorted(register.homes, key=lambda home: home.place)
        if audience.has_place(home.building, home.floor, home.grid)
    )


def places_of(register: Register, audience: Audience) -> list[str]:
    """The places as people call them: 3 号楼, 3 栋 5 层群, 一网格."""
    buildings = {each.id: each.name for each in register.buildings}
    floors = {floor_id(each.building, each.floor): each.group for each in register.floors}
    grids = {each.id: each.name for each in register.grids}
    named = (
        *(buildings.get(each, f"{each} 栋") for each in audience.buildings),
        *(floors.get(each, f"{each} 层") for each in audience.floors),
        *(grids.get(each, each) for each in audience.grids),
    )
    return _once(named)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
