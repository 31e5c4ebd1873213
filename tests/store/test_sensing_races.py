"""Many sweeps and many messages at once, on ministack only: gateways and thermometers have one truth."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from chalicelib.promises import sensing
from chalicelib.register.changes import Changes
from chalicelib.register.records import to_item
from chalicelib.register.standing import stand
from chalicelib.sensors import gateways, records
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.incidents import IncidentKind
from chalicelib.sensors.presence import Presence
from chalicelib.sensors.readings import Message
from chalicelib.sensors.warmth import readings
from chalicelib.sensors.watching import presence, take, watch
from chalicelib.shared.calendar import ms_of
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import Problem
from chalicelib.store import keys
from chalicelib.store.contract import Add
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import running_all
from tests.app.client import FixedClock
from tests.builders import moment
from tests.promises.sensing import compound
from tests.store.test_races import THREADS, together

ANHELI, NOW = CompoundId("anheli"), moment("09:00")
CLOCK, LATER = FixedClock(NOW), NOW + timedelta(minutes=11)


def bound(store: DynamoStore, things: list[str]) -> Any:
    """A register, and a magnet and a thermometer behind each of these gateways."""
    found = compound()
    store.write(Add(to_item(found, 1)))
    for number, thing in enumerate(things):
        home = found.homes[number].id
        for what, kind in (("door", "zigbee2mqtt"), ("warm", "zigbee2mqtt-temperature")):
            bind(store, "anheli", thing, what, home, kind, tenancy="t1", bound_ms=ms_of(NOW) - 1)
    watch(store, "anheli", things, NOW)
    return found


def until_done(act: Callable[[], Any]) -> None:
    """What was too busy comes again, as from the queue."""
    while True:
        try:
            act()
            return
        except Problem:
            continue


def gone(thing: str) -> Presence:
    return Presence(thing, False, ms_of(NOW), f"{thing}-1", 1)


def test_sixteen_sweeps_find_a_gateway_out_once(shared_store: DynamoStore):
    """Whoever reads after the first has written looks at what is known by then, and changes nothing of it."""
    found = bound(shared_store, ["anheli-gw1"])
    presence(shared_store, CLOCK, gone("anheli-gw1"))

    assert any(together(lambda _: take(shared_store, LATER, ANHELI, "anheli-gw1", found.policy)))
    assert list(gateways.incident(shared_store, "anheli", IncidentKind.OUTAGE).members) == ["anheli-gw1"]


def test_sixteen_gateways_that_go_at_once_are_one_outage_and_one_task(shared_store: DynamoStore):
    things = [f"anheli-gw{number:02}" for number in range(THREADS)]
    found = bound(shared_store, things)
    together(lambda number: presence(shared_store, CLOCK, gone(things[number])))

    def sweeps(number: int) -> None:
        """Who loses is looked at again, as the next sweep does."""
        while not take(shared_store, LATER, ANHELI, things[number], found.policy):
            pass

    together(sweeps)
    outage = gateways.incident(shared_store, "anheli", IncidentKind.OUTAGE)
    item = shared_store.get(keys.incident("anheli", IncidentKind.OUTAGE, ""), consistent=True)
    standing = stand(found, Changes(), LATER)
    together(lambda _: sensing.incident_changed(shared_store, LATER, standing, item))  # type: ignore[arg-type]

    assert sorted(outage.members) == things
    assert [(task.id, task.about) for task in running_all(shared_store, "anheli")] == [(outage.id, ",".join(things))]


def test_a_gateway_told_of_by_sixteen_at_once_stands_as_the_newest_says(shared_store: DynamoStore):
    bound(shared_store, ["anheli-gw1"])
    told = [Presence("anheli-gw1", number % 2 == 0, ms_of(NOW) + number, f"s{number // 2}", number) for number in range(THREADS)]
    together(lambda number: until_done(lambda: presence(shared_store, CLOCK, told[number])))

    known = gateways.gateway(shared_store, "anheli", "anheli-gw1")
    assert known is not None and known.last == told[-1] and not known.online


def test_sixteen_readings_at_once_are_all_kept_and_a_cold_riser_is_one_incident(shared_store: DynamoStore):
    bound(shared_store, ["anheli-gw1", "anheli-gw2"])

    def say(number: int) -> None:
        thing, when = f"anheli-gw{number % 2 + 1}", ms_of(NOW) + (number // 2) * 300_000
        data = json.dumps({"temperature": 15 + number / 10}).encode()
        until_done(lambda: receive(shared_store, CLOCK, Message(thing, "zigbee2mqtt/warm", thing, when, data)))

    together(say)
    for thing in ("anheli-gw1", "anheli-gw2"):
        sensor = records.sensor(shared_store, "anheli", thing, "warm")
        assert sensor is not None and sensor.room is not None and len(list(readings(sensor.room))) == THREADS // 2
        incident = gateways.incident(shared_store, "anheli", IncidentKind.COLD, sensor.room.group)
        assert f"{thing}/warm" in incident.members
