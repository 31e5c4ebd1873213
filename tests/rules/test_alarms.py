"""Smoke and calls for help: which is a new one."""

import pytest

from chalicelib.sensors.alarms import AGAIN_MS, alarm, alarmed
from chalicelib.sensors.kinds import Family
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.rules import AlertKind, AlertState, Sensor
from tests.builders import moment

START, MINUTE = 1_800_000_000_000, 60_000
SENSOR = Sensor("anheli-gw1", "kitchen", "2-801", "zigbee2mqtt-smoke", "t1")
SAID = SENSOR._replace(alarm_ms=START, alarm_said_ms=START - 5)


def reading(said_ms: int | None = None, **members: bool) -> Reading:
    return Reading(Family.ZIGBEE2MQTT, "kitchen", said_ms=said_ms, **members)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (reading(smoke=True), AlertKind.SMOKE),
        (reading(sos=True), AlertKind.SOS),
        (reading(smoke=True, sos=True), AlertKind.SMOKE),
        (reading(smoke=False), None),
        (reading(open=True), None),
    ],
)
def test_what_is_an_alarm_at_all(said: Reading, kind: AlertKind | None):
    assert alarmed(SENSOR, said, START) is kind


@pytest.mark.parametrize(
    ("said", "after", "new"),
    [
        (reading(smoke=True), 0, False),
        (reading(smoke=True), 9 * MINUTE, False),
        (reading(smoke=True), 10 * MINUTE, True),
        (reading(smoke=True), -9 * MINUTE, False),
        (reading(smoke=True), -60 * MINUTE, True),
        (reading(sos=True), MINUTE - 1, False),
        (reading(sos=True), MINUTE, True),
        (reading(START - 5, sos=True), 60 * MINUTE, False),
        (reading(START - 6, sos=True), 60 * MINUTE, False),
        (reading(START + 59 * MINUTE, sos=True), 60 * MINUTE, True),
        (reading(START - 60 * MINUTE, sos=True), -60 * MINUTE, True),
    ],
)
def test_what_is_the_last_alarm_again_and_what_a_new_one(said: Reading, after: int, new: bool):
    assert (alarmed(SAID, said, START + after) is not None) is new


@pytest.mark.parametrize(
    ("said", "new"),
    [(START + 60 * MINUTE, True), (START + 1440 * MINUTE, False), (START + 1500 * MINUTE, True)],
    ids=["the clock was put right", "the last press sent again", "the clock is still ahead"],
)
def test_a_clock_that_was_a_day_ahead_hides_no_call_for_help(said: int, new: bool):
    pressed = SENSOR._replace(alarm_ms=START, alarm_said_ms=START + 1440 * MINUTE)

    assert (alarmed(pressed, reading(said, sos=True), START + 60 * MINUTE) is not None) is new


@pytest.mark.parametrize("kind", AGAIN_MS)
def test_an_alarm_is_never_an_expected_one(kind: AlertKind):
    alert = alarm(SENSOR, kind, moment("09:00"), START)

    assert (alert.kind, alert.state, alert.home, alert.since) == (kind, AlertState.UNEXPLAINED, "2-801", moment("09:00"))
    assert alert.id != alarm(SENSOR, kind, moment("09:00"), START + 1).id
