"""What is done with rewards: reserved by a volunteer, handed over or released by whoever sees to it, released by itself in the end.

Points, goods and the reservation change in one transaction, so that the last item has one winner and nothing is paid for twice.
"""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.ledger import records as ledger
from chalicelib.ledger.actions import post, post_decided
from chalicelib.ledger.rules import Account, Balance, Entry, undo
from chalicelib.points.rules import account as points_of
from chalicelib.register.rules import Register
from chalicelib.rewards import records
from chalicelib.rewards.rules import (
    AHEAD,
    ENDS_AS,
    MOST_OPEN,
    POINTS_HELD,
    Act,
    Done,
    Hour,
    Reservation,
    State,
    ended,
    paid,
    settled,
    too_few,
)
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, bad, busy, key_reused
from chalicelib.stock.rules import batches, depots, enough, front_first, held, nothing_left, spare, taken, unit
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 24


def reserve(store: Store, now: datetime, register: Register, wanted: Reservation) -> Reservation:
    """Put a reward aside for a volunteer; its id makes a repeat harmless. Four reads and one transaction.

    Problem 409 for too few points, nothing left, goods that those at the front need, or too many reservations at a time; 404 for an
    hour that is not there.
    """
    compound = register.compound
    for _ in range(ROUNDS):
        known = records.find(store, compound, wanted.id, day_of(now))
        if known is not None:
            return _repeated(known, wanted)
        _require_few(store, compound, wanted)
        hour = _booked(store, now, compound, wanted)
        also = [records.added(compound, wanted), *([records.hour_changed(compound, hour)] if hour else [])]
        try:
            if _pay(store, now, register, wanted, also):
                return wanted._replace(version=1)
        except Conflict:
            continue
    raise busy()


def _repeated(known: Reservation, wanted: Reservation) -> Reservation:
    if known.asked != wanted.asked:
        raise key_reused()
    return known


def _require_few(store: Store, compound: str, wanted: Reservation) -> None:
    if sum(each.volunteer == wanted.volunteer for each in records.open_ones(store, compound)) >= MOST_OPEN:
        raise Problem(409, "too-many-reservations", "您兑换的东西还没领完，先去领吧。", "Please fetch what you have reserved first.")


def _booked(store: Store, now: datetime, compound: str, wanted: Reservation) -> Hour | None:
    if wanted.starts is None:
        return None
    hour = records.hour(store, compound, wanted.reward, wanted.starts)
    if hour is None or hour.starts <= now:
        raise absent()
    if hour.left <= 0:
        raise nothing_left()
    return hour._replace(taken=(*hour.taken, wanted.id))


def _pay(store: Store, now: datetime, register: Register, wanted: Reservation, also: list[Change]) -> bool:
    """False if its cause was posted meanwhile, and nothing written."""
    purse, today = points_of(wanted.volunteer), day_of(now)
    shelf = _shelf(store, now, register, wanted) if wanted.good else []

    def decide(balances: Mapping[Account, Balance]) -> Entry:
        if balances[purse].amount < wanted.points:
            raise too_few(balances[purse].amount, wanted.points)
        goods = taken({each: balances[each] for each in shelf}, wanted.amount, today) if wanted.good else []
        if wanted.good and not enough(goods, wanted.amount):
            raise nothing_left()
        return paid(wanted, purse, now, goods)

    touched = [purse, POINTS_HELD, *shelf, *([held(wanted.good)] if wanted.good else [])]
    return post_decided(store, register.compound, wanted.cause, touched, decide, wanted.asked, *also)[1]


def _shelf(store: Store, now: datetime, register: Register, wanted: Reservation) -> list[Account]:
    """The batches it may come from. Problem 409 where those at the front need what is left."""
    good = next((each for each in register.goods if each.id == wanted.good), None)
    there = batches(ledger.balances(store, register.compound, unit(wanted.good)))
    shelf = [batch.account for batch in there if batch.place in depots(register)]
    if good is None or not shelf:
        raise nothing_left()
    if spare(register, good, there, day_of(now)) < wanted.amount:
        raise front_first() if good.front else nothing_left()
    return shelf


def end(store: Store, now: datetime, compound: str, identity: str, act: Act, done: Done, only: str = "") -> Reservation:
    """Hand a reservation over or release it; ``only`` is the volunteer to whom alone it is open, "" for staff. The same again is harmless.

    Problem 404 for none of hers, 409 if it is over otherwise.
    """
    for _ in range(ROUNDS):
        known = records.find(store, compound, identity, day_of(now))
        if known is None or only not in ("", known.volunteer):
            raise absent()
        if known.done is not None:
            return _done_before(known, done)
        after = known._replace(state=ENDS_AS[act], done=done)
        try:
            changes = [*records.closed(compound, after, day_of(now)), *_seat(store, now, compound, after)]
            if post(store, compound, _entry(store, now, compound, known, act, done), *changes)[1]:
                return after._replace(version=known.version + 1)
        except Conflict:
            continue
    raise busy()


def _done_before(known: Reservation, done: Done) -> Reservation:
    request = done.key.partition(":")[0]
    if known.done and request and known.done.key.partition(":")[0] == request:
        if known.done.key != done.key:
            raise key_reused()
        return known
    raise ended(known)


def _entry(store: Store, now: datetime, compound: str, known: Reservation, act: Act, done: Done) -> Entry:
    """What lay aside is gone, or goes back to where it came from."""
    if act is Act.HAND_OVER:
        return settled(known, now, done.by)
    entry = ledger.entry_of(store, compound, known.cause)
    if entry is None:
        raise absent()
    return undo(entry, now, done.by, known.name)


def _seat(store: Store, now: datetime, compound: str, after: Reservation) -> list[Change]:
    """An hour that was booked and is released may be booked again, while it is still to come."""
    if after.starts is None or after.state is not State.RELEASED or after.starts <= now:
        return []
    hour = records.hour(store, compound, after.reward, after.starts)
    if hour is None or after.id not in hour.taken:
        return []
    return [records.hour_changed(compound, hour._replace(taken=tuple(each for each in hour.taken if each != after.id)))]


def run_out(store: Store, now: datetime, compound: str, identity: str) -> bool:
    """Release a reservation that nobody fetched. False if it is over, or somebody was faster."""
    known = records.find(store, compound, identity, day_of(now))
    if known is None or known.done is not None or known.until > now:
        return False
    end(store, now, compound, identity, Act.RELEASE, Done(now, "", f"run-out-{identity}"))
    return True


def open_hour(store: Store, now: datetime, compound: str, wanted: Hour) -> Hour:
    """Open an hour of a service for booking, or change how often it may be booked. Problem 400 for one that is past or too far ahead."""
    if not now < wanted.starts <= now + AHEAD or wanted.starts.second or wanted.starts.microsecond:
        raise bad("starts", f"请选今后 {AHEAD.days} 天里的整点或整分。", f"Please choose a time within the coming {AHEAD.days} days.")
    for _ in range(ROUNDS):
        known = records.hour(store, compound, wanted.reward, wanted.starts)
        if known is not None and known.asked.partition(":")[0] == wanted.asked.partition(":")[0]:
            return _opened_before(known, wanted)
        after = wanted._replace(taken=known.taken, version=known.version) if known else wanted
        if after.left < 0:
            raise Problem(409, "booked-already", "已经有人约了，名额不能少于约好的人数。", "More than that are booked already.")
        try:
            store.write(records.hour_changed(compound, after))
            return after._replace(version=after.version + 1)
        except Conflict:
            continue
    raise busy()


def _opened_before(known: Hour, wanted: Hour) -> Hour:
    if known.asked != wanted.asked:
        raise key_reused()
    return known
