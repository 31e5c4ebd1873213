"""Where something was, as the public may hear it: no place of fewer than twenty homes. Pure."""

from collections import Counter

from chalicelib.register.rules import Register

HOMES = 20
COMPOUND, ZONE = "", "zone:"
"""The widest place; what the id of a zone begins with."""


def homes_of(register: Register) -> Counter[str]:
    """How many homes that are lived in every building, every zone and the compound has."""
    homes = Counter(home.building for home in register.homes if home.lived_in)
    zones = Counter[str]()
    for building in register.buildings:
        if building.zone:
            zones[f"{ZONE}{building.zone}"] += homes[building.id]
    return homes + zones + Counter({COMPOUND: homes.total()})


def places_of(register: Register, building: str) -> tuple[str, ...]:
    """The places that something in a building may be said to be in, smallest first: those with at least ``HOMES`` homes, and the compound."""
    zone = next((each.zone for each in register.buildings if each.id == building), "")
    homes, named = homes_of(register), (building, f"{ZONE}{zone}" if zone else "")
    return (*(place for place in named if place and homes[place] >= HOMES), COMPOUND)
