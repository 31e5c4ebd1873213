"""Whoever looks at the dead letters reads why each lies there, and nothing of what was said in it."""

import base64
import json

import pytest

from chalicelib.sensors.actions import bind
from chalicelib.store.memory import MemoryStore
from infra.dead_letters import MENDED, lines, why

GATEWAY, AT = "anheli-gw1", 1_795_305_600_000


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
    return store


def body(path: str, payload: str, client: str = GATEWAY) -> str:
    data = base64.b64encode(payload.encode()).decode()
    return json.dumps({"data": data, "topic": f"care/{GATEWAY}/{path}", "cid": client, "received_at": AT})


@pytest.mark.parametrize(
    ("letter", "reason"),
    [
        ("never readable", "unreadable envelope: DecodeError"),
        (body("zigbee2mqtt/door", "安娜"), "unreadable payload: DecodeError"),
        (body("zigbee2mqtt/door", '{"contact":"ajar"}'), "unreadable payload: ValidationError"),
        (body("matter/door", "{}"), "a topic that nothing here speaks on"),
        (body("zigbee2mqtt/other", '{"contact":true}'), "no such sensor under this gateway"),
        (body("zigbee2mqtt/door", '{"contact":true}', "anheli-gw2"), "the client is not the thing its topic names"),
        (body("tasmota/tele/zb/SENSOR", '{"ZbReceived":{"door":{"Contact":1}}}'), "not in the words of this sensor's kind"),
        (body("zigbee2mqtt/door", '{"contact":true}'), MENDED),
        (body("zigbee2mqtt/lamp", '{"state":"ON"}'), MENDED),
        (body("zigbee2mqtt/bridge/state", "online"), MENDED),
    ],
)
def test_every_reason_is_said(store: MemoryStore, letter: str, reason: str):
    assert why(store, letter) == reason


def test_a_line_names_the_message_when_and_where_and_not_what_was_said(store: MemoryStore):
    letters = [{"MessageId": "m1", "Body": body("zigbee2mqtt/door", '{"contact":"安娜"}')}, {"MessageId": "m2", "Body": "安娜"}]
    before = dict(store._items)

    assert list(lines(store, iter(letters))) == [
        "m1  2026-11-22T00:00:00Z  anheli-gw1  zigbee2mqtt/door: unreadable payload: ValidationError",
        "m2  somewhere: unreadable envelope: DecodeError",
    ]
    assert store._items == before
