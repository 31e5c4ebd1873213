"""Doors: what a sensor's message says, and what it means against the state we hold. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import msgspec

from chalicelib.register.rules import Home
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Rejected
from chalicelib.tasks.rules import Opening, expecting


class DoorState(StrEnum):
    """``unknown`` until the first message after a sensor is bound to a home."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class AlertState(StrEnum):
    """How an opening during isolation stands: explained by a window, not explained, not known, or taken on by somebody."""

    EXPECTED = "expected"
    UNEXPLAINED = "unexplained"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"


class Sensor(NamedTuple):
    """A door magnet under a gateway, bound to a home, with the last state heard and when AWS received it."""

    thing: str
    name: str
    home: str
    kind: str
    state: DoorState
    received_ms: int
    version: int


class Alert(NamedTuple):
    """A door that opened during isolation."""

    id: str
    home: str
    since: datetime
    state: AlertState
    reason: str = ""
    by: str = ""
    note: str = ""
    key: str = ""
    version: int = 1


class Message(NamedTuple):
    """What the IoT rule hands over."""

    thing: str
    sensor: str
    client: str
    received_ms: int
    data: bytes


class _Envelope(msgspec.Struct):
    """What the IoT rule puts into the queue: the payload in base64, so that plain text survives too."""

    data: bytes
    topic: str
    cid: str
    received_at: int


class _Zigbee2Mqtt(msgspec.Struct):
    """zigbee2mqtt.io, "Exposes: contact": true is closed. A report may leave it out, and has many members we do not need."""

    contact: bool | None = None


def from_queue(body: str) -> Message | None:
    """A queue message → what the sensor said, or None for a gateway's talk about itself. Rejected if it is not of the rule's shape."""
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Rejected(f"unreadable envelope: {type(error).__name__}") from None
    match envelope.topic.split("/"):
        case ["care", _, "zigbee2mqtt", "bridge", *_] | ["care", _, "zigbee2mqtt", *_, "availability" | "set" | "get"]:
            return None
        case ["care", thing, "zigbee2mqtt", *name] if name and thing:
            return Message(thing, "/".join(name), envelope.cid, envelope.received_at, envelope.data)
    raise Rejected("a topic that nothing here speaks on")


def heard(message: Message) -> DoorState | None:
    """The door state a Zigbee2MQTT payload reports, or None if it says nothing about the door. Rejected if it cannot be read."""
    try:
        payload = msgspec.json.decode(message.data, type=_Zigbee2Mqtt)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(f"unreadable payload: {type(error).__name__}") from None
    if payload.contact is None:
        return None
    return DoorState.CLOSED if payload.contact else DoorState.OPEN


def changes(sensor: Sensor, state: DoorState, received_ms: int) -> bool:
    """Is this an edge? A repeat is none, and neither is a message older than what we already know."""
    return state is not sensor.state and received_ms > sensor.received_ms


def judge(home: Home | None, openings: Sequence[Opening], sensor: Sensor, moment: datetime) -> Alert | None:
    """What a door opening means: nothing unless the home is under isolation that day, else expected or unexplained."""
    if home is None or not home.isolated_on(day_of(moment)):
        return None
    opening = expecting(openings, moment)
    state = AlertState.EXPECTED if opening else AlertState.UNEXPLAINED
    return Alert(_identity(sensor, moment), home.id, moment, state, opening.reason if opening else "")


def _identity(sensor: Sensor, moment: datetime) -> str:
    """Deterministic, so that a message handled twice makes one alert; begins with the time, so that ids sort."""
    tail = hashlib.sha256(f"{sensor.thing}/{sensor.name}/{sensor.version}".encode()).hexdigest()[:10]
    return f"{int(moment.timestamp() * 1000):013d}-{tail}"
