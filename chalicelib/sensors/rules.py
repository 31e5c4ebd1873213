"""Doors: what an opening means against the state we hold. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.rules import Home
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


class AlertState(StrEnum):
    """How an opening during isolation stands: explained by a window, not explained, not known, or taken on by somebody."""

    EXPECTED = "expected"
    UNEXPLAINED = "unexplained"
    UNKNOWN = "unknown"
    ACKNOWLEDGED = "acknowledged"


class Sensor(NamedTuple):
    """A sensor under a gateway, bound to one tenancy of a home, with what was heard last. Times are AWS's, in milliseconds.

    ``received_ms`` is when the newest word on the door arrived, ``said_ms`` the time that word bore itself. ``heard_ms`` is when the
    sensor last said anything at all, to within a quarter of its kind's limit. What was received or said before ``bound_ms`` is not
    this home's. ``battery`` in per cent, ``link`` from 0 to 255; None until heard of.
    """

    thing: str
    name: str
    home: str
    kind: str
    state: DoorState = DoorState.UNKNOWN
    received_ms: int = 0
    version: int = 0
    tenancy: str = ""
    why: Why = Why.BOUND
    said_ms: int = 0
    bound_ms: int = 0
    heard_ms: int = 0
    battery: int | None = None
    battery_low: bool = False
    link: int | None = None


class Alert(NamedTuple):
    """A door that opened during isolation."""

    id: str
    home: str
    since: datetime
    state: AlertState
    reason: str = ""
    by: str = ""
    note: str = ""
    key: str = ""
    version: int = 1


def state_of(is_open: bool) -> DoorState:
    return DoorState.OPEN if is_open else DoorState.CLOSED


def changes(sensor: Sensor, state: DoorState, received_ms: int) -> bool:
    """Is this an edge? A repeat is none, and neither is a message older than what we already know."""
    return state is not sensor.state and received_ms > sensor.received_ms


def judge(home: Home | None, openings: Sequence[Opening], sensor: Sensor, moment: datetime) -> Alert | None:
    """What a door opening means: nothing unless the home is under isolation that day, else expected or unexplained."""
    if home is None or not home.isolated_on(day_of(moment)):
        return None
    opening = expecting(openings, moment)
    state = AlertState.EXPECTED if opening else AlertState.UNEXPLAINED
    return Alert(_identity(sensor, moment), home.id, moment, state, opening.reason if opening else "")


def _identity(sensor: Sensor, moment: datetime) -> str:
    """Deterministic, so that a message handled twice makes one alert; begins with the time, so that ids sort."""
    tail = hashlib.sha256(f"{sensor.thing}/{sensor.name}/{sensor.version}".encode()).hexdigest()[:10]
    return f"{int(moment.timestamp() * 1000):013d}-{tail}"
