"""What the routes of patrols take and give."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.patrols.answers import SlotLine
from chalicelib.patrols.walking import Act
from chalicelib.patrols.walks import Item, Need
from chalicelib.register.answers import Named
from chalicelib.register.places import PlaceKind

MOST_NEEDS = 8


class PatrolActBody(msgspec.Struct, forbid_unknown_fields=True):
    act: Act


class NeedBody(msgspec.Struct, forbid_unknown_fields=True):
    home: Annotated[str, Meta(max_length=20)]
    need: Need


class PointBody(msgspec.Struct, forbid_unknown_fields=True):
    """``code``: the place as its sign has it, scanned or typed. ``wrong``: what is not in order there; with any, ``note`` says what."""

    code: Annotated[str, Meta(max_length=300)]
    wrong: Annotated[list[Item], Meta(max_length=len(Item))] = []
    note: Annotated[str, Meta(max_length=100)] = ""
    needs: Annotated[list[NeedBody], Meta(max_length=MOST_NEEDS)] = []


class PointLine(msgspec.Struct):
    """One point of the route; ``at`` "" where nobody has looked yet. ``items`` are what is looked at there."""

    place: str
    kind: PlaceKind
    name: str
    items: list[Item]
    at: str
    by: str
    wrong: list[Item]
    note: str


class PatrolAnswer(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    """A grid's patrol of today. ``holder`` has claimed it, which holds until ``free_at`` and longer with every scan; ``mine``: is that the
    caller? ``done`` is when the last point was looked at, ``next`` the id of the next. ``credited``: points this very request brought."""

    now: str
    day: date
    grid: Named
    starts: str
    ends: str
    holder: str
    mine: bool
    free_at: str
    done: str
    next: str
    looked_at: int
    route: list[PointLine]
    credited: int = 0


class PlaceLine(msgspec.Struct):
    """A place of today, with its windows; ``by`` who was there last."""

    place: str
    kind: PlaceKind
    name: str
    last: str
    by: str
    slots: list[SlotLine]


class GridLine(msgspec.Struct):
    """One grid's places and its patrol, None without a route; the grid whose id is "" has what is the whole compound's."""

    grid: Named
    coordinator: str
    places: list[PlaceLine]
    patrol: PatrolAnswer | None


class GridsAnswer(msgspec.Struct):
    now: str
    day: date
    grids: list[GridLine]
