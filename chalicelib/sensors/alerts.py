"""What stewards do about openings: take one on."""

from datetime import datetime, timedelta

from chalicelib.sensors import records
from chalicelib.sensors.rules import Alert, AlertState
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, key_reused
from chalicelib.store.contract import Conflict, Store

OPEN_STATES = {AlertState.UNEXPLAINED, AlertState.UNKNOWN}


def find_alert(store: Store, now: datetime, compound: str, identity: str) -> Alert:
    """An alert that is open or was cleared yesterday or today; Problem 404 for any other."""
    alert = records.open_alert(store, compound, identity)
    if alert is None:
        today = day_of(now)
        alert = records.cleared_alert(store, compound, identity, [today, today - timedelta(days=1)])
    if alert is None:
        raise absent()
    return alert


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


def _second(cleared: Alert, by: str, note: str, key: str) -> Alert:
    if cleared.by == by and cleared.key == key:
        if cleared.note != note:
            raise key_reused()
        return cleared
    if cleared.state is AlertState.EXPECTED:
        raise Problem(409, "expected", "这次开门在预期时段内，不用处理。", "This opening was expected; nothing has to be done.", by="")
    raise Problem(409, "already-taken", "已经有人在处理了。", "Somebody is already on it.", by=cleared.by)
