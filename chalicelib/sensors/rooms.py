"""How temperatures are stored: today's with the thermometer itself, past days put away as readings for a week and as hours for a year."""

import struct
from datetime import date, datetime, timedelta
from typing import Any

from chalicelib.sensors.warmth import Hour, Room, Side, hours, joined
from chalicelib.shared.calendar import at, parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

READINGS_KEPT = timedelta(days=7)
HOURS_KEPT = timedelta(days=400)
_HOUR = struct.Struct(">4h")


def room_row(room: Room) -> dict[str, Any]:
    since, crossing = (utc_stamp(moment) if moment else "" for moment in (room.began.since, room.began.crossing))
    side = {"cold": room.began.cold, "since": since, "crossing": crossing}
    return {"day": room.day.isoformat(), "values": room.values, "group": room.group, **side}


def room_of(row: dict[str, Any]) -> Room:
    since, crossing = (parse(row[name]) if row[name] else None for name in ("since", "crossing"))
    return Room(date.fromisoformat(row["day"]), row["values"], Side(row["cold"], since, crossing), row["group"])


def put_away(store: Store, compound: str, home: str, tenancy: str, sensor: str, room: Room) -> list[Change]:
    """The writes that put a day away, joined with what was put away of it before. One read."""
    places = [name(compound, home, tenancy, room.day, sensor) for name in (keys.room_readings, keys.room_hours)]
    found = store.get_many(places, consistent=True)
    values = joined(room.values, found[places[0]]["values"]) if places[0] in found else room.values
    ends = at(room.day, "24:00")
    packed = [(values, ends + READINGS_KEPT), (_packed(hours(values)), ends + HOURS_KEPT)]
    return [_kept(key, found.get(key), *each) for key, each in zip(places, packed, strict=True)] if values else []


def _kept(key: keys.Key, known: Item | None, values: bytes, until: datetime) -> Change:
    item = {**key.as_item(), "v": known["v"] + 1 if known else 1, "values": values, "ttl": int(until.timestamp())}
    return Replace(item, known["v"]) if known else Add(item)


def still_kept(now: datetime, day: date) -> bool:
    """May a day's readings be shown yet? Whether they have been deleted by now or not."""
    return now < at(day, "24:00") + READINGS_KEPT


def readings_of(store: Store, now: datetime, compound: str, home: str, tenancy: str, day: date) -> dict[str, bytes]:
    """A past day's five-minute values by sensor; nothing once the week is over."""
    return _values(store, compound, home, tenancy, f"READ#{day.isoformat()}#") if still_kept(now, day) else {}


def hours_of(store: Store, compound: str, home: str, tenancy: str, day: date) -> dict[str, list[Hour | None]]:
    """A past day's hours by sensor."""
    stored = _values(store, compound, home, tenancy, f"HOURS#{day.isoformat()}#")
    return {sensor: [Hour(*each) if each[3] else None for each in _HOUR.iter_unpack(values)] for sensor, values in stored.items()}


def _values(store: Store, compound: str, home: str, tenancy: str, prefix: str) -> dict[str, bytes]:
    items = store.under(keys.rooms(compound, home, tenancy), prefix=prefix)
    return {item["sk"].removeprefix(prefix): item["values"] for item in items}


def _packed(day: list[Hour | None]) -> bytes:
    return b"".join(_HOUR.pack(*(hour or (0, 0, 0, 0))) for hour in day)
