"""A parcel on its way: where it may go next, what is wrong with it, and whose that is. Pure.

gate → carrier → shelf → home        gate → carrier → home (to the door)        shelf → volunteer → home
anywhere on the way → returned       who finds nobody at the door says so, and may put it on the shelf
"""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.delivery.numbers import building_of
from chalicelib.register.delivering import Goods


class Spot(StrEnum):
    """Where a parcel is: in one place at any time. ``home`` and ``returned`` are the end of it."""

    GATE = "gate"
    CARRIER = "carrier"
    SHELF = "shelf"
    VOLUNTEER = "volunteer"
    HOME = "home"
    RETURNED = "returned"


class Act(StrEnum):
    """What is done with a parcel. ``carry`` is the staff's, ``take`` a volunteer's, ``pick_up`` the family's own.

    ``nobody_home``: somebody stood at the door with it, and nobody opened. ``undo``: the last scan was wrong.
    """

    RECEIVE = "receive"
    CARRY = "carry"
    TAKE = "take"
    SHELVE = "shelve"
    PICK_UP = "pick_up"
    DELIVER = "deliver"
    RETURN = "return"
    DAMAGE = "damage"
    SETTLE = "settle"
    MISS = "nobody_home"
    ADDRESS = "address"
    UNDO = "undo"


class Trouble(StrEnum):
    """What is wrong with it; each is somebody's: see ``Owner``."""

    NONE = ""
    UNKNOWN_ROOM = "unknown_room"
    NO_NAME = "no_name"
    WRONG_SHELF = "wrong_shelf"
    DAMAGED = "damaged"
    NOBODY_HOME = "nobody_home"


class Owner(StrEnum):
    """Who sees to a trouble: whoever received it, the home's steward, or whoever had it in hand last."""

    RECEIVER = "receiver"
    STEWARD = "steward"
    LAST = "last"


ENDS = {Spot.HOME, Spot.RETURNED}
HANDS = {Spot.CARRIER, Spot.VOLUNTEER}
STAYS = {Act.DAMAGE, Act.SETTLE, Act.MISS}
SETS_OUT = (Act.CARRY, Act.TAKE, Act.DELIVER)
AIMS = {Act.CARRY: Spot.CARRIER, Act.TAKE: Spot.VOLUNTEER, Act.SHELVE: Spot.SHELF}
"""Acts that may be said again of what is there already."""
MOST_STEPS = 40

NEXT: dict[tuple[Spot, Act], Spot] = {
    (Spot.GATE, Act.CARRY): Spot.CARRIER,
    (Spot.GATE, Act.TAKE): Spot.VOLUNTEER,
    (Spot.GATE, Act.SHELVE): Spot.SHELF,
    (Spot.GATE, Act.RETURN): Spot.RETURNED,
    (Spot.CARRIER, Act.TAKE): Spot.VOLUNTEER,
    (Spot.CARRIER, Act.SHELVE): Spot.SHELF,
    (Spot.CARRIER, Act.DELIVER): Spot.HOME,
    (Spot.CARRIER, Act.RETURN): Spot.RETURNED,
    (Spot.SHELF, Act.CARRY): Spot.CARRIER,
    (Spot.SHELF, Act.TAKE): Spot.VOLUNTEER,
    (Spot.SHELF, Act.SHELVE): Spot.SHELF,
    (Spot.SHELF, Act.PICK_UP): Spot.HOME,
    (Spot.SHELF, Act.RETURN): Spot.RETURNED,
    (Spot.VOLUNTEER, Act.CARRY): Spot.CARRIER,
    (Spot.VOLUNTEER, Act.SHELVE): Spot.SHELF,
    (Spot.VOLUNTEER, Act.DELIVER): Spot.HOME,
    (Spot.VOLUNTEER, Act.RETURN): Spot.RETURNED,
}
"""Where a parcel goes by an act; what is not here cannot be done. What is in somebody's hands is nobody else's to take, but for a
volunteer who gets it from a colleague of the staff, or gives it to one."""

STOPS: dict[Trouble, frozenset[Act]] = {
    Trouble.NONE: frozenset(),
    Trouble.WRONG_SHELF: frozenset(),
    Trouble.NOBODY_HOME: frozenset(),
    Trouble.UNKNOWN_ROOM: frozenset(Act) - {Act.RETURN, Act.DAMAGE, Act.ADDRESS},
    Trouble.NO_NAME: frozenset({Act.CARRY, Act.TAKE, Act.SHELVE, Act.PICK_UP, Act.DELIVER}),
    Trouble.DAMAGED: frozenset({Act.SHELVE, Act.PICK_UP}),
}
"""What cannot be done while something is wrong: what is broken is shown to the family at the door, and not left on a shelf."""

OWNERS: dict[Trouble, Owner] = {
    Trouble.UNKNOWN_ROOM: Owner.RECEIVER,
    Trouble.NO_NAME: Owner.STEWARD,
    Trouble.WRONG_SHELF: Owner.LAST,
    Trouble.DAMAGED: Owner.STEWARD,
    Trouble.NOBODY_HOME: Owner.STEWARD,
}


class Step(NamedTuple):
    """One hand-over. ``key`` is the request's with its payload; ``where`` a place's id, or who has it; ``clean``: it was disinfected first."""

    at: datetime
    act: Act
    by: str
    spot: Spot
    where: str
    key: str
    clean: bool = False


class Before(NamedTuple):
    """How a parcel stood before its last step: what is put back if that is taken back."""

    spot: Spot
    at: str
    trouble: Trouble
    clock: datetime
    told: int
    tasked: bool


class Parcel(NamedTuple):
    """``at`` is the id of the place it lies in, or of the person who has it. ``door``: it is brought to the door from the start.

    ``clock``: since when its limit runs. ``told`` counts the looks that were taken, 1 at half time, 2 at the end; ``tasked``: it has
    become somebody's task. ``waybill`` is what its own barcode says, ``batch`` a word on the load it came with.
    """

    id: str
    goods: Goods
    home: str
    tenancy: str
    spot: Spot
    at: str
    trouble: Trouble
    door: bool
    arrived: datetime
    clock: datetime
    steps: tuple[Step, ...]
    told: int = 0
    tasked: bool = False
    waybill: str = ""
    batch: str = ""
    version: int = 0
    before: Before | None = None

    @property
    def running(self) -> bool:
        return self.spot not in ENDS

    @property
    def building(self) -> str:
        return building_of(self.id)

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def shelved(self) -> bool:
        """Has it lain on its own shelf? Then its clock has begun there, and begins no other time."""
        return self.clock > self.arrived

    @property
    def bound_for_door(self) -> bool:
        """Does somebody have to go to the door with it? Of what nobody came for in time, too; not of what nobody knows whose it is."""
        stuck = self.trouble in (Trouble.UNKNOWN_ROOM, Trouble.NO_NAME)
        return self.running and not stuck and (self.door or self.tasked or self.spot is Spot.VOLUNTEER)

    @property
    def counting(self) -> list[Step]:
        """What has happened to it, without what was taken back."""
        after = (*self.steps[1:], self.last)
        return [step for step, then in zip(self.steps, after, strict=True) if Act.UNDO not in (step.act, then.act)]

    @property
    def clean(self) -> bool:
        """Was it disinfected on its way? Not by a scan that was taken back."""
        return any(step.clean for step in self.counting)

    @property
    def tried(self) -> datetime | None:
        """When somebody last stood at the door in vain, while that is what is wrong with it."""
        times = [step.at for step in self.counting if step.act is Act.MISS and self.trouble is Trouble.NOBODY_HOME]
        return max(times, default=None)
