"""What arrives in the one queue, told apart by its shape: a sensor's message through the IoT rule, or the mailbox's word about a letter."""

from typing import Any

import msgspec

from chalicelib import wiring
from chalicelib.mailbox import doorway
from chalicelib.mailbox.actions import Desk
from chalicelib.promises.letters import LetterSaid, letter_told
from chalicelib.sensors import actions as sensors
from chalicelib.shared.problems import Rejected


class _Told(msgspec.Struct):
    letter: LetterSaid | None = None


def take(record: dict[str, Any]) -> None:
    """One record of the queue. Rejected if nothing here understands it."""
    told = _letter(record["body"])
    if told is None:
        sensors.receive_record(wiring.store(), wiring.clock(), record)
    else:
        letter_told(wiring.store(), wiring.clock().now(), told)


def _letter(body: str) -> LetterSaid | None:
    if not body.startswith('{"letter":'):
        return None
    try:
        return msgspec.json.decode(body, type=_Told).letter
    except msgspec.DecodeError as error:
        raise Rejected(f"unreadable word about a letter: {type(error).__name__}") from None


def letters(event: dict[str, Any]) -> dict[str, Any]:
    """A request to the mailbox → its answer."""
    return doorway.answer(event, lambda compound: Desk(wiring.letters(), wiring.clock().now(), compound, _tell))


def _tell(word: dict[str, Any]) -> None:
    queue = wiring.service("sqs", "AmazonSQS")
    queue.call("SendMessage", {"QueueUrl": wiring.settings().sensors_queue_url, "MessageBody": msgspec.json.encode(word).decode()})
