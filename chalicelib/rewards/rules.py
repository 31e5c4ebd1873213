"""What volunteers have for their points: reserved → handed over | released. Pure.

A good from stock, or an hour of service from those that were opened. What is reserved has been paid for, and is paid back if it is
released; nobody else can have it meanwhile.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.ledger.rules import WORLD, Account, Cause, Entry, Posting
from chalicelib.points.rules import UNIT
from chalicelib.register.goods import Reward
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.problems import Problem
from chalicelib.stock.rules import held

POINTS_HELD = Account(UNIT, "held")
AHEAD = timedelta(days=31)
MOST_OPEN = 6
"""So many reservations a volunteer at a time."""


class State(StrEnum):
    RESERVED = "reserved"
    HANDED_OVER = "handed_over"
    RELEASED = "released"


class Act(StrEnum):
    """What is done with a reservation."""

    HAND_OVER = "hand_over"
    RELEASE = "release"


ENDS_AS = {Act.HAND_OVER: State.HANDED_OVER, Act.RELEASE: State.RELEASED}


class Done(NamedTuple):
    """How a reservation ended: ``by`` is empty where it ran out; ``key`` is the request's, so that a repeat is known."""

    at: datetime
    by: str
    key: str
    note: str = ""


class Reservation(NamedTuple):
    """One reward for one volunteer, at the price of that day. ``starts`` is the hour that was booked; it is kept ``until`` then."""

    id: str
    volunteer: str
    reward: str
    name: str
    points: int
    good: str
    amount: int
    made: datetime
    until: datetime
    asked: str
    starts: datetime | None = None
    state: State = State.RESERVED
    done: Done | None = None
    version: int = 0

    @property
    def cause(self) -> Cause:
        return Cause("reserve", self.id)


class Hour(NamedTuple):
    """An hour of a service that may be booked ``seats`` times; ``taken`` by these reservations."""

    reward: str
    starts: datetime
    seats: int
    taken: tuple[str, ...] = ()
    asked: str = ""
    version: int = 0

    @property
    def left(self) -> int:
        return self.seats - len(self.taken)


def kept_until(reward: Reward, hold_days: int, now: datetime, starts: datetime | None) -> datetime:
    """The end of the last day on which it is kept: an hour of service from its own day on, since it is handed over when it was given."""
    first = day_of(starts or now)
    return at(first + timedelta(days=hold_days), "24:00")


def paid(reservation: Reservation, account: Account, now: datetime, goods: list[Posting]) -> Entry:
    """The entry of a reservation: points and goods go aside."""
    price = (Posting(account, -reservation.points), Posting(POINTS_HELD, reservation.points))
    aside = (Posting(held(reservation.good), reservation.amount),) if goods else ()
    return Entry(reservation.cause, now, reservation.volunteer, (*price, *goods, *aside), reservation.name, reservation.asked)


def settled(reservation: Reservation, now: datetime, by: str) -> Entry:
    """It was handed over: what lay aside is gone."""
    points = Posting(POINTS_HELD, -reservation.points), Posting(Account(UNIT, WORLD), reservation.points)
    good = held(reservation.good)
    goods = (Posting(good, -reservation.amount), Posting(Account(good.unit, WORLD), reservation.amount)) if reservation.good else ()
    return Entry(Cause("settle", reservation.id), now, by, (*points, *goods), reservation.name)


def too_few(points: int, price: int) -> Problem:
    return Problem(409, "too-few-points", f"积分不够：要 {price} 分，现在有 {points} 分。", f"Not enough points: it takes {price}, there are {points}.")  # fmt: skip


def ended(reservation: Reservation) -> Problem:
    """409: it is over; ``state`` says how."""
    return Problem(409, "reservation-over", "这次兑换已经办过了，请刷新看看。", "This reservation is over. Please refresh.", state=reservation.state)  # fmt: skip
