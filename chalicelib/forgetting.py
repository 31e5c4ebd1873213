"""Once a day what is a month old is forgotten: TTL alone may be days late. Days are keys, so nothing is looked for."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.auditor.audit import compounds
from chalicelib.notices import records
from chalicelib.sensors.days import KEEP_DAYS, forgotten
from chalicelib.shared.calendar import day_of, parse
from chalicelib.shared.log import log, trail
from chalicelib.store import keys
from chalicelib.store.contract import Change, Conflict, Item, Remove, Store
from chalicelib.tasks.board import from_item
from chalicelib.tasks.tasks import ALARMS

CATCH_UP_DAYS = 14
"""As many days on which this did not run are made up for."""


def run(store: Store, now: datetime) -> int:
    """Forget what doors did, and who was told of it, more than thirty days ago; of the doors the counts are kept. Returns how many items.

    Notices that are over are put away, out of the way of those that count.

    A compound that cannot be worked off is reported, and holds up no other.
    """
    done = 0
    for compound in compounds(store):
        try:
            for change in _outdated(store, now, compound):
                done += _written(store, change)
            for notice in records.current(store, compound):
                done += notice.over(now) and _written(store, *records.put_away(compound, notice, now))
        except Exception as error:
            log().error("forgetting failed", extra={"compound": compound, "kind": type(error).__name__, "trail": trail(error)})
    return done


def _outdated(store: Store, now: datetime, compound: str) -> Iterator[Change]:
    for back in range(KEEP_DAYS, KEEP_DAYS + CATCH_UP_DAYS):
        day = day_of(now) - timedelta(days=back)
        yield from (change for item in store.under(keys.door_day(compound, day, "", "").pk) if (change := forgotten(item, now)))
        for item in _told(store, compound, day):
            yield Remove(keys.key_of(item), item["v"])
    for item in _never_settled(store, compound, day_of(now) - timedelta(days=KEEP_DAYS)):
        yield Remove(keys.key_of(item), item["v"])


def _never_settled(store: Store, compound: str, last: date) -> Iterator[Item]:
    """Alerts up to that day that nobody ever took on, and the tasks they made that are still running."""
    yield from (item for item in store.under(keys.alerts(compound), prefix="OPEN#") if day_of(parse(item["since"])) <= last)
    for item in store.under(keys.tasks(compound), prefix="OPEN#"):
        task = from_item(item)
        if task.kind in ALARMS and day_of(task.lines[0].at) <= last:
            yield item


def _told(store: Store, compound: str, day: date) -> Iterator[Item]:
    """Alerts cleared on a day, and the tasks that alerts made."""
    yield from store.under(keys.alerts(compound), prefix=f"DAY#{day.isoformat()}")
    for item in store.under(keys.tasks(compound), prefix=f"DAY#{day.isoformat()}"):
        if from_item(item).kind in ALARMS:
            yield item
    yield from (item for item in store.under(keys.messages(compound, day)) if _of_alarm(item["event"]))


def _of_alarm(event: str) -> bool:
    """``1795309200000-5f1c…:unexplained`` for the duty desk, ``door:<the same>:told:2`` for a step of its ladder."""
    return event.partition(":")[0] in {kind.value for kind in ALARMS} or event[:13].isdigit()


def _written(store: Store, *changes: Change) -> bool:
    try:
        store.write(*changes)
    except Conflict:
        return False
    return True
