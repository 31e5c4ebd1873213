"""Smoke and calls for help: what is an alarm of its own, and what is the last one said again. Pure.

They are never held back: nothing announced explains them, and they do not wait for the morning.
"""

from datetime import datetime

from chalicelib.sensors.doors import is_ahead
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.rules import Alert, AlertKind, AlertState, Sensor, alert_id

AGAIN_MS = {AlertKind.SMOKE: 600_000, AlertKind.SOS: 60_000}
"""A smoke alarm goes on saying so, and a button bounces; whoever presses again after a minute calls again."""


def alarmed(sensor: Sensor, said: Reading, received_ms: int) -> AlertKind | None:
    """The alarm that a reading is, if it is a new one."""
    kind = AlertKind.SMOKE if said.smoke else AlertKind.SOS if said.sos else None
    if kind is None or not sensor.alarm_ms:
        return kind
    return None if _sent_again(sensor, said, received_ms) or abs(received_ms - sensor.alarm_ms) < AGAIN_MS[kind] else kind


def _sent_again(sensor: Sensor, said: Reading, received_ms: int) -> bool:
    """By its own time it was said no later than the last alarm, which came first. A clock that has been put right proves nothing."""
    if said.said_ms is None or received_ms <= sensor.alarm_ms or said.said_ms > sensor.alarm_said_ms:
        return False
    return is_ahead(said.said_ms, received_ms) is is_ahead(sensor.alarm_said_ms, sensor.alarm_ms)


def alarm(sensor: Sensor, kind: AlertKind, moment: datetime, received_ms: int) -> Alert:
    """The alert for it. Nobody asks whether it was expected."""
    return Alert(alert_id(sensor, moment, f"{kind}/{received_ms}"), sensor.home, moment, AlertState.UNEXPLAINED, kind=kind)
