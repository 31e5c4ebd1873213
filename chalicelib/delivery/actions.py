"""What people do with parcels: receive one, hand some on, find out whose one is. Every hand-over is one conditional write a parcel."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.delivery import records
from chalicelib.delivery.doorstep import as_of, to_the_door
from chalicelib.delivery.numbers import day_of_arrival, number_of
from chalicelib.delivery.refusals import another_home, bring_it, why_not
from chalicelib.delivery.rules import AIMS, Act, Parcel, Spot, Step, Trouble
from chalicelib.delivery.setting_out import announce, call_off
from chalicelib.delivery.steps import moved, out_again
from chalicelib.delivery.undoing import undone
from chalicelib.register.delivering import DeliveryPolicy, Goods
from chalicelib.register.places import Place
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, busy, key_reused
from chalicelib.store.contract import Conflict, Store

ROUNDS = 24


class Draft(NamedTuple):
    """A parcel as it is taken in at ``gate``. Without a home its room is unknown, and perhaps its building; ``key`` ends in the payload's digest."""

    goods: Goods
    home: Home | None
    building: str
    no_name: bool
    gate: str
    waybill: str
    batch: str
    by: str
    key: str


class Order(NamedTuple):
    """What is to be done with one parcel after the other. ``shelf`` where it is put, ``home`` whose door one stands at, if anybody knows;
    ``mine`` says of a parcel whether this caller may have to do with it at all. ``said``: it has happened already, whatever was asked;
    ``clean``: they were disinfected first."""

    act: Act
    by: str
    key: str
    shelf: Place | None = None
    home: Home | None = None
    mine: Callable[[Parcel], bool] = lambda parcel: True
    said: bool = False
    clean: bool = False


def receive(store: Store, now: datetime, standing: Standing, draft: Draft) -> Parcel:
    """Take a parcel in. What its barcode says, or its key, makes a repeat harmless, also on the next day; Problem 422 for a key that was used
    for something else."""
    compound, policy = standing.register.compound, standing.register.policy
    building = draft.home.building if draft.home else draft.building
    asked = draft.waybill or draft.key.partition(":")[0]
    for salt in range(ROUNDS):
        days = (day_of(now), day_of(now) - timedelta(days=1))
        numbers = [number_of(building, day, f"{asked}:{salt}") for day in days]
        known = records.find(store, compound, numbers, day_of(now))
        same = next((each for each in known.values() if _same(each, draft)), None)
        if same is not None:
            return same
        if numbers[0] in known:
            continue
        parcel = _arrived(now, draft, numbers[0])
        try:
            store.write(records.added(compound, policy, parcel))
        except Conflict:
            return receive(store, now, standing, draft)
        return parcel._replace(version=1)
    raise busy()


def _same(known: Parcel, draft: Draft) -> bool:
    first = known.steps[0].key
    if first.partition(":")[0] == draft.key.partition(":")[0] and first != draft.key:
        raise key_reused()
    return first == draft.key or bool(draft.waybill and known.waybill == draft.waybill)


def _arrived(now: datetime, draft: Draft, number: str) -> Parcel:
    home = draft.home
    trouble = Trouble.UNKNOWN_ROOM if home is None else Trouble.NO_NAME if draft.no_name else Trouble.NONE
    step = Step(now, Act.RECEIVE, draft.by, Spot.GATE, draft.gate, draft.key)
    whose = (home.id, home.tenancy) if home else ("", "")
    door = bool(home and to_the_door(home, day_of(now)))
    parcel = Parcel(number, draft.goods, *whose, Spot.GATE, draft.gate, trouble, door, now, now, (step,))
    return parcel._replace(waybill=draft.waybill, batch=draft.batch)


def hand_over(store: Store, now: datetime, standing: Standing, order: Order, numbers: list[str]) -> list[Parcel | Problem]:
    """Do the same with each parcel, one write each: what could not be done with one does not hold up the others, and says why."""
    found = records.find(store, standing.register.compound, numbers, day_of(now))
    return [_one(store, now, standing, order, number, found.get(number)) for number in numbers]


def _one(store: Store, now: datetime, standing: Standing, order: Order, number: str, parcel: Parcel | None) -> Parcel | Problem:
    register = standing.register
    try:
        for _ in range(ROUNDS):
            if parcel is None or not order.mine(parcel):
                raise absent()
            parcel = as_of(register, parcel, day_of(now))
            after = _after(now, register.policy.delivery, order, parcel)
            if after is parcel:
                return parcel
            announce(store, now, standing, order.act, order.key, parcel)
            try:
                store.write(*records.changed(register.compound, register.policy, parcel, after))
            except Conflict:
                parcel = records.find(store, register.compound, [number], day_of(now)).get(number)
                continue
            if order.act is Act.UNDO:
                call_off(store, now, standing, parcel)
            return after._replace(version=parcel.version + 1)
        raise busy()
    except Problem as problem:
        return problem


def _after(now: datetime, policy: DeliveryPolicy, order: Order, parcel: Parcel) -> Parcel:
    """The parcel after the step; itself, where this very step has been taken. Problem 409 where it cannot be, 422 for a key used otherwise."""
    if any(step.key == order.key for step in parcel.steps):
        return parcel
    if any(step.key.partition(":")[0] == order.key.partition(":")[0] for step in parcel.steps):
        raise key_reused()
    if order.act is Act.UNDO:
        return undone(policy, parcel, Step(now, order.act, order.by, parcel.spot, "", order.key))
    if order.act is Act.SHELVE and parcel.door and not order.said and parcel.trouble is not Trouble.NOBODY_HOME:
        raise bring_it(parcel)
    if order.home and order.home.id != parcel.home:
        raise another_home(parcel)
    where = order.shelf.id if order.shelf else order.by if order.act in AIMS else ""
    step = Step(now, order.act, order.by, parcel.spot, where, order.key, order.clean)
    after = moved(parcel, step, order.shelf.building if order.shelf else "")
    if after is None:
        raise why_not(parcel, order.act)
    return out_again(policy, parcel, step) if after is parcel else after


def address(store: Store, now: datetime, standing: Standing, number: str, home: Home, by: str, key: str) -> Parcel:
    """Somebody has found out whose it is: for another building than was thought it gets a number of that building.

    Problem 404 for no such parcel, 409 if it is not on its way any more.
    """
    register = standing.register
    for _ in range(ROUNDS):
        again = number_of(home.building, day_of_arrival(number, day_of(now)), f"{number}:{home.id}")
        known = records.find(store, register.compound, [number, again], day_of(now))
        if again in known and any(step.key == key for step in known[again].steps):
            return known[again]
        parcel = known.get(number)
        if parcel is None:
            raise absent()
        if any(step.key == key for step in parcel.steps):
            return parcel
        after = _addressed(now, parcel, home, by, key)
        changes = records.changed if after.building == home.building else records.renumbered
        after = after if after.building == home.building else after._replace(id=again, version=0)
        try:
            store.write(*changes(register.compound, register.policy, parcel, after))
            return after._replace(version=after.version + 1)
        except Conflict:
            continue
    raise busy()


def _addressed(now: datetime, parcel: Parcel, home: Home, by: str, key: str) -> Parcel:
    if not parcel.running:
        raise why_not(parcel, Act.ADDRESS)
    steps = (*parcel.steps, Step(now, Act.ADDRESS, by, parcel.spot, home.id, key))
    whose = parcel._replace(home=home.id, tenancy=home.tenancy, door=to_the_door(home, day_of(now)), steps=steps, before=None)
    return whose._replace(trouble=Trouble.NONE if parcel.trouble is Trouble.UNKNOWN_ROOM else parcel.trouble)
