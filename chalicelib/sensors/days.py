"""How a door's day is stored: what it did while its home was under isolation, and after thirty days only how often."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from chalicelib.sensors.rules import AlertState, DoorEvent
from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEEP_DAYS = 30
COUNT_DAYS = 400
MOST_EVENTS = 200
"""A magnet that rattles all day fills no item: what is beyond this is only counted."""


class DoorDay(NamedTuple):
    """One day of one family's door, the first event at the front. ``opened`` and ``unexplained`` count also what is not listed."""

    day: date
    events: tuple[DoorEvent, ...]
    opened: int
    unexplained: int


def written(store: Store, compound: str, events: Sequence[DoorEvent], read: Mapping[keys.Key, Item | None]) -> list[Change]:
    """The events on their days' items. One read for each day that has not been read, none without events."""
    changes: list[Change] = []
    for key, group in groupby(sorted(events, key=lambda each: each.at), key=lambda each: _key(compound, each)):
        item = read[key] if key in read else store.get(key, consistent=True)
        new = _with(item or {**key.as_item(), "v": 0}, list(group))
        changes.append(Replace(new, item["v"]) if item else Add(new))
    return changes


def of_home(store: Store, compound: str, home: str, tenancy: str, now: datetime) -> list[DoorDay]:
    """The last thirty days of a family's door on which anything happened, the newest at the front: every key is known, one request.

    What is older is refused here, whether it has been deleted yet or not.
    """
    today = day_of(now)
    wanted = [keys.door_day(compound, today - timedelta(days=back), home, tenancy) for back in range(KEEP_DAYS)]
    found = store.get_many(wanted)
    return [_day(found[key], home, tenancy) for key in wanted if key in found]


def forgotten(item: Item, now: datetime) -> Replace | None:
    """The item with its counts alone; None where nothing more is on it."""
    if "events" not in item:
        return None
    kept = {name: value for name, value in item.items() if name != "events"}
    return Replace({**kept, "v": item["v"] + 1, "ttl": int(now.timestamp()) + COUNT_DAYS * 86400}, item["v"])


def _key(compound: str, event: DoorEvent) -> keys.Key:
    return keys.door_day(compound, day_of(event.at), event.home, event.tenancy)


def _with(item: Item, events: Iterable[DoorEvent]) -> Item:
    new = list(events)
    opened = [event for event in new if event.state]
    unexplained = sum(event.state is not AlertState.EXPECTED for event in opened)
    rows = sorted([*item.get("events", []), *map(_row, new)], key=lambda row: str(row["at"]))[:MOST_EVENTS]
    counts = {"opened": item.get("opened", 0) + len(opened), "unexplained": item.get("unexplained", 0) + unexplained}
    return {**item, "v": item["v"] + 1, "events": rows, **counts}


def _row(event: DoorEvent) -> dict[str, Any]:
    return {"at": utc_stamp(event.at), "state": event.state.value if event.state else ""}


def _day(item: Item, home: str, tenancy: str) -> DoorDay:
    rows = item.get("events", [])
    events = [DoorEvent(home, tenancy, parse(row["at"]), AlertState(row["state"]) if row["state"] else None) for row in rows]
    return DoorDay(date.fromisoformat(item["pk"].rpartition("#")[2]), tuple(events), item["opened"], item["unexplained"])
