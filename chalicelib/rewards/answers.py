"""What the routes of points and rewards take and give."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.points.answers import Did
from chalicelib.register.answers import Named
from chalicelib.rewards.rules import Act, State

Instant = Annotated[datetime, Meta(tz=True)]


class ReserveBody(msgspec.Struct, forbid_unknown_fields=True):
    """``starts`` is the hour that is booked, for a service."""

    reward: Annotated[str, Meta(max_length=40)]
    starts: Instant | None = None


class ReleaseBody(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class ReservationBody(msgspec.Struct, forbid_unknown_fields=True):
    act: Act
    note: Annotated[str, Meta(max_length=100)] = ""


class CorrectionBody(msgspec.Struct, forbid_unknown_fields=True):
    """``cause`` as the statement has it; ``note`` says why."""

    cause: Annotated[str, Meta(max_length=200, pattern=":")]
    note: Annotated[str, Meta(min_length=1, max_length=100)]


class HourBody(msgspec.Struct, forbid_unknown_fields=True):
    starts: Instant
    seats: Annotated[int, Meta(ge=0, le=50)]


class PointLine(msgspec.Struct):
    """One line of a statement. ``what`` is the kind of work, ``reserve``, ``released`` or ``corrected``; ``note`` the reward, or why."""

    at: str
    cause: str
    what: str
    note: str
    amount: int
    after: int


class HourLine(msgspec.Struct):
    """``left`` is how often it may still be booked."""

    starts: str
    left: int
    seats: int


class RewardLine(msgspec.Struct):
    """``left`` is how many there are for volunteers; ``front``: little is left, and those at the front come first."""

    id: str
    name: str
    points: int
    service: bool
    left: int
    front: bool
    hours: list[HourLine]


class ReservationAnswer(msgspec.Struct):
    """One reward for one volunteer, kept ``until`` then, the last minute included; ``by`` who ended it, "" where it ran out."""

    id: str
    volunteer: Named
    grid: str
    reward: str
    name: str
    points: int
    state: State
    made: str
    until: str
    starts: str
    at: str
    by: str


class PersonPoints(msgspec.Struct):
    id: str
    name: str
    points: int
    deeds: int = 0


class OwnPoints(msgspec.Struct):
    """A volunteer's own page. ``today`` of ``a_day`` points are credited; ``grid_points`` have all of her grid together.

    ``did`` and ``deeds`` are what she did in the last four weeks, ``median`` the middle one of her grid. ``others`` are those of her grid
    with their points, the most first, where the compound shows a ranking; else none.
    """

    volunteer: Named
    grid: Named
    now: str
    points: int
    today: int
    a_day: int
    grid_points: int
    lines: list[PointLine]
    rewards: list[RewardLine]
    reservations: list[ReservationAnswer]
    others: list[PersonPoints]
    did: list[Did]
    deeds: int
    median: int


class GridPoints(msgspec.Struct):
    id: str
    name: str
    points: int
    volunteers: list[PersonPoints]


class PointsDesk(msgspec.Struct):
    """The grids of the caller's scope, what waits to be handed over there, what ended today, and the price list."""

    now: str
    grids: list[GridPoints]
    waiting: list[ReservationAnswer]
    ended: list[ReservationAnswer]
    rewards: list[RewardLine]


class Statement(msgspec.Struct):
    volunteer: Named
    points: int
    lines: list[PointLine]
