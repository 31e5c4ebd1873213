"""Sensors bound to homes by command. What the imported list of devices names, the list alone decides: see docs/adr/0013."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.register import records as registers
from chalicelib.register.rules import Home, Register
from chalicelib.sensors import actions
from chalicelib.sensors.records import sensors_under
from chalicelib.sensors.rules import Sensor
from chalicelib.sensors.watching import watch
from chalicelib.shared.calendar import ms_of
from chalicelib.shared.ids import CompoundId
from chalicelib.store.contract import Store
from infra.devices.rows import Wanted
from infra.importing.faults import Bad
from infra.importing.write import settled


class Line(NamedTuple):
    """A bound sensor. ``listed``: the imported list names it. ``stale``: its home is gone, or another family lives there now."""

    sensor: Sensor
    listed: bool
    stale: bool


def register_of(store: Store, thing: str) -> Register:
    """The visible register of the thing's compound. Bad if there is none."""
    compound = thing.partition("-")[0]
    register, _ = registers.visible(store, CompoundId(compound))
    if register is None:
        raise Bad(f"还没有导入小区“{compound}”。", f"The compound {compound} has not been imported.")
    return register


class Now(NamedTuple):
    """``stage`` is the stage's clock; ``real`` is AWS's, which stamps what sensors say, also where the stage's was moved."""

    stage: datetime
    real: datetime


def bind(store: Store, now: Now, register: Register, wanted: Wanted) -> bool:
    """Bind a sensor to the family that lives in the home now, and have its gateway looked at; returns whether the binding changed. Bad, in
    a sentence, if it may not be."""
    home = allowed(now.real, register, wanted)
    if _listed(register, wanted.thing, wanted.sensor):
        return False
    stay = {"tenancy": home.tenancy, "bound_ms": ms_of(wanted.starts or now.real), "until_ms": ms_of(wanted.ends) if wanted.ends else 0}
    which = (register.compound, wanted.thing, wanted.sensor, home.id, wanted.kind)
    bound = settled(lambda: actions.bind(store, *which, **stay))
    watch(store, register.compound, [wanted.thing], now.stage)
    return bound


def allowed(now: datetime, register: Register, wanted: Wanted) -> Home:
    """The home a sensor is to watch. Bad if it is unknown, the time is over, or the imported list says otherwise."""
    home = register.home_by_id.get(wanted.home)
    if home is None:
        raise Bad(f"名册里没有房号“{wanted.home}”。", f"The register has no home {wanted.home}.")
    if wanted.ends is not None and wanted.ends <= now:
        raise Bad("结束时间已经过了。", "The end has passed already.")
    if _listed(register, wanted.thing, wanted.sensor) != (wanted.home, wanted.kind) or wanted.ends:
        _refuse_listed(register, wanted.thing, wanted.sensor)
    return home


def unbind(store: Store, register: Register, thing: str, sensor: str) -> bool:
    """From now on it belongs to nobody; returns whether it did. Bad if the imported list binds it."""
    _refuse_listed(register, thing, sensor)
    return settled(lambda: actions.unbind(store, register.compound, thing, sensor))


def under(store: Store, register: Register, thing: str) -> list[Line]:
    """Every sensor bound under a gateway, by list or by command."""
    listed = {(device.thing, device.sensor) for device in register.devices}
    return [
        Line(each, (thing, each.name) in listed, not _still_theirs(register, each))
        for each in sensors_under(store, register.compound, thing)
    ]


def _still_theirs(register: Register, sensor: Sensor) -> bool:
    home = register.home_by_id.get(sensor.home)
    return home is not None and home.tenancy == sensor.tenancy


def _listed(register: Register, thing: str, sensor: str) -> tuple[str, str] | None:
    return next(((each.home, each.kind) for each in register.devices if (each.thing, each.sensor) == (thing, sensor)), None)


def _refuse_listed(register: Register, thing: str, sensor: str) -> None:
    listed = _listed(register, thing, sensor)
    if listed is not None:
        zh = f"{thing}/{sensor} 写在导入的“设备”表里（{listed[0]}），请在表里改，再导入。"
        raise Bad(zh, f"{thing}/{sensor} stands in the imported table devices ({listed[0]}). Change it there and import again.")
