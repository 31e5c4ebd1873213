"""The storm's own script, told to the sensors' room in any order: nothing made up, nothing lost, whatever the clocks of the gateways say."""

import random
from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from bench.storm import ground, script, watch
from chalicelib.sensors.actions import receive
from chalicelib.sensors.readings import Message
from chalicelib.shared.clock import RealClock
from chalicelib.shared.problems import Rejected
from chalicelib.store.memory import MemoryStore
from tests.builders import moment

GATEWAYS, SENSORS, BEGINS = 60, 20, int(moment("12:00").timestamp() * 1000)
IN_A_MILLISECOND, MEMORY_SECONDS = 5, 1.5


def as_sent(lines: list[script.Line]) -> list[script.Line]:
    return lines


def shuffled(lines: list[script.Line]) -> list[script.Line]:
    return random.Random(3).sample(lines, len(lines))


def backwards(lines: list[script.Line]) -> list[script.Line]:
    return lines[::-1]


def twice(lines: list[script.Line]) -> list[script.Line]:
    return shuffled([*lines, *lines])


def in_time(lines: list[script.Line]) -> dict[script.Line, int]:
    """When each was received: four seconds after it was sent."""
    return {line: 4000 + int(line.at * 1000) for line in lines}


def at_once(lines: list[script.Line]) -> dict[script.Line, int]:
    """A broker that cannot keep up takes what each gateway remembers, and then what has happened meanwhile, several in a millisecond."""
    received, taken = dict[script.Line, int](), Counter[str]()
    for line in lines:
        received[line] = (60_000 if line.at < MEMORY_SECONDS else 62_000) + taken[line.thing] // IN_A_MILLISECOND
        taken[line.thing] += 1
    return received


@pytest.mark.parametrize("order", [as_sent, shuffled, backwards, twice])
@pytest.mark.parametrize("received", [in_time, at_once])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_found_is_what_was_true(order: Any, received: Any, seed: int) -> None:
    fleet, store, garbage = script.write(GATEWAYS, SENSORS, BEGINS, seed), MemoryStore(), 0
    ground.people_it(store, datetime.fromtimestamp(BEGINS / 1000, UTC), GATEWAYS)
    ground.know(store, fleet.known)
    came = received(fleet.lines)
    for line in order(fleet.lines):
        message = Message(line.thing, f"zigbee2mqtt/{line.sensor}", line.thing, BEGINS + came[line], line.payload)
        try:
            receive(store, RealClock(), message)
        except Rejected:
            garbage += 1
    found = watch.count(store, fleet.truth, {})
    assert (found.false, found.lost, found.astray) == (0, 0, 0)
    assert found.openings == sum(fleet.truth.openings.values()) > 80
    assert garbage == fleet.truth.garbage * (2 if order is twice else 1) > 10
    assert set(script.CLOCKS) == {"right", "none", "a day ahead", "a day behind", "1970", "2099", "seconds"}
