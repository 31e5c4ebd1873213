"""A gateway of another compound: what it says counts at home only."""

import base64
import json

import pytest

import app
from chalicelib.batches import BatchFailed
from chalicelib.sensors.actions import bind
from tests.app.cast import World, world
from tests.app.client import FixedClock, stand_on
from tests.builders import moment


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> World:
    fresh = world()
    bind(fresh.store, "qinghe", "qinghe-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    stand_on(monkeypatch, fresh.store, FixedClock(moment("09:05")))
    return fresh


def publish(topic_thing: str, client: str, contact: str = "false", sensor: str = "door") -> None:
    body = {
        "data": base64.b64encode(f'{{"contact":{contact}}}'.encode()).decode(),
        "topic": f"care/{topic_thing}/zigbee2mqtt/{sensor}",
        "cid": client,
        "received_at": int(moment("09:05").timestamp() * 1000),
    }
    app.receive_sensor_messages({"Records": [{"messageId": "m1", "body": json.dumps(body)}]}, None)


def of_anheli(everybody: World) -> dict:
    return {key: item for key, item in everybody.store._items.items() if key.pk.startswith("anheli#")}


def test_an_opening_there_is_an_alert_there_though_the_homes_number_is_ours_too(everybody: World):
    before = of_anheli(everybody)
    publish("qinghe-gw1", "qinghe-gw1")

    theirs = everybody.callers()["克拉"].get("/api/duty").json["alerts"]

    assert [alert["home"] for alert in theirs] == ["2-801"]
    assert of_anheli(everybody) == before


@pytest.mark.parametrize(
    ("topic_thing", "client", "sensor"),
    [
        ("anheli-gw1", "qinghe-gw1", "door"),
        ("qinghe-gw1", "anheli-gw1", "door"),
        ("anheli-gw1", "", "door"),
        ("anheli-gw9", "anheli-gw9", "door"),
        ("qinghe-gw1", "qinghe-gw1", "door-of-anheli"),
        ("qinghe-gw1/zigbee2mqtt/x/../../anheli-gw1", "qinghe-gw1", "door"),
    ],
)
@pytest.mark.parametrize("contact", ["true", "false"])
def test_a_gateway_that_speaks_for_another_is_not_heard(topic_thing: str, client: str, sensor: str, contact: str, everybody: World):
    before = dict(everybody.store._items)

    with pytest.raises(BatchFailed):
        publish(topic_thing, client, contact, sensor)

    assert everybody.store._items == before
