"""What a door did is written down while its home is isolated, read with a trace, and forgotten after thirty days."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib import forgetting
from chalicelib.register.records import listed, to_item
from chalicelib.register.rules import Isolation
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.days import KEEP_DAYS, MOST_EVENTS, of_home
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import AlertState
from chalicelib.store import keys
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.rules import Opening
from tests.actions.interrupted import InterruptedStore
from tests.app.client import FixedClock
from tests.builders import DAY, isolated, moment, register

GATEWAY, CLOCK = "anheli-gw1", FixedClock(moment("12:00"))
LONG = Isolation(date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture
def store() -> InterruptedStore:
    store = InterruptedStore()
    store.fill([to_item(register(homes=(isolated(isolation=LONG),)), 1), listed("anheli", moment("00:00"))])
    for name in ("door", "back"):
        bind(store, "anheli", GATEWAY, name, "2-801", "zigbee2mqtt", tenancy="t1")
        say(store, "07:00", False, name=name)
    return store


def say(store: InterruptedStore, clock: str, is_open: bool, day: date = DAY, name: str = "door") -> None:
    stamp = int(moment(clock, day).timestamp() * 1000)
    payload = b'{"contact":false}' if is_open else b'{"contact":true}'
    receive(store, CLOCK, Message(GATEWAY, f"zigbee2mqtt/{name}", GATEWAY, stamp, payload))


def told(store: InterruptedStore, day: date = DAY) -> list[tuple[str, str]]:
    days = {each.day: each for each in of_home(store, "anheli", "2-801", "t1", moment("12:00"))}
    return (
        [(f"{event.at.astimezone(moment('00:00').tzinfo):%H:%M}", event.state or "closed") for event in days[day].events]
        if day in days
        else []
    )


def test_openings_and_closings_are_listed_in_order_and_counted(store: InterruptedStore):
    for clock, is_open in (("09:00", True), ("09:01", True), ("09:02", False), ("09:30", False), ("10:00", True), ("10:05", False)):
        say(store, clock, is_open)

    assert told(store) == [("09:00", "unexplained"), ("09:02", "closed"), ("10:00", "unexplained"), ("10:05", "closed")]
    (day,) = of_home(store, "anheli", "2-801", "t1", moment("12:00"))
    assert (day.opened, day.unexplained) == (2, 2)


def test_what_is_handled_late_stands_in_its_place(store: InterruptedStore):
    say(store, "09:02", False)
    say(store, "10:00", True)
    say(store, "09:00", True)

    assert told(store) == [("09:00", "unexplained"), ("09:02", "closed"), ("10:00", "unexplained")]


def test_two_doors_of_a_home_share_a_day_and_lose_nothing_to_each_other(store: InterruptedStore):
    store.before(lambda: say(store, "09:00", True, name="back"))
    say(store, "09:00", True)

    assert told(store) == [("09:00", "unexplained")] * 2


def test_each_day_has_its_own(store: InterruptedStore):
    say(store, "23:59", True)
    say(store, "00:01", False, DAY + timedelta(days=1))

    tomorrow = of_home(store, "anheli", "2-801", "t1", moment("12:00", DAY + timedelta(days=1)))
    assert told(store) == [("23:59", "unexplained")] and [event.state for event in tomorrow[0].events] == [None]


def test_the_next_family_reads_nothing_of_the_last(store: InterruptedStore):
    say(store, "09:00", True)

    assert of_home(store, "anheli", "2-801", "t2", moment("12:00")) == []


def test_a_door_that_rattles_fills_no_item(store: InterruptedStore):
    for number in range(MOST_EVENTS):
        clock = f"{8 + number // 120:02}:{number // 2 % 60:02}:{number % 2 * 30:02}"
        say(store, clock, True)
        say(store, clock[:-1] + "9", False)

    (day,) = of_home(store, "anheli", "2-801", "t1", moment("12:00"))
    assert len(day.events) == MOST_EVENTS and day.opened == MOST_EVENTS


def at(days_later: int) -> datetime:
    return moment("03:00", DAY + timedelta(days=days_later))


@pytest.mark.parametrize(("later", "shown"), [(KEEP_DAYS - 1, True), (KEEP_DAYS, False), (KEEP_DAYS + 100, False)])
def test_after_thirty_days_nothing_is_shown_though_nobody_has_deleted_it(store: InterruptedStore, later: int, shown: bool):
    say(store, "09:00", True)

    assert bool(of_home(store, "anheli", "2-801", "t1", at(later))) is shown
    assert "events" in store._items[keys.door_day("anheli", DAY, "2-801", "t1")]


def test_after_thirty_days_only_counts_remain(store: InterruptedStore):
    say(store, "09:00", True)
    say(store, "09:02", False)
    assert forgetting.run(store, at(KEEP_DAYS - 1)) == 0
    assert forgetting.run(store, at(KEEP_DAYS)) == 2  # the day, and the alert that nobody took on

    item = store._items[keys.door_day("anheli", DAY, "2-801", "t1")]
    assert {name: item[name] for name in item if name not in ("pk", "sk", "v", "ttl")} == {"opened": 1, "unexplained": 1}
    assert forgetting.run(store, at(KEEP_DAYS)) == 0


def test_days_on_which_nobody_forgot_are_made_up_for(store: InterruptedStore):
    say(store, "09:00", True)

    assert forgetting.run(store, at(KEEP_DAYS + 13)) == 2


def test_somebody_who_writes_in_the_very_moment_is_not_overwritten(store: InterruptedStore):
    say(store, "09:00", True)
    store.before(lambda: say(store, "09:02", False))

    assert forgetting.run(store, at(KEEP_DAYS)) == 1  # the alert
    assert forgetting.run(store, at(KEEP_DAYS)) == 1


def test_one_compound_that_cannot_be_worked_off_holds_up_no_other(store: InterruptedStore, monkeypatch: pytest.MonkeyPatch):
    store.fill([listed("aaa", moment("00:00"))])
    say(store, "09:00", True)
    under = store.under

    def broken(pk: str, **options: object) -> list:
        if pk.startswith("aaa#"):
            raise ConnectionError
        return under(pk, **options)

    monkeypatch.setattr(store, "under", broken)
    assert forgetting.run(store, at(KEEP_DAYS)) == 2


def test_expected_openings_are_counted_apart(store: InterruptedStore):
    expect_opening(store, moment("08:00"), "anheli", "2-801", Opening("o", moment("09:00"), moment("09:30"), "核酸上门"))
    say(store, "09:00", True)

    (day,) = of_home(store, "anheli", "2-801", "t1", moment("12:00"))
    assert (day.opened, day.unexplained, day.events[0].state) == (1, 0, AlertState.EXPECTED)
