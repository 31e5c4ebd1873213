"""Why a sensor's message was set aside, said again for whoever looks: the message is read once more, and nothing is written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from chalicelib.sensors import records
from chalicelib.sensors.actions import compound_of
from chalicelib.sensors.kinds import KINDS
from chalicelib.sensors.payloads import NODE, Reading
from chalicelib.sensors.presence import Presence
from chalicelib.sensors.readings import Message, from_queue, meant, readings
from chalicelib.shared.problems import Rejected
from chalicelib.store.contract import Store

MENDED = "readable by now: redrive it"


def lines(store: Store, messages: Iterator[dict[str, Any]]) -> Iterator[str]:
    """``<message id>  <when>  <thing>  <topic>: <why>``. What was said in it is not shown: it may be somebody's."""
    for message in messages:
        yield f"{message['MessageId']}  {_place(message['Body'])}: {why(store, message['Body'])}"


def why(store: Store, body: str) -> str:
    """The reason it would be refused for now, or that it would not be."""
    try:
        heard = from_queue(body)
        if isinstance(heard, Message):
            _read(store, heard)
    except Rejected as reason:
        return str(reason)
    return MENDED


def _read(store: Store, message: Message) -> None:
    compound = compound_of(message)
    named = [each for each in readings(message) if each.sensor and not each.sensor.endswith(NODE)]
    for reading in named:
        _known(store, compound, message.thing, reading)


def _known(store: Store, compound: str, thing: str, reading: Reading) -> None:
    sensor = records.sensor(store, compound, thing, reading.sensor)
    if sensor is None and reading.urgent:
        raise Rejected("no such sensor under this gateway")
    if sensor is not None:
        meant(reading, KINDS[sensor.kind])


def _place(body: str) -> str:
    try:
        heard = from_queue(body)
    except Rejected:
        return "somewhere"
    if isinstance(heard, Presence):
        return f"{_clock(heard.at_ms)}  {heard.thing}  presence"
    return f"{_clock(heard.received_ms)}  {heard.thing}  {heard.path}"


def _clock(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}"
