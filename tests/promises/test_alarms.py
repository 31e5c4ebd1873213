"""Alerts through the real actions: what is told of whom, at any hour, and what settles it."""

from datetime import datetime, timedelta

import pytest

from chalicelib import forgetting
from chalicelib.register.records import listed
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.alerts import acknowledge, explain, find_alert
from chalicelib.sensors.days import KEEP_DAYS
from chalicelib.sensors.readings import Message
from chalicelib.sensors.records import board
from chalicelib.sensors.rules import Alert, AlertKind, AlertState
from chalicelib.store import keys
from chalicelib.tasks.actions import expect_opening
from chalicelib.tasks.board import of_day
from chalicelib.tasks.rules import Opening
from chalicelib.tasks.tasks import TaskState
from tests.builders import DAY, moment, register
from tests.promises.world import World

GATEWAY = "anheli-gw1"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Three in the night, in the quiet hours; the door of 2-801 is shut."""
    world = World(monkeypatch, register(), moment("03:00"))
    for name, kind, home in (
        ("door", "zigbee2mqtt", "2-801"),
        ("smoke", "zigbee2mqtt-smoke", "3-502"),
        ("button", "zigbee2mqtt-sos", "3-502"),
    ):
        bind(world.store, "anheli", GATEWAY, name, home, kind, tenancy="t1")
    say(world, "door", b'{"contact":true}', moment("02:59"))
    return world


def say(world: World, name: str, payload: bytes, at: datetime | None = None) -> list[Alert]:
    stamp = int((at or world.clock.moment).timestamp() * 1000)
    alerts = receive(world.store, world.clock, Message(GATEWAY, f"zigbee2mqtt/{name}", GATEWAY, stamp, payload))
    world.pump()
    return alerts


def tasks(world: World) -> dict[str, TaskState]:
    return {task.id.partition(":")[0]: task.state for task in of_day(world.store, "anheli", DAY)}


def alerts(world: World) -> dict[AlertKind, AlertState]:
    return {alert.kind: alert.state for alert in board(world.store, "anheli", DAY)}


def wait(world: World, minutes: int) -> None:
    world.until(world.clock.moment + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("name", "payload", "kind", "words"),
    [("smoke", b'{"smoke":true}', "smoke", "烟雾报警"), ("button", b'{"action":"emergency"}', "sos", "有人按了求助")],
)
def test_smoke_and_a_call_for_help_wake_people_at_night_in_any_home(world: World, name: str, payload: bytes, kind: str, words: str):
    (alert,) = say(world, name, payload)

    assert alert.kind == kind and tasks(world) == {kind: TaskState.OPEN}
    assert len(world.sent) == 2 and all(words in text and "3 栋 502" in text for text in world.texts())  # the desk, and the steward
    wait(world, 2)
    assert len(world.sent) == 3, "the coordinator two minutes later"
    acknowledge(
        world.store, world.clock.moment, "anheli", find_alert(world.store, world.clock.moment, "anheli", alert.id), "anheli.wang", "", "k"
    )
    world.pump()
    wait(world, 20)
    assert len(world.sent) == 3 and tasks(world) == {kind: TaskState.CLAIMED}


def test_an_announced_opening_does_not_hold_back_smoke_and_help(world: World):
    for home in ("2-801", "3-502"):
        expect_opening(world.store, world.clock.moment, "anheli", home, Opening(home, moment("02:00"), moment("05:00"), "核酸上门"))

    assert [
        alert.state for name, payload in (("smoke", b'{"smoke":true}'), ("button", b'{"sos":true}')) for alert in say(world, name, payload)
    ] == [
        AlertState.UNEXPLAINED,
        AlertState.UNEXPLAINED,
    ]
    assert [alert.state for alert in say(world, "door", b'{"contact":false}')] == [AlertState.EXPECTED]


def test_a_button_that_bounces_calls_once_and_pressed_again_later_it_calls_again(world: World):
    calls = [
        len(say(world, "button", b'{"action":"single"}', moment(clock))) for clock in ("03:00", "03:00:01", "03:00:30", "03:02", "03:01:59")
    ]

    assert calls == [1, 0, 0, 1, 0]


def test_somebody_at_the_sensor_is_told_once(world: World):
    told = [
        len(say(world, "door", b'{"contact":true,"tamper":%s}' % tamper, moment(clock)))
        for clock, tamper in (("03:01", b"true"), ("03:02", b"true"), ("03:03", b"false"))
    ]

    assert told == [1, 0, 0]
    assert alerts(world) == {AlertKind.TAMPERED: AlertState.UNEXPLAINED} and "传感器被人动过" in "".join(world.texts())


def test_a_door_left_open_is_told_though_its_opening_was_expected_and_ends_by_itself_when_it_shuts(world: World):
    expect_opening(world.store, world.clock.moment, "anheli", "2-801", Opening("o", moment("02:00"), moment("05:00"), "核酸上门"))
    say(world, "door", b'{"contact":false}')
    wait(world, 9)
    assert world.sent == [] and alerts(world) == {AlertKind.DOOR_OPENED: AlertState.EXPECTED}

    wait(world, 1)
    assert alerts(world)[AlertKind.LEFT_OPEN] is AlertState.UNEXPLAINED and tasks(world) == {"left-open": TaskState.OPEN}
    assert "门开了没有关上" in world.texts()[0]
    say(world, "door", b'{"contact":true}')
    assert alerts(world)[AlertKind.LEFT_OPEN] is AlertState.OVER and tasks(world) == {"left-open": TaskState.DONE}
    told = len(world.sent)
    wait(world, 60)
    assert len(world.sent) == told


def test_a_door_that_shuts_in_time_is_not_told_and_costs_no_look(world: World):
    say(world, "door", b'{"contact":false}')
    wait(world, 5)
    say(world, "door", b'{"contact":true}')
    wait(world, 30)

    assert set(alerts(world)) == {AlertKind.DOOR_OPENED}
    assert not [item for item in world.stored("THING") if "due_at" in item]


def test_a_door_left_open_that_somebody_has_taken_on_is_done_when_it_shuts(world: World):
    say(world, "door", b'{"contact":false}')
    wait(world, 10)
    (left,) = [alert for alert in board(world.store, "anheli", DAY) if alert.kind is AlertKind.LEFT_OPEN]
    acknowledge(world.store, world.clock.moment, "anheli", left, "anheli.wang", "", "k")
    world.pump()
    say(world, "door", b'{"contact":true}')

    assert alerts(world)[AlertKind.LEFT_OPEN] is AlertState.ACKNOWLEDGED and tasks(world)["left-open"] is TaskState.DONE


def test_a_door_of_a_home_that_is_not_isolated_is_nobodys_business(world: World):
    bind(world.store, "anheli", GATEWAY, "free", "3-502", "zigbee2mqtt", tenancy="t1")
    say(world, "free", b'{"contact":true}')
    say(world, "free", b'{"contact":false}', moment("03:01"))
    wait(world, 30)

    assert alerts(world) == {} and world.sent == [] and world.stored("#DOOR#") == []


@pytest.mark.parametrize("taken_on", [False, True])
def test_expected_after_all_settles_the_alert_and_its_task_and_nobody_is_told_any_more(world: World, taken_on: bool):
    (alert,) = say(world, "door", b'{"contact":false}')
    wait(world, 5)
    now = world.clock.moment
    if taken_on:
        alert = acknowledge(world.store, now, "anheli", alert, "anheli.wang", "我去看", "k1")
        world.pump()
    told = len(world.sent)
    say(world, "door", b'{"contact":true}')
    explained = explain(world.store, now, "anheli", alert, "anheli.wang", "外出就医", "k2")
    world.pump()
    wait(world, 60)

    assert (explained.state, explained.reason, explained.by) == (AlertState.EXPECTED, "外出就医", "anheli.wang")
    assert alerts(world) == {AlertKind.DOOR_OPENED: AlertState.EXPECTED}
    assert tasks(world) == {"door": TaskState.DONE} and len(world.sent) == told


def test_expected_after_all_before_anything_was_told_tells_nothing(world: World):
    stamp = int(world.clock.moment.timestamp() * 1000)
    (alert,) = receive(world.store, world.clock, Message(GATEWAY, "zigbee2mqtt/door", GATEWAY, stamp, b'{"contact":false}'))
    explain(world.store, world.clock.moment, "anheli", alert, "anheli.wang", "送药", "k2")
    world.pump()

    assert tasks(world) == {}


def test_an_alarm_nobody_ever_took_on_is_forgotten_with_its_task_after_thirty_days(world: World):
    """And what a family needs is not, however long nobody sees to it."""
    (alert,) = say(world, "door", b'{"contact":false}')
    need = keys.open_task("anheli", "need:2-801:t1:2026-11-22:food")
    door = world.store.get(keys.open_task("anheli", f"door:{alert.id}"))
    assert door is not None
    world.store.fill([{**door, **need.as_item(), "kind": "need", "category": "food"}])
    world.store.fill([listed("anheli", moment("00:00"))])

    forgetting.run(world.store, moment("02:59") + timedelta(days=KEEP_DAYS - 1))
    assert alerts(world) and tasks(world) == {"door": TaskState.OPEN, "need": TaskState.OPEN}
    forgetting.run(world.store, moment("03:00") + timedelta(days=KEEP_DAYS))
    assert alerts(world) == {} and tasks(world) == {"need": TaskState.OPEN}
