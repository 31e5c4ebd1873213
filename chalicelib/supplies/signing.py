"""What people do with hand-out rounds: begin one, sign off a home, close it. A home gets its part once, whoever brings it."""

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from chalicelib.ledger.rules import Cause
from chalicelib.points.actions import credit
from chalicelib.points.rules import Work
from chalicelib.register.dues import own_home
from chalicelib.register.rules import Home, Register
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, bad, busy, key_reused, not_now, own_household
from chalicelib.stock.actions import Taking, take
from chalicelib.store.contract import Conflict, Store
from chalicelib.supplies import records
from chalicelib.supplies.actions import kept_in
from chalicelib.supplies.handing import Round, Signed

HAND_OUT = "hand-out"
MOST_RUNNING = 12
ROUNDS = 8


def begin(store: Store, register: Register, wanted: Round) -> Round:
    """Begin a round; its id makes a repeat harmless. Problem 400 for one that gives nothing to anybody, 409 if too many run."""
    known = records.running(store, register.compound, wanted.id)
    if known is not None:
        if known.asked != wanted.asked:
            raise key_reused()
        return known
    kept_in(register, wanted.place)
    if all(each.id != wanted.good for each in register.goods):
        raise bad("good", "请选一样物资。", "Please choose a good.", field="good")
    if not any(wanted.owed(home) for home in register.homes):
        raise bad("each", "这样没有一户能领到，请看看每户几份和网格。", "Nobody would get anything. Please look at the amounts and grids.", field="each")  # fmt: skip
    if len(records.open_rounds(store, register.compound)) >= MOST_RUNNING:
        raise Problem(409, "too-many-rounds", "没发完的太多了，请先结束几次。", "Too many rounds are running. Please close some first.")
    store.write(records.added(register.compound, wanted))
    return wanted._replace(version=1)


class Signing(NamedTuple):
    """Who signs off which home: a member of staff, or a ``volunteer``, who gets a point a round and day for it."""

    home: Home
    by: str
    card: bool
    key: str
    volunteer: bool = False


def sign(store: Store, now: datetime, register: Register, identity: str, wanted: Signing) -> Signed:
    """A home has its part of a round: stock and signature in one transaction. Whoever comes second gets what was signed first.

    Problem 404 for no such round, or a home that gets nothing of it; 409 for one's own household, or where there is not enough.
    """
    compound, home = register.compound, wanted.home
    if wanted.volunteer and own_home(register, wanted.by) == home.id:
        raise own_household()
    known = records.signed_by(store, compound, identity, home.id, home.tenancy)
    if known is not None:
        return _credited(store, now, register, identity, wanted, known)
    running = records.running(store, compound, identity)
    good = next((each for each in register.goods if running and each.id == running.good), None)
    if running is None or good is None or not running.owed(home):
        raise absent()
    made = Signed(home.id, home.tenancy, running.owed(home), wanted.by, now, wanted.card, wanted.key)
    cause = Cause(HAND_OUT, f"{identity}:{home.id}:{home.tenancy}")
    out = Taking(good, running.place, made.amount, cause, wanted.by, running.name, identity)
    with suppress(Conflict):  # somebody else has just signed
        take(store, now, register, out, records.signs(compound, identity, made))
    stored = records.signed_by(store, compound, identity, home.id, home.tenancy)
    if stored is None:
        raise busy()
    return _credited(store, now, register, identity, wanted, stored)


def _credited(store: Store, now: datetime, register: Register, identity: str, wanted: Signing, signed: Signed) -> Signed:
    """One point a round and day, however many homes; a crash before it is made up for at the next home."""
    if wanted.volunteer and signed.by == wanted.by:
        day = day_of(signed.at)
        cause = Cause(HAND_OUT, f"{identity}:by:{wanted.by}:{day.isoformat()}")
        credit(store, now, register, wanted.by, Work(HAND_OUT, cause, day))
    return signed


def close(store: Store, now: datetime, register: Register, identity: str, by: str, key: str) -> Round:
    """No more of this round is handed out. Problem 404 for none that runs, but for a repeat."""
    compound = register.compound
    for _ in range(ROUNDS):
        running = records.running(store, compound, identity)
        if running is None:
            return _closed_before(store, now, compound, identity, key)
        after = running._replace(closed=now, closed_by=by, closed_key=key)
        try:
            store.write(*records.closed(compound, after))
            return after._replace(version=running.version + 1)
        except Conflict:
            continue
    raise busy()


def _closed_before(store: Store, now: datetime, compound: str, identity: str, key: str) -> Round:
    found = next((each for each in records.lately(store, compound, day_of(now).isoformat()) if each.id == identity and each.closed), None)
    if found is None:
        raise absent()
    if found.closed_key.partition(":")[0] != key.partition(":")[0]:
        raise not_now()
    return found
