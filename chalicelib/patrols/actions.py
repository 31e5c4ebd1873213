"""What people do at a place: disinfect it, with what is refilled there, and take that back where it was a mistake."""

from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.ledger.actions import post
from chalicelib.ledger.records import entry_of
from chalicelib.ledger.rules import undo
from chalicelib.patrols import records
from chalicelib.patrols.rules import BEYOND, Disinfection, kept_by, owed, slot_at
from chalicelib.register.goods import Good
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of, days_of_repeat
from chalicelib.shared.problems import Problem, absent, bad, busy, key_reused
from chalicelib.stock import records as stock
from chalicelib.stock.actions import Taking, take
from chalicelib.store.contract import Conflict, Store

ROUNDS = 24


class Order(NamedTuple):
    """Who disinfects what, and ``amount`` of the place's good refilled. ``extra``: once more, although the window has been kept."""

    place: Place
    by: str
    key: str
    digest: str
    amount: int = 0
    extra: bool = False


class Outcome(NamedTuple):
    """``new``: did this very request record it? Else somebody was first, in this window, and ``made`` is hers."""

    made: Disinfection
    new: bool


def refill_of(register: Register, place: Place) -> Good | None:
    """The good that is refilled at such a place."""
    wanted = register.policy.patrols.refills.get(place.kind, "")
    return next((good for good in register.goods if good.id == wanted), None)


def disinfect(store: Store, now: datetime, register: Register, order: Order) -> Outcome:
    """Enter that a place is disinfected: one query and one conditional write, one transaction where something is refilled.

    Whoever is second in a window gets what the first has entered, and nothing is written. A repeat changes nothing; Problem 422 for its
    key with another payload, 404 for a place that nothing is promised to, 409 where there is not so much left to refill.
    """
    slots = owed(register.policy.patrols, order.place, day_of(now))
    if not slots:
        raise absent()
    slot = slot_at(slots, now)
    for _ in range(ROUNDS):
        lately = records.of_place(store, register.compound, order.place.id, days_of_repeat(now), consistent=True)
        known = next((each for each in lately if each.key == order.key), None)
        if known is not None:
            return _repeated(known, order)
        there = [each for each in lately if each.day == day_of(now)]
        first = kept_by(slot, there) if slot else None
        if first is not None and not order.extra:
            return Outcome(first, False)
        which = str(slot.number) if slot and first is None else f"{BEYOND}{order.key}"
        before = next((each.version for each in there if each.which == which), 0)
        made = Disinfection(order.place.id, day_of(now), which, order.by, now, order.key, order.digest, version=before)
        try:
            return Outcome(_saved(store, now, register, order, made), True)
        except Conflict:
            continue
    raise busy()


def _saved(store: Store, now: datetime, register: Register, order: Order, made: Disinfection) -> Disinfection:
    if not order.amount:
        store.write(records.saved(register.compound, made))
        return made
    good = refill_of(register, order.place)
    depot = next((place for place in register.places if place.kind is PlaceKind.DEPOT), None)
    if good is None or depot is None:
        raise bad("amount", "这里不用补东西。", "Nothing is refilled here.", field="amount")
    made = made._replace(good=good.id, amount=order.amount)
    out = Taking(good, depot.id, order.amount, made.cause, order.by, order.place.name, f"{order.key}:{order.digest}", front=True)
    take(store, now, register, out, records.saved(register.compound, made))
    return made


def _repeated(known: Disinfection, order: Order) -> Outcome:
    if known.digest != order.digest:
        raise key_reused()
    return Outcome(known, True)


def take_back(store: Store, now: datetime, register: Register, place: Place, by: str, key: str) -> Disinfection:
    """Undo what the same person entered here last, within the policy's minutes and its window; what was refilled goes back with it. A repeat
    changes nothing.

    Problem 409 where there is nothing of hers to take back any more.
    """
    since = now - timedelta(minutes=register.policy.patrols.undo)
    for _ in range(ROUNDS):
        there = records.of_place(store, register.compound, place.id, sorted({day_of(since), day_of(now)}), consistent=True)
        known = next((each for each in there if each.undone_key == key), None)
        if known is not None:
            return known
        hers = [each for each in there if each.by == by and each.counts and each.at > since and _still_open(register, place, each, now)]
        if not hers:
            raise Problem(
                409, "too-late-to-undo", "已经不能撤回了，请告诉网格长。", "That cannot be undone any more. Please tell the coordinator."
            )
        undone = max(hers, key=lambda each: each.at)._replace(undone=now, undone_key=key)
        try:
            _undone(store, now, register.compound, undone, by)
            return undone
        except Conflict:
            continue
    raise busy()


def _still_open(register: Register, place: Place, made: Disinfection, now: datetime) -> bool:
    """Once its window is over, nobody would look whether it is missed again."""
    slots = owed(register.policy.patrols, place, made.day)
    return made.beyond or any(str(slot.number) == made.which and now < slot.closes for slot in slots)


def _undone(store: Store, now: datetime, compound: str, undone: Disinfection, by: str) -> None:
    change = records.saved(compound, undone)
    entry = entry_of(store, compound, undone.cause) if undone.amount else None
    if entry is None:
        store.write(change)
        return
    back = stock.used(store, compound, undone.good, undone.day, -undone.amount)
    post(store, compound, undo(entry, now, by, "undo"), back, change)
