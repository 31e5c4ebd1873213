"""Reminders that waited, for the morning, for a robot's next minute or in the stream, and meanwhile have nothing left to tell."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.post.entries import suppress
from chalicelib.post.rules import Message, MessageState
from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store

OUTDATED = "outdated"


def still_true(store: Store, now: datetime, messages: Sequence[Message]) -> list[Message]:
    """Without reminders of a task that is over or that somebody is on, and without all but the last that one person gets of one task.

    Those are suppressed, with that reason. One read a hundred tasks, none where no reminder waits.
    """
    reminders = [message for message in messages if message.reminds and message.state is MessageState.QUEUED]
    found = store.get_many(list({_task(message) for message in reminders})) if reminders else {}
    last = {(_task(message), message.person): message.id for message in sorted(reminders, key=_number)}
    over = {each for each in reminders if _over(found.get(_task(each)), now) or last[_task(each), each.person] != each.id}
    for message in over:
        suppress(store, now, message.compound, message.day, message.id, OUTDATED)
    return [message for message in messages if message not in over]


def _task(message: Message) -> keys.Key:
    return keys.open_task(message.compound, message.event.rpartition(":told:")[0])


def _number(message: Message) -> int:
    return int(message.event.rpartition(":told:")[2])


def _over(item: Item | None, now: datetime) -> bool:
    """Nothing runs any more, or an acknowledgement stands."""
    return item is None or item.get("progress", {}).get("until", "") > utc_stamp(now)
