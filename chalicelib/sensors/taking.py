"""One reading of one sensor: what it changes, what it raises, what is written down."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from chalicelib.register import records as registers
from chalicelib.register.dues import expected_now
from chalicelib.register.rules import Home, Register
from chalicelib.sensors import days, records
from chalicelib.sensors.alarms import alarm, alarmed
from chalicelib.sensors.condition import condition
from chalicelib.sensors.doors import PASSED, WATCHED, Run, Word, is_ahead, is_open, look_at, moment_ms, runs, unjudged, unwritten
from chalicelib.sensors.health import ails
from chalicelib.sensors.kinds import KINDS
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.readings import Message, meant
from chalicelib.sensors.rules import Alert, AlertKind, DoorEvent, Sensor, Why, hear_door, judge, lose, tampered, watched
from chalicelib.shared.calendar import day_of
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import busy
from chalicelib.store import keys
from chalicelib.store.contract import Change, Conflict, Item, Store
from chalicelib.tasks import claims
from chalicelib.tasks.records import from_item as openings_of
from chalicelib.tasks.rules import Opening, expecting

ROUNDS = 8


class Taken(NamedTuple):
    """The sensor after a reading, and what came of it. ``read`` are days of the door that have been read on the way."""

    sensor: Sensor
    alerts: tuple[Alert, ...] = ()
    events: tuple[DoorEvent, ...] = ()
    read: Mapping[keys.Key, Item | None] = {}


def take(store: Store, clock: Clock, compound: CompoundId, message: Message, reading: Reading) -> list[Alert] | None:
    """One reading of one sensor; None if nobody has bound it. What is not of the family that lives there now says nothing.

    What it raises, and what is written down of the door, is in the same write that remembers it.
    """
    for _ in range(ROUNDS):
        sensor = records.sensor(store, compound, message.thing, reading.sensor)
        if sensor is None:
            return None
        if not _bound_at(sensor, message.received_ms, reading.said_ms):
            return []
        said = meant(reading, KINDS[sensor.kind])
        moved, also = condition(store, compound, sensor, _timed(said, message.received_ms), clock.at(message.received_ms))
        taken = _taken(store, clock, compound, moved, said, message.received_ms)
        if taken.sensor == sensor:
            return []
        try:
            store.write(_changed(compound, sensor, taken.sensor, _timed(said, message.received_ms)), *also, *_also(store, compound, taken))
        except Conflict:
            continue
        return list(taken.alerts)
    raise busy()


def _bound_at(sensor: Sensor, received_ms: int, said_ms: int | None) -> bool:
    """Was the sensor bound to the home it is bound to now, when this was received, and when it was said?"""
    return sensor.bound_ms <= min(received_ms, said_ms or received_ms) and not 0 < sensor.until_ms <= received_ms


def _timed(said: Reading, received_ms: int) -> Reading:
    """Without the time of a clock that is ahead: by that, all that is said once it has been put right would be old."""
    return said._replace(said_ms=None) if said.said_ms is not None and is_ahead(said.said_ms, received_ms) else said


def _changed(compound: str, before: Sensor, sensor: Sensor, said: Reading) -> Change:
    moved = sensor._replace(own_ms=max(before.own_ms, said.said_ms or 0))
    return records.sensor_changed(compound, moved, ails(before, moved), before.left if before.left and not moved.left else "")


def _also(store: Store, compound: str, taken: Taken) -> list[Change]:
    raised = [records.raised(compound, alert, day_of(alert.since)) for alert in taken.alerts]
    return raised + days.written(store, compound, taken.events, taken.read)


def _taken(store: Store, clock: Clock, compound: CompoundId, sensor: Sensor, said: Reading, received_ms: int) -> Taken:
    """What the reading says of fire and help, of somebody at the sensor, and of its door."""
    moved = lose(sensor, Why.SILENT, received_ms) if said.online is False else sensor
    kinds = [alarmed(moved, said, received_ms)]
    if said.tamper is not None:
        moved = tampered(moved, said.tamper, received_ms)
        kinds.append(AlertKind.TAMPERED if moved.lost is Why.TAMPERED is not sensor.lost else None)
    alerts = tuple(alarm(sensor, kind, clock.at(received_ms), received_ms) for kind in kinds if kind)
    if any(kind in (AlertKind.SMOKE, AlertKind.SOS) for kind in kinds):
        moved = moved._replace(alarm_ms=max(moved.alarm_ms, received_ms), alarm_said_ms=max(moved.alarm_said_ms, said.said_ms or 0))
    if said.open is None:
        return Taken(moved, alerts)
    heard = _watched(store, clock, compound, hear_door(moved, Word(received_ms, said.said_ms or 0, said.open)))
    return heard._replace(alerts=(*alerts, *heard.alerts))


def _watched(store: Store, clock: Clock, compound: CompoundId, sensor: Sensor) -> Taken:
    """What has come to light of a door: an opening nobody had looked at, a closing after one that was written down."""
    limit = KINDS[sensor.kind].limit
    told = runs(sensor.door, int(limit.total_seconds() * 1000) if limit else None, sensor.blind_ms)
    run = unjudged(told)
    taken = Taken(sensor) if run is None else _judged(store, clock, compound, sensor, run)
    for closing in unwritten(runs(taken.sensor.door)):
        door, at = look_at(taken.sensor.door, closing, WATCHED), clock.at(moment_ms(sensor.door, closing.first))
        event = DoorEvent(sensor.home, taken.sensor.tenancy, at, None)
        taken = taken._replace(sensor=taken.sensor._replace(door=door), events=(*taken.events, event))
    return taken if is_open(sensor.door) else taken._replace(sensor=taken.sensor._replace(look=None, left=""))


def _judged(store: Store, clock: Clock, compound: CompoundId, sensor: Sensor, run: Run) -> Taken:
    """The opening looked at: nothing where the family is not under isolation, which the register says. Else what has changed since, the
    home's announced openings, and the door's day are read at once, and what plans promise is worked out; the running tasks only if
    none of that explains it."""
    moment = clock.at(moment_ms(sensor.door, run.first))
    item = store.get(keys.register(compound), consistent=True)
    register = registers.from_item(item) if item else None
    home = register.home_by_id.get(sensor.home) if register else None
    if register is None or home is None or not watched(home, sensor, moment):
        return Taken(sensor._replace(door=look_at(sensor.door, run, PASSED)))
    sensor = sensor._replace(tenancy=home.tenancy)
    windows_key = keys.expected_openings(compound, sensor.home)
    day_key = keys.door_day(compound, day_of(moment), sensor.home, sensor.tenancy)
    found = store.get_many([keys.changes(compound), windows_key, day_key], consistent=True)
    promised = expected_now(register, registers.changes_of(found.get(keys.changes(compound))), home, moment)
    known = [*openings_of(found.get(windows_key)), *promised]
    alert = judge(known if expecting(known, moment) else _claimed(store, register, home, moment), sensor, run, moment)
    event = DoorEvent(sensor.home, sensor.tenancy, moment, alert.state)
    moved = sensor._replace(door=look_at(sensor.door, run, WATCHED), look=_look(sensor, register, run, moment))
    return Taken(moved, (alert,), (event,), {day_key: found.get(day_key)})


def _claimed(store: Store, register: Register, home: Home, moment: datetime) -> list[Opening]:
    within = timedelta(minutes=register.policy.watch.claimed)
    return claims.openings(store, register.compound, home.id, home.tenancy, moment, within)


def _look(sensor: Sensor, register: Register, run: Run, moment: datetime) -> datetime | None:
    """When a door that has just opened is looked at again; an opening that came to light late changes nothing about it."""
    newest = runs(sensor.door)[-1].first == run.first
    return moment + timedelta(minutes=register.policy.watch.left_open) if newest else sensor.look
