"""The process may be gone at any call of the sender: the next runs bring everything to its end, with at most one repeat, tagged."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.post import records
from chalicelib.post.entries import queue
from chalicelib.post.rules import LEASE, REPEAT_ZH, Message, MessageState, Refused
from chalicelib.store.contract import Change, Item
from chalicelib.store.keys import Key
from chalicelib.store.memory import MemoryStore
from tests.actions.mail import NOW, OTHER, ROBOT, Crash, send_due, telling
from tests.builders import DAY

TELLINGS = (
    telling("one", ROBOT, text="<one>门"),
    telling("two", ROBOT, text="<two>门"),
    telling("long", ROBOT, text="<long>" + "字" * 1500),
    telling("refused", "feishu://down", OTHER, text="<refused>门"),
    telling("alone", "sms:+8613800000012", text="<alone>门"),
)
WORDS = [each.text[: each.text.index(">") + 1] for each in TELLINGS]


class Calls:
    """Counts every call of the sender and ends the process at the ``number``-th, before or after it is done."""

    def __init__(self, number: int = -1, after: bool = False) -> None:
        self.left, self.after, self.made = number, after, 0

    def __call__(self, act: Any) -> Any:
        self.made += 1
        self.left -= 1
        if self.left == 0 and not self.after:
            raise Crash
        done = act()
        if self.left == 0:
            raise Crash
        return done


class CountedStore(MemoryStore):
    def __init__(self, calls: Calls) -> None:
        super().__init__()
        self.calls = calls

    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        return self.calls(lambda: super(CountedStore, self).get(key))

    def due(self, shard: str, until: str, limit: int) -> list[Item]:
        return self.calls(lambda: super(CountedStore, self).due(shard, until, limit))

    def write(self, *changes: Change) -> None:
        self.calls(lambda: super(CountedStore, self).write(*changes))


class Phones:
    """What really arrived, as one string an arrival. One robot is always down."""

    def __init__(self, calls: Calls) -> None:
        self.calls, self.arrived = calls, []

    def __call__(self, to: str, text: str) -> None:
        if to == "feishu://down":
            raise Refused("http 500", down=True)
        self.calls(lambda: self.arrived.append(text))


def work(store: MemoryStore, now: datetime, phones: Phones) -> None:
    """What the stream's handler and the sweep do: both may happen again."""
    for each in TELLINGS:
        queue(store, NOW, "anheli", each)
    send_due(store, now, phones)


def run(calls: Calls) -> tuple[list[Message], list[str], int]:
    """Work until nothing waits. Returns the ledger, what arrived, and how often the process ended."""
    store = CountedStore(calls)
    phones, now, crashes = Phones(calls), NOW, 0
    for _ in range(200):
        try:
            work(store, now, phones)
        except Crash:
            crashes += 1
        ledger = MemoryStore.under(store, f"anheli#POST#{DAY}")
        if len(ledger) == len(TELLINGS) and not any("due_pk" in item for item in ledger):
            break
        now += timedelta(seconds=10)
    return [records.from_item(item) for item in ledger], phones.arrived, crashes


def calls_of_a_run() -> int:
    calls = Calls()
    ledger, arrived, crashes = run(calls)
    assert crashes == 0 and all(message.state is MessageState.HANDED_OVER and not message.repeat for message in ledger)
    assert [sum(word in text for text in arrived) for word in WORDS] == [1] * len(WORDS)
    return calls.made


def times(arrived: Sequence[str], word: str) -> tuple[int, int]:
    """How often a message arrived, and how often with a tag."""
    return sum(word in text for text in arrived), sum(f"{REPEAT_ZH}{word}" in text for text in arrived)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_wherever_the_process_ends_the_next_runs_converge(after: bool):
    whole = calls_of_a_run()
    repeats = 0
    for number in range(1, whole + 1):
        ledger, arrived, crashes = run(Calls(number, after))

        assert crashes <= 1
        assert {message.state for message in ledger} == {MessageState.HANDED_OVER}, number
        for word in WORDS:
            all_of_them, tagged = times(arrived, word)
            assert 1 <= all_of_them <= 2, (number, word)
            assert all_of_them == 1 or tagged == 1, (number, word)
            repeats += all_of_them - 1
    assert repeats > 0, "the process never ended between sending and marking"


def test_the_lease_is_longer_than_the_sender_may_run():
    assert timedelta(seconds=60) <= LEASE
