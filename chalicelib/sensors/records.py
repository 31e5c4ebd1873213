"""How sensors and alerts are stored."""

from datetime import date

from chalicelib.sensors.rules import Alert, AlertState, DoorState, Sensor, Why
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
        DoorState(item["state"]),
        item["ms"],
        item["v"],
        tenancy=item.get("tenancy", ""),
        why=Why(item.get("why", "")),
        said_ms=item.get("said", 0),
        bound_ms=item.get("bound", 0),
        heard_ms=item.get("heard", 0),
        battery=item.get("battery"),
        battery_low=item.get("low", False),
        link=item.get("link"),
    )


def sensors_under(store: Store, compound: str, thing: str, node: str = "") -> list[Sensor]:
    """All sensors of a gateway, or those of one ``node/`` behind it. One query."""
    key = keys.sensor(compound, thing, node)
    return [from_sensor_item(item) for item in store.under(key.pk, prefix=key.sk)]


def sensor_changed(compound: str, sensor: Sensor) -> Change:
    """``sensor`` carries the version it was read at; 0 for a new one."""
    key = keys.sensor(compound, sensor.thing, sensor.name)
    said = {
        "tenancy": sensor.tenancy,
        "why": sensor.why.value,
        "said": sensor.said_ms,
        "bound": sensor.bound_ms,
        "heard": sensor.heard_ms,
        "battery": sensor.battery,
        "low": sensor.battery_low,
        "link": sensor.link,
    }
    item = {
        **key.as_item(),
        "v": sensor.version + 1,
        "home": sensor.home,
        "kind": sensor.kind,
        "state": sensor.state.value,
        "ms": sensor.received_ms,
        **{name: value for name, value in said.items() if value or value == 0},
    }
    return Replace(item, sensor.version) if sensor.version else Add(item)


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


def open_alert(store: Store, compound: str, identity: str) -> Alert | None:
    item = store.get(keys.open_alert(compound, identity), consistent=True)
    return None if item is None else _alert(item)


def cleared_alert(store: Store, compound: str, identity: str, days: list[date]) -> Alert | None:
    """The alert if it was cleared on one of these days."""
    found = store.get_many([keys.cleared_alert(compound, day, identity) for day in days], consistent=True)
    return next((_alert(item) for item in found.values()), None)


def board(store: Store, compound: str, day: date) -> list[Alert]:
    """All open alerts and those cleared since ``day``, newest first: one query, however many were cleared before."""
    items = store.under(keys.alerts(compound), start=f"DAY#{day.isoformat()}")
    return sorted((_alert(item) for item in items), key=lambda alert: alert.since, reverse=True)


def _item(key: keys.Key, alert: Alert, news: News) -> Item:
    item: Item = {
        **key.as_item(),
        "v": alert.version,
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
    return Alert(identity, item["home"], parse(item["since"]), state, *said, version=item["v"])
