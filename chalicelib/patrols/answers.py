"""What the routes of places take and give."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.patrols.rules import State
from chalicelib.register.places import PlaceKind

MOST_REFILLED = 20


class DisinfectBody(msgspec.Struct, forbid_unknown_fields=True):
    """``amount`` of the place's good was refilled; ``extra``: enter it once more, although somebody was first in this window."""

    amount: Annotated[int, Meta(ge=0, le=MOST_REFILLED)] = 0
    extra: bool = False


class UndoBody(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing needs to be said."""


class SlotLine(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    """One window of a day, and how it stands."""

    starts: str
    ends: str
    state: State


class Refill(msgspec.Struct):
    """What is refilled at such a place."""

    good: str
    name: str
    measure: str


class PlaceAnswer(msgspec.Struct):
    """How often a place is disinfected and how today stands, for anybody: ``promised`` windows a day, ``done`` of them so far; ``last``
    "" where it was neither today nor yesterday. Nobody is named."""

    compound: str
    place: str
    kind: PlaceKind
    name: str
    now: str
    promised: int
    done: int
    last: str
    slots: list[SlotLine]
    refill: Refill | None


class DisinfectedAnswer(msgspec.Struct):
    """``new``: this request entered it; else ``by`` was first, at ``at``. ``until``: so long it can be undone by who entered it."""

    place: PlaceAnswer
    new: bool
    by: str
    at: str
    until: str
    undone: bool


class PlaceSign(msgspec.Struct):
    """What hangs at a place: ``link`` and ``qr`` lead to its page, ``promised`` so many disinfections a day."""

    place: str
    name: str
    link: str
    qr: str
    promised: int


class PlaceSignsAnswer(msgspec.Struct):
    compound: str
    duty: str
    signs: list[PlaceSign]
