"""How sensors and alerts are stored."""

import re
from datetime import date

from chalicelib.sensors.doors import Door, Word
from chalicelib.sensors.rooms import room_of, room_row
from chalicelib.sensors.rules import Alert, AlertState, Sensor, Why
from chalicelib.sensors.troubles import Episode, Trouble
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store

KEEP_DAYS = 30
WORD = re.compile(r"(\d+)([oc])(?:-(-?\d+))?(!)?")


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
        _door(item),
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
    )


def sensors_under(store: Store, compound: str, thing: str, node: str = "") -> list[Sensor]:
    """All sensors of a gateway, or those of one ``node/`` behind it. One query."""
    key = keys.sensor(compound, thing, node)
    return [from_sensor_item(item) for item in store.under(key.pk, prefix=key.sk)]


def sensor_changed(compound: str, sensor: Sensor, ails: bool = False) -> Change:
    """``sensor`` carries the version it was read at; 0 for a new one. What is not said is not stored: a row is one write unit.

    ``ails``: a trouble of its own has begun or ended, and that is news.
    """
    key = keys.sensor(compound, sensor.thing, sensor.name)
    said = {
        "tenancy": sensor.tenancy,
        "bound": sensor.bound_ms,
        "until": sensor.until_ms,
        "lost": sensor.lost.value,
        "blind": sensor.blind_ms,
        "heard": sensor.heard_ms,
        "low": sensor.battery_low,
        "words": " ".join(_word(word) for word in sensor.door.words),
        "before": sensor.door.before_ms and _word(_before(sensor.door)),
        "own": sensor.own_ms,
        "ill": {trouble.value: list(episode) for trouble, episode in sensor.ill.items()},
        "warm": sensor.room and room_row(sensor.room),
        "news": ails and told(f"{sensor.thing}/{sensor.name}:{sensor.version + 1}", News.SENSOR_AILS),
    }
    figures = {name: value for name, value in (("battery", sensor.battery), ("link", sensor.link)) if value is not None}
    stored = {name: value for name, value in said.items() if value} | figures
    item = {**key.as_item(), "v": sensor.version + 1, "home": sensor.home, "kind": sensor.kind, "state": sensor.state.value, **stored}
    return Replace(item, sensor.version) if sensor.version else Add(item)


def _word(word: Word) -> str:
    """``1763780400000o-1059!``: received, open or closed, how much earlier it was said by its own account, looked at."""
    lag = f"-{word.received_ms - word.said_ms}" if word.said_ms else ""
    return f"{word.received_ms}{'o' if word.is_open else 'c'}{lag}{'!' if word.judged else ''}"


def _before(door: Door) -> Word:
    return Word(door.before_ms, door.before_said_ms, bool(door.before))


def _door(item: Item) -> Door:
    words = tuple(_read(text) for text in item.get("words", "").split())
    if "before" not in item:
        return Door(words)
    last = _read(item["before"])
    return Door(words, last.is_open, last.received_ms, last.said_ms)


def _read(text: str) -> Word:
    received, state, lag, judged = WORD.fullmatch(text).groups()  # type: ignore[union-attr]
    return Word(int(received), int(received) - int(lag) if lag else 0, state == "o", judged is not None)


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
