"""What was saved tells the rest: at least once, and never twice for one event."""

import pytest

from chalicelib import subscriptions, wiring
from chalicelib.batches import take_news
from chalicelib.care.actions import check_in
from chalicelib.post import records as mail
from chalicelib.post.rules import MessageState
from chalicelib.register.records import to_item
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert
from chalicelib.store.values import to_typed
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.rules import Opening
from chalicelib.wire import ServiceError
from tests.actions.mail import Channel
from tests.actions.stream import Record, StreamingStore, record
from tests.app.client import FixedClock, stand_on
from tests.builders import DAY, entry, moment, policy, register


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> StreamingStore:
    store = StreamingStore()
    store.fill([to_item(register(), 1)])
    bind(store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    stand_on(monkeypatch, store, FixedClock(moment("09:05")))
    receive(store, wiring.clock(), said("08:00", b'{"contact":true}'))
    return store


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Channel:
    channel = Channel()
    monkeypatch.setattr(subscriptions, "send", lambda: channel)
    return channel


def opened(store: StreamingStore, clock: str = "09:05") -> Alert:
    (alert,) = receive(store, wiring.clock(), said(clock, b'{"contact":false}'))
    return alert


def said(clock: str, payload: bytes) -> Message:
    return Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", int(moment(clock).timestamp() * 1000), payload)


def hear(store: StreamingStore) -> list[Record]:
    """Let the subscribers hear everything that was told since the last time."""
    heard, store.told = store.told, []
    for each in heard:
        subscriptions.react(each)
    return heard


def test_an_unexplained_opening_goes_to_the_robot_with_place_time_and_day(store: StreamingStore, channel: Channel):
    opened(store)
    hear(store)

    ((to, text),) = channel.texts
    assert to == "wecombot://anheli"
    assert "2 栋 801" in text and "09:05" in text and "第 3 天" in text and "http://127.0.0.1:8000/duty/" in text


def test_the_message_names_no_person(store: StreamingStore, channel: Channel):
    opened(store)
    hear(store)

    assert "安娜" not in channel.texts[0][1] and "138" not in channel.texts[0][1]


def test_the_same_record_again_sends_nothing_more(store: StreamingStore, channel: Channel):
    opened(store)
    heard = hear(store)
    for each in heard * 2:
        subscriptions.react(each)

    assert len(channel.texts) == 1


def raised(store: StreamingStore) -> dict:
    """The stream's image of an alert that nobody was told of yet."""
    opened(store)
    return next(each["dynamodb"]["NewImage"] for each in store.told if "news" in each["dynamodb"]["NewImage"])


def test_a_later_unrelated_update_of_the_item_re_fires_nothing(store: StreamingStore, channel: Channel):
    image = raised(store)

    subscriptions.react(record(9, {"OldImage": image, "NewImage": {**image, "note": {"S": "later"}, "v": {"N": "2"}}}))

    assert channel.texts == []


def test_news_of_another_id_on_the_same_item_is_news(store: StreamingStore, channel: Channel):
    image = raised(store)
    other = {**image, "news": to_typed({"news": {"id": "another", "name": "alert.raised"}})["news"]}

    subscriptions.react(record(9, {"OldImage": image, "NewImage": other}))

    assert len(channel.texts) == 1


def test_an_opening_inside_an_announced_window_sends_nothing(store: StreamingStore, channel: Channel):
    expect_opening(store, moment("08:00"), "anheli", "2-801", Opening("o1", moment("09:00"), moment("09:30"), "核酸上门"))
    opened(store)

    hear(store)

    assert channel.texts == []


def test_taking_an_alert_on_reporting_in_and_removing_items_send_nothing(store: StreamingStore, channel: Channel):
    alert = opened(store)
    hear(store)
    acknowledge(store, moment("09:06"), "anheli", alert, "anheli.wang", "", "k")
    check_in(store, moment("09:07"), "anheli", "3-502", "t1", entry())

    hear(store)

    assert len(channel.texts) == 1


@pytest.mark.parametrize("images", [{}, {"NewImage": {"pk": {"S": "x"}}}, {"OldImage": {"pk": {"S": "x"}}}])
def test_a_record_without_news_is_passed_over(store: StreamingStore, channel: Channel, images: dict):
    subscriptions.react(record(1, images))

    assert channel.texts == []


def test_news_that_nobody_waits_for_is_passed_over(store: StreamingStore, channel: Channel):
    item = {"pk": "anheli#X", "sk": "X", "v": 1, "news": {"id": "1", "name": "something.new"}}

    subscriptions.react(record(1, {"NewImage": to_typed(item)}))

    assert channel.texts == []


def test_a_compound_without_a_robot_keeps_the_reason(store: StreamingStore, channel: Channel):
    store.fill([to_item(register(policy=policy(robots={})), 2)])
    alert = opened(store)

    hear(store)

    message = mail.message(store, "anheli", DAY, f"{alert.id}:unexplained@duty")
    assert channel.texts == [] and message is not None and message.state is MessageState.SUPPRESSED


def test_an_alert_whose_home_has_left_the_register_is_still_told(store: StreamingStore, channel: Channel):
    opened(store)
    store.fill([to_item(register(homes=()), 2)])

    hear(store)

    assert "2-801" in channel.texts[0][1]


def test_a_store_that_is_away_keeps_the_news_for_later(store: StreamingStore, channel: Channel, monkeypatch: pytest.MonkeyPatch):
    opened(store)
    kept: list[Record] = []
    monkeypatch.setattr(store, "get", lambda *_, **__: (_ for _ in ()).throw(ServiceError("InternalServerError", 500, {})))

    take_news({"Records": store.told}, subscriptions.react, kept.append)

    assert len(kept) == 1 and channel.texts == []
