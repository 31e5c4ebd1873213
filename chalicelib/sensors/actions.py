"""What sensors do: one is bound, its messages arrive."""

from typing import Any

from chalicelib.sensors import records
from chalicelib.sensors.condition import farewell
from chalicelib.sensors.health import ails
from chalicelib.sensors.payloads import NODE, Reading
from chalicelib.sensors.presence import Presence
from chalicelib.sensors.readings import Message, from_queue, readings
from chalicelib.sensors.rules import Alert, Sensor
from chalicelib.sensors.taking import take
from chalicelib.sensors.troubles import cured
from chalicelib.sensors.watching import goes, presence, speaks
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Rejected
from chalicelib.store.contract import Store


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
    2. Each reading is taken by itself, so that one sensor nobody has bound, or bound as another kind, does not hold up the others.
    3. What an unbound sensor says of a door, of smoke or of a call for help is Rejected in the end; anything else is passed over.
    """
    compound, alerts, refused = compound_of(message), list[Alert](), list[Rejected]()
    for reading in readings(message):
        if not reading.sensor and reading.online is not None:
            speaks(store, clock, compound, message.thing, reading.online, message.received_ms)
        if reading.sensor.endswith(NODE) and reading.online is False:
            goes(store, clock, compound, message.thing)
        for name in _named(store, compound, message, reading):
            try:
                alerts += _taken(store, clock, compound, message, reading._replace(sensor=name))
            except Rejected as why:
                refused.append(why)
    if refused:
        raise refused[0]
    return alerts


def _taken(store: Store, clock: Clock, compound: CompoundId, message: Message, reading: Reading) -> list[Alert]:
    taken = take(store, clock, compound, message, reading)
    if taken is None and reading.urgent:
        raise Rejected("no such sensor under this gateway")
    return taken or []


def _named(store: Store, compound: str, message: Message, reading: Reading) -> list[str]:
    """The sensors a reading is about; none where a gateway speaks of itself."""
    if reading.sensor.endswith(NODE):
        return [each.name for each in records.sensors_under(store, compound, message.thing, reading.sensor)]
    return [reading.sensor] if reading.sensor else []


def compound_of(message: Message) -> CompoundId:
    """Whose message it is. Rejected if the client is not the thing its topic names."""
    compound = message.thing.partition("-")[0]
    if message.client != message.thing or not is_compound_id(compound):
        raise Rejected("the client is not the thing its topic names")
    return CompoundId(compound)
