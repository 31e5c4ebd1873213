"""What thermometers say now, of any number of homes: one request a hundred thermometers."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.register.rules import Device, Home, Register
from chalicelib.sensors.gateways import from_item
from chalicelib.sensors.kinds import KINDS, What
from chalicelib.sensors.records import from_sensor_item
from chalicelib.sensors.rules import Sensor
from chalicelib.sensors.warmth import RoomState, Standard, latest, side, stands
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store


class Seen(NamedTuple):
    """One thermometer: how its room is, the newest reading with its time, and since when it is cold."""

    sensor: Sensor
    state: RoomState
    tenths: int | None
    at: datetime | None
    since: datetime | None


def standard(policy: Policy) -> Standard:
    return Standard(policy.watch.warm_least, policy.watch.warm_minutes)


def hung_in(register: Register, homes: Iterable[Home]) -> list[Device]:
    """The thermometers of these homes."""
    wanted = {home.id for home in homes}
    return [each for each in register.devices if each.home in wanted and each.kind in KINDS and KINDS[each.kind].what is What.TEMPERATURE]


def places(compound: str, devices: Iterable[Device]) -> list[keys.Key]:
    """Where these thermometers and their gateways stand, for whoever reads them together with other things."""
    found = [(keys.sensor(compound, each.thing, each.sensor), keys.gateway(compound, each.thing)) for each in devices]
    return list(dict.fromkeys(key for pair in found for key in pair))


def seen(store: Store, now: datetime, register: Register, homes: Iterable[Home]) -> dict[str, list[Seen]]:
    """By home, those that have a thermometer."""
    known = list(homes)
    devices = hung_in(register, known)
    return seen_in(store.get_many(places(register.compound, devices)), now, register, known) if devices else {}


def seen_in(items: dict[keys.Key, Item], now: datetime, register: Register, homes: Iterable[Home]) -> dict[str, list[Seen]]:
    """The same from what was read already. What a thermometer measured for the last family is not shown to the next."""
    known, found = {home.id: home for home in homes}, dict[str, list[Seen]]()
    for device in hung_in(register, known.values()):
        item = items.get(keys.sensor(register.compound, device.thing, device.sensor))
        sensor = from_sensor_item(item) if item else None
        if sensor and (sensor.home, sensor.tenancy) == (device.home, known[device.home].tenancy):
            gateway = items.get(keys.gateway(register.compound, device.thing))
            found.setdefault(device.home, []).append(
                _seen(sensor, bool(gateway and from_item(gateway).out), now, standard(register.policy))
            )
    return found


def coldest(rooms: Iterable[Seen]) -> Seen:
    """What speaks for a home: the worst of its rooms, of several the coldest."""
    order = list(RoomState)
    known = sorted(rooms, key=lambda room: (order.index(room.state), room.tenths if room.tenths is not None else 0))
    return next((room for room in known if room.state is not RoomState.SILENT), known[0])


def _seen(sensor: Sensor, out: bool, now: datetime, wanted: Standard) -> Seen:
    state = RoomState.SILENT if out else stands(wanted, sensor.room, now)
    newest = latest(sensor.room) if sensor.room else None
    if sensor.room is None or newest is None or state is RoomState.SILENT:
        return Seen(sensor, RoomState.SILENT, None, newest[0] if newest else None, None)
    return Seen(sensor, state, newest[1], newest[0], side(wanted, sensor.room).since if state is RoomState.COLD else None)
