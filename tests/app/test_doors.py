"""Doors, alerts and expected openings, through the switchboard."""

import base64
import json

import pytest
from chalice.app import SQSEvent

import app
from chalicelib.batches import BatchFailed
from chalicelib.sensors.actions import bind
from chalicelib.store.memory import MemoryStore
from tests.app.client import Client, FixedClock
from tests.builders import moment

GATEWAY, SENSOR = "anheli-gw1", "door-2-801"


def record(payload: object, clock: str, client: str = GATEWAY, sensor: str = SENSOR, identity: str = "m1") -> dict:
    data = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    body = {
        "data": base64.b64encode(data).decode(),
        "topic": f"care/{GATEWAY}/zigbee2mqtt/{sensor}",
        "cid": client,
        "received_at": int(moment(clock).timestamp() * 1000),
    }
    return {"messageId": identity, "body": json.dumps(body)}


def publish(*records: dict) -> object:
    return app.receive_sensor_messages({"Records": list(records)}, None)


OPENED = {"contact": False, "battery": 97, "linkquality": 120}


@pytest.fixture(autouse=True)
def bound(store: MemoryStore, clock: FixedClock) -> None:
    bind(store, "anheli", GATEWAY, SENSOR, "2-801", "zigbee2mqtt", tenancy="t1")
    publish(record({"contact": True}, "08:00"))


def alerts(client: Client) -> list[tuple[str, str]]:
    return [(alert["home"], alert["state"]) for alert in client.get("/api/duty").json["alerts"]]


def test_an_opening_during_isolation_is_unexplained_and_a_repeat_raises_nothing(steward: Client):
    publish(record(OPENED, "09:01"))
    publish(record(OPENED, "09:02"), record({**OPENED, "battery": 96}, "09:03", identity="m2"))

    assert alerts(steward) == [("2-801", "unexplained")]


def test_a_second_opening_after_a_close_is_a_second_alert(steward: Client):
    for payload, clock in ((OPENED, "09:01"), ({"contact": True}, "09:02"), (OPENED, "09:03")):
        publish(record(payload, clock))

    assert len(alerts(steward)) == 2


def test_an_opening_in_an_announced_window_is_expected(steward: Client):
    answer = steward.post(
        "/api/homes/2-801/expected-openings",
        {"from": "2026-11-22T09:00:00+08:00", "until": "2026-11-22T09:30:00+08:00", "reason": "核酸上门"},
    )
    publish(record(OPENED, "09:12"))

    assert answer.status == 201
    alert = steward.get("/api/duty").json["alerts"][0]
    assert (alert["state"], alert["reason"], alert["isolation_day"]) == ("expected", "核酸上门", 3)


def test_one_winner_takes_an_alert_on_and_the_other_is_told_who(steward: Client, manager: Client):
    publish(record(OPENED, "09:01"))
    alert = steward.get("/api/duty").json["alerts"][0]["id"]
    first = steward.post(f"/api/alerts/{alert}/acknowledgement", {"note": "我去看"}, key="take-it-on-1")
    again = steward.post(f"/api/alerts/{alert}/acknowledgement", {"note": "我去看"}, key="take-it-on-1")
    second = manager.post(f"/api/alerts/{alert}/acknowledgement", {})

    assert (first.status, again.status, second.status) == (200, 200, 409)
    assert first.json == again.json
    assert second.json["by"] == "anheli.wang"
    assert alerts(steward) == [("2-801", "acknowledged")]


def test_an_unacknowledged_alert_is_still_there_the_next_day(steward: Client, clock: FixedClock):
    publish(record(OPENED, "09:01"))
    clock.moment = moment("09:00", day=moment("09:00").date().replace(day=23))

    assert alerts(steward) == [("2-801", "unexplained")]


@pytest.mark.parametrize(
    "bad",
    [
        record(b"not json", "09:01"),
        record(OPENED, "09:01", client="anheli-gw2"),
        record(OPENED, "09:01", sensor="door-9-999"),
        record({"contact": "no"}, "09:01"),
        {"messageId": "m1", "body": "{}"},
    ],
)
def test_a_message_that_must_not_count_fails_alone(bad: dict, steward: Client, monkeypatch: pytest.MonkeyPatch):
    good = record(OPENED, "09:02", identity="m2")
    with pytest.raises(BatchFailed):
        publish(bad, good)

    monkeypatch.setattr(app, "settings", app.settings.__class__(**{**_members(app.settings), "partial_batch": True}))
    assert publish(bad, good) == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert alerts(steward) == [("2-801", "unexplained")]


def _members(settings: object) -> dict:
    return {name: getattr(settings, name) for name in settings.__struct_fields__}


@pytest.mark.parametrize(
    ("topic", "payload"),
    [
        ("bridge/state", {"state": "offline"}),
        ("bridge/devices", b"anything"),
        (f"{SENSOR}/availability", b"offline"),
        ("lamp/availability", b"online"),
        ("lamp", {"state": "ON"}),
        ("thermometer", {"temperature": 17.9}),
    ],
)
def test_what_is_about_no_door_is_passed_over(topic: str, payload: object):
    assert publish(record(payload, "09:01", sensor=topic)) == {"batchItemFailures": []}


def test_the_event_class_of_chalice_is_understood():
    assert SQSEvent({"Records": []}, None).to_dict() == {"Records": []}


def published(path: str, payload: bytes, clock: str, identity: str) -> dict:
    body = json.loads(record(payload, clock)["body"])
    return {"messageId": identity, "body": json.dumps({**body, "topic": f"care/{GATEWAY}/{path}"})}


@pytest.mark.parametrize(
    ("kind", "name", "path", "closed", "opened"),
    [
        ("tasmota-zigbee", "d1", "tasmota/tele/zb/SENSOR", b'{"ZbReceived":{"d1":{"Contact":0}}}', b'{"ZbReceived":{"d1":{"Contact":1}}}'),
        ("tasmota-switch", "d1/Switch1", "tasmota/tele/d1/SENSOR", b'{"Switch1":"OFF"}', b'{"Switch1":"ON"}'),
        ("esphome", "d1/door", "esphome/d1/binary_sensor/door/state", b"OFF", b"ON"),
    ],
)
def test_a_door_is_heard_in_the_words_of_every_family(
    kind: str, name: str, path: str, closed: bytes, opened: bytes, steward: Client, store: MemoryStore
):
    bind(store, "anheli", GATEWAY, name, "2-801", kind, tenancy="t1")
    publish(published(path, closed, "09:01", "m1"), published(path, opened, "09:02", "m2"))

    assert alerts(steward) == [("2-801", "unexplained")]


def test_one_message_of_a_bridge_speaks_of_many_doors_and_a_stranger_among_them_holds_none_up(steward: Client, store: MemoryStore):
    bind(store, "anheli", GATEWAY, "d1", "2-801", "tasmota-zigbee", tenancy="t1")
    both = b'{"ZbReceived":{"stranger":{"Contact":1},"d1":{"Contact":%d}}}'
    for number, clock in enumerate(("09:01", "09:02")):
        with pytest.raises(BatchFailed):
            publish(published("tasmota/tele/zb/SENSOR", both % number, clock, f"m{number}"))

    assert alerts(steward) == [("2-801", "unexplained")]


def test_a_door_does_not_listen_to_another_familys_words(steward: Client):
    with pytest.raises(BatchFailed):
        publish(published("tasmota/tele/zb/SENSOR", b'{"ZbReceived":{"%s":{"Contact":1}}}' % SENSOR.encode(), "09:01", "m1"))

    assert alerts(steward) == []
