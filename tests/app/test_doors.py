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
    bind(store, "anheli", GATEWAY, SENSOR, "2-801", "zigbee2mqtt")


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


@pytest.mark.parametrize("topic", ["bridge/state", "bridge/devices", f"{SENSOR}/availability"])
def test_a_gateways_talk_about_itself_is_passed_over(topic: str):
    assert publish(record(b"anything", "09:01", sensor=topic)) == {"batchItemFailures": []}


def test_the_event_class_of_chalice_is_understood():
    assert SQSEvent({"Records": []}, None).to_dict() == {"Records": []}
