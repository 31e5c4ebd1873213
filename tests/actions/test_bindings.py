"""A sensor belongs to a home from one moment until another, and what it says at other times is nobody's."""

import pytest

from chalicelib.register.records import to_item
from chalicelib.sensors import records
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import DoorState, Sensor
from chalicelib.store.memory import MemoryStore
from tests.app.client import FixedClock
from tests.builders import isolated, moment, register

GATEWAY, CLOCK = "anheli-gw1", FixedClock(moment("12:00"))


def ms(clock: str) -> int:
    return int(moment(clock).timestamp() * 1000)


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    store.fill([to_item(register(homes=(isolated(),)), 1)])
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1", bound_ms=ms("09:00"), until_ms=ms("11:00"))
    return store


def opened(store: MemoryStore, clock: str) -> int:
    """How many alerts an opening at this time raises."""
    return len(receive(store, CLOCK, Message(GATEWAY, "zigbee2mqtt/door", GATEWAY, ms(clock), b'{"contact":false}')))


def door(store: MemoryStore) -> Sensor:
    found = records.sensor(store, "anheli", GATEWAY, "door")
    assert found is not None
    return found


@pytest.mark.parametrize(("clock", "alerts"), [("08:59", 0), ("09:00", 1), ("10:59", 1), ("11:00", 0), ("23:00", 0)])
def test_only_what_arrives_within_the_interval_counts(store: MemoryStore, clock: str, alerts: int) -> None:
    assert opened(store, clock) == alerts
    assert door(store).state is (DoorState.OPEN if alerts else DoorState.UNKNOWN)


def test_another_end_keeps_what_is_known_of_the_door(store: MemoryStore) -> None:
    opened(store, "09:30")
    assert bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1", bound_ms=ms("10:00"), until_ms=ms("18:00"))
    assert (door(store).state, door(store).bound_ms, door(store).until_ms) == (DoorState.OPEN, ms("09:00"), ms("18:00"))
    assert bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
    assert opened(store, "23:00") == 0, "it was open already"
    assert not bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")


def test_another_family_starts_from_unknown_and_without_the_old_end(store: MemoryStore) -> None:
    opened(store, "09:30")
    assert bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t2", bound_ms=ms("12:00"))
    assert (door(store).state, door(store).tenancy, door(store).until_ms) == (DoorState.UNKNOWN, "t2", 0)
