"""What an opening means."""

from datetime import datetime

import pytest

from chalicelib.register.rules import Home, Isolation
from chalicelib.sensors.rules import AlertState, DoorState, Sensor, changes, judge
from chalicelib.tasks.rules import Opening
from tests.builders import DAY, home, isolated, moment

GATEWAY = "anheli-gw1"
SENSOR = Sensor(GATEWAY, "door-2-801", "2-801", "zigbee2mqtt", DoorState.CLOSED, 1000, 3)


@pytest.mark.parametrize(
    ("known", "said", "received_ms", "edge"),
    [
        (DoorState.CLOSED, DoorState.OPEN, 1001, True),
        (DoorState.OPEN, DoorState.CLOSED, 1001, True),
        (DoorState.UNKNOWN, DoorState.OPEN, 1001, True),
        (DoorState.UNKNOWN, DoorState.CLOSED, 1001, True),
        (DoorState.OPEN, DoorState.OPEN, 1001, False),
        (DoorState.CLOSED, DoorState.CLOSED, 1001, False),
        (DoorState.CLOSED, DoorState.OPEN, 1000, False),
        (DoorState.CLOSED, DoorState.OPEN, 999, False),
    ],
)
def test_only_a_newer_message_with_another_state_is_an_edge(known: DoorState, said: DoorState, received_ms: int, edge: bool):
    assert changes(SENSOR._replace(state=known), said, received_ms) is edge


WINDOW = Opening("o1", moment("09:00"), moment("09:30"), "核酸上门")
ENDED = isolated(isolation=Isolation(DAY.replace(day=10), DAY.replace(day=21)))
LAST_DAY = isolated(isolation=Isolation(DAY.replace(day=10), DAY))
TOMORROW = isolated(isolation=Isolation(DAY.replace(day=23), DAY.replace(day=30)))


@pytest.mark.parametrize(
    ("where", "when", "state", "reason"),
    [
        (isolated(), moment("08:00"), AlertState.UNEXPLAINED, ""),
        (isolated(), moment("09:00"), AlertState.EXPECTED, "核酸上门"),
        (isolated(), moment("09:30"), AlertState.UNEXPLAINED, ""),
        (LAST_DAY, moment("23:59:59"), AlertState.UNEXPLAINED, ""),
        (LAST_DAY, moment("00:00", DAY.replace(day=23)), None, ""),
        (TOMORROW, moment("23:59:59"), None, ""),
        (TOMORROW, moment("00:00", DAY.replace(day=23)), AlertState.UNEXPLAINED, ""),
        (ENDED, moment("08:00"), None, ""),
        (home("2-801"), moment("08:00"), None, ""),
        (None, moment("08:00"), None, ""),
    ],
)
def test_an_opening_matters_while_the_home_is_isolated_and_is_expected_inside_a_window(
    where: Home | None, when: datetime, state: AlertState | None, reason: str
):
    alert = judge(where, [WINDOW], SENSOR, when)

    assert (alert and (alert.state, alert.reason)) == (state and (state, reason))


def test_an_alerts_id_is_the_same_for_the_same_edge_and_sorts_by_time():
    one, again = judge(isolated(), [], SENSOR, moment("09:00")), judge(isolated(), [], SENSOR, moment("09:00"))
    later = judge(isolated(), [], SENSOR._replace(version=5), moment("09:01"))

    assert one and again and later
    assert one.id == again.id < later.id
