"""Smoke and calls for help: what is an alarm of its own, and what is the last one said again. Pure.

They are never held back: nothing announced explains them, and they do not wait for the morning.
"""

from datetime import datetime

from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.rules import Alert, AlertKind, AlertState, Sensor, alert_id

AGAIN_MS = {AlertKind.SMOKE: 600_000, AlertKind.SOS: 60_000}
"""A smoke alarm goes on saying so, and a button bounces; whoever presses again after a minute calls again."""


def alarmed(sensor: Sensor, said: Reading, received_ms: int) -> AlertKind | None:
    """The alarm that a reading is, if it is a new one."""
    kind = AlertKind.SMOKE if said.smoke else AlertKind.SOS if said.sos else None
    if kind is None or not sensor.alarm_ms:
        return kind
    sent_again = said.said_ms is not None and received_ms > sensor.alarm_ms and said.said_ms <= sensor.alarm_said_ms
    return None if sent_again or abs(received_ms - sensor.alarm_ms) < AGAIN_MS[kind] else kind


def alarm(sensor: Sensor, kind: AlertKind, moment: datetime, received_ms: int) -> Alert:
    """The alert for it. Nobody asks whether it was expected."""
    return Alert(alert_id(sensor, moment, f"{kind}/{received_ms}"), sensor.home, moment, AlertState.UNEXPLAINED, kind=kind)
