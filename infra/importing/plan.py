"""What an import would do: the checked lists against what is visible, bound and left over. Reads only."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.register import records
from chalicelib.register.recruits import adopted
from chalicelib.register.rules import Device, Register
from chalicelib.sensors.records import sensor
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import HomeId
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store
from infra.importing.tenancy import carry

SensorId = tuple[str, str]


class Plan(NamedTuple):
    """``seen`` is the version of ``previous``; ``touched`` are the sensors to bind or unbind, from ``bound_ms`` on, by the clock that stamps
    their messages; ``left`` is the note of an import not finished."""

    seen: int
    previous: Register | None
    register: Register
    ended: list[HomeId]
    touched: set[SensorId]
    left: Item | None
    bound_ms: int

    @property
    def changes_register(self) -> bool:
        return self.register != self.previous

    @property
    def strangers(self) -> list[str]:
        """Volunteers who are no longer listed, or whose id now belongs to somebody else: name and phone are both other ones."""
        now = {each.id: each for each in self.register.volunteers}
        before = self.previous.volunteers if self.previous else ()
        return [old.id for old in before if (new := now.get(old.id)) is None or (new.name != old.name and new.phone != old.phone)]

    @property
    def unbound(self) -> list[SensorId]:
        return sorted(self.touched - set(map(identity, self.register.devices)))

    @property
    def nothing_to_do(self) -> bool:
        return not self.changes_register and not self.touched and self.left is None


def identity(device: Device) -> SensorId:
    return device.thing, device.sensor


def plan(store: Store, wanted: Register, now: datetime, bound_ms: int) -> Plan:
    """Strongly consistent; one read for each sensor, so that one bound astray for whatever reason comes back by importing again."""
    previous, seen = records.visible(store, wanted.compound)
    left = store.get(keys.unfinished_import(wanted.compound), consistent=True)
    listed, ended = carry(previous, wanted, day_of(now))
    register = adopted(listed, previous, records.changes(store, wanted.compound)[0].recruits)
    astray = {identity(device) for device in register.devices if not _is_bound(store, register, device)}
    dropped = set(map(identity, previous.devices if previous else ())) - set(map(identity, register.devices))
    begun = {(thing, name) for thing, name in left["sensors"]} if left else set[SensorId]()
    return Plan(seen, previous, register, ended, astray | dropped | begun, left, bound_ms)


def _is_bound(store: Store, register: Register, device: Device) -> bool:
    found = sensor(store, register.compound, device.thing, device.sensor)
    tenancy = register.home_by_id[device.home].tenancy
    return found is not None and (found.home, found.tenancy, found.kind) == (device.home, tenancy, device.kind)
