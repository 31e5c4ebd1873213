"""Doors: what an opening means against the state we hold. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.rules import Home
from chalicelib.sensors.doors import WATCHED, Door, Run, Word, hear, is_open, runs
from chalicelib.sensors.troubles import SOUND, Health
from chalicelib.sensors.warmth import Room
from chalicelib.shared.calendar import day_of
from chalicelib.tasks.rules import Opening, expecting


class DoorState(StrEnum):
    """``unknown`` for one of the reasons in ``Why``."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a door's state is not known: nothing heard since it was bound, silent for too long, tampered with, its gateway gone."""

    KNOWN = ""
    BOUND = "bound"
    SILENT = "silent"
    TAMPERED = "tampered"
    GATEWAY = "gateway"


class AlertKind(StrEnum):
    """What an alert is about. Nothing but an opening is ever expected; the others are told whatever was announced."""

    DOOR_OPENED = "door_opened"
    LEFT_OPEN = "left_open"
    SMOKE = "smoke"
    SOS = "sos"
    TAMPERED = "tampered"


class AlertState(StrEnum):
    """How it stands: explained by a window, not explained, not known, taken on by somebody, or ended by itself."""

    EXPECTED = "expected"
    UNEXPLAINED = "unexplained"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"
    OVER = "over"


class Sensor(NamedTuple):
    """A sensor under a gateway, bound to one tenancy of a home, with what was heard last. Times are AWS's, in milliseconds.

    ``lost`` says why what was heard of the door last need not hold any more, and ``blind_ms`` since when. ``heard_ms`` is when the
    sensor last said anything at all, on the stage's clock and to within ``health.step_ms``. What was received or said before
    ``bound_ms`` is not this home's, nor what is received from ``until_ms`` on, which is 0 for a binding without end. ``battery`` in per
    cent, ``link`` from 0 to 255; None until heard of. ``own_ms``: the newest time that a word of it bore itself, by which a replay is
    told. ``ill`` is what ails it, ``room`` a thermometer's day. At ``look`` a door that opened during isolation is looked at again;
    ``left`` is the alert that told that it had been left open. ``alarm_ms`` and ``alarm_said_ms`` are of the last smoke or call for help.
    """

    thing: str
    name: str
    home: str
    kind: str
    tenancy: str = ""
    bound_ms: int = 0
    version: int = 0
    door: Door = Door()
    lost: Why = Why.KNOWN
    blind_ms: int = 0
    heard_ms: int = 0
    battery: int | None = None
    battery_low: bool = False
    link: int | None = None
    until_ms: int = 0
    own_ms: int = 0
    ill: Health = SOUND
    room: Room | None = None
    look: datetime | None = None
    left: str = ""
    alarm_ms: int = 0
    alarm_said_ms: int = 0

    @property
    def state(self) -> DoorState:
        known = None if self.lost else is_open(self.door)
        return DoorState.UNKNOWN if known is None else DoorState.OPEN if known else DoorState.CLOSED

    @property
    def why(self) -> Why:
        """Why the state is unknown; nothing where it is not."""
        return self.lost or (Why.BOUND if self.state is DoorState.UNKNOWN else Why.KNOWN)


class Alert(NamedTuple):
    """Something at a home that somebody must look at, or that had been expected."""

    id: str
    home: str
    since: datetime
    state: AlertState
    reason: str = ""
    by: str = ""
    note: str = ""
    key: str = ""
    version: int = 1
    kind: AlertKind = AlertKind.DOOR_OPENED


class DoorEvent(NamedTuple):
    """A door that opened or closed while its home was under isolation. ``state`` is what the opening was judged to be, None of a closing."""

    home: str
    tenancy: str
    at: datetime
    state: AlertState | None


def lose(sensor: Sensor, why: Why, at_ms: int) -> Sensor:
    """From this moment on nobody knows what the door does. What was heard later than that, still holds."""
    newest = max((word.received_ms for word in sensor.door.words), default=0)
    return sensor if at_ms < max(newest, sensor.blind_ms) or sensor.lost else sensor._replace(lost=why, blind_ms=at_ms)


def tampered(sensor: Sensor, said: bool, at_ms: int) -> Sensor:
    """Somebody is at the sensor, or no longer: meanwhile it may say what it likes."""
    if at_ms < sensor.blind_ms or said is (sensor.lost is Why.TAMPERED):
        return sensor
    return sensor._replace(lost=Why.TAMPERED if said else Why.KNOWN, blind_ms=at_ms)


def hear_door(sensor: Sensor, word: Word) -> Sensor:
    """The sensor after a word on its door. One that comes after a silence ends it."""
    door = hear(sensor.door, word)
    found_again = sensor.lost in (Why.SILENT, Why.GATEWAY) and word.received_ms >= sensor.blind_ms
    return sensor._replace(door=door, lost=Why.KNOWN if found_again else sensor.lost)


def watched(home: Home | None, sensor: Sensor, moment: datetime) -> bool:
    """Is this family's home under isolation on that day? No other door is anybody's business.

    A sensor that was bound while nobody lived there, or before families were told apart, watches the first family it is seen to watch.
    """
    theirs = home is not None and sensor.tenancy in ("", home.tenancy)
    return home is not None and theirs and home.isolated_on(day_of(moment))


def judge(openings: Sequence[Opening], sensor: Sensor, run: Run, moment: datetime) -> Alert:
    """What an opening during isolation means: expected, unexplained, or unknown where nobody can say that the door was closed before.

    A magnet is hung on a closed door: the first word ever heard of it, if it is of an open one, is an opening like any other.
    """
    opening = expecting(openings, moment)
    first = sensor.door.before is None and sensor.door.words[:1] == (run.first,) and not sensor.blind_ms
    unexplained = AlertState.UNEXPLAINED if (run.sure or first) and sensor.lost is not Why.TAMPERED else AlertState.UNKNOWN
    state = AlertState.EXPECTED if opening else unexplained
    identity = alert_id(sensor, moment, f"{run.first.received_ms}/{run.first.said_ms}")
    return Alert(identity, sensor.home, moment, state, opening.reason if opening else "")


def left_open(sensor: Sensor) -> Alert | None:
    """The alert of a door that is still open at the moment it is looked at again; None if it is not, or nobody knows."""
    last = runs(sensor.door)[-1:]
    if sensor.look is None or sensor.state is not DoorState.OPEN or not last or last[0].mark != WATCHED:
        return None
    identity = alert_id(sensor, sensor.look, f"left/{last[0].first.received_ms}")
    return Alert(identity, sensor.home, sensor.look, AlertState.UNEXPLAINED, kind=AlertKind.LEFT_OPEN)


def alert_id(sensor: Sensor, moment: datetime, fact: str) -> str:
    """Deterministic, so that a message handled twice makes one alert; begins with the time, so that ids sort."""
    tail = hashlib.sha256(f"{sensor.thing}/{sensor.name}/{fact}".encode()).hexdigest()[:10]
    return f"{int(moment.timestamp() * 1000):013d}-{tail}"
