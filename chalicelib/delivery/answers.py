"""What the routes of parcels give."""

import msgspec

from chalicelib.delivery.rules import Spot, Trouble
from chalicelib.register.delivering import Goods


class ParcelLine(msgspec.Struct):
    """One parcel. ``at`` is a place's id or whoever has it, ``where`` the name of that; ``until`` is when its time is over.

    ``clean``: it was disinfected on its way.
    """

    id: str
    goods: Goods
    home: str
    label: str
    building: str
    spot: Spot
    at: str
    where: str
    trouble: Trouble
    door: bool
    clean: bool
    batch: str
    arrived: str
    until: str
    overdue: bool


class PlaceLine(msgspec.Struct):
    id: str
    name: str
    building: str


class DoorLine(msgspec.Struct):
    """A home to whose door somebody has to go: the numbers of what is in the asker's hands (``mine``), and of what nobody has taken yet.

    ``until`` is when the first of them must be there. ``tried``: when nobody opened, "" if nobody was there; ``opens_until``: so long its
    opening is expected, since the asker has set out.
    """

    home: str
    label: str
    mine: list[str]
    waiting: list[str]
    until: str
    overdue: bool
    tried: str
    opens_until: str


class ParcelsAnswer(msgspec.Struct):
    """What is on its way, what presses most at the front; the doors to go to, in walking order; and where it may be put. ``me`` is who asks."""

    now: str
    me: str
    parcels: list[ParcelLine]
    doors: list[DoorLine]
    shelves: list[PlaceLine]
    gates: list[PlaceLine]


class Refusal(msgspec.Struct):
    """What could not be done with one parcel, in both languages."""

    parcel: str
    type: str
    detail: str
    detail_en: str
    by: str = ""
    by_name: str = ""


class HandAnswer(msgspec.Struct):
    done: list[ParcelLine]
    refused: list[Refusal]


class HomeParcel(msgspec.Struct):
    """A family's own. ``where`` is the name of the place it lies in, ``place`` its id; ``until`` is when its time is over.

    ``tried``: when somebody stood at the door with it and nobody opened, "" otherwise.
    """

    id: str
    goods: Goods
    spot: Spot
    place: str
    where: str
    until: str
    overdue: bool
    door: bool
    clean: bool
    tried: str


class PickedAnswer(msgspec.Struct):
    parcels: list[HomeParcel]


class Limits(msgspec.Struct):
    """Minutes each class of goods may wait."""

    fresh: int
    medicine: int
    daily: int


class Sign(msgspec.Struct):
    """A shelf's sign: ``link`` is what its QR says, as an image in ``qr``."""

    place: str
    name: str
    link: str
    qr: str


class SignsAnswer(msgspec.Struct):
    compound: str
    duty: str
    limits: Limits
    signs: list[Sign]


class ShelfAnswer(msgspec.Struct):
    """A shelf as anybody may see it: how much waits, never whose. ``next`` is when the first of it must be gone, "" if nothing waits."""

    compound: str
    place: str
    name: str
    now: str
    waiting: int
    overdue: int
    next: str
    limits: Limits
