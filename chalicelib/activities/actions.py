"""What people do with activities: arrange one, sign up, leave, change its places, call it off. One conditional write each."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.activities import records
from chalicelib.activities.rules import Activity, called_off, check, resized, signed
from chalicelib.register.rules import Home
from chalicelib.shared.problems import absent, busy, key_reused
from chalicelib.store.contract import Conflict, Store

ROUNDS = 32
"""Everybody at the last place at once: in each round at least one of them gets an answer."""


def arrange(store: Store, now: datetime, compound: str, wanted: Activity) -> Activity:
    """Under an id that the request gives, so that a repeat is the same activity; Problem 422 for another under the same key."""
    known = records.find(store, compound, wanted.id)
    if known is None:
        check(wanted, now)
        try:
            store.write(records.changed(compound, wanted))
            return wanted._replace(version=1)
        except Conflict:
            known = records.find(store, compound, wanted.id)
    if known is None:
        raise busy()
    if known.key != wanted.key:
        raise key_reused()
    return known


def sign_up(store: Store, now: datetime, compound: str, identity: str, home: Home, persons: int, key: str) -> Activity:
    """So many of this home will come, 0 for none. Problem 404 if it is not for this home, unless somebody of it is still on the list."""

    def decide(activity: Activity) -> Activity:
        if not activity.for_home(home) and (persons or all(row.home != home.id for row in activity.rows)):
            raise absent()
        return signed(activity, home, persons, now, key)

    return _change(store, compound, identity, decide)


def resize(store: Store, now: datetime, compound: str, identity: str, places: int, key: str) -> Activity:
    return _change(store, compound, identity, lambda activity: resized(activity, places, now, key))


def call_off(store: Store, now: datetime, compound: str, identity: str, why: str, key: str) -> Activity:
    return _change(store, compound, identity, lambda activity: called_off(activity, why, now, key))


def _change(store: Store, compound: str, identity: str, decide: Callable[[Activity], Activity]) -> Activity:
    for _ in range(ROUNDS):
        known = records.find(store, compound, identity)
        if known is None:
            raise absent()
        after = decide(known)
        if after is known:
            return known
        try:
            store.write(records.changed(compound, after))
            return after._replace(version=known.version + 1)
        except Conflict:
            continue
    raise busy()
