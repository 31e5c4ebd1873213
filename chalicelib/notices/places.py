"""The places a notice can be for, within one person's scope. Pure."""

from chalicelib.notices.answers import FloorPlace
from chalicelib.register.answers import Named
from chalicelib.register.audience import floor_id
from chalicelib.register.rules import Home, Register, Staff


def places(register: Register, staff: Staff) -> tuple[list[Named], list[FloorPlace], list[Named], bool]:
    """Buildings, floors and grids all of whose homes she looks after, and whether that is the whole compound."""
    homes = sorted((home for home in register.homes if home.lived_in), key=lambda home: home.place)
    names, grids = {each.id: each.name for each in register.buildings}, {each.id: each.name for each in register.grids}
    groups = {floor_id(each.building, each.floor): each.group for each in register.floors}
    buildings = _covered(staff, [(home.building, home) for home in homes])
    floors = _covered(staff, [(floor_id(home.building, home.floor), home) for home in homes])
    return (
        [Named(each, names.get(each, f"{each} 栋")) for each in buildings],
        [FloorPlace(each, groups.get(each, f"{each} 层"), each.rpartition("-")[0]) for each in floors],
        [Named(each, grids.get(each, each)) for each in _covered(staff, [(home.grid, home) for home in homes])],
        all(staff.covers(home) for home in homes),
    )


def _covered(staff: Staff, homes: list[tuple[str, Home]]) -> list[str]:
    beyond = {name for name, home in homes if not staff.covers(home)}
    return [name for name in dict.fromkeys(name for name, _ in homes) if name not in beyond]
