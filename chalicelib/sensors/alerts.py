"""What stewards do about alerts: take one on, or say that the opening had been expected after all."""

from datetime import date, datetime, timedelta

from chalicelib.sensors import records
from chalicelib.sensors.rules import Alert, AlertKind, AlertState, left_open
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, busy, key_reused
from chalicelib.store.contract import Change, Conflict, Item, Store

ROUNDS = 8
OPEN_STATES = {AlertState.UNEXPLAINED, AlertState.UNKNOWN}
EXPECTABLE = {AlertKind.DOOR_OPENED, AlertKind.LEFT_OPEN}


def find_alert(store: Store, now: datetime, compound: str, identity: str) -> Alert:
    """An alert that is open or was cleared yesterday or today; Problem 404 for any other."""
    alert = records.open_alert(store, compound, identity)
    if alert is not None:
        return alert
    found = records.cleared_alert(store, compound, identity, _lately(now))
    if found is None:
        raise absent()
    return found[0]


def acknowledge(store: Store, now: datetime, compound: str, alert: Alert, by: str, note: str, key: str) -> Alert:
    """Take an alert on. One winner: Problem 409 names who was first, and the winner's own repeat gets the first answer."""
    if alert.state in OPEN_STATES:
        taken = alert._replace(state=AlertState.ACKNOWLEDGED, by=by, note=note, key=key, version=alert.version + 1)
        try:
            store.write(*records.acknowledged(compound, taken, alert.version, day_of(now)))
            return taken
        except Conflict:
            alert = find_alert(store, now, compound, alert.id)
    return _second(alert, by, note, key)


def explain(store: Store, now: datetime, compound: str, alert: Alert, by: str, reason: str, key: str) -> Alert:
    """The opening had been expected after all, whoever has taken it on meanwhile: nothing is left to do about it.

    The same key again gets the first answer. Problem 409 for what nothing can have been expected of, and where a reason stands already.
    """
    if alert.kind not in EXPECTABLE:
        raise Problem(409, "never-expected", "这种警情不能算约好的，请去看看。", "Nobody can have expected this. Please have a look.")
    for _ in range(ROUNDS):
        if alert.state is AlertState.EXPECTED:
            return _explained(alert, by, reason, key)
        told = alert._replace(state=AlertState.EXPECTED, by=by, reason=reason, key=key, version=alert.version + 1)
        try:
            store.write(*_cleared(store, now, compound, told, alert))
            return told
        except Conflict:
            alert = find_alert(store, now, compound, alert.id)
    raise busy()


def end(store: Store, now: datetime, compound: str, identity: str, why: str) -> bool:
    """What it was about is over, and nobody had taken it on; False if somebody had."""
    alert = records.open_alert(store, compound, identity)
    if alert is None:
        return False
    over = alert._replace(state=AlertState.OVER, reason=why, version=alert.version + 1)
    try:
        store.write(*records.settled(compound, over, alert.version, day_of(now)))
    except Conflict:
        return False
    return True


def look(store: Store, now: datetime, compound: str, item: Item) -> bool:
    """Look again at a door that opened during isolation: one conditional write. False if somebody was faster, which is normal."""
    sensor = records.from_sensor_item(item)
    if sensor.look is None or sensor.look > now:
        return False
    alert = left_open(sensor)
    looked = records.sensor_changed(compound, sensor._replace(look=None, left=alert.id if alert else sensor.left))
    try:
        store.write(looked, *([records.raised(compound, alert, day_of(alert.since))] if alert else []))
    except Conflict:
        return False
    return True


def _cleared(store: Store, now: datetime, compound: str, told: Alert, before: Alert) -> list[Change]:
    """Out of the open ones; or, where somebody had taken it on, in its place among the cleared."""
    if before.state in OPEN_STATES:
        return records.settled(compound, told, before.version, day_of(now))
    found = records.cleared_alert(store, compound, told.id, _lately(now))
    if found is None:
        raise absent()
    return [records.settled_later(compound, told, before.version, found[1])]


def _explained(alert: Alert, by: str, reason: str, key: str) -> Alert:
    if (alert.by, alert.key) != (by, key):
        raise Problem(
            409, "expected", "这次开门已经有说法了，不用处理。", "This opening is explained already; nothing has to be done.", by=alert.by
        )
    if alert.reason != reason:
        raise key_reused()
    return alert


def _lately(now: datetime) -> list[date]:
    today = day_of(now)
    return [today, today - timedelta(days=1)]


def _second(cleared: Alert, by: str, note: str, key: str) -> Alert:
    if cleared.by == by and cleared.key == key:
        if cleared.note != note:
            raise key_reused()
        return cleared
    if cleared.state is AlertState.EXPECTED:
        raise Problem(409, "expected", "这次开门在预期时段内，不用处理。", "This opening was expected; nothing has to be done.", by="")
    raise Problem(409, "already-taken", "已经有人在处理了。", "Somebody is already on it.", by=cleared.by)
