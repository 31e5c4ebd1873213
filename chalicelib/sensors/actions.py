"""What doors and their stewards do: a sensor is bound, a message arrives, an alert is taken on."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.register import records as registers
from chalicelib.register.dues import expected_now
from chalicelib.sensors import records
from chalicelib.sensors.rules import Alert, AlertState, DoorState, Message, Sensor, changes, from_queue, heard, judge
from chalicelib.shared.calendar import day_of
from chalicelib.shared.clock import Clock
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Problem, Rejected, absent, busy, key_reused
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Store
from chalicelib.tasks.records import from_item as openings_of

ROUNDS = 8
OPEN_STATES = {AlertState.UNEXPLAINED, AlertState.UNKNOWN}


def bind(store: Store, compound: str, thing: str, sensor: str, home: str, kind: str) -> bool:
    """Bind a sensor to a home; returns whether anything changed. A sensor that moves to another home starts from an unknown state."""
    known = records.sensor(store, compound, thing, sensor)
    if known is not None and (known.home, known.kind) == (home, kind):
        return False
    version = known.version if known else 0
    store.write(records.sensor_changed(compound, Sensor(thing, sensor, home, kind, DoorState.UNKNOWN, 0, version)))
    return True


def unbind(store: Store, compound: str, thing: str, sensor: str) -> bool:
    """Forget a sensor; its messages are rejected from now on."""
    known = records.sensor(store, compound, thing, sensor)
    if known is not None:
        store.write(records.sensor_removed(compound, known))
    return known is not None


def receive_record(store: Store, clock: Clock, record: dict[str, Any]) -> Alert | None:
    """One record of the sensors queue; see ``receive``."""
    message = from_queue(record["body"])
    return None if message is None else receive(store, clock, message)


def receive(store: Store, clock: Clock, message: Message) -> Alert | None:
    """Take in one sensor message: one read for a repeat; two reads and one write for an edge. Returns the alert it raised, if any.

    1. The message must come from the thing whose topic it used, and name a sensor under that thing; else Rejected.
    2. What repeats the stored state, or is older than it, ends here.
    3. An opening during isolation becomes an alert in the same write as the door's new state.
    """
    compound = _compound(message)
    for _ in range(ROUNDS):
        sensor = records.sensor(store, compound, message.thing, message.sensor)
        if sensor is None:
            raise Rejected("no such sensor under this gateway")
        state = heard(message)
        if state is None or not changes(sensor, state, message.received_ms):
            return None
        alert = _judged(store, compound, sensor, clock.at(message.received_ms)) if state is DoorState.OPEN else None
        moved = records.sensor_changed(compound, sensor._replace(state=state, received_ms=message.received_ms))
        try:
            store.write(moved, *([records.raised(compound, alert, day_of(alert.since))] if alert else []))
        except Conflict:
            continue
        return alert
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
