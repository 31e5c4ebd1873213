"""A ladder of addresses: the next one when one refuses, and what is told when none is left."""

from datetime import timedelta

import pytest

from chalicelib.post import records
from chalicelib.post.actions import deliver
from chalicelib.post.entries import delivered, queue, suppress
from chalicelib.post.rules import LEASE, NO_CHANNEL, TRIES_ON_LAST, TRIES_PER_CHANNEL, MessageState, Refused, identity
from chalicelib.shared.calendar import at, quiet_ends
from chalicelib.store import keys
from tests.actions.interrupted import InterruptedStore
from tests.actions.mail import NOW, OTHER, ROBOT, WHO, Channel, entered, entry, send_due, telling, waits
from tests.builders import DAY, moment

PHONE = "sms:+8613800000012"
DOWN = Refused("http 500", down=True)


@pytest.fixture
def store() -> InterruptedStore:
    return InterruptedStore()


class Addresses:
    """Channels in memory, each address with what it always says; None is a yes."""

    def __init__(self, **says: Refused) -> None:
        self.says, self.texts = says, []

    def __call__(self, to: str, text: str) -> None:
        self.texts.append((to, text))
        if to.partition(":")[0] in self.says:
            raise self.says[to.partition(":")[0]]


def news(store: InterruptedStore) -> dict | None:
    item = store.get(keys.message("anheli", DAY, identity("m1", WHO)))
    return item["news"] if item and "news" in item else None


def test_after_some_refusals_a_message_goes_to_its_next_address_at_once(store: InterruptedStore):
    entered(store, "m1", ROBOT, PHONE)
    channel, now = Addresses(wecombot=DOWN), NOW
    for number in range(TRIES_PER_CHANNEL):
        assert entry(store).refusals == number and entry(store).to == ROBOT
        send_due(store, now, channel)
        now = entry(store).due

    assert [to for to, _ in channel.texts] == [ROBOT] * TRIES_PER_CHANNEL + [PHONE]
    found = entry(store)
    assert (found.state, found.to, found.tries, found.why) == (MessageState.HANDED_OVER, PHONE, TRIES_PER_CHANNEL + 1, "")
    assert news(store) is None


def test_when_the_last_address_refuses_too_it_has_failed_and_that_is_news(store: InterruptedStore):
    entered(store, "m1", ROBOT, PHONE)
    channel, now = Addresses(wecombot=DOWN, sms=Refused("InvalidParameter")), NOW
    while entry(store).state is not MessageState.FAILED:
        assert news(store) is None
        send_due(store, now, channel)
        now = max(now, entry(store).due)

    assert [to for to, _ in channel.texts] == [ROBOT] * TRIES_PER_CHANNEL + [PHONE] * TRIES_ON_LAST
    assert news(store) == {"id": "m1@duty:failed", "name": "message.failed"}
    assert (entry(store).why, entry(store).tries, entry(store).due) == ("InvalidParameter", len(channel.texts), now)
    assert waits(store, now + timedelta(days=30)) == []


def test_nobody_to_be_reached_is_the_same_news_at_once(store: InterruptedStore):
    assert queue(store, NOW, "anheli", telling("m1", "https://example.org")) is None

    assert news(store) == {"id": "m1@duty:failed", "name": "message.failed"}


def test_a_robot_whose_minute_is_used_up_hands_the_rest_to_the_next_address(store: InterruptedStore):
    long = "字" * 600
    for number in range(25):
        entered(store, f"m{number:02}", ROBOT, OTHER, text=f"{number:02}{long}")
    channel = Channel()

    assert send_due(store, NOW, channel) == 25
    assert [sum(to == robot for to, _ in channel.texts) for robot in (ROBOT, OTHER)] == [20, 5]
    assert sorted(text[:2] for _, text in channel.texts) == [f"{number:02}" for number in range(25)]


def test_a_robot_that_says_too_often_is_left_alone_and_the_next_address_takes_over(store: InterruptedStore):
    entered(store, "m1", "dingtalk://s@t", OTHER), entered(store, "m2", "dingtalk://s@t")
    channel = Addresses(dingtalk=Refused("errcode 130101", wait=11))

    send_due(store, moment("09:00:30"), channel)

    assert entry(store, "m1").to == OTHER and entry(store, "m1").state is MessageState.HANDED_OVER
    assert entry(store, "m2").state is MessageState.QUEUED
    entered(store, "m3", "dingtalk://s@t", now=moment("09:05"))
    asked = len(channel.texts)
    for clock in ("09:05", "09:10:30", "09:10:59"):
        assert send_due(store, moment(clock), channel) == 0
    assert len(channel.texts) == asked
    channel.says.clear()
    assert send_due(store, moment("09:11"), channel) == 2


def test_where_a_robot_is_down_the_rest_is_not_tried_one_after_the_other(store: InterruptedStore):
    for number in range(5):
        entered(store, f"m{number}", text=f"{number}{'字' * 600}")
    channel = Addresses(wecombot=DOWN)

    send_due(store, NOW, channel)

    assert len(channel.texts) == 1
    assert [(entry(store, f"m{number}").refusals, entry(store, f"m{number}").tries) for number in range(5)] == [(1, 1)] + [(1, 0)] * 4


def test_one_text_that_is_refused_does_not_hold_up_the_others(store: InterruptedStore):
    for number in range(3):
        entered(store, f"m{number}", text=f"{number}{'字' * 600}")

    assert send_due(store, NOW, Channel(None, Refused("errcode 430102"))) == 2
    assert [entry(store, f"m{number}").state.value for number in range(3)] == ["handed_over", "queued", "handed_over"]


@pytest.mark.parametrize(("text", "tag"), [("门开了", "（可能重复）门开了"), ("Door open", "(may be a repeat) Door open")])
def test_after_a_lost_reply_the_second_sending_says_so(store: InterruptedStore, text: str, tag: str):
    entered(store, text=text)
    channel = Channel(Refused("ReadTimeoutError", lost=True, down=True))

    send_due(store, NOW, channel)
    assert entry(store).repeat
    send_due(store, entry(store).due, channel)

    assert channel.texts == [(ROBOT, tag)] and entry(store).text == text
    assert entry(store).state is MessageState.HANDED_OVER and entry(store).repeat


def test_a_clear_no_makes_no_repeat_and_half_a_message_does(store: InterruptedStore):
    entered(store, "m1", OTHER), entered(store, "m2", text="长" * 3000)

    send_due(store, NOW, Channel(None, None, Refused("errcode 93000"), Refused("errcode 93000")))

    assert (entry(store, "m1").repeat, entry(store, "m2").repeat) == (False, True)


def test_a_lost_reply_is_tagged_on_the_next_address_too(store: InterruptedStore):
    entered(store, "m1", ROBOT, PHONE)
    channel, now = Addresses(wecombot=Refused("ReadTimeoutError", lost=True, down=True)), NOW
    while entry(store).state is MessageState.QUEUED:
        send_due(store, now, channel)
        now = entry(store).due

    assert channel.texts[-1] == (PHONE, "（可能重复）门开了")


def test_one_event_is_told_to_each_person_once_however_alike_the_texts(store: InterruptedStore):
    for person in ("anheli.wang", "anheli.liu"):
        assert queue(store, NOW, "anheli", telling("m1", person=person))
        assert queue(store, NOW, "anheli", telling("m1", person=person, text="another text")) is None
    assert queue(store, NOW, "anheli", telling("m2", person="anheli.wang"))
    channel = Channel()

    assert send_due(store, NOW, channel) == 3
    assert channel.texts == [(ROBOT, "门开了\n\n门开了\n\n门开了")]


def test_an_event_heard_of_again_on_another_day_is_the_same_event(store: InterruptedStore):
    late = at(DAY, "23:59")
    assert queue(store, late, "anheli", telling(at=late))

    assert queue(store, late + timedelta(hours=8), "anheli", telling(at=late)) is None


def test_quiet_hours_hold_messages_back_and_end_in_one_digest(store: InterruptedStore):
    for number, clock in enumerate(("22:30", "23:10", "06:59")):
        now = moment(clock)
        muted = quiet_ends(("22:00", "07:00"), now)
        assert queue(store, now, "anheli", telling(f"m{number}", text=clock, at=now, muted_until=muted)) is None
    channel = Channel()
    morning = moment("07:00") + timedelta(days=1)

    assert (entry(store, "m2").state, entry(store, "m2").due, entry(store, "m2").why) == (
        MessageState.QUEUED,
        moment("07:00"),
        "quiet hours",
    )
    assert [send_due(store, now, channel) for now in (moment("06:59:59"), moment("07:00"), morning - timedelta(seconds=1), morning)] == [
        0,
        1,
        0,
        2,
    ]
    assert [text for _, text in channel.texts] == ["06:59", "【免打扰时段里的 2 件事】\n· 22:30\n· 23:10"]


def test_the_end_of_the_quiet_hours_is_not_quiet(store: InterruptedStore):
    assert queue(store, NOW, "anheli", telling(muted_until=quiet_ends(("22:00", "07:00"), NOW)))


def test_what_was_handed_over_may_be_confirmed_once(store: InterruptedStore):
    message = entered(store)
    assert delivered(store, NOW, "anheli", DAY, message.id) is None
    deliver(store, NOW, [message], Channel())

    assert delivered(store, NOW + LEASE, "anheli", DAY, message.id)
    assert delivered(store, NOW + LEASE, "anheli", DAY, message.id) is None
    assert (entry(store).state, entry(store).due) == (MessageState.DELIVERED, NOW + LEASE)


def test_what_waits_may_be_suppressed_with_a_reason_and_is_never_sent(store: InterruptedStore):
    message, channel = entered(store), Channel()

    assert suppress(store, NOW, "anheli", DAY, message.id, "the task is done")
    assert send_due(store, NOW, channel) + deliver(store, NOW, [message], channel) == 0
    assert (entry(store).state, entry(store).why, news(store)) == (MessageState.SUPPRESSED, "the task is done", None)
    assert suppress(store, NOW, "anheli", DAY, message.id, "again") is None
    assert suppress(store, NOW, "anheli", DAY, "nothing@nobody", "x") is None


def test_a_day_of_the_ledger_is_one_query_in_order_of_the_events(store: InterruptedStore):
    for name, clock in (("late", "22:00"), ("early", "01:00")):
        queue(store, moment("23:00"), "anheli", telling(name, at=moment(clock)))
    queue(store, moment("23:00"), "anheli", telling("nobody", "", at=moment("02:00")))
    queue(store, moment("23:00"), "anheli", telling("yesterday", at=moment("23:59") - timedelta(days=1)))
    queue(store, moment("23:00"), "qinghe", telling("theirs"))

    found = records.of_day(store, "anheli", DAY)

    assert [(each.event, each.state.value, each.why) for each in found] == [
        ("early", "queued", ""),
        ("nobody", "suppressed", NO_CHANNEL),
        ("late", "queued", ""),
    ]


def test_a_store_that_fails_over_one_address_does_not_hold_up_the_others(store: InterruptedStore):
    entered(store, "m1", ROBOT), entered(store, "m2", OTHER)

    def fail() -> None:
        raise RuntimeError("安娜")

    store.before(fail)

    assert send_due(store, NOW, Channel()) == 1
    assert send_due(store, NOW, Channel()) == 1
