"""What a reading tells of the sensor and of the room it hangs in, beside the door: one read for a repeat, and nothing to write."""

from datetime import datetime

from chalicelib.register import records as registers
from chalicelib.register.policy import Policy
from chalicelib.register.watching import heated_with
from chalicelib.sensors import gateways
from chalicelib.sensors.health import learn, limits, signs, step_ms
from chalicelib.sensors.incidents import IncidentKind, Member, joined, left
from chalicelib.sensors.kinds import KINDS, Kind, What
from chalicelib.sensors.payloads import Reading
from chalicelib.sensors.presence import REPLAY
from chalicelib.sensors.rooms import put_away
from chalicelib.sensors.rules import DoorState, Sensor, Why
from chalicelib.sensors.thermometers import standard
from chalicelib.sensors.troubles import Limits, quiet
from chalicelib.sensors.warmth import Room, Standard, believable, next_day, noted, side
from chalicelib.shared.calendar import day_of, ms_of
from chalicelib.shared.ids import CompoundId
from chalicelib.store.contract import Change, Store


def condition(store: Store, compound: CompoundId, sensor: Sensor, reading: Reading, moment: datetime) -> tuple[Sensor, list[Change]]:
    """The sensor after this reading, received at ``moment`` on the stage's clock, and what is to be written with it.

    The same sensor where nothing is worth a write, and for what was said before: the gateway's memory, and no news of how things are.
    A gateway's word on its sensor is none of the sensor's own, but where the sensor's device speaks for it in no other way. The policy is asked (and kept for ten minutes) only by thermometers and near a limit;
    the gateway only where a sensor speaks after a pause, to tell its life from a replay of what its gateway remembers.
    """
    at_ms, kind = ms_of(moment), KINDS[sensor.kind]
    if reading.online is not None:
        return _spoken_for(sensor, reading, kind, at_ms), []
    if reading.said_ms is not None and reading.said_ms <= sensor.own_ms:
        return sensor, []
    warm = reading.temperature if kind.what is What.TEMPERATURE else None
    far = warm is None and quiet(sensor.ill, signs(reading))
    policy = None if far else registers.policy(store, moment, compound)
    moved = learn(sensor, reading, kind, limits(policy) if policy else Limits(), at_ms)
    changes: list[Change] = []
    if policy and warm is not None and believable(warm):
        moved, changes = _felt(store, compound, moved, warm, moment, policy)
    paused = sensor.heard_ms and at_ms > sensor.heard_ms + step_ms(kind)
    doubtful = paused and reading.said_ms is None and not _edge(sensor, reading)
    if moved == sensor or (doubtful and _replayed(store, compound, sensor.thing, at_ms)):
        return sensor, []
    return moved, changes


def _spoken_for(sensor: Sensor, reading: Reading, kind: Kind, at_ms: int) -> Sensor:
    """What somebody else says of a sensor counts only where it has no time of its own to speak: its device came, or has gone once more."""
    if kind.limit is not None:
        return sensor
    if reading.online:
        return learn(sensor, reading, kind, Limits(), at_ms)._replace(heard_ms=at_ms)
    again = sensor.lost is Why.SILENT and sensor.heard_ms > sensor.blind_ms
    return sensor._replace(blind_ms=at_ms) if again else sensor


def _edge(sensor: Sensor, reading: Reading) -> bool:
    """A door that says something else than before has been heard of: memory repeats what is known."""
    known = {DoorState.OPEN: True, DoorState.CLOSED: False}.get(sensor.state)
    return None not in (known, reading.open) and known is not reading.open


def _replayed(store: Store, compound: str, thing: str, at_ms: int) -> bool:
    """Did its gateway start just before? Then a message that bears no time of its own may be what it remembers."""
    gateway = gateways.gateway(store, compound, thing)
    return gateway is not None and 0 <= at_ms - gateway.begun < REPLAY


def _felt(store: Store, compound: CompoundId, sensor: Sensor, tenths: int, moment: datetime, policy: Policy) -> tuple[Sensor, list[Change]]:
    """One temperature: noted with the thermometer itself, at most once in five minutes. A new day puts the last one away."""
    wanted, day = standard(policy), day_of(moment)
    room, changes = sensor.room or Room(day), list[Change]()
    if day > room.day:
        changes = _put_by(store, compound, sensor)
        room = next_day(wanted, room, day)
    room = noted(room, moment, tenths)
    if room == sensor.room:
        return sensor, []
    if side(wanted, room).cold is not bool(room.group):
        room, turned = _turned(store, compound, sensor, room, wanted, moment)
        changes += turned
    return sensor._replace(room=room, heard_ms=max(sensor.heard_ms, ms_of(moment))), changes


def _turned(
    store: Store, compound: CompoundId, sensor: Sensor, room: Room, wanted: Standard, moment: datetime
) -> tuple[Room, list[Change]]:
    """Cold, the home joins the incident of its riser or line; warm again, it leaves the one it is in."""
    now = side(wanted, room)
    if not now.cold:
        return room._replace(group=""), _leaves(store, compound, sensor)
    register = registers.load(store, compound)
    home = register.home_by_id.get(sensor.home) if register else None
    if home is None:
        return room, []
    group, since = heated_with(home), now.since or moment
    incident = gateways.incident(store, compound, IncidentKind.COLD, group)
    member = Member(home.id, ms_of(since), ms_of(moment))
    return room._replace(group=group), [gateways.incident_changed(compound, joined(incident, f"{sensor.thing}/{sensor.name}", member))]


def farewell(store: Store, compound: str, sensor: Sensor) -> list[Change]:
    """What is left to write when a sensor is taken from its home: the day so far, and that it is in no incident any more."""
    return [*_put_by(store, compound, sensor), *_leaves(store, compound, sensor)]


def dormant(store: Store, compound: str, sensor: Sensor, policy: Policy, now: datetime) -> tuple[Sensor, list[Change]]:
    """A thermometer that says nothing any more: its last day is put away as any other would be, once that day is over."""
    if sensor.room is None or not sensor.room.values or sensor.room.day >= day_of(now):
        return sensor, []
    room = next_day(standard(policy), sensor.room, day_of(now))
    return sensor._replace(room=room), _put_by(store, compound, sensor)


def _put_by(store: Store, compound: str, sensor: Sensor) -> list[Change]:
    name = f"{sensor.thing}/{sensor.name}"
    return put_away(store, compound, sensor.home, sensor.tenancy, name, sensor.room) if sensor.room else []


def _leaves(store: Store, compound: str, sensor: Sensor) -> list[Change]:
    """The incident it is in, if it is in one, without it."""
    group, name = sensor.room.group if sensor.room else "", f"{sensor.thing}/{sensor.name}"
    incident = gateways.incident(store, compound, IncidentKind.COLD, group) if group else None
    return [gateways.incident_changed(compound, left(incident, name))] if incident and name in incident.members else []
