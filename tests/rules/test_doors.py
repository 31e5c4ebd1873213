"""What a sensor's message says, and what an opening means."""

import base64
import json
from datetime import datetime

import pytest

from chalicelib.register.rules import Home, Isolation
from chalicelib.sensors.rules import AlertState, DoorState, Message, Sensor, changes, from_queue, heard, judge
from chalicelib.shared.problems import Rejected
from chalicelib.tasks.rules import Opening
from tests.builders import DAY, home, isolated, moment

GATEWAY = "anheli-gw1"
SENSOR = Sensor(GATEWAY, "door-2-801", "2-801", "zigbee2mqtt", DoorState.CLOSED, 1000, 3)


def body(topic: str, payload: bytes = b"{}", **members: object) -> str:
    envelope = {"data": base64.b64encode(payload).decode(), "topic": topic, "cid": GATEWAY, "received_at": 1763780400000}
    return json.dumps({**envelope, **members})


def message(payload: bytes) -> Message:
    return Message(GATEWAY, "door-2-801", GATEWAY, 1, payload)


@pytest.mark.parametrize(
    ("topic", "sensor"),
    [
        ("care/anheli-gw1/zigbee2mqtt/door-2-801", "door-2-801"),
        ("care/anheli-gw1/zigbee2mqtt/flat 8/door", "flat 8/door"),
        ("care/anheli-gw1/zigbee2mqtt/二栋八零一", "二栋八零一"),
    ],
)
def test_the_topic_names_the_gateway_and_the_sensor(topic: str, sensor: str):
    assert from_queue(body(topic, b"hello")) == Message(GATEWAY, sensor, GATEWAY, 1763780400000, b"hello")


@pytest.mark.parametrize("tail", ["bridge/state", "bridge/devices", "bridge/response/x", "door/availability", "door/set", "door/get"])
def test_a_gateways_talk_about_itself_says_nothing_of_a_door(tail: str):
    assert from_queue(body(f"care/{GATEWAY}/zigbee2mqtt/{tail}", b"\xff")) is None


@pytest.mark.parametrize(
    "envelope",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 5000,
        "[" * 5000,
        body("care/anheli-gw1/zigbee2mqtt"),
        body("care//zigbee2mqtt/door"),
        body("care/anheli-gw1/tasmota/door"),
        body("other/anheli-gw1/zigbee2mqtt/door"),
        body(""),
        body("care/anheli-gw1/zigbee2mqtt/door", data="%%%"),
        body("care/anheli-gw1/zigbee2mqtt/door", data=None),
        body("care/anheli-gw1/zigbee2mqtt/door", received_at="now"),
        body("care/anheli-gw1/zigbee2mqtt/door", received_at=1.5),
        body("care/anheli-gw1/zigbee2mqtt/door", cid=None),
    ],
)
def test_what_is_not_of_the_rules_shape_is_rejected(envelope: str):
    with pytest.raises(Rejected):
        from_queue(envelope)


@pytest.mark.parametrize(
    ("payload", "state"),
    [
        (b'{"contact":false,"battery":97,"linkquality":120}', DoorState.OPEN),
        (b'{"contact":true}', DoorState.CLOSED),
        (b'{"battery":3,"battery_low":true,"voltage":2700}', None),
        (b'{"contact":null}', None),
        (b"{}", None),
        (b' {"contact" : false , "extra": {"deep": [1, 2.5]}} ', DoorState.OPEN),
    ],
)
def test_a_payload_says_open_closed_or_nothing_of_the_door(payload: bytes, state: DoorState | None):
    assert heard(message(payload)) is state


@pytest.mark.parametrize(
    "payload",
    [b"", b"online", b"[]", b"null", b'{"contact":"false"}', b'{"contact":0}', b"\xff\xfe", b'{"contact":false', b'{"a":' + b"[" * 9000],
)
def test_a_payload_that_cannot_be_read_is_rejected(payload: bytes):
    with pytest.raises(Rejected):
        heard(message(payload))


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
