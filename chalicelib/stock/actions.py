"""Taking goods from where they lie: the first batch to end first, those at the front first, counted as used with the same write."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from chalicelib.ledger import records as ledger
from chalicelib.ledger.actions import post_decided
from chalicelib.ledger.rules import WORLD, Account, Balance, Cause, Entry, Posting
from chalicelib.register.goods import Good
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import busy
from chalicelib.stock import records
from chalicelib.stock.rules import batches, depots, enough, front_first, nothing_left, spare, taken, unit
from chalicelib.store import stock_keys as keys
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 24


class Taking(NamedTuple):
    """So much of a good, out of one place, for one cause. ``front``: for those who work at the front, who come first."""

    good: Good
    place: str
    amount: int
    cause: Cause
    by: str
    note: str
    asked: str
    front: bool = False


def take(store: Store, now: datetime, register: Register, wanted: Taking, *others: Change) -> tuple[Entry, bool]:
    """Take goods out for good, with ``others`` in the same transaction; as ``post_decided`` for a repeat.

    Problem 409 where there is not enough that is still good, or where those at the front need what is left. Conflict as ``post_decided``.
    """
    compound, today = register.compound, day_of(now)
    there = batches(ledger.balances(store, compound, unit(wanted.good.id)))
    shelf = [batch.account for batch in there if batch.place == wanted.place]
    touched = list(dict.fromkeys([*shelf, *(batch.account for batch in there if batch.place in depots(register))]))

    def decide(balances: Mapping[Account, Balance]) -> Entry:
        goods = taken({each: balances[each] for each in shelf}, wanted.amount, today)
        if not enough(goods, wanted.amount):
            raise nothing_left()
        if not wanted.front and spare(register, wanted.good, batches(balances.values()), today) < wanted.amount:
            raise front_first()
        gone = Posting(Account(unit(wanted.good.id), WORLD), wanted.amount)
        return Entry(wanted.cause, now, wanted.by, (*goods, gone), wanted.note, wanted.asked)

    for _ in range(ROUNDS):
        counted = records.used(store, compound, wanted.good.id, today, wanted.amount)
        try:
            return post_decided(store, compound, wanted.cause, touched, decide, wanted.asked, counted, *others)
        except Conflict as conflict:
            if conflict.key != keys.use(compound, today.isoformat()[:7], wanted.good.id):
                raise
    raise busy()
