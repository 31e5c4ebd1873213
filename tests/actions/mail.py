"""What the tests of outgoing messages share: a channel in memory, and a look at what stands in the store."""

from datetime import datetime
from typing import Any

from chalicelib.post import records
from chalicelib.post.actions import send_messages
from chalicelib.post.entries import queue
from chalicelib.post.rules import Message, Refused, Send, Telling, identity
from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Store
from tests.builders import DAY, moment

NOW = moment("09:00")
ROBOT, OTHER = "wecombot://anheli", "wecombot://other"
WHO = "duty"


class Crash(BaseException):
    """The process is gone."""


class Channel:
    """A robot in memory. ``says`` are its next refusals or crashes; None is a yes."""

    def __init__(self, *says: BaseException | None) -> None:
        self.says, self.texts = list(says), []
        self.always: BaseException | None = None

    def __call__(self, to: str, text: str) -> None:
        said = self.says.pop(0) if self.says else self.always
        if isinstance(said, Refused):
            raise said
        self.texts.append((to, text))
        if said is not None:
            raise said


def telling(event: str = "m1", *addresses: str, text: str = "门开了", **members: Any) -> Telling:
    """An event of nine o'clock for the duty team."""
    return Telling(**{"event": event, "at": NOW, "person": WHO, "addresses": addresses or (ROBOT,), "text": text, **members})


def entered(store: Store, event: str = "m1", *addresses: str, text: str = "门开了", now: datetime = NOW) -> Message:
    message = queue(store, now, "anheli", telling(event, *addresses, text=text))
    assert message is not None
    return message


def entry(store: Store, event: str = "m1") -> Message:
    found = records.message(store, "anheli", DAY, identity(event, WHO))
    assert found is not None
    return found


def due(store: Store, now: datetime) -> list[Message]:
    items = [item for shard in range(keys.DUE_SHARDS) for item in store.due(str(shard), utc_stamp(now), 100)]
    return [records.from_item(item) for item in items if "#POST#" in item["pk"] and not records.leased(item, now)]


def send_due(store: Store, now: datetime, send: Send) -> int:
    """As the sweep does."""
    return send_messages(store, now, due(store, now), send)


def waits(store: Store, now: datetime) -> list[str]:
    return sorted(message.event for message in due(store, now))
