"""The nightly proof of the ledger: every balance is its lines, every line stands in an entry, every entry sums to zero.

Read off plain items, with code that nothing else uses. Lines are numbered, so that a night goes on from the line that the night before
came to and costs what was posted since. What has been proved is not read again: of an account that rests, only its balance is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib.auditor.rules import GRACE, Finding, finding
from chalicelib.shared.calendar import local, parse
from chalicelib.store import ledger_keys as keys
from chalicelib.store.contract import Add, Conflict, Item, Replace, Store
from chalicelib.store.keys import Key

HOUR = 3
"""The hour of the night in which the ledger is proved."""


class Proved(NamedTuple):
    """An account's lines up to this number come to this sum."""

    lines: int = 0
    amount: int = 0


class Held(NamedTuple):
    """A balance as stored, and how far it was proved before."""

    account: str
    amount: int
    lines: int
    before: Proved

    @property
    def unit(self) -> str:
        return _unit(self.account)


def _unit(account: str) -> str:
    return account.partition(":")[0]


def nightly(now: datetime) -> bool:
    return local(now).hour == HOUR


def prove(store: Store, now: datetime, compound: str) -> list[Finding]:
    """What differs in one compound's ledger. Two queries, one more for each account that something was posted to, and a batch of entries.

    An account with a difference is not proved: the next night finds it again.
    """
    marks = {item["sk"]: item for item in store.under(keys.proofs(compound))}
    found: set[Finding] = set()
    proved: dict[str, dict[str, Proved]] = {}
    for held in _held(store, compound, marks):
        new = [] if held.lines == held.before.lines else _lines(store, compound, held)
        wrong = [*_sums(held, new, now), *_entries(store, compound, held, new)]
        found.update(wrong)
        proved.setdefault(held.unit, {})[held.account] = held.before if wrong else _up_to(held, new, now)
    for unit, accounts in proved.items():
        _mark(store, compound, unit, marks.get(unit), accounts)
    known = {account for accounts in proved.values() for account in accounts}
    gone = {account for mark in marks.values() for account in mark["proved"]} - known
    return sorted(found | {finding("ledger-balance", f"{account}:gone", _midnight(now)) for account in gone})


def _held(store: Store, compound: str, marks: dict[str, Item]) -> Iterator[Held]:
    for item in store.under(keys.balances(compound)):
        account = item["sk"]
        before = marks.get(_unit(account), {}).get("proved", {}).get(account, (0, 0))
        yield Held(account, item["amount"], item["lines"], Proved(*before))


def _lines(store: Store, compound: str, held: Held) -> list[Item]:
    start = keys.ledger_line(compound, held.account, held.before.lines + 1)
    return [item for item in store.under(start.pk, start=start.sk, consistent=True) if int(item["sk"]) <= held.lines]


def _sums(held: Held, new: Sequence[Item], now: datetime) -> Iterator[Finding]:
    """Numbers without gaps, each line leaving what it says, the last one leaving the balance, and nothing below zero."""
    number, left = held.before
    for line in new:
        number, left = number + 1, left + line["amount"]
        if int(line["sk"]) != number or line["after"] != left or left < 0:
            yield finding("ledger-line", f"{held.account}:{line['sk']}", parse(line["at"]))
            return
    if (number, left) != (held.lines, held.amount):
        yield finding("ledger-balance", f"{held.account}:{held.lines}", parse(new[-1]["at"]) if new else _midnight(now))


def _entries(store: Store, compound: str, held: Held, new: Sequence[Item]) -> Iterator[Finding]:
    """Each line's entry moves what the line says, as much to as from, and the lines it speaks of are there."""
    wanted = {keys.cause(compound, _cause(line)): line for line in new}
    entries = store.get_many(list(wanted), consistent=True) if wanted else {}
    others = _others(store, compound, held, entries.values())
    for key, line in wanted.items():
        entry = entries.get(key)
        if entry is None or not _fits(held, line, entry) or not _whole(compound, held, entry, others):
            yield finding("ledger-entry", f"{_cause(line)}:{held.account}", parse(line["at"]))


def _fits(held: Held, line: Item, entry: Item) -> bool:
    sums: Counter[str] = Counter()
    for unit, _, amount, _ in entry["postings"]:
        sums[unit] += amount
    return not any(sums.values()) and [line["amount"], int(line["sk"])] in [
        [amount, number] for unit, holder, amount, number in entry["postings"] if f"{unit}:{holder}" == held.account
    ]


def _others(store: Store, compound: str, held: Held, entries: Iterable[Item]) -> dict[Key, Item]:
    """The lines of other accounts that these entries speak of."""
    spoken = {
        keys.ledger_line(compound, f"{unit}:{holder}", number)
        for entry in entries
        for unit, holder, _, number in entry["postings"]
        if number and f"{unit}:{holder}" != held.account
    }
    return store.get_many(sorted(spoken), consistent=True) if spoken else {}


def _whole(compound: str, held: Held, entry: Item, others: dict[Key, Item]) -> bool:
    for unit, holder, amount, number in entry["postings"]:
        account = f"{unit}:{holder}"
        line = others.get(keys.ledger_line(compound, account, number)) if number else None
        if number and account != held.account and (line is None or (line["amount"], line["cause"]) != (amount, entry["cause"])):
            return False
    return True


def _cause(line: Item) -> str:
    return ":".join(line["cause"])


def _up_to(held: Held, new: Sequence[Item], now: datetime) -> Proved:
    """What is younger than the grace is looked at once more tomorrow."""
    lines, amount = held.before
    for line in new:
        if parse(line["at"]) > now - GRACE:
            break
        lines, amount = lines + 1, amount + line["amount"]
    return Proved(lines, amount)


def _mark(store: Store, compound: str, unit: str, before: Item | None, accounts: dict[str, Proved]) -> None:
    proved = {**(before["proved"] if before else {}), **{account: list(each) for account, each in accounts.items()}}
    if before is not None and before["proved"] == proved:
        return
    item = {**keys.proof(compound, unit).as_item(), "v": before["v"] + 1 if before else 1, "proved": proved}
    try:
        store.write(Replace(item, before["v"]) if before else Add(item))
    except Conflict:
        return


def _midnight(now: datetime) -> datetime:
    return local(now).replace(hour=0, minute=0, second=0, microsecond=0)
