"""What everybody else hears of a home's door and alarms: one word, and nothing of what happened."""

from datetime import timedelta

import pytest

from chalicelib.promises.rounds import round_answer
from chalicelib.register.changes import Changes
from chalicelib.register.rules import Device, Grid, Home
from chalicelib.register.standing import stand
from chalicelib.residents.actions import issue_home_link
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.in_a_word import DoorWord, in_a_word
from chalicelib.sensors.readings import Message
from chalicelib.shared.tokens import mint
from chalicelib.tasks.work import settle
from tests.app.client import Client
from tests.builders import DAY, home, isolated, moment, register
from tests.promises.world import World

GATEWAY = "anheli-gw1"
DEVICES = tuple(
    Device(GATEWAY, name, where, kind)
    for name, where, kind in (
        ("door", "2-801", "zigbee2mqtt"),
        ("button", "3-502", "zigbee2mqtt-sos"),
        ("warm", "3-1104", "zigbee2mqtt-temperature"),
    )
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    homes = (home("3-502", volunteer="v1"), home("3-1104", volunteer="v1"), isolated("2-801", volunteer="v1"))
    plan = register(
        homes=homes, devices=DEVICES, grids=(Grid("g1", "一网格", "anheli.liu", ("v1",)), Grid("g2", "二网格", "anheli.liu", ("v1",)))
    )
    world = World(monkeypatch, plan, moment("09:00"))
    for device in DEVICES:
        bind(world.store, "anheli", device.thing, device.sensor, device.home, device.kind, tenancy="t1")
    say(world, "door", b'{"contact":true}')
    return world


def say(world: World, name: str, payload: bytes) -> None:
    world.clock.moment += timedelta(minutes=1)
    stamp = int(world.clock.moment.timestamp() * 1000)
    receive(world.store, world.clock, Message(GATEWAY, f"zigbee2mqtt/{name}", GATEWAY, stamp, payload))
    world.pump()


def word(world: World, where: str) -> DoorWord | None:
    homes: list[Home] = [each for each in world.register.homes if each.id == where]
    return in_a_word(world.store, world.clock.moment, world.register, homes).get(where)


def test_an_isolated_home_is_safe_until_something_happens_and_after_it_is_settled(world: World):
    assert word(world, "2-801") is DoorWord.SAFE
    say(world, "door", b'{"contact":false}')
    assert word(world, "2-801") is DoorWord.LOOKED_INTO
    (task,) = [item for item in world.stored("TASK") if item["kind"] == "door"]
    settle(world.store, world.clock.moment, "anheli", task["sk"].removeprefix("OPEN#"), "")
    assert word(world, "2-801") is DoorWord.SAFE


def test_a_call_for_help_is_looked_into_and_otherwise_nothing_is_said_of_a_home_that_is_not_isolated(world: World):
    assert (word(world, "3-502"), word(world, "3-1104")) == (DoorWord.NONE, None)
    say(world, "button", b'{"sos":true}')
    assert word(world, "3-502") is DoorWord.LOOKED_INTO


def test_homes_without_such_a_sensor_cost_nothing(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(world.store, "under", lambda *_, **__: pytest.fail("asked"))

    assert in_a_word(world.store, world.clock.moment, world.register, [world.register.home_by_id["3-1104"]]) == {}


def test_the_home_and_its_volunteer_read_the_word_and_no_more(world: World):
    say(world, "door", b'{"contact":false}')
    token = mint("anheli")
    issue_home_link(world.store, moment("08:00"), "anheli", "2-801", "t1", token, "3K7Q2M9XWT")
    page = Client().as_home(token).get("/api/home")
    volunteer = next(each for each in world.register.volunteers if each.id == "v1")
    told = round_answer(world.store, world.clock.moment, stand(world.register, Changes(), world.clock.moment), volunteer)

    assert page.json["door"] == "looked_into" and "09:02" not in page.text.replace(page.json["now"], "")
    assert {stop.home: stop.door for stop in told.homes if stop.assigned}["3-502"] is DoorWord.NONE
    assert DAY.isoformat() == page.json["day"]
