"""What people do with goods: receive, issue, return, count, write off, move. Each is one entry of the ledger; its key makes a repeat harmless."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.ledger import records as ledger
from chalicelib.ledger.actions import post_decided
from chalicelib.ledger.rules import Entry, Short
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, bad, busy, key_reused
from chalicelib.stock import records as stock
from chalicelib.stock.actions import Taking, take
from chalicelib.store.contract import Conflict, Store
from chalicelib.supplies.rules import KEPT_IN, LEAVES, REASONED, Act, Moving, entry

ROUNDS = 24


class Moved(NamedTuple):
    """What came of it: the entry, None for a count that was right."""

    entry: Entry | None


def move(store: Store, now: datetime, register: Register, wanted: Moving, manager: bool) -> Moved:
    """Do one of the acts. Problem 400 names the field that is wrong; 403 for what leaves the reserve without the manager; 409 where there
    is not enough, where those at the front come first, or where a count was made against a number that has changed since.
    """
    known = ledger.entry_of(store, register.compound, wanted.cause)
    if known is not None:
        return Moved(_repeated(known, wanted))
    place = _check(now, register, wanted)
    if place.kind is PlaceKind.RESERVE and wanted.act in LEAVES and not manager:
        raise Problem(403, "reserve", "储备库的东西要经理放行。", "What is in the reserve leaves it only when the manager releases it.")
    try:
        return Moved(_done(store, now, register, wanted))
    except Short as short:
        raise Problem(409, "nothing-left", f"这一批只有 {short.left} 了。", f"There are only {short.left} of this batch.") from None


def _done(store: Store, now: datetime, register: Register, wanted: Moving) -> Entry | None:
    if wanted.act is Act.ISSUE:
        out = Taking(wanted.good, wanted.batch.place, wanted.amount, wanted.cause, wanted.by, wanted.note, wanted.asked, wanted.front)
        return take(store, now, register, out)[0]
    if wanted.act is Act.COUNT:
        _require_as_expected(store, register.compound, wanted)
    made = entry(wanted, now)
    return None if made is None else _posted(store, now, register.compound, wanted, made)


def _posted(store: Store, now: datetime, compound: str, wanted: Moving, made: Entry) -> Entry:
    """What is returned is counted as not used."""
    accounts = [account for account, _ in made.postings if account.kept]
    for _ in range(ROUNDS):
        back = [stock.used(store, compound, wanted.good.id, day_of(now), -wanted.amount)] if wanted.act is Act.RETURN else []
        try:
            return post_decided(store, compound, wanted.cause, accounts, lambda _: made, wanted.asked, *back)[0]
        except Conflict:
            continue
    raise busy()


def _require_as_expected(store: Store, compound: str, wanted: Moving) -> None:
    """A repeat of a count that was right finds nothing posted: what it was made against tells it from a new one."""
    there = ledger.balance(store, compound, wanted.batch.account).amount
    if there != wanted.expected:
        raise Problem(
            409,
            "count-outdated",
            f"账上现在是 {there}，刚才有人动过，请再数一遍。",
            f"By the ledger there are {there} now: somebody has been at it. Please count once more.",
            there=there,
        )


def _repeated(known: Entry, wanted: Moving) -> Entry:
    if known.asked != wanted.asked:
        raise key_reused()
    return known


def _check(now: datetime, register: Register, wanted: Moving) -> Place:
    place = kept_in(register, wanted.batch.place)
    if wanted.amount <= 0 and wanted.act is not Act.COUNT:
        raise bad("amount", "数量要大于零。", "The number must be above zero.", field="amount")
    if wanted.act in REASONED and not wanted.note:
        raise bad("note", "写一句原因。", "Please say in a word why.", field="note")
    if wanted.act is Act.MOVE and kept_in(register, wanted.to, "to").id == place.id:
        raise bad("to", "请选另一个地方。", "Please choose another place.", field="to")
    if wanted.act is Act.RECEIVE and wanted.batch.ends and wanted.batch.ends < day_of(now):
        raise bad("ends", "这一批已经过期了，不能收。", "This batch has ended already and cannot be taken in.", field="ends")
    return place


def kept_in(register: Register, identity: str, field: str = "place") -> Place:
    """A depot or the reserve, by its id; Problem 400 for any other place."""
    place = next((each for each in register.places if each.id == identity and each.kind in KEPT_IN), None)
    if place is None:
        raise bad(field, "请选一个仓库或储备库。", "Please choose a depot or the reserve.", field=field)
    return place
