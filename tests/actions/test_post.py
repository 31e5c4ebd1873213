"""Send, then mark: what leaves, when it is tried again, and what a crash costs."""

from datetime import timedelta

import pytest

from chalicelib.post.actions import deliver
from chalicelib.post.entries import queue
from chalicelib.post.rules import LEASE, NO_CHANNEL, TRIES_ON_LAST, MessageState, Refused
from chalicelib.shared.calendar import utc_stamp
from tests.actions.interrupted import InterruptedStore
from tests.actions.mail import NOW, OTHER, ROBOT, Channel, Crash, entered, entry, send_due, telling, waits
from tests.builders import moment


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def test_a_message_is_sent_and_only_then_marked(store: InterruptedStore):
    seen: list[MessageState] = []
    entered(store)

    count = send_due(store, NOW, lambda to, text: seen.append(entry(store).state))

    assert (count, seen) == (1, [MessageState.SENDING])
    assert entry(store).state is MessageState.HANDED_OVER and entry(store).tries == 1
    assert waits(store, NOW + timedelta(days=30)) == []


def test_a_lease_leaves_the_message_where_it_stands_in_the_index_and_nobody_else_takes_it(store: InterruptedStore):
    """A key of the index that changes is a write more, for every message."""
    entered(store)
    stands: list[tuple[str, int]] = []

    def look(to: str, text: str) -> None:
        (item,) = [each for shard in range(4) for each in store.due(str(shard), "9", 10)]
        stands.append((item["due_at"], send_due(store, NOW + LEASE - timedelta(seconds=1), Channel())))

    send_due(store, NOW, look)
    assert stands == [(utc_stamp(NOW), 0)]


def test_the_same_event_is_entered_once(store: InterruptedStore):
    entered(store)
    channel = Channel()

    assert queue(store, NOW, "anheli", telling()) is None
    assert send_due(store, NOW, channel) + send_due(store, NOW, channel) == 1
    assert channel.texts == [(ROBOT, "门开了")]
    assert queue(store, NOW, "anheli", telling()) is None


def test_the_same_event_in_another_compound_is_another_message(store: InterruptedStore):
    entered(store)

    assert queue(store, NOW, "qinghe", telling())


@pytest.mark.parametrize("to", ["", "https://example.org/hook", "wecombot://"])
def test_without_a_robot_a_message_is_suppressed_with_its_reason_and_never_due(store: InterruptedStore, to: str):
    assert queue(store, NOW, "anheli", telling("m1", to)) is None

    found = entry(store)

    assert (found.state, found.why) == (MessageState.SUPPRESSED, NO_CHANNEL)
    assert waits(store, NOW + timedelta(days=30)) == []


@pytest.mark.parametrize(("refused", "why"), [(Refused("errcode 93000"), "errcode 93000"), (Refused("http 500"), "http 500")])
def test_a_refusal_is_tried_again_later_with_back_off(store: InterruptedStore, refused: Refused, why: str):
    entered(store)
    channel = Channel(refused)

    assert send_due(store, NOW, channel) == 0
    found = entry(store)
    assert (found.state, found.tries, found.why) == (MessageState.QUEUED, 1, why)
    assert timedelta(seconds=5) <= found.due - NOW <= timedelta(seconds=20)
    assert send_due(store, NOW + timedelta(seconds=4), channel) == 0
    assert send_due(store, found.due, channel) == 1
    assert entry(store).state is MessageState.HANDED_OVER and entry(store).why == ""


def test_a_robot_whose_minute_is_used_up_is_tried_in_the_next_one(store: InterruptedStore):
    entered(store, now=moment("09:00:42"))

    send_due(store, moment("09:00:42"), Channel(Refused("errcode 45009", wait=1)))

    assert entry(store).due == moment("09:01")


def test_after_the_last_try_a_message_has_failed_and_is_not_due_any_more(store: InterruptedStore):
    entered(store)
    channel, now = Channel(), NOW
    channel.always = Refused("http 500")
    for _ in range(TRIES_ON_LAST):
        assert entry(store).state is MessageState.QUEUED
        send_due(store, now, channel)
        now = max(entry(store).due, now)

    assert (entry(store).state, entry(store).tries, entry(store).why) == (MessageState.FAILED, TRIES_ON_LAST, "http 500")
    assert waits(store, now + timedelta(days=30)) == []


def test_a_crash_before_the_mark_sends_once_more_when_the_lease_is_over(store: InterruptedStore):
    entered(store)
    channel = Channel(Crash())
    with pytest.raises(Crash):
        send_due(store, NOW, channel)

    assert send_due(store, NOW + LEASE - timedelta(seconds=1), channel) == 0
    assert send_due(store, NOW + LEASE, channel) == 1
    assert send_due(store, NOW + 2 * LEASE, channel) == 0
    assert channel.texts == [(ROBOT, "门开了"), (ROBOT, "（可能重复）门开了")]


def test_whoever_loses_the_claim_sends_nothing(store: InterruptedStore):
    message, ours, theirs = entered(store), Channel(), Channel()
    store.before(lambda: deliver(store, NOW, [message], theirs))

    assert deliver(store, NOW, [message], ours) == 0
    assert (ours.texts, theirs.texts) == ([], [(ROBOT, "门开了")])


def test_a_channel_that_breaks_in_an_unknown_way_is_put_off_and_does_not_hold_up_the_others(store: InterruptedStore):
    entered(store, "m1", "wecombot://a-broken-one")
    entered(store, "m2", OTHER)
    sent: list[str] = []

    def send(to: str, text: str) -> None:
        if "broken" in to:
            raise UnicodeError("a message about 安娜")
        sent.append(to)

    assert send_due(store, NOW, send) == 1
    assert sent == [OTHER]
    assert (entry(store, "m1").state, entry(store, "m1").why) == (MessageState.QUEUED, "UnicodeError")
