"""How the ledger is stored: an entry under its cause, which must not exist; a balance an account; a numbered line for every entry that
touched it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from chalicelib.ledger.rules import Account, Balance, Cause, Entry, Posting
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import ledger_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store


class Line(NamedTuple):
    """One line of an account's statement: what an entry moved there, and what was left after it. Numbers have no gaps."""

    number: int
    cause: Cause
    at: datetime
    by: str
    note: str
    amount: int
    after: int


class Found(NamedTuple):
    """What is known before an entry is posted: the balances of its accounts, and what was posted for its cause before."""

    balances: dict[Account, Balance]
    entry: Entry | None


def find(store: Store, compound: str, cause: Cause, accounts: Collection[Account]) -> Found:
    """One read for a cause and all accounts that its entry may touch."""
    posted_for = keys.cause(compound, cause.key)
    wanted = {account: keys.balance(compound, account.name) for account in accounts}
    items = store.get_many([posted_for, *wanted.values()], consistent=True)
    balances = {account: _balance(account, items.get(key)) for account, key in wanted.items()}
    return Found(balances, _entry(items[posted_for]) if posted_for in items else None)


def entry_of(store: Store, compound: str, cause: Cause) -> Entry | None:
    """What was posted for a cause."""
    item = store.get(keys.cause(compound, cause.key), consistent=True)
    return None if item is None else _entry(item)


def posted(compound: str, entry: Entry, after: Iterable[Balance]) -> list[Change]:
    """The writes of an entry: itself, which must not exist; of each account the balance, at the version it was read, and a line."""
    amounts = dict(entry.postings)
    after = list(after)
    changes: list[Change] = [Add(_entry_item(compound, entry, after))]
    for balance in after:
        key = keys.balance(compound, balance.account.name)
        item = {**key.as_item(), "v": balance.version + 1, "amount": balance.amount, "lines": balance.lines}
        changes.append(Replace(item, balance.version) if balance.version else Add(item))
        changes.append(Add(_line_item(compound, entry, amounts[balance.account], balance)))
    return changes


def balances(store: Store, compound: str, unit: str = "") -> list[Balance]:
    """All accounts, or those of a unit, in order of their names: one query."""
    items = store.under(keys.balances(compound), prefix=f"{unit}:" if unit else "")
    return [_balance(Account(*item["sk"].split(":", 1)), item) for item in items]


def balance(store: Store, compound: str, account: Account) -> Balance:
    """An account nothing was ever posted to is empty."""
    return _balance(account, store.get(keys.balance(compound, account.name), consistent=True))


def statement(store: Store, compound: str, account: Account, first: int = 1) -> list[Line]:
    """An account's lines from a number on, in order."""
    start = keys.ledger_line(compound, account.name, first)
    return [_line(item) for item in store.under(start.pk, start=start.sk)]


def _balance(account: Account, item: Item | None) -> Balance:
    return Balance(account) if item is None else Balance(account, item["amount"], item["lines"], item["v"])


def _said(entry: Entry) -> Item:
    return {"v": 1, "cause": list(entry.cause), "at": utc_stamp(entry.at), "by": entry.by, "note": entry.note}


def _entry_item(compound: str, entry: Entry, after: Iterable[Balance]) -> Item:
    """Each posting with the number of its line, 0 for the world's, so that a proof finds the one from the other."""
    lines = {balance.account: balance.lines for balance in after}
    postings = [[*account, amount, lines.get(account, 0)] for account, amount in entry.postings]
    asked = {"asked": entry.asked} if entry.asked else {}
    return {**keys.cause(compound, entry.cause.key).as_item(), **_said(entry), **asked, "postings": postings}


def _line_item(compound: str, entry: Entry, amount: int, after: Balance) -> Item:
    key = keys.ledger_line(compound, after.account.name, after.lines)
    return {**key.as_item(), **_said(entry), "amount": amount, "after": after.amount}


def _line(item: Item) -> Line:
    said = Cause(*item["cause"]), parse(item["at"]), item["by"], item["note"]
    return Line(int(item["sk"]), *said, item["amount"], item["after"])


def _entry(item: Item) -> Entry:
    postings = tuple(Posting(Account(unit, holder), amount) for unit, holder, amount, _ in item["postings"])
    return Entry(Cause(*item["cause"]), parse(item["at"]), item["by"], postings, item["note"], item.get("asked", ""))
