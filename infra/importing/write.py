"""A checked register → the store. Every step can be made again, and nothing of the register shows before the last one."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from chalicelib.register import records
from chalicelib.register.rules import Register
from chalicelib.residents.actions import revoke_home_links
from chalicelib.sensors.actions import bind, unbind
from chalicelib.shared.calendar import day_of
from chalicelib.shared.ids import HomeId
from chalicelib.store import keys
from chalicelib.store.contract import Add, Conflict, Item, Remove, Replace, Store
from infra.importing.tenancy import carry

ROUNDS = 8
SensorId = tuple[str, str]
Say = Callable[[str], None]


class Plan(NamedTuple):
    """What an import would do. ``seen`` is the version it was compared with; ``left`` is what an interrupted import had begun."""

    seen: int
    previous: Register | None
    register: Register
    ended: list[HomeId]
    touched: set[SensorId]
    left: Item | None

    @property
    def changes_register(self) -> bool:
        return self.register != self.previous

    @property
    def unbound(self) -> list[SensorId]:
        return sorted(self.touched - {(device.thing, device.sensor) for device in self.register.devices})

    @property
    def nothing_to_do(self) -> bool:
        return not self.changes_register and not self.touched


def plan(store: Store, wanted: Register, now: datetime) -> Plan:
    """Compare with what is visible now. Two consistent reads, no write."""
    item = store.get(keys.register(wanted.compound), consistent=True)
    left = store.get(keys.unfinished_import(wanted.compound), consistent=True)
    previous = records.from_item(item) if item else None
    register, ended = carry(previous, wanted, day_of(now))
    before, after = set(previous.devices if previous else ()), set(register.devices)
    begun = {(thing, sensor) for thing, sensor in left["sensors"]} if left else set[SensorId]()
    touched = {(device.thing, device.sensor) for device in before ^ after} | begun
    return Plan(item["v"] if item else 0, previous, register, ended, touched, left)


def write(store: Store, todo: Plan, now: datetime, say: Say) -> None:
    """Conflict if another import came between; nothing of this one shows then, and running it again is the way on.

    1. The sensors about to be touched are noted beside the register, so that whichever import comes next can put them right.
    2. Sensors are bound and unbound.  3. Links and announced openings of ended tenancies end.
    4. The register switches.  5. The note is removed.
    """
    try:
        _take_steps(store, todo, now, say)
    except Conflict:
        _give_way(store, todo, now, say)
        raise


def _take_steps(store: Store, todo: Plan, now: datetime, say: Say) -> None:
    if todo.nothing_to_do:
        return
    note = _note(store, todo)
    _bind_all(store, todo, say)
    _end_tenancies(store, todo, now, say)
    if todo.changes_register:
        _switch(store, todo)
        say(f"switched to version {todo.seen + 1}")
    if note is not None:
        _remove_note(store, todo.register.compound, note)


def _give_way(store: Store, lost: Plan, now: datetime, say: Say) -> None:
    """The other import may have bound a sensor before this one did: it gets them all as its register has them."""
    item = store.get(keys.register(lost.register.compound), consistent=True)
    if item is not None:
        again = plan(store, records.from_item(item), now)
        touched = again.touched | lost.touched
        _take_steps(store, again._replace(touched=touched), now, say)


def _switch(store: Store, todo: Plan) -> None:
    """A switch whose answer was lost on the way is made again by the client, and then meets itself."""
    try:
        records.switch(store, todo.register, todo.seen)
    except Conflict as conflict:
        ours = records.to_item(todo.register, todo.seen + 1)
        if conflict.existing is None or (conflict.existing["v"], conflict.existing["blob"]) != (ours["v"], ours["blob"]):
            raise


def _remove_note(store: Store, compound: str, seen: int) -> None:
    """Another import may have begun meanwhile and added to the note: then it is that one's to remove."""
    try:
        store.write(Remove(keys.unfinished_import(compound), seen))
    except Conflict:
        return


def _note(store: Store, todo: Plan) -> int | None:
    """The version of the note, or None where no sensor is touched and none is needed."""
    if not todo.touched:
        return None
    seen = todo.left["v"] if todo.left else 0
    sensors = [list(each) for each in sorted(todo.touched)]
    if todo.left and todo.left["sensors"] == sensors:
        return seen
    item = {**keys.unfinished_import(todo.register.compound).as_item(), "v": seen + 1, "sensors": sensors}
    store.write(Replace(item, seen) if seen else Add(item))
    return seen + 1


def _bind_all(store: Store, todo: Plan, say: Say) -> None:
    compound = todo.register.compound
    for device in (each for each in todo.register.devices if (each.thing, each.sensor) in todo.touched):
        if _settled(lambda d=device: bind(store, compound, d.thing, d.sensor, d.home, d.kind)):
            say(f"bound {device.thing}/{device.sensor} to {device.home}")
    for thing, sensor in todo.unbound:
        if _settled(lambda t=thing, s=sensor: unbind(store, compound, t, s)):
            say(f"unbound {thing}/{sensor}")


def _settled(act: Callable[[], bool]) -> bool:
    """A sensor may report in the very moment it is bound: then the act is made again on what it left."""
    for _ in range(ROUNDS - 1):
        try:
            return act()
        except Conflict:
            continue
    return act()


def _end_tenancies(store: Store, todo: Plan, now: datetime, say: Say) -> None:
    compound = todo.register.compound
    for home in todo.ended:
        revoked = revoke_home_links(store, now, compound, home)
        _settled(lambda h=home: _forget_openings(store, compound, h))
        say(f"tenancy of {home} ended, {revoked} links revoked")


def _forget_openings(store: Store, compound: str, home: str) -> bool:
    """Visits announced to one family are not shown to the next."""
    key = keys.expected_openings(compound, home)
    item = store.get(key, consistent=True)
    if item is not None:
        store.write(Remove(key, item["v"]))
    return item is not None
