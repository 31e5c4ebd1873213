"""How sensors and alerts are stored."""

from datetime import date
from typing import Any

from chalicelib.sensors import tails
from chalicelib.sensors.rooms import room_of, room_row
from chalicelib.sensors.rules import Alert, AlertKind, AlertState, Sensor, Why
from chalicelib.sensors.troubles import Episode, Trouble
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store

KEEP_DAYS = 30


def sensor(store: Store, compound: str, thing: str, name: str) -> Sensor | None:
    """Consistent, because an edge is judged against it."""
    item = store.get(keys.sensor(compound, thing, name), consistent=True)
    return None if item is None else from_sensor_item(item)


def from_sensor_item(item: Item) -> Sensor:
    thing, name = item["pk"].partition("#THING#")[2], item["sk"].partition("#")[2]
    return Sensor(
        thing,
        name,
        item["home"],
        item["kind"],
        item.get("tenancy", ""),
        item.get("bound", 0),
        item["v"],
        tails.read(item),
        Why(item.get("lost", "")),
        item.get("blind", 0),
        item.get("heard", 0),
        item.get("battery"),
        item.get("low", False),
        item.get("link"),
        item.get("until", 0),
        item.get("own", 0),
        {Trouble(name): Episode(*row) for name, row in item.get("ill", {}).items()},
        room_of(item["warm"]) if "warm" in item else None,
        parse(item["look"]) if "look" in item else None,
        item.get("left", ""),
        item.get("alarm", 0),
        item.get("alarm_said", 0),
    )


def sensors_under(store: Store, compound: str, thing: str, node: str = "") -> list[Sensor]:
    """All sensors of a gateway, or those of one ``node/`` behind it. One query."""
    key = keys.sensor(compound, thing, node)
    return [from_sensor_item(item) for item in store.under(key.pk, prefix=key.sk)]


def sensor_changed(compound: str, sensor: Sensor, ails: bool = False, shut: str = "") -> Add | Replace:
    """``sensor`` carries the version it was read at; 0 for a new one. What is not said is not stored: a row is one write unit.

    ``ails``: a trouble of its own has begun or ended, and that is news. So is that a door is shut which had been left open; ``shut`` is
    the alert that told so.
    """
    key = keys.sensor(compound, sensor.thing, sensor.name)
    item = {
        **key.as_item(),
        "v": sensor.version + 1,
        "home": sensor.home,
        "kind": sensor.kind,
        "state": sensor.state.value,
        **_said(sensor),
    }
    if sensor.look:
        item |= {"look": utc_stamp(sensor.look), "due_pk": keys.shard(f"{key.pk}{key.sk}"), "due_at": utc_stamp(sensor.look)}
    if ails or shut:
        item |= {"news": _news(sensor, ails, shut), **({"shut": shut} if shut else {})}
    return Replace(item, sensor.version) if sensor.version else Add(item)


def _said(sensor: Sensor) -> dict[str, Any]:
    said = {
        "tenancy": sensor.tenancy,
        "bound": sensor.bound_ms,
        "until": sensor.until_ms,
        "lost": sensor.lost.value,
        "blind": sensor.blind_ms,
        "heard": sensor.heard_ms,
        "left": sensor.left,
        "alarm": sensor.alarm_ms,
        "alarm_said": sensor.alarm_said_ms,
        "low": sensor.battery_low,
        "own": sensor.own_ms,
        "ill": {trouble.value: list(episode) for trouble, episode in sensor.ill.items()},
        "warm": sensor.room and room_row(sensor.room),
    }
    figures = {name: value for name, value in (("battery", sensor.battery), ("link", sensor.link)) if value is not None}
    return {name: value for name, value in said.items() if value} | figures | tails.written(sensor.door)


def _news(sensor: Sensor, ails: bool, shut: str) -> dict[str, Any]:
    """An item tells one thing at a time: who hears what ails a sensor, hears of its door too."""
    return told(f"{sensor.thing}/{sensor.name}:{sensor.version + 1}", News.SENSOR_AILS) if ails else told(f"{shut}:shut", News.DOOR_SHUT)


def sensor_removed(compound: str, sensor: Sensor) -> Change:
    return Remove(keys.sensor(compound, sensor.thing, sensor.name), sensor.version)


def raised(compound: str, alert: Alert, day: date) -> Change:
    """An expected opening is cleared from the start; any other stays open until somebody takes it on."""
    if alert.state is AlertState.EXPECTED:
        return Add(_item(keys.cleared_alert(compound, day, alert.id), alert, News.ALERT_RAISED))
    return Add(_item(keys.open_alert(compound, alert.id), alert, News.ALERT_RAISED))


def acknowledged(compound: str, alert: Alert, seen: int, day: date) -> list[Change]:
    """The alert leaves the open ones and joins the day's cleared ones. Whoever comes second finds nothing to remove."""
    moved = _item(keys.cleared_alert(compound, day, alert.id), alert, News.ALERT_ACKNOWLEDGED)
    return [Remove(keys.open_alert(compound, alert.id), seen), Add(moved)]


def settled(compound: str, alert: Alert, seen: int, day: date) -> list[Change]:
    """As ``acknowledged``: nothing is left to do about it."""
    moved = _item(keys.cleared_alert(compound, day, alert.id), alert, News.ALERT_SETTLED)
    return [Remove(keys.open_alert(compound, alert.id), seen), Add(moved)]


def settled_later(compound: str, alert: Alert, seen: int, day: date) -> Change:
    """One that somebody had taken on that day."""
    return Replace(_item(keys.cleared_alert(compound, day, alert.id), alert, News.ALERT_SETTLED), seen)


def open_alert(store: Store, compound: str, identity: str) -> Alert | None:
    item = store.get(keys.open_alert(compound, identity), consistent=True)
    return None if item is None else _alert(item)


def cleared_alert(store: Store, compound: str, identity: str, days: list[date]) -> tuple[Alert, date] | None:
    """The alert if it was cleared on one of these days, and the day."""
    wanted = {keys.cleared_alert(compound, day, identity): day for day in days}
    found = store.get_many(list(wanted), consistent=True)
    return next(((_alert(item), wanted[key]) for key, item in found.items()), None)


def board(store: Store, compound: str, day: date) -> list[Alert]:
    """All open alerts and those cleared since ``day``, newest first: one query, however many were cleared before."""
    items = store.under(keys.alerts(compound), start=f"DAY#{day.isoformat()}")
    return sorted((_alert(item) for item in items), key=lambda alert: alert.since, reverse=True)


def _item(key: keys.Key, alert: Alert, news: News) -> Item:
    item: Item = {
        **key.as_item(),
        "v": alert.version,
        "kind": alert.kind.value,
        "home": alert.home,
        "since": utc_stamp(alert.since),
        "state": alert.state.value,
        "reason": alert.reason,
        "by": alert.by,
        "note": alert.note,
        "key": alert.key,
        "news": told(f"{alert.id}:{alert.state}", news),
    }
    if key.sk.startswith("DAY#"):
        item["ttl"] = int(alert.since.timestamp()) + KEEP_DAYS * 86400
    return item


def _alert(item: Item) -> Alert:
    identity = item["sk"].rpartition("#")[2]
    state = AlertState(item["state"])
    said = (item["reason"], item["by"], item["note"], item["key"])
    kind = AlertKind(item.get("kind", AlertKind.DOOR_OPENED))
    return Alert(identity, item["home"], parse(item["since"]), state, *said, item["v"], kind)
