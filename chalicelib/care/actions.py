"""What people do about their day: report in."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.care import records
from chalicelib.care.rules import CheckIn, Entry
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, busy, key_reused
from chalicelib.store.contract import Add, Conflict, Replace, Store

MOST_ENTRIES = 12
ROUNDS = 8


class Done(NamedTuple):
    """What the household's report is now, and whether this very request made it."""

    check_in: CheckIn
    created: bool


def check_in(store: Store, now: datetime, compound: str, home: str, tenancy: str, entry: Entry) -> Done:
    """Report for today: one conditional write in the usual case, and no read.

    The slot is the home's day. The same key with the same payload gets its first answer; with another payload Problem 422;
    another key gets the existing report, to which anything new it says is added. A key whose report says nothing new is not
    remembered, since that would cost a write that changes nothing.
    """
    fresh = CheckIn(home, tenancy, day_of(now), (entry,))
    try:
        store.write(Add(records.to_item(compound, fresh, 1)))
        return Done(fresh, True)
    except Conflict as conflict:
        existing = conflict.existing
    for _ in range(ROUNDS):
        if existing is None:
            raise busy()
        stored = records.from_item(existing)
        answered = _answered(stored, entry)
        if answered is not None:
            return answered
        grown = stored._replace(entries=(*stored.entries, entry))
        try:
            store.write(Replace(records.to_item(compound, grown, existing["v"] + 1), existing["v"]))
            return Done(grown, False)
        except Conflict as conflict:
            existing = conflict.existing
    raise busy()


def _answered(stored: CheckIn, entry: Entry) -> Done | None:
    """The answer if nothing has to be written."""
    known = stored.upto(entry.key)
    if known is not None:
        if known.entries[-1].digest != entry.digest:
            raise key_reused()
        return Done(known, len(known.entries) == 1)
    if not stored.adds(entry):
        return Done(stored, False)
    if len(stored.entries) >= MOST_ENTRIES:
        raise Problem(
            429,
            "enough-today",
            "今天说得够多了，有事请直接打值班电话。",
            "That is a lot for one day. Please call the duty phone.",
            retry_after=3600,
        )
    return None
