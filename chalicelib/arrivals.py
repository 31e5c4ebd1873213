"""What arrives in the one queue, told apart by its shape: a sensor's message through the IoT rule, what a locker says of a shelf, or the
mailbox's word about a letter."""

import re
from typing import Any, TypeVar

import msgspec

from chalicelib import wiring
from chalicelib.delivery.events import ShelfSaid, read_word, shelf_told
from chalicelib.mailbox import doorway
from chalicelib.mailbox.actions import Desk
from chalicelib.promises.letters import LetterSaid, letter_told
from chalicelib.sensors import actions as sensors
from chalicelib.sensors.readings import Message, from_queue
from chalicelib.shared.problems import Rejected


class _Letter(msgspec.Struct):
    letter: LetterSaid


class _Shelf(msgspec.Struct):
    shelf: ShelfSaid


T = TypeVar("T")
ON_A_SHELF = re.compile(r'"topic": ?"care/[^/"]+/shelf/')


def take(record: dict[str, Any]) -> None:
    """One record of the queue. Rejected if nothing here understands it."""
    body = record["body"]
    if body.startswith('{"letter":'):
        letter_told(wiring.store(), wiring.clock().now(), _told(body, _Letter, "letter").letter)
    elif body.startswith('{"shelf":'):
        said = _told(body, _Shelf, "shelf").shelf
        shelf_told(wiring.store(), wiring.clock().now(), said.compound, said.place, "sender", said)
    elif ON_A_SHELF.search(body):
        _published(body)
    else:
        sensors.receive_record(wiring.store(), wiring.clock(), record)


def _told(body: str, kind: type[T], what: str) -> T:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError as error:
        raise Rejected(f"unreadable word about a {what}: {type(error).__name__}") from None


def _published(body: str) -> None:
    """What a gateway says of a shelf: the gateway's compound, the topic's place."""
    message = from_queue(body)
    if not isinstance(message, Message):
        raise Rejected("a topic that nothing here speaks on")
    compound, place = sensors.compound_of(message), message.path.removeprefix("shelf/")
    shelf_told(wiring.store(), wiring.clock().now(), compound, place, message.thing, read_word(message.data))


def letters(event: dict[str, Any]) -> dict[str, Any]:
    """A request to the mailbox → its answer."""
    return doorway.answer(event, lambda compound: Desk(wiring.letters(), wiring.clock().now(), compound, _tell))


def _tell(word: dict[str, Any]) -> None:
    queue = wiring.service("sqs", "AmazonSQS")
    queue.call("SendMessage", {"QueueUrl": wiring.settings().sensors_queue_url, "MessageBody": msgspec.json.encode(word).decode()})
