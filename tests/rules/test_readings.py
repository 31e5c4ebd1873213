"""What messages say, in the words of every family."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.sensors.kinds import KINDS, Family
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.readings import Message, from_queue, meant, readings
from chalicelib.shared.problems import Rejected
from tests.builders import moment

GATEWAY, RECEIVED = "anheli-gw1", int(moment("11:00").timestamp() * 1000)
SAMPLES = json.loads((Path(__file__).parent / "samples.json").read_text(encoding="utf-8"))
Z2M = Reading(Family.ZIGBEE2MQTT, "door")


def body(topic: str, payload: bytes = b"{}", **members: object) -> str:
    envelope = {"data": base64.b64encode(payload).decode(), "topic": topic, "cid": GATEWAY, "received_at": RECEIVED}
    return json.dumps({**envelope, **members})


def said(path: str, payload: bytes | str | dict[str, Any], thing: str = GATEWAY) -> list[Reading]:
    data = json.dumps(payload).encode() if isinstance(payload, dict) else payload.encode() if isinstance(payload, str) else payload
    return readings(Message(thing, path, thing, RECEIVED, data))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample['path']} {sample['payload']}"[:80])
def test_what_the_projects_own_documents_and_tests_show_is_understood(sample: dict[str, Any]):
    found = said(sample["path"], sample["payload"], sample.get("thing", GATEWAY))

    plain = [{name: value for name, value in each._asdict().items() if value is not None} for each in found]
    assert plain == sample["means"]
    assert sample["source"]


def test_every_family_and_every_thing_it_can_say_has_a_sample():
    means = [each for sample in SAMPLES for each in sample["means"]]

    assert {each["family"] for each in means} == set(Family)
    assert {name for each in means for name in each} == set(Reading._fields)


@pytest.mark.parametrize(
    ("topic", "path"),
    [
        ("care/anheli-gw1/zigbee2mqtt/door-2-801", "zigbee2mqtt/door-2-801"),
        ("care/anheli-gw1/zigbee2mqtt/flat 8/door", "zigbee2mqtt/flat 8/door"),
        ("care/anheli-gw1/zigbee2mqtt/二栋八零一", "zigbee2mqtt/二栋八零一"),
    ],
)
def test_the_topic_names_the_gateway_and_the_path(topic: str, path: str):
    assert from_queue(body(topic, b"hello")) == Message(GATEWAY, path, GATEWAY, RECEIVED, b"hello")


@pytest.mark.parametrize(
    "envelope",
    [
        "",
        "null",
        "[]",
        "{}",
        "{" * 5000,
        "[" * 5000,
        body("care//zigbee2mqtt/door"),
        body("care/anheli-gw1"),
        body("care/anheli-gw1/"),
        body("other/anheli-gw1/zigbee2mqtt/door"),
        body("$aws/rules/x/care/anheli-gw1"),
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
    "path",
    [
        "zigbee2mqtt/bridge/devices",
        "zigbee2mqtt/bridge/response/x",
        "zigbee2mqtt/door/set",
        "zigbee2mqtt/door/get",
        "zigbee2mqtt/door/set/state",
        "tasmota/tele/door/STATE",
        "tasmota/stat/door/STATUS8",
        "tasmota/cmnd/door/POWER",
        "esphome/door/debug",
        "esphome/door/switch/relay/state",
    ],
)
def test_talk_that_is_about_no_sensor_says_nothing_whatever_is_in_it(path: str):
    assert said(path, b"\xff") == []


@pytest.mark.parametrize(
    ("payload", "is_open"),
    [
        (b'{"contact":false,"battery":97,"linkquality":120}', True),
        (b'{"contact":true}', False),
        (b'{"battery":3,"battery_low":true,"voltage":2700}', None),
        (b'{"contact":null}', None),
        (b"{}", None),
        (b' {"contact" : false , "extra": {"deep": [1, 2.5]}} ', True),
    ],
)
def test_a_payload_says_open_closed_or_nothing_of_the_door(payload: bytes, is_open: bool | None):
    (found,) = said("zigbee2mqtt/door", payload)
    assert found.open is is_open


@pytest.mark.parametrize(
    ("path", "payload"),
    [
        *(
            ("zigbee2mqtt/door", payload)
            for payload in (b"", b"online", b"[]", b"null", b'{"contact":"false"}', b'{"contact":0}', b"\xff\xfe", b'{"contact":false')
        ),
        ("zigbee2mqtt/door", b'{"a":' + b"[" * 9000),
        ("zigbee2mqtt/door", b'{"battery":"full"}'),
        ("zigbee2mqtt/door/availability", b"gone"),
        ("zigbee2mqtt/door/availability", b'{"state":5}'),
        ("zigbee2mqtt/bridge/state", b"\xff"),
        ("tasmota/tele/door/SENSOR", b"[]"),
        ("tasmota/tele/door/SENSOR", b'{"ZbReceived":[]}'),
        ("tasmota/tele/door/SENSOR", b'{"ZbReceived":{"0x1":{"Contact":"ajar"}}}'),
        ("tasmota/tele/door/SENSOR", b'{"DS18B20":{"Temperature":"warm"}}'),
        ("tasmota/tele/door/LWT", b"Perhaps"),
        ("tasmota/door", b"{}"),
        ("tasmota/somewhere/door/SENSOR", b"{}"),
        ("esphome/door/binary_sensor/contact/state", b"open"),
        ("esphome/door/sensor/room/state", b"warm"),
        ("esphome/door/status", b""),
        ("zigbee2mqtt", b"{}"),
        ("zigbee2mqtt/", b"{}"),
        ("matter/door", b"{}"),
    ],
)
def test_a_message_that_cannot_be_read_is_rejected(path: str, payload: bytes):
    with pytest.raises(Rejected):
        said(path, payload)


@pytest.mark.parametrize(
    ("last_seen", "said_ms"),
    [
        ("2026-11-22T02:59:58.941Z", RECEIVED - 1059),
        ("2026-11-22T10:59:58+08:00", RECEIVED - 2000),
        (RECEIVED - 5, RECEIVED - 5),
        ("2026-11-22T02:59:58", None),
        ("2026-11-23T02:59:00Z", RECEIVED + 86_340_000),
        (0, None),
        ("1970-01-01T00:00:09Z", None),
        ("2099-01-01T00:00:00Z", None),
        (1e300, None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_sensors_own_time_is_read_in_its_three_forms_and_believed_within_reason(last_seen: object, said_ms: int | None):
    (found,) = said("zigbee2mqtt/door", {"contact": False, "last_seen": last_seen})
    assert found == Z2M._replace(open=True, said_ms=said_ms)


@pytest.mark.parametrize(
    ("payload", "members"),
    [
        ({"battery": 97.4, "linkquality": 255}, {"battery": 97, "link": 255}),
        ({"battery": 101, "linkquality": -1}, {}),
        ({"temperature": 17.96}, {"temperature": 180}),
        ({"temperature": -0.85}, {"temperature": -8}),
        ({"temperature": 327.67}, {}),
        ({"action": "emergency"}, {"sos": True}),
        ({"action": "release"}, {}),
        ({"action": ""}, {}),
        ({"smoke": False, "tamper": False, "battery_low": False}, {"smoke": False, "tamper": False, "battery_low": False}),
    ],
)
def test_figures_are_rounded_and_what_cannot_be_is_left_out(payload: dict[str, Any], members: dict[str, Any]):
    assert said("zigbee2mqtt/door", payload) == [Z2M._replace(**members)]


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("esphome", {"open": True}),
        ("esphome-smoke", {"smoke": True}),
        ("esphome-sos", {"sos": True}),
        ("esphome-temperature", {}),
    ],
)
def test_a_bare_on_is_about_what_the_sensor_watches(kind: str, members: dict[str, Any]):
    (found,) = said("esphome/node/binary_sensor/one/state", "ON")
    assert meant(found, KINDS[kind]) == Reading(Family.ESPHOME, "node/one", **members)


def test_another_familys_words_are_rejected_but_for_whether_it_is_there():
    with pytest.raises(Rejected):
        meant(Z2M._replace(open=True), KINDS["esphome"])

    assert meant(Z2M._replace(online=False), KINDS["esphome"]).online is False
