"""The queue's envelope → what was published by whom → the readings in it. Pure."""

from typing import NamedTuple

import msgspec

from chalicelib.sensors import esphome, tasmota, zigbee2mqtt
from chalicelib.sensors.kinds import Family, Kind, What
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.presence import EVENTS, Presence, event_of
from chalicelib.shared.problems import Rejected

DAY_MS = 86_400_000
LONGEST_DELAY, LARGEST_SKEW = 10 * DAY_MS, 2 * DAY_MS
READERS = {"zigbee2mqtt": zigbee2mqtt.read, "tasmota": tasmota.read, "esphome": esphome.read}
BARE = {Family.TASMOTA_SWITCH, Family.ESPHOME}
"""Families whose ON and OFF do not say of what."""


class Message(NamedTuple):
    """What the IoT rule hands over. ``path`` is the topic below ``care/<thing>/``."""

    thing: str
    path: str
    client: str
    received_ms: int
    data: bytes


class _Envelope(msgspec.Struct):
    """What the IoT rule puts into the queue: the payload in base64, so that plain text survives too."""

    data: bytes
    topic: str
    cid: str
    received_at: int


def from_queue(body: str) -> Message | Presence:
    """A queue message → what was published by whom, or who came or went. Rejected if it is not of a rule's shape."""
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.DecodeError, RecursionError) as error:
        raise Rejected(f"unreadable envelope: {type(error).__name__}") from None
    if envelope.topic.startswith(EVENTS):
        return event_of(envelope.topic, envelope.data)
    match envelope.topic.split("/", 2):
        case ["care", thing, path] if thing and path:
            return Message(thing, path, envelope.cid, envelope.received_at, envelope.data)
    raise Rejected("a topic that nothing here speaks on")


def readings(message: Message) -> list[Reading]:
    """What the message says of which sensors; nothing where it is about neither doors nor rooms. Rejected if it cannot be read.

    Topics: ``zigbee2mqtt/…``, ``tasmota/…`` and ``esphome/…``, each family's own below that.
    """
    family, _, rest = message.path.partition("/")
    reader = READERS.get(family)
    if reader is None or not rest:
        raise Rejected("a topic that nothing here speaks on")
    try:
        said = reader(message.thing, rest.split("/"), message.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(f"unreadable payload: {type(error).__name__}") from None
    return [each._replace(said_ms=_plausible(each.said_ms, message.received_ms)) for each in said]


def _plausible(said_ms: int | None, received_ms: int) -> int | None:
    """A clock that never was set says 1970, one that was set wrongly 2099: neither tells anything."""
    if said_ms is None or not received_ms - LONGEST_DELAY <= said_ms <= received_ms + LARGEST_SKEW:
        return None
    return said_ms


def meant(reading: Reading, kind: Kind) -> Reading:
    """The reading as it is meant by a sensor of this kind: a bare ON of a smoke alarm is smoke. Rejected in another family's words."""
    if reading.family is not kind.family and reading.online is None:
        raise Rejected("not in the words of this sensor's kind")
    if reading.family not in BARE or kind.what is What.DOOR:
        return reading
    on, bare = reading.open, reading._replace(open=None)
    match kind.what:
        case What.SMOKE:
            return bare._replace(smoke=on)
        case What.SOS:
            return bare._replace(sos=on or None)
    return bare
