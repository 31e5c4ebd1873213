"""What doors and their stewards do: a sensor is bound, a message arrives, an alert is taken on."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.register import records as registers
from chalicelib.register.dues import expected_now
from chalicelib.sensors import records
from chalicelib.sensors.health import learn
from chalicelib.sensors.kinds import KINDS
from chalicelib.sensors.payloads import NODE, Reading
from chalicelib.sensors.readings import Message, from_queue, meant, readings
from chalicelib.sensors.rules import Alert, AlertState, Sensor, Why, changes, judge, state_of
from chalicelib.shared.calendar import day_of
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Problem, Rejected, absent, busy, key_reused
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Store
from chalicelib.tasks.records import from_item as openings_of

ROUNDS = 8
OPEN_STATES = {AlertState.UNEXPLAINED, AlertState.UNKNOWN}


def bind(store: Store, compound: str, thing: str, sensor: str, home: str, kind: str, *, tenancy: str = "", bound_ms: int = 0) -> bool:
    """Bind a sensor to one tenancy of a home; returns whether anything changed. One that moves starts from an unknown state.

    ``bound_ms``: what was received, or said, before this moment is not of this home.
    """
    known = records.sensor(store, compound, thing, sensor)
    if known is not None and (known.home, known.tenancy, known.kind) == (home, tenancy, kind):
        return False
    version = known.version if known else 0
    store.write(records.sensor_changed(compound, Sensor(thing, sensor, home, kind, version=version, tenancy=tenancy, bound_ms=bound_ms)))
    return True


def unbind(store: Store, compound: str, thing: str, sensor: str) -> bool:
    """Forget a sensor; its messages are rejected from now on."""
    known = records.sensor(store, compound, thing, sensor)
    if known is not None:
        store.write(records.sensor_removed(compound, known))
    return known is not None


def receive_record(store: Store, clock: Clock, record: dict[str, Any]) -> list[Alert]:
    """One record of the sensors queue; see ``receive``."""
    return receive(store, clock, from_queue(record["body"]))


def receive(store: Store, clock: Clock, message: Message) -> list[Alert]:
    """Take in one message: a read for every sensor it speaks of, and for an edge a write. Returns the alerts it raised.

    1. The message must come from the thing whose topic it used, in words that are known; else Rejected.
    2. Each reading is taken by itself, so that one sensor nobody has bound does not hold up the others.
    3. What an unbound sensor says of a door, of smoke or of a call for help is Rejected in the end; anything else is passed over.
    """
    compound, alerts, strangers = _compound(message), list[Alert](), 0
    for reading in readings(message):
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
    """One reading of one sensor; None if nobody has bound it. What repeats the stored state, or is older than it, changes nothing.

    An opening during isolation becomes an alert in the same write as the door's new state.
    """
    for _ in range(ROUNDS):
        sensor = records.sensor(store, compound, message.thing, reading.sensor)
        if sensor is None:
            return None
        kind = KINDS[sensor.kind]
        said = meant(reading, kind)
        moved = learn(sensor, said, kind, message.received_ms)
        alert = None
        if said.open is not None and changes(sensor, state_of(said.open), message.received_ms):
            moved = moved._replace(state=state_of(said.open), why=Why.KNOWN, received_ms=message.received_ms)
            alert = _judged(store, compound, sensor, clock.at(message.received_ms)) if said.open else None
        if moved == sensor:
            return []
        try:
            written = records.sensor_changed(compound, moved)
            store.write(written, *([records.raised(compound, alert, day_of(alert.since))] if alert else []))
        except Conflict:
            continue
        return [alert] if alert else []
    raise busy()


def _compound(message: Message) -> CompoundId:
    compound = message.thing.partition("-")[0]
    if message.client != message.thing or not is_compound_id(compound):
        raise Rejected("the client is not the thing its topic names")
    return CompoundId(compound)


def _judged(store: Store, compound: CompoundId, sensor: Sensor, moment: datetime) -> Alert | None:
    """One read brings the register with what changed since, and the home's announced openings; what plans promise is worked out."""
    register_key, windows_key = keys.register(compound), keys.expected_openings(compound, sensor.home)
    found = store.get_many([register_key, keys.changes(compound), windows_key], consistent=True)
    register = registers.from_item(found[register_key]) if register_key in found else None
    home = register.home_by_id.get(sensor.home) if register else None
    if register is None or home is None or not home.isolated_on(day_of(moment)):
        return None
    promised = expected_now(register, registers.changes_of(found.get(keys.changes(compound))), home, moment)
    return judge(home, [*openings_of(found.get(windows_key)), *promised], sensor, moment)


def find_alert(store: Store, now: datetime, compound: str, identity: str) -> Alert:
    """An alert that is open or was cleared yesterday or today; Problem 404 for any other."""
    alert = records.open_alert(store, compound, identity)
    if alert is None:
        today = day_of(now)
        alert = records.cleared_alert(store, compound, identity, [today, today - timedelta(days=1)])
    if alert is None:
        raise absent()
    return alert


def acknowledge(store: Store, now: datetime, compound: str, alert: Alert, by: str, note: str, key: str) -> Alert:
    """Take an alert on. One winner: Problem 409 names who was first, and the winner's own repeat gets the first answer."""
    if alert.state in OPEN_STATES:
        taken = alert._replace(state=AlertState.ACKNOWLEDGED, by=by, note=note, key=key, version=alert.version + 1)
        try:
            store.write(*records.acknowledged(compound, taken, alert.version, day_of(now)))
            return taken
        except Conflict:
            alert = find_alert(store, now, compound, alert.id)
    return _second(alert, by, note, key)


def _second(cleared: Alert, by: str, note: str, key: str) -> Alert:
    if cleared.by == by and cleared.key == key:
        if cleared.note != note:
            raise key_reused()
        return cleared
    if cleared.state is AlertState.EXPECTED:
        raise Problem(409, "expected", "这次开门在预期时段内，不用处理。", "This opening was expected; nothing has to be done.", by="")
    raise Problem(409, "already-taken", "已经有人在处理了。", "Somebody is already on it.", by=cleared.by)
