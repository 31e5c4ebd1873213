"""What a pair does at a door: visit, and say what came of it."""

from datetime import datetime

from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home
from chalicelib.shared.problems import Problem, bad, busy, key_reused
from chalicelib.store.contract import Add, Conflict, Item, Replace, Store
from chalicelib.visits import records
from chalicelib.visits.rules import COLDEST, HOTTEST, Entry, HomeAt, Visit, as_it_is, find_due

ROUNDS = 8
MOST_TRIES = 8


def record(
    store: Store, now: datetime, compound: str, policy: Policy, home: Home, slot: str, entry: Entry, home_at: HomeAt = as_it_is
) -> tuple[Visit, bool]:
    """Enter what came of a visit; returns it and whether this request was the slot's first. One conditional write in the usual case.

    ``home_at`` tells the home's tier when the slot opened, which may not be today's.

    Problem 400 for a slot that is not due, or a temperature nobody has; 422 for a key used with another payload; 409 once the
    slot has as many tries as anybody makes.
    """
    due = find_due(policy, home, slot, now, home_at)
    if due is None:
        raise bad("slot", "这次走访不在计划里，或者还没到时间。", "This visit is not due: not in the plan, or not yet.")
    if entry.temperature and not COLDEST <= entry.temperature <= HOTTEST:
        raise bad(
            "temperature", "体温要在 34 到 43 度之间，请再看一眼体温计。", "A temperature lies between 34 and 43 °C. Please look again."
        )
    fresh = Visit(slot, home.id, home.tenancy, due.day, (entry,))
    try:
        store.write(Add(records.to_item(compound, fresh, 1)))
        return fresh, True
    except Conflict as conflict:
        return _grown(store, compound, conflict.existing, entry)


def _grown(store: Store, compound: str, existing: Item | None, entry: Entry) -> tuple[Visit, bool]:
    """One try more at a visit that has some."""
    for _ in range(ROUNDS):
        if existing is None:
            raise busy()
        visit = records.from_item(existing)
        known = _known(visit, entry)
        if known is not None:
            return known, len(known.entries) == 1
        grown = visit._replace(entries=(*visit.entries, entry))
        try:
            store.write(Replace(records.to_item(compound, grown, existing["v"] + 1), existing["v"]))
            return grown, False
        except Conflict as conflict:
            existing = conflict.existing
    raise busy()


def _known(visit: Visit, entry: Entry) -> Visit | None:
    """The visit as it stood when this key was answered; None if the key is new."""
    keys = [each.key for each in visit.entries]
    if entry.key in keys:
        place = keys.index(entry.key)
        if visit.entries[place].digest != entry.digest:
            raise key_reused()
        return visit._replace(entries=visit.entries[: place + 1])
    if len(visit.entries) >= MOST_TRIES:
        raise Problem(
            409,
            "enough-tries",
            "这次走访已经登记很多次了，请联系网格长。",
            "This visit has many entries already. Please ask the coordinator.",
        )
    return None
