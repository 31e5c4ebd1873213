"""Who reads what a door did: the people on duty for its home and its coordinator, nobody else; and every time is written down."""

from datetime import date, datetime

import msgspec

from chalicelib.register import records as registers
from chalicelib.register.rules import Device, Home, Register, Role, Staff
from chalicelib.register.standing import Standing
from chalicelib.sensors import days, records
from chalicelib.sensors.days import DoorDay
from chalicelib.sensors.kinds import KINDS, What
from chalicelib.sensors.rules import AlertState, DoorState, Why
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.log import log
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Conflict, Store

READ = "door-days.read"


class DoorNow(msgspec.Struct):
    """One sensor at the home's door. ``why`` says why its state is not known."""

    sensor: str
    state: DoorState
    why: Why


class EventLine(msgspec.Struct):
    """The door opened, judged as ``state``; or it closed, and ``state`` is None."""

    at: str
    opened: bool
    state: AlertState | None


class DayLine(msgspec.Struct):
    day: date
    opened: int
    unexplained: int
    events: list[EventLine]


class DoorDaysAnswer(msgspec.Struct):
    """What an isolated home's door did, on each of the last thirty days on which it did anything, the newest first."""

    home: str
    label: str
    now: str
    doors: list[DoorNow]
    days: list[DayLine]


def door_days(store: Store, now: datetime, standing: Standing, staff: Staff, home: Home) -> DoorDaysAnswer:
    """One read for the days, one for each sensor, and one line of history: who read it. Problem 403 for anybody whose business it is not."""
    if not may_read(standing, staff, home, now):
        raise Problem(
            403,
            "not-your-door",
            "门的记录只给当班的管家和这一户的网格长看。",
            "A door is shown to the steward on duty and the home's coordinator only.",
        )
    compound = standing.register.compound
    _remember(store, now, compound, home.id, staff.username)
    doors = [line for device in _doors(standing.register, home) if (line := _door(store, compound, home, device))]
    told = days.of_home(store, compound, home.id, home.tenancy, now)
    return DoorDaysAnswer(home.id, home.label, stamp(now), doors, [_day(day) for day in told])


def is_watched(register: Register, home: Home) -> bool:
    """Is a sensor registered at this home's door?"""
    return bool(_doors(register, home))


def _doors(register: Register, home: Home) -> list[Device]:
    return [each for each in register.devices if each.home == home.id and each.kind in KINDS and KINDS[each.kind].what is What.DOOR]


def may_read(standing: Standing, staff: Staff, home: Home, now: datetime) -> bool:
    """On duty for the home, or its coordinator. Where nobody stands a shift, its stewards are on duty, as for everything else."""
    coordinators = {grid.coordinator for grid in standing.register.grids if grid.id == home.grid}
    duty = standing.changes.on_duty(now)
    on_duty = staff.username in duty if duty else Role.STEWARD in staff.roles
    away = staff.username in standing.absent(day_of(now))
    return staff.covers(home) and not away and (on_duty or staff.username in coordinators)


def _remember(store: Store, now: datetime, compound: str, home: str, by: str) -> None:
    """First the line, then the answer: what was read without a trace would be read in secret."""
    log().info("door read", extra={"compound": compound, "home": home, "by": by})
    try:
        store.write(registers.remembered(compound, home, now, f"{by}:{READ}", READ, by))
    except Conflict:
        return  # asked twice within the millisecond


def _door(store: Store, compound: str, home: Home, device: Device) -> DoorNow | None:
    sensor = records.sensor(store, compound, device.thing, device.sensor)
    theirs = sensor is not None and (sensor.home, sensor.tenancy) == (home.id, home.tenancy)
    return DoorNow(sensor.name, sensor.state, sensor.why) if sensor and theirs else None


def _day(told: DoorDay) -> DayLine:
    events = [EventLine(stamp(event.at), event.state is not None, event.state) for event in told.events]
    return DayLine(told.day, told.opened, told.unexplained, events)
