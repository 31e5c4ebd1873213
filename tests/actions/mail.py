"""What the tests of outgoing messages share: a channel in memory, and a look at what stands in the store."""

from datetime import datetime

from chalicelib.post import records
from chalicelib.post.actions import queue
from chalicelib.post.rules import Message
from chalicelib.post.wecom import Refused
from chalicelib.store.contract import Store
from tests.builders import moment

NOW = moment("09:00")
ROBOT, OTHER = "wecombot://anheli", "wecombot://other"


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


def entered(store: Store, identity: str = "m1", to: str = ROBOT, text: str = "门开了", now: datetime = NOW) -> Message:
    message = queue(store, now, "anheli", identity, to, text)
    assert message is not None
    return message


def entry(store: Store, identity: str = "m1") -> Message:
    found = records.message(store, "anheli", identity)
    assert found is not None
    return found


def waits(store: Store, now: datetime) -> list[str]:
    return sorted(message.id for message in records.due(store, now, 100))
