"""How often each kind of place is disinfected, what is refilled there, and the patrol of a grid: data of a compound's policy.

The sources say four times a day for a lift and nothing of the rest; the other figures are ours.
"""

from datetime import date
from itertools import pairwise

import msgspec

from chalicelib.register.places import PlaceKind
from chalicelib.shared.calendar import at

Windows = tuple[tuple[str, str], ...]
FOUR: Windows = (("06:00", "10:00"), ("10:00", "14:00"), ("14:00", "18:00"), ("18:00", "22:00"))
TWO: Windows = (("06:00", "14:00"), ("14:00", "22:00"))
ONE: Windows = (("06:00", "22:00"),)
NEVER: Windows = ()
_DAY = date(2026, 1, 1)


class PatrolPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """For each kind of place the windows of a day in which it is disinfected once each: local ``HH:MM``–``HH:MM``, in order, within the day.

    ``refills``: which good is refilled at which kind of place. ``undo``: so many minutes a mistake can be taken back. ``walk``: when a
    grid's patrol is walked. ``claim``: after so many minutes without a scan a patrol is free again.
    """

    lift: Windows = FOUR
    lobby: Windows = TWO
    stairs: Windows = TWO
    waste: Windows = TWO
    gate: Windows = TWO
    shelf: Windows = TWO
    fitness: Windows = ONE
    refills: dict[PlaceKind, str] = {}
    undo: int = 10
    walk: tuple[str, str] = ("08:00", "20:00")
    claim: int = 60

    def __post_init__(self) -> None:
        for kind in PlaceKind:
            if not in_order(self.windows(kind)):
                raise ValueError(f"the windows of {kind.value} are empty, overlap or leave the day")
        if not in_order((self.walk,)):
            raise ValueError("a patrol begins before it ends")

    def windows(self, kind: PlaceKind) -> Windows:
        """What such a place is promised on a day; nothing for a depot."""
        promised: Windows = getattr(self, kind.value, NEVER)
        return promised


def in_order(windows: Windows) -> bool:
    """Does each begin before it ends, on one day, and none before the last has ended?"""
    spans = [(at(_DAY, opens), at(_DAY, closes)) for opens, closes in windows]
    return all(opens < closes for opens, closes in spans) and all(before[1] <= after[0] for before, after in pairwise(spans))
