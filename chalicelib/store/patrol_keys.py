"""The keys of what is done at places: disinfections, and the patrols of grids. The first part of every partition is the compound."""

from datetime import date

from chalicelib.store.keys import Key


def disinfections(compound: str, day: date) -> str:
    """Those of a day, place by place, so that one query tells how the whole compound stands."""
    return f"{compound}#DISINFECTION#{day.isoformat()}"


def disinfection(compound: str, day: date, place: str, which: str) -> Key:
    """``which`` is the window's number, or ``+`` and the request's key for what was done beyond the promise."""
    return Key(disinfections(compound, day), f"{place}#{which}")


def patrols(compound: str, day: date) -> str:
    """The patrols of a day, grid by grid."""
    return f"{compound}#PATROL#{day.isoformat()}"


def patrol(compound: str, day: date, grid: str) -> Key:
    return Key(patrols(compound, day), grid)
