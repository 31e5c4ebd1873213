"""Double entry: what moves from account to account, and what must never be. Pure.

Pacioli's rule (Summa de arithmetica, 1494): every entry takes as much as it gives, so all balances of a unit sum to zero. Points,
stock and reservations stand on it alike. Entries are never changed or removed; a mistake is mended by the counter-entry.
"""

from collections import Counter
from datetime import datetime
from typing import NamedTuple

WORLD = "world"
"""The holder outside: where units come from and go to. It has no floor, and its balance is kept nowhere, so nothing queues up for it."""

FLOOR = 0
"""No other account is ever below it."""


class Account(NamedTuple):
    """So much of one ``unit`` (``points``, ``stock/mask``) with one ``holder`` (``volunteer/v-1-101``, ``D1/2027-05-31``, ``held``)."""

    unit: str
    holder: str

    @property
    def name(self) -> str:
        return f"{self.unit}:{self.holder}"

    @property
    def kept(self) -> bool:
        """Is its balance kept, and held above the floor?"""
        return self.holder != WORLD


class Posting(NamedTuple):
    """``amount`` is given to the account, or taken where it is negative."""

    account: Account
    amount: int


class Cause(NamedTuple):
    """The fact an entry stands for. The same fact makes the same entry, whoever hears of it and whenever."""

    kind: str
    id: str

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


class Entry(NamedTuple):
    """What one cause moves. ``by`` is a username, a volunteer's id or empty for the system.

    ``asked`` is the digest of what was asked for, where the postings were decided by what the accounts held.
    """

    cause: Cause
    at: datetime
    by: str
    postings: tuple[Posting, ...]
    note: str = ""
    asked: str = ""

    def same(self, other: "Entry") -> bool:
        """Do both move the same for the same cause? Who entered it and when may differ."""
        return (self.cause, self.postings) == (other.cause, other.postings)


class Balance(NamedTuple):
    """What an account holds: the sum of all its ``lines`` entries. ``version`` 0 is an account nothing was ever posted to."""

    account: Account
    amount: int = 0
    lines: int = 0
    version: int = 0


class Short(Exception):
    """An account has less than would be taken from it; ``left`` is what it has."""

    def __init__(self, account: Account, left: int) -> None:
        super().__init__(f"{account.name} has {left}")
        self.account, self.left = account, left


def give(cause: Cause, at: datetime, by: str, moved: Posting, source: str = WORLD, note: str = "") -> Entry:
    """An entry of two postings: ``moved`` comes from ``source`` (and goes there where it is negative)."""
    account, amount = moved
    return Entry(cause, at, by, (Posting(Account(account.unit, source), -amount), moved), note)


def undo(entry: Entry, at: datetime, by: str, note: str) -> Entry:
    """The counter-entry. Its cause is the entry's own, so that nothing is undone twice."""
    back = tuple(Posting(account, -amount) for account, amount in entry.postings)
    return Entry(Cause("undo", entry.cause.key), at, by, back, note)


def check(entry: Entry) -> None:
    """ValueError for what is no entry: units that do not sum to zero, nothing moved, an account twice, none that is kept."""
    sums: Counter[str] = Counter()
    for account, amount in entry.postings:
        sums[account.unit] += amount
    accounts = [account for account, _ in entry.postings]
    if any(sums.values()) or not all(amount for _, amount in entry.postings):
        raise ValueError(f"{entry.cause.key} takes what it does not give, or moves nothing")
    if len(set(accounts)) < len(accounts) or not any(account.kept for account in accounts):
        raise ValueError(f"{entry.cause.key} posts to an account twice, or to none that is kept")
    if any("#" in part for part in (entry.cause.key, *(account.name for account in accounts))):
        raise ValueError(f"{entry.cause.key} holds a key separator")


def moved(balance: Balance, amount: int) -> Balance:
    """The balance after a posting. Short if that were below the floor."""
    after = balance.amount + amount
    if after < FLOOR and amount < 0:
        raise Short(balance.account, balance.amount)
    return balance._replace(amount=after, lines=balance.lines + 1)
