"""A silent gateway, a dead battery, half a compound without power, a cold riser: each makes the one right alarm, and none stays behind."""

from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib.register.rules import Device, Isolation
from chalicelib.sensors import records, rooms
from chalicelib.sensors.actions import bind, unbind
from chalicelib.sensors.rules import DoorState, Sensor, Why
from chalicelib.sensors.warmth import readings
from chalicelib.shared.calendar import ms_of
from chalicelib.shared.ids import HomeId
from tests.builders import DAY, home, moment
from tests.promises.sensing import Sensing, compound, homes

WARM = "zigbee2mqtt-temperature"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Sensing:
    world = Sensing(monkeypatch)
    world.alive()
    return world


def minutes(world: Sensing, number: float) -> None:
    world.until(world.clock.moment + timedelta(minutes=number))


def duty_texts(world: Sensing) -> list[str]:
    return [text for text in world.texts() if "网关断线" in text]


def test_a_gateway_back_within_the_wait_is_nobodys_business(world: Sensing):
    world.presence("anheli-gw3", False)
    minutes(world, 9)
    world.presence("anheli-gw3", True)
    minutes(world, 60)

    assert (world.alarms(), world.texts()) == ([], [])


def test_a_silent_gateway_is_one_alarm_and_its_twenty_sensors_are_none(world: Sensing):
    world.presence("anheli-gw3", False)
    minutes(world, 13)
    assert world.alarms() == ["gateways-silent"] and len(duty_texts(world)) == 1
    assert "anheli-gw3" in duty_texts(world)[0] and "3 栋" in duty_texts(world)[0] and "10 户" in duty_texts(world)[0]

    others = [each.sensor for each in world.register.devices if each.thing == "anheli-gw3"]
    world.days(48, *others)
    assert world.alarms() == ["gateways-silent"]

    world.presence("anheli-gw3", True)
    assert world.alarms() == []
    minutes(world, 60)
    assert world.alarms() == []


def test_half_the_compound_without_power_is_one_alarm_that_names_it(world: Sensing):
    for number in (1, 2, 3):
        world.presence(f"anheli-gw{number}", False, at=world.clock.moment + timedelta(seconds=30 * number))
    minutes(world, 14)

    (task,) = world.tasks("gateways-silent:")
    assert task.about == "anheli-gw1,anheli-gw2,anheli-gw3" and task.home == ""
    (text,) = duty_texts(world)
    assert all(f"anheli-gw{number}" in text for number in (1, 2, 3)) and "30 户" in text

    world.presence("anheli-gw1", True)
    world.presence("anheli-gw2", True)
    assert [each.about for each in world.tasks("gateways-silent:")] == ["anheli-gw3"]
    world.presence("anheli-gw3", True)
    assert world.alarms() == [] and len(world.tasks("gateways-silent:", running=False)) == 1


def test_a_gateway_that_goes_later_joins_and_is_told_with_the_others(world: Sensing):
    world.presence("anheli-gw1", False)
    minutes(world, 20)
    world.presence("anheli-gw2", False)
    minutes(world, 13)

    assert [task.about for task in world.tasks("gateways-silent:")] == ["anheli-gw1,anheli-gw2"]
    assert "anheli-gw2" not in duty_texts(world)[0] and "anheli-gw2" in duty_texts(world)[-1]


def test_a_door_behind_a_gateway_that_was_out_may_have_done_anything(world: Sensing):
    world.tell("door-3-502", contact=True)
    world.presence("anheli-gw3", False)
    minutes(world, 13)
    assert door(world).why is Why.GATEWAY

    world.presence("anheli-gw3", True)
    world.tell("door-3-502", contact=False)
    assert door(world).state is DoorState.OPEN


def door(world: Sensing) -> Sensor:
    found = records.sensor(world.store, "anheli", "anheli-gw3", "door-3-502")
    assert found is not None
    return found


def test_the_next_outage_is_another_task(world: Sensing):
    for _ in range(2):
        world.presence("anheli-gw1", False)
        minutes(world, 13)
        world.presence("anheli-gw1", True)
        minutes(world, 5)

    assert len(world.tasks("gateways-silent:", running=False)) == 2


def test_events_twice_and_in_any_order_come_to_the_same(monkeypatch: pytest.MonkeyPatch):
    at = [moment("09:00") + timedelta(seconds=each) for each in (0, 5, 6)]
    told = [(False, "s0", at[0], 0), (True, "s1", at[1], 1), (False, "s0", at[0], 0), (True, "s1", at[1], 1)]
    for order in set(permutations(told)):
        world = Sensing(monkeypatch, moment("08:59"))
        world.clock.moment = at[2]
        for there, session, when, number in order:
            world.numbers = number - there
            world.presence("anheli-gw1", there, session, when)
        minutes(world, 20)
        assert world.alarms() == []


def test_its_own_word_that_it_goes_counts_as_its_going(world: Sensing):
    world.say("anheli-gw2", "zigbee2mqtt/bridge/state", {"state": "offline"})
    minutes(world, 13)
    assert world.alarms() == ["gateways-silent"]

    world.say("anheli-gw2", "zigbee2mqtt/bridge/state", {"state": "online"})
    assert world.alarms() == []


def test_a_gateway_whose_going_was_never_told_is_found_by_its_sensors_and_is_one_alarm(world: Sensing):
    world.days(60, *(each.sensor for each in world.register.devices if each.thing == "anheli-gw2"))

    assert world.alarms() == ["gateways-silent"]
    world.tell("door-2-301", contact=True)
    minutes(world, 61)
    assert world.alarms() == []


def test_a_gateway_is_not_back_because_somebody_binds_a_sensor_behind_it(world: Sensing):
    world.presence("anheli-gw2", False)
    minutes(world, 30)
    bind(world.store, "anheli", "anheli-gw2", "new", "2-301", "zigbee2mqtt", tenancy="t1", bound_ms=ms_of(world.clock.moment))
    minutes(world, 180)

    assert world.alarms() == ["gateways-silent"]


def test_a_clock_that_was_ahead_and_is_put_right_makes_nobody_silent(world: Sensing):
    tomorrow = timedelta(days=1, hours=20)
    world.tell("door-3-502", contact=True, last_seen=ms_of(world.clock.moment + tomorrow))
    for _ in range(3):
        minutes(world, 12 * 60)
        world.alive("door-3-502")
        world.tell("door-3-502", contact=True, last_seen=ms_of(world.clock.moment))

    assert world.alarms() == []


def test_a_sensor_that_says_nothing_for_a_day_is_silent_and_speaks_again(world: Sensing):
    minutes(world, 24.9 * 60)
    world.alive("door-3-502")
    assert world.alarms() == []
    minutes(world, 30)

    (task,) = world.tasks("sensor-silent:")
    assert (task.home, task.about, task.owners) == ("3-502", "anheli-gw3/door-3-502", ("anheli.wang",))
    assert sum("信号断了" in text for text in world.texts()) == 1
    world.tell("door-3-502", contact=True)
    assert world.alarms() == []


def test_a_sensor_that_has_never_spoken_is_silent_too(monkeypatch: pytest.MonkeyPatch):
    world = Sensing(monkeypatch)
    world.days(36, "warm-1-301")

    assert [task.about for task in world.tasks("sensor-silent:")] == ["anheli-gw1/warm-1-301"]


def test_the_silent_magnet_of_an_isolated_home_goes_to_the_duty_at_once(monkeypatch: pytest.MonkeyPatch):
    shut = Isolation(DAY, DAY + timedelta(days=7))
    found = tuple(home(each.id, isolation=shut, grid=each.grid) if each.id == "3-502" else each for each in homes())
    world = Sensing(monkeypatch, found=compound(homes=found))
    world.days(36, "door-3-502")

    (task,) = world.tasks("sensor-silent:")
    assert task.ladder == "watch" and any("信号断了" in text for text in world.texts())


def test_a_device_that_says_it_goes_is_silent_after_the_wait_and_not_before(monkeypatch: pytest.MonkeyPatch):
    """ESPHome says nothing while nothing changes, and its last will when it goes."""
    device = Device("anheli-gw1", "esp1/front", HomeId("1-301"), "esphome")
    world = Sensing(monkeypatch, found=compound(devices=(device,)))
    minutes(world, 30 * 60)
    assert world.alarms() == []

    for back in (5, 15):
        world.say("anheli-gw1", "esphome/esp1/status", b"offline")
        minutes(world, back)
        assert world.alarms() == (["sensor-silent"] if back == 15 else [])
        world.say("anheli-gw1", "esphome/esp1/status", b"online")
        minutes(world, 15)
        assert world.alarms() == []


def test_what_a_gateway_remembers_does_not_wake_the_dead(world: Sensing):
    last = ms_of(world.clock.moment)
    world.tell("door-3-502", contact=True, last_seen=last)
    world.days(36, "door-3-502")
    assert world.alarms() == ["sensor-silent"]

    world.presence("anheli-gw3", False)
    minutes(world, 2)
    world.presence("anheli-gw3", True)
    minutes(world, 1)
    world.tell("door-3-502", contact=True, battery=90)
    world.tell("door-3-502", contact=True, last_seen=last)
    assert world.alarms() == ["sensor-silent"]

    minutes(world, 10)
    world.tell("door-3-502", contact=True)
    assert world.alarms() == []


def test_a_dead_battery_is_one_alarm_from_its_warning_to_its_change(world: Sensing):
    world.tell("door-3-502", battery=12)
    assert world.alarms() == ["battery-low"]
    minutes(world, 5)
    world.tell("door-3-502", battery=9)
    world.tell("door-3-502", battery=16)
    assert world.alarms() == ["battery-low"] and sum("快没电" in text for text in world.texts()) == 1

    world.days(48, "door-3-502")
    (task,) = world.tasks("sensor-silent:")
    assert world.alarms() == ["sensor-silent"] and task.category == "battery"

    world.tell("door-3-502", battery=14)
    assert world.alarms() == ["battery-low"]
    world.tell("door-3-502", battery=100)
    assert world.alarms() == []


def test_a_weak_link_is_told_once_and_settles(world: Sensing):
    for _ in range(8):
        world.tell("door-1-301", linkquality=12)
        minutes(world, 60)
    assert world.alarms() == ["weak-link"]
    assert sum("信号弱" in text for text in world.texts()) == 1

    for _ in range(8):
        world.tell("door-1-301", linkquality=90)
        minutes(world, 60)
    assert world.alarms() == []


def test_a_sensor_taken_away_leaves_no_task(world: Sensing):
    for sensor in ("door-1-301", "door-1-302"):
        world.tell(sensor, battery=5)
    unbind(world.store, "anheli", "anheli-gw1", "door-1-301")
    bind(world.store, "anheli", "anheli-gw1", "door-1-302", "1-401", "zigbee2mqtt", tenancy="t1", bound_ms=ms_of(world.clock.moment))
    world.pump()

    assert world.alarms() == []


def cool(world: Sensing, *homes: str, degrees: float = 16.5, minutes_: int = 40) -> None:
    """These homes measure so much, every ten minutes."""
    for _ in range(minutes_ // 10 + 1):
        for each in homes:
            world.tell(f"warm-{each}", temperature=degrees)
        minutes(world, 10)


def test_cold_homes_on_one_riser_are_one_incident_with_its_homes(world: Sensing):
    cool(world, "3-502", "3-602", "3-702")
    cool(world, "3-301")

    riser, single = sorted(world.tasks("cold:"), key=lambda task: task.category, reverse=True)
    assert (riser.category, riser.about, riser.home) == ("3-02", "3-502,3-602,3-702", "3-502")
    assert (single.category, single.about) == ("3-01", "3-301")
    assert sum("室温不到标准" in text and "提醒" not in text for text in world.texts()) == 2

    cool(world, "3-502", "3-602", "3-702", degrees=18.4)
    assert len(world.tasks("cold:")) == 2
    cool(world, "3-502", "3-602", degrees=19)
    assert [task.about for task in world.tasks("cold:3-02")] == ["3-702"]
    cool(world, "3-702", "3-301", degrees=19)
    assert world.alarms() == []


def test_the_ends_of_one_line_are_one_incident_across_buildings(monkeypatch: pytest.MonkeyPatch):
    ends = {"1-301", "2-302", "4-301"}
    found = tuple(home(each.id, line_end="东支线" if each.id in ends else "") for each in homes())
    world = Sensing(monkeypatch, found=compound(homes=found))
    cool(world, *sorted(ends))

    (task,) = world.tasks("cold:")
    assert (task.category, task.about) == ("东支线", "1-301,2-302,4-301")


def test_a_cold_home_is_cold_by_the_policy(monkeypatch: pytest.MonkeyPatch):
    world = Sensing(monkeypatch)
    cool(world, "3-502", degrees=18)
    assert world.alarms() == []


def test_a_thermometer_that_is_taken_away_is_cold_no_longer(world: Sensing):
    cool(world, "3-502")
    unbind(world.store, "anheli", "anheli-gw3", "warm-3-502")
    world.pump()

    assert world.alarms() == []


def test_a_reading_costs_one_read_and_one_write_and_a_repeat_no_write(world: Sensing):
    world.tell("warm-3-502", temperature=20)
    before = records.sensor(world.store, "anheli", "anheli-gw3", "warm-3-502")
    world.tell("warm-3-502", temperature=20.4)
    after = records.sensor(world.store, "anheli", "anheli-gw3", "warm-3-502")
    minutes(world, 6)
    world.tell("warm-3-502", temperature=20.4)
    later = records.sensor(world.store, "anheli", "anheli-gw3", "warm-3-502")

    assert before is not None and after == before and later is not None and later.version == before.version + 1


def test_a_gateway_with_nothing_behind_it_is_forgotten(world: Sensing):
    world.presence("anheli-gw4", False)
    minutes(world, 13)
    for each in world.register.devices:
        if each.thing == "anheli-gw4":
            unbind(world.store, "anheli", each.thing, each.sensor)
    minutes(world, 61)

    assert world.alarms() == [] and not world.stored("#THING#anheli-gw4")


def test_a_thermometer_that_moves_leaves_its_day_with_the_family_it_was_measured_for(world: Sensing):
    cool(world, "3-502")
    bind(world.store, "anheli", "anheli-gw3", "warm-3-502", "3-301", WARM, tenancy="t1", bound_ms=ms_of(world.clock.moment))
    late = world.clock.moment - timedelta(minutes=3)
    world.tell("warm-3-502", at=late, temperature=5)
    world.tell("warm-3-502", temperature=21)

    assert world.alarms() == []
    (old,) = rooms.hours_of(world.store, "anheli", "3-502", "t1", DAY).values()
    assert old[8] is not None and old[8].low == 165
    assert rooms.hours_of(world.store, "anheli", "3-301", "t1", DAY) == {}
    moved = records.sensor(world.store, "anheli", "anheli-gw3", "warm-3-502")
    assert moved is not None and moved.room is not None and [value for _, value in readings(moved.room)] == [210]


def test_the_last_day_of_a_thermometer_that_died_is_put_away_and_not_kept_for_good(world: Sensing):
    world.tell("warm-3-502", temperature=20)
    world.days(36, "warm-3-502")

    dead = records.sensor(world.store, "anheli", "anheli-gw3", "warm-3-502")
    assert dead is not None and dead.room is not None and dead.room.values == b""
    assert [each.low for each in next(iter(rooms.hours_of(world.store, "anheli", "3-502", "t1", DAY).values())) if each] == [200]


def test_one_that_may_be_silent_for_minutes_only_goes_on_with_its_day(monkeypatch: pytest.MonkeyPatch):
    device = Device("anheli-gw1", "node/DS18B20", HomeId("1-301"), "tasmota-switch-temperature")
    world = Sensing(monkeypatch, found=compound(devices=(device,)))
    for degrees in (20, 19):
        world.say("anheli-gw1", "tasmota/tele/node/SENSOR", {"DS18B20": {"Temperature": degrees}})
        minutes(world, 45)
        assert world.alarms() == ["sensor-silent"]

    known = records.sensor(world.store, "anheli", "anheli-gw1", "node/DS18B20")
    assert known is not None and known.room is not None and [value for _, value in readings(known.room)] == [200, 190]
