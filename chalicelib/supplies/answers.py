"""What the routes of supplies and hand-out rounds take and give."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Named
from chalicelib.shared.tiers import Tier
from chalicelib.supplies.rules import Act

Few = Annotated[int, Meta(ge=0, le=100_000)]
Id = Annotated[str, Meta(max_length=40)]


class MoveBody(msgspec.Struct, forbid_unknown_fields=True):
    """``ends`` names the batch, blank for what keeps; an issue takes the first to end. ``to`` is for a move, ``expected`` for a count."""

    act: Act
    place: Id
    amount: Few
    ends: date | None = None
    to: Id = ""
    front: bool = False
    expected: Few = 0
    note: Annotated[str, Meta(max_length=100)] = ""


class RoundBody(msgspec.Struct, forbid_unknown_fields=True):
    """``each`` so much a home of a tier, ``head`` more for each person; ``grids`` none for all."""

    good: Id
    place: Id
    name: Annotated[str, Meta(min_length=1, max_length=40)]
    each: dict[Tier, Annotated[int, Meta(ge=0, le=1000)]]
    head: Annotated[int, Meta(ge=0, le=100)] = 0
    grids: Annotated[list[Id], Meta(max_length=60)] = []


class SignBody(msgspec.Struct, forbid_unknown_fields=True):
    """The home, or what its card's QR says."""

    door: Annotated[str, Meta(max_length=30)] = ""
    card: Annotated[str, Meta(max_length=400)] = ""


class CloseBody(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class BatchLine(msgspec.Struct):
    """``ends`` "" for what keeps; ``soon``: it ends within the policy's days, ``over``: it has ended."""

    place: str
    place_name: str
    reserve: bool
    ends: str
    amount: int
    soon: bool
    over: bool


class GoodLine(msgspec.Struct):
    """``there`` in the depots, ``reserve`` in the reserve, ``held`` for volunteers; ``per_day`` in tenths; ``days_left`` -1 where nothing is used."""

    id: str
    name: str
    measure: str
    least: int
    target: int
    keeper: Named | None
    front: bool
    there: int
    reserve: int
    held: int
    low: bool
    per_day: int
    days_left: int
    batches: list[BatchLine]


class PlaceLine(msgspec.Struct):
    id: str
    name: str
    reserve: bool


class SuppliesAnswer(msgspec.Struct):
    """``manager``: may the caller let goods out of the reserve?"""

    now: str
    goods: list[GoodLine]
    places: list[PlaceLine]
    manager: bool


class StockLine(msgspec.Struct):
    """``what`` is the act; ``by`` who did it."""

    at: str
    what: str
    note: str
    by: str
    amount: int
    after: int


class StockLines(msgspec.Struct):
    """The newest lines of one batch."""

    lines: list[StockLine]


class RequestAnswer(msgspec.Struct):
    """What the street office is asked for: a file's name and its text, CSV with a byte-order mark, no cell of it a formula."""

    name: str
    text: str


class SignedLine(msgspec.Struct):
    """``at`` "" while it has not had its part; ``card``: its card was scanned."""

    home: str
    label: str
    grid: str
    amount: int
    at: str
    by: str
    card: bool
    own: bool = False


class RoundAnswer(msgspec.Struct):
    """One hand-out round: ``owed`` homes get ``amount`` in all, ``done`` of them have had theirs. ``homes`` are those of the caller's scope."""

    id: str
    name: str
    good: Named
    measure: str
    place: str
    each: dict[str, int]
    head: int
    grids: list[str]
    made: str
    by: str
    closed: str
    owed: int
    done: int
    amount: int
    handed: int
    homes: list[SignedLine]


class RoundsAnswer(msgspec.Struct):
    now: str
    rounds: list[RoundAnswer]
    grids: list[Named]
