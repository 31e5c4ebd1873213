"""What lies where: batches of a good, which of them is taken first, and how much there is to spare. Pure.

A batch is an account of the ledger: so much of a good, in a place, good until a day. What is reserved lies with nobody's place.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from chalicelib.ledger.rules import Account, Balance, Posting
from chalicelib.register.goods import Good
from chalicelib.register.places import PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.problems import Problem

STOCK = "stock/"
HELD = "held"
"""Where what was reserved is until it is handed over or released."""
NO_END = "-"
LATELY = 28
"""Over so many days it is counted how fast a good is used up."""


class Batch(NamedTuple):
    """So much of a good in a place; ``ends`` is the last day on which it is good, None for what keeps."""

    good: str
    place: str
    ends: date | None
    amount: int = 0

    @property
    def account(self) -> Account:
        return Account(unit(self.good), f"{self.place}/{self.ends.isoformat() if self.ends else NO_END}")

    def good_on(self, day: date) -> bool:
        return self.ends is None or day <= self.ends


def unit(good: str) -> str:
    return f"{STOCK}{good}"


def held(good: str) -> Account:
    return Account(unit(good), HELD)


def batch_of(account: Account, amount: int) -> Batch | None:
    """The batch an account is, or None for what is no batch."""
    place, slash, ends = account.holder.partition("/")
    if not slash or not account.unit.startswith(STOCK):
        return None
    return Batch(account.unit.removeprefix(STOCK), place, None if ends == NO_END else date.fromisoformat(ends), amount)


def batches(balances: Iterable[Balance], good: str = "") -> list[Batch]:
    """What is there, of one good or of all: the first to end at the front, and what is used up left out."""
    found = (batch_of(balance.account, balance.amount) for balance in balances if balance.amount)
    return sorted((each for each in found if each and good in ("", each.good)), key=lambda each: (each.good, *_first(each)))


def _first(batch: Batch) -> tuple[date, str]:
    return batch.ends or date.max, batch.place


def depots(register: Register) -> set[str]:
    """Where goods are taken from without anybody's leave."""
    return {place.id for place in register.places if place.kind is PlaceKind.DEPOT}


def spare(register: Register, good: Good, there: Iterable[Batch], day: date) -> int:
    """How much of a good others than the front-line staff may have: what its minimum leaves, or all of it where nobody comes first."""
    total = sum(batch.amount for batch in there if batch.good == good.id and batch.place in depots(register) and batch.good_on(day))
    return max(0, total - good.least) if good.front else total


def taken(balances: Mapping[Account, Balance], amount: int, day: date) -> list[Posting]:
    """So much from these batches, the first to end first; nothing that has ended. What is lacking is left out: see ``enough``."""
    postings: list[Posting] = []
    found = (batch_of(account, balance.amount) for account, balance in balances.items() if balance.amount > 0)
    for batch in sorted((each for each in found if each and each.good_on(day)), key=_first):
        part = min(amount, batch.amount)
        if part:
            postings.append(Posting(batch.account, -part))
            amount -= part
    return postings


def enough(postings: Iterable[Posting], amount: int) -> bool:
    return -sum(posting.amount for posting in postings) == amount


def nothing_left() -> Problem:
    return Problem(409, "nothing-left", "没有这么多了，刚刚被别人拿走了。", "There is not so much left. Somebody else has just had the last one.")  # fmt: skip


def front_first() -> Problem:
    return Problem(
        409, "front-line-first", "这样物资不多了，先保一线。", "There is little left of this, and those at the front come first."
    )
