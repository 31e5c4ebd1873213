"""Wherever the process ends, in a sweep, a reaction, or while a message is taken in: the next come to the same end, and nobody is told twice
but once, tagged."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.register.rules import Device
from chalicelib.shared.ids import HomeId
from tests.actions.mail import Crash
from tests.builders import DAY, moment, policy
from tests.promises.sensing import Sensing, compound
from tests.promises.test_crashes import Breaking, Calls, Fragile, arrivals, state

PLACES = {"anheli-gw1": ("1-301", "1-401"), "anheli-gw2": ("2-301",)}


class Brittle(Sensing):
    """Two gateways; the process may end at any call, and then the message comes again, the batch comes again, the sweep starts anew."""

    Store = Breaking
    run, pump, send = Fragile.run, Fragile.pump, Fragile.send

    def __init__(self, monkeypatch: Any, calls: Calls) -> None:
        Breaking.calls, self.calls, self.crashes = calls, calls, 0
        devices = tuple(
            Device(thing, f"{what}-{home}", HomeId(home), kind)
            for thing, homes in PLACES.items()
            for home in homes
            for what, kind in (("door", "zigbee2mqtt"), ("warm", "zigbee2mqtt-temperature"))
        )
        super().__init__(monkeypatch, moment("08:00"), compound(devices=devices, policy=policy(plans=(), self_report_tiers=())))

    def hand_over(self, topic: str, client: str, data: bytes, at: datetime | None = None) -> None:
        self.calls.on = True
        while True:
            try:
                super().hand_over(topic, client, data, at)
                break
            except Crash:
                self.crashes += 1
        self.calls.on = False


def live(world: Brittle) -> None:
    """The power goes and comes back, a battery runs low and is changed, two homes on a riser grow cold and one warm again, a sensor dies."""
    world.alive()
    for thing in PLACES:
        world.presence(thing, False)
    for clock in ("08:10", "08:12", "08:14"):
        world.run(moment(clock))
    for thing in PLACES:
        world.clock.moment += timedelta(minutes=1)
        world.presence(thing, True)
    world.run(moment("08:20"))
    world.tell("door-1-301", battery=9)
    world.run(moment("08:21"))
    for clock in ("09:00", "09:40"):
        world.clock.moment = moment(clock)
        for home in ("1-301", "2-301"):
            world.tell(f"warm-{home}", temperature=16.5)
    world.run(moment("09:41"))
    world.tell("door-1-301", battery=100)
    for clock in ("10:00", "10:40"):
        world.clock.moment = moment(clock)
        world.tell("warm-2-301", temperature=20)
    world.run(moment("10:41"))
    world.clock.moment = moment("07:00", DAY + timedelta(days=1))
    world.alive("door-1-401")
    for clock in ("09:00", "09:05", "11:45", "11:47", "11:49"):
        world.run(moment(clock, DAY + timedelta(days=1)))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_the_next_come_to_the_same_end(monkeypatch: pytest.MonkeyPatch, after: bool):
    whole = Brittle(monkeypatch, Calls())
    live(whole)
    wanted, once, calls = state(whole), arrivals(whole), whole.calls.made
    assert whole.crashes == 0 and calls > 100
    kinds = sorted(name.partition(":")[0].rpartition("#")[2] for name in wanted if "#TASK/" in name)
    assert kinds == ["battery-low", "cold", "cold", "gateways-silent", "sensor-silent"]

    for number in range(1, calls + 1):
        world = Brittle(monkeypatch, Calls(number, after))
        live(world)

        assert world.crashes == 1, number
        assert state(world) == wanted, number
        twice = [name for name, (times, _) in arrivals(world).items() if times != once[name][0]]
        assert len(twice) <= 1 and all(arrivals(world)[name] == (2, 1) for name in twice), number
