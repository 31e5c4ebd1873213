"""What is done with goods, and when somebody has to see to them. Pure.

What comes in comes from the world, what is used or thrown away goes there; a count is put right by the difference. Nothing leaves the
reserve without the manager.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from chalicelib.ledger.rules import WORLD, Account, Cause, Entry, Posting
from chalicelib.register.goods import Good
from chalicelib.register.places import PlaceKind
from chalicelib.register.rules import Register
from chalicelib.stock.rules import LATELY, Batch, depots, unit

KEPT_IN = {PlaceKind.DEPOT, PlaceKind.RESERVE}


class Act(StrEnum):
    RECEIVE = "receive"
    ISSUE = "issue"
    RETURN = "return"
    COUNT = "count"
    WRITE_OFF = "write_off"
    MOVE = "move"


LEAVES = {Act.ISSUE, Act.WRITE_OFF, Act.MOVE}
"""What takes goods out of a place."""
REASONED = {Act.WRITE_OFF, Act.COUNT}


class Moving(NamedTuple):
    """So much of a batch; ``to`` is another place where it is moved, ``front`` for whom it is issued; ``expected`` what a count was made against."""

    act: Act
    good: Good
    batch: Batch
    amount: int
    key: str
    asked: str
    by: str
    note: str = ""
    to: str = ""
    front: bool = False
    expected: int = 0

    @property
    def cause(self) -> Cause:
        return Cause(self.act.value, self.key)


def entry(wanted: Moving, now: datetime) -> Entry | None:
    """The entry of what is not issued; None where a count was right."""
    account, world = wanted.batch.account, Account(unit(wanted.good.id), WORLD)
    amount = {
        Act.RECEIVE: wanted.amount,
        Act.RETURN: wanted.amount,
        Act.COUNT: wanted.amount - wanted.expected,
        Act.WRITE_OFF: -wanted.amount,
        Act.MOVE: -wanted.amount,
    }[wanted.act]
    other = wanted.batch._replace(place=wanted.to).account if wanted.act is Act.MOVE else world
    postings = (Posting(account, amount), Posting(other, -amount))
    return Entry(wanted.cause, now, wanted.by, postings, wanted.note, wanted.asked) if amount else None


class Standing(NamedTuple):
    """How a good stands: in the depots, in the reserve, what is used a day (in tenths), how many days are left at that rate (None: no end)."""

    good: Good
    there: int
    reserve: int
    per_day: int
    days_left: int | None
    ends: tuple[Batch, ...]

    @property
    def low(self) -> bool:
        return self.there < self.good.least

    @property
    def wanted(self) -> int:
        """What brings it to its target, the reserve left aside."""
        return max(0, self.good.target - self.there)


def stand(register: Register, batches: Iterable[Batch], used: dict[str, int], today: date) -> list[Standing]:
    """Every good of the lists. What has ended counts for nothing, but is among what ``ends``."""
    found = list(batches)
    return [_stands(register, good, [each for each in found if each.good == good.id], used.get(good.id, 0), today) for good in register.goods]  # fmt: skip


def _stands(register: Register, good: Good, mine: list[Batch], used: int, today: date) -> Standing:
    fresh, soon = [each for each in mine if each.good_on(today)], today + timedelta(days=register.policy.supplies.ends_soon)
    there = sum(each.amount for each in fresh if each.place in depots(register))
    left = ceil(there * LATELY / used) if used else None
    ends = tuple(each for each in mine if each.ends and each.ends <= soon)
    return Standing(good, there, sum(each.amount for each in fresh) - there, round(used * 10 / LATELY), left, ends)


def runs_low(register: Register, each: Standing) -> bool:
    """Below its minimum, or used up soon at its present rate."""
    return each.low or (each.days_left is not None and each.days_left <= register.policy.supplies.run_out)
