"""A robot's minute: messages are merged, and no robot gets more than twenty texts in it."""

from datetime import timedelta

import pytest

from chalicelib.post.actions import deliver
from chalicelib.post.entries import queue
from chalicelib.post.rules import MessageState, Refused
from chalicelib.post.wecom import LIMITS
from tests.actions.interrupted import InterruptedStore
from tests.actions.mail import NOW, OTHER, ROBOT, Channel, entered, entry, send_due, telling
from tests.builders import moment


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


def test_messages_of_one_robot_leave_as_one_text_in_order_of_their_making(store: InterruptedStore):
    for number, second in (("b", 2), ("a", 3), ("c", 1)):
        entered(store, number, text=f"text {number}", now=NOW + timedelta(seconds=second))
    entered(store, "z", OTHER, text="for another")
    channel = Channel()

    assert send_due(store, NOW + timedelta(seconds=9), channel) == 4
    assert channel.texts == [(ROBOT, "text c\n\ntext b\n\ntext a"), (OTHER, "for another")]


def test_a_clock_that_is_set_back_keeps_nobody_waiting_for_the_first_texts_moment(store: InterruptedStore):
    entered(store, "m1"), send_due(store, NOW, Channel())
    before = NOW - timedelta(minutes=50)
    entered(store, "m2", now=before)

    assert send_due(store, before, Channel()) == 1
    assert entry(store, "m2").state is MessageState.HANDED_OVER


def test_a_refused_text_puts_off_every_message_in_it(store: InterruptedStore):
    entered(store, "m1"), entered(store, "m2")

    send_due(store, NOW, Channel(Refused("http 500")))

    assert {entry(store, each).state for each in ("m1", "m2")} == {MessageState.QUEUED}
    assert {entry(store, each).tries for each in ("m1", "m2")} == {1}


((PER_MINUTE, _),) = LIMITS.rates
BIG = "字" * 600
"""Two of these do not fit into one text."""


def test_no_robot_gets_more_than_twenty_texts_a_minute_and_the_rest_follows(store: InterruptedStore):
    for number in range(50):
        entered(store, f"m{number:02}", text=f"{number:02}{BIG}")
    channel = Channel()

    counts = [send_due(store, moment(clock), channel) for clock in ("09:00", "09:00:59", "09:01", "09:02", "09:03")]

    assert counts == [PER_MINUTE, 0, PER_MINUTE, 10, 0]
    assert sorted(text[:2] for _, text in channel.texts) == [f"{number:02}" for number in range(50)]


def test_beyond_the_minute_messages_wait_and_are_merged(store: InterruptedStore):
    channel = Channel()
    for number in range(PER_MINUTE + 10):
        deliver(store, NOW, [entered(store, f"m{number:02}", text=f"door {number:02}")], channel)
    assert len(channel.texts) == PER_MINUTE
    assert entry(store, f"m{PER_MINUTE}").tries == 0

    assert send_due(store, moment("09:01"), channel) == 10
    assert len(channel.texts) == PER_MINUTE + 1
    assert channel.texts[-1][1].split("\n\n") == [f"door {number}" for number in range(PER_MINUTE, PER_MINUTE + 10)]


def test_robots_do_not_share_a_minute(store: InterruptedStore):
    for number in range(PER_MINUTE + 1):
        entered(store, f"a{number:02}", ROBOT, text=BIG)
        entered(store, f"b{number:02}", OTHER, text=BIG)
    channel = Channel()

    send_due(store, NOW, channel)

    assert [sum(to == robot for to, _ in channel.texts) for robot in (ROBOT, OTHER)] == [PER_MINUTE, PER_MINUTE]


def test_a_long_message_leaves_whole_or_not_at_all(store: InterruptedStore):
    for number in range(PER_MINUTE - 1):
        entered(store, f"m{number:02}", text=BIG)
    entered(store, "z", text="长" * 4000, now=NOW + timedelta(seconds=1))
    channel = Channel()

    send_due(store, NOW + timedelta(seconds=2), channel)

    assert len(channel.texts) == PER_MINUTE - 1
    assert send_due(store, moment("09:01:01"), channel) == 0
    assert send_due(store, moment("09:01:02"), channel) == 1
    assert "".join(text for _, text in channel.texts[PER_MINUTE - 1 :]) == "长" * 4000


def test_a_text_is_cut_where_it_would_never_end(store: InterruptedStore):
    assert len(entered(store, text="x" * 100_000).text) == 4000


def test_a_sweep_takes_what_is_due_of_every_compound_and_nothing_else(store: InterruptedStore):
    entered(store, "m1", now=NOW + timedelta(seconds=30))
    assert queue(store, NOW, "qinghe", telling("q1", text="theirs"))
    channel = Channel()

    assert send_due(store, NOW, channel) == 1
    assert channel.texts == [(ROBOT, "theirs")]
