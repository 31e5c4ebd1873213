"""What sensors do: one is bound, its messages arrive."""

from typing import Any

from chalicelib.register import records as registers
from chalicelib.register.dues import expected_now
from chalicelib.sensors import records
from chalicelib.sensors.condition import condition, farewell
from chalicelib.sensors.doors import Word, look_at, moment_ms, runs, unjudged
from chalicelib.sensors.health import ails
from chalicelib.sensors.kinds import KINDS
from chalicelib.sensors.payloads import NODE, Reading
from chalicelib.sensors.presence import Presence
from chalicelib.sensors.readings import Message, from_queue, meant, readings
from chalicelib.sensors.rules import Alert, Sensor, Why, hear_door, judge, lose, tampered
from chalicelib.sensors.troubles import cured
from chalicelib.sensors.watching import presence, speaks
from chalicelib.shared.calendar import day_of
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Rejected, busy
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Store
from chalicelib.tasks.records import from_item as openings_of

ROUNDS = 8


def bind(
    store: Store,
    compound: str,
    thing: str,
    sensor: str,
    home: str,
    kind: str,
    *,
    tenancy: str = "",
    bound_ms: int = 0,
    until_ms: int = 0,
) -> bool:
    """Bind a sensor to one tenancy of a home; returns whether anything changed. One that moves starts from an unknown state; one that
    stays keeps it and may be given another end.

    ``bound_ms``: what was received, or said, before this moment of AWS's clock is not of this home. ``until_ms``: nor what is received
    from then on.
    """
    known = records.sensor(store, compound, thing, sensor)
    if known is not None and (known.home, known.tenancy, known.kind, known.until_ms) == (home, tenancy, kind, until_ms):
        return False
    bound = Sensor(thing, sensor, home, kind, tenancy=tenancy, bound_ms=bound_ms, until_ms=until_ms)
    if known is None:
        store.write(records.sensor_changed(compound, bound))
    elif (known.home, known.tenancy, known.kind) == (home, tenancy, kind):
        store.write(records.sensor_changed(compound, known._replace(until_ms=until_ms)))
    else:
        bound = bound._replace(version=known.version, ill=cured(known.ill, bound_ms))
        store.write(records.sensor_changed(compound, bound, ails(known, bound)), *farewell(store, compound, known))
    return True


def unbind(store: Store, compound: str, thing: str, sensor: str) -> bool:
    """Forget a sensor; its messages are rejected from now on."""
    known = records.sensor(store, compound, thing, sensor)
    if known is None:
        return False
    well = known._replace(ill=cured(known.ill, known.heard_ms))
    if ails(known, well):  # what is removed tells nothing any more
        store.write(records.sensor_changed(compound, well, True))
        known = well._replace(version=known.version + 1)
    store.write(records.sensor_removed(compound, known), *farewell(store, compound, known))
    return True


def receive_record(store: Store, clock: Clock, record: dict[str, Any]) -> list[Alert]:
    """One record of the sensors queue: what a gateway published, see ``receive``; or that it came or went."""
    heard = from_queue(record["body"])
    if isinstance(heard, Presence):
        presence(store, clock, heard)
        return []
    return receive(store, clock, heard)


def receive(store: Store, clock: Clock, message: Message) -> list[Alert]:
    """Take in one message: a read for every sensor it speaks of, and for an edge a write. Returns the alerts it raised.

    1. The message must come from the thing whose topic it used, in words that are known; else Rejected.
    2. Each reading is taken by itself, so that one sensor nobody has bound does not hold up the others.
    3. What an unbound sensor says of a door, of smoke or of a call for help is Rejected in the end; anything else is passed over.
    """
    compound, alerts, strangers = _compound(message), list[Alert](), 0
    for reading in readings(message):
        if not reading.sensor and reading.online is not None:
            speaks(store, clock, compound, message.thing, reading.online, message.received_ms)
        for name in _named(store, compound, message, reading):
            taken = _take(store, clock, compound, message, reading._replace(sensor=name))
            strangers += taken is None and reading.urgent
            alerts += taken or []
    if strangers:
        raise Rejected("no such sensor under this gateway")
    return alerts


def _named(store: Store, compound: str, message: Message, reading: Reading) -> list[str]:
    """The sensors a reading is about; none where a gateway speaks of itself."""
    if reading.sensor.endswith(NODE):
        return [each.name for each in records.sensors_under(store, compound, message.thing, reading.sensor)]
    return [reading.sensor] if reading.sensor else []


def _take(store: Store, clock: Clock, compound: CompoundId, message: Message, reading: Reading) -> list[Alert] | None:
    """One reading of one sensor; None if nobody has bound it. What is not of the family that lives there now says nothing.

    An opening during isolation becomes an alert in the same write that remembers it.
    """
    for _ in range(ROUNDS):
        sensor = records.sensor(store, compound, message.thing, reading.sensor)
        if sensor is None:
            return None
        if not _bound_at(sensor, message.received_ms, reading.said_ms):
            return []
        said = meant(reading, KINDS[sensor.kind])
        moved, also = condition(store, compound, sensor, said, clock.at(message.received_ms))
        moved, alert = _judged(store, compound, clock, _told(moved, said, message.received_ms))
        if moved == sensor:
            return []
        moved = moved._replace(own_ms=max(sensor.own_ms, said.said_ms or 0))
        also += [records.raised(compound, alert, day_of(alert.since))] if alert else []
        try:
            store.write(records.sensor_changed(compound, moved, ails(sensor, moved)), *also)
        except Conflict:
            continue
        return [alert] if alert else []
    raise busy()


def _bound_at(sensor: Sensor, received_ms: int, said_ms: int | None) -> bool:
    """Was the sensor bound to the home it is bound to now, when this was received, and when it was said?"""
    return sensor.bound_ms <= min(received_ms, said_ms or received_ms) and not 0 < sensor.until_ms <= received_ms


def _told(sensor: Sensor, said: Reading, received_ms: int) -> Sensor:
    """What the reading says of the door."""
    if said.online is False:
        sensor = lose(sensor, Why.SILENT, received_ms)
    if said.tamper is not None:
        sensor = tampered(sensor, said.tamper, received_ms)
    return sensor if said.open is None else hear_door(sensor, Word(received_ms, said.said_ms or 0, said.open))


def _compound(message: Message) -> CompoundId:
    compound = message.thing.partition("-")[0]
    if message.client != message.thing or not is_compound_id(compound):
        raise Rejected("the client is not the thing its topic names")
    return CompoundId(compound)


def _judged(store: Store, compound: CompoundId, clock: Clock, sensor: Sensor) -> tuple[Sensor, Alert | None]:
    """If an opening has come to light: the sensor with it looked at, and the alert it is. One read brings the register with what changed
    since, and the home's announced openings; what plans promise is worked out."""
    limit = KINDS[sensor.kind].limit
    run = unjudged(runs(sensor.door, int(limit.total_seconds() * 1000) if limit else None, sensor.blind_ms))
    if run is None:
        return sensor, None
    moment, looked_at = clock.at(moment_ms(sensor.door, run.first)), sensor._replace(door=look_at(sensor.door, run))
    register_key, windows_key = keys.register(compound), keys.expected_openings(compound, sensor.home)
    found = store.get_many([register_key, keys.changes(compound), windows_key], consistent=True)
    register = registers.from_item(found[register_key]) if register_key in found else None
    home = register.home_by_id.get(sensor.home) if register else None
    if register is None or home is None or not home.isolated_on(day_of(moment)):
        return looked_at, None
    promised = expected_now(register, registers.changes_of(found.get(keys.changes(compound))), home, moment)
    return looked_at, judge(home, [*openings_of(found.get(windows_key)), *promised], sensor, run, moment)
