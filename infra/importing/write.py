"""A plan → the store. Every step can be made again, and nothing of the register shows before the last one."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from chalicelib.register import records
from chalicelib.residents.actions import revoke_home_links
from chalicelib.sensors.actions import bind, unbind
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Conflict, Remove, Replace, Store
from chalicelib.volunteers.actions import end_link
from infra.importing.plan import Plan, SensorId, identity, plan

ROUNDS = 8
Say = Callable[[str], None]


def write(store: Store, todo: Plan, now: datetime, say: Say) -> None:
    """Conflict if another import came between; nothing of this one shows then, and running it again is the way on.

    1. A note beside the register names the sensors about to be touched. Whoever finds one takes it over, names and all: an
       import that was interrupted is put right by the next one, and of two at once only the one that holds the note can finish.
    2. Sensors are bound and unbound.
    3. Links and announced openings of ended tenancies end, and links of volunteers who left or became somebody else.
    4. The compound's line in the list of all compounds says when its register counts from.
    5. In one write the register switches and the note goes.
    """
    try:
        _take_steps(store, todo, now, say)
    except Conflict:
        _give_way(store, todo, now)
        raise


def _take_steps(store: Store, todo: Plan, now: datetime, say: Say) -> None:
    if todo.nothing_to_do:
        return
    note = _note(store, todo)
    _bind(store, todo, say)
    _unbind(store, todo.register.compound, todo.unbound, say)
    _end_tenancies(store, todo, now, say)
    _end_links(store, todo, say)
    if todo.changes_register:
        store.fill([records.listed(todo.register.compound, now)])
    _finish(store, todo, note)
    if todo.changes_register:
        say(f"switched to version {todo.seen + 1}")


def _give_way(store: Store, lost: Plan, now: datetime) -> None:
    """This import may have bound a sensor after the winner did: each goes back to what the visible register says."""
    for _ in range(ROUNDS):
        register, _ = records.visible(store, lost.register.compound)
        if register is None:
            return  # Nobody has won yet: the note stands, and the next import takes it over.
        again = plan(store, register, now, lost.bound_ms)
        if again.changes_register:
            continue  # Another version has become visible in this very moment.
        try:
            _take_steps(store, again._replace(touched=again.touched | lost.touched), now, _silently)
            return
        except Conflict:
            continue


def _silently(line: str) -> None:
    """What is put back was never visible."""


def _note(store: Store, todo: Plan) -> list[Change]:
    """Write or take over the note; returns the change that removes it, empty where no sensor is touched and none is needed.

    Its version is drawn, not counted: a note that went and one that came after it must not be taken for the same. The register is
    looked at once more, because from here on no other import can change a sensor and finish.
    """
    if not todo.touched and todo.left is None:
        return []
    key, version = keys.unfinished_import(todo.register.compound), secrets.randbits(52)
    item = {**key.as_item(), "v": version, "sensors": [list(each) for each in sorted(todo.touched)]}
    store.write(Replace(item, todo.left["v"]) if todo.left else Add(item))
    if records.visible(store, todo.register.compound)[1] != todo.seen:
        raise Conflict(keys.register(todo.register.compound), None)
    return [Remove(key, version)]


def _finish(store: Store, todo: Plan, note: list[Change]) -> None:
    """A switch whose answer was lost on the way is made again by the client, and then meets itself."""
    if not todo.changes_register:
        store.write(*note)
        return
    try:
        records.switch(store, todo.register, todo.seen, *note)
    except Conflict as conflict:
        ours = records.to_item(todo.register, todo.seen + 1)
        if conflict.existing is None or any(conflict.existing.get(name) != ours[name] for name in ("sk", "v", "blob")):
            raise


def _bind(store: Store, todo: Plan, say: Say) -> None:
    register = todo.register
    for device in (each for each in register.devices if identity(each) in todo.touched):
        stay = {"tenancy": register.home_by_id[device.home].tenancy, "bound_ms": todo.bound_ms}
        if settled(partial(bind, store, register.compound, *identity(device), device.home, device.kind, **stay)):
            say(f"bound {device.thing}/{device.sensor} to {device.home}")


def _unbind(store: Store, compound: str, sensors: list[SensorId], say: Say) -> None:
    for thing, sensor in sensors:
        if settled(partial(unbind, store, compound, thing, sensor)):
            say(f"unbound {thing}/{sensor}")


def settled(act: Callable[[], bool]) -> bool:
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
        settled(partial(_forget_openings, store, compound, home))
        say(f"tenancy of {home} ended, {revoked} links revoked")


def _end_links(store: Store, todo: Plan, say: Say) -> None:
    for volunteer in todo.strangers:
        if settled(partial(end_link, store, todo.register.compound, volunteer)):
            say(f"link of volunteer {volunteer} ended")


def _forget_openings(store: Store, compound: str, home: str) -> bool:
    """Visits announced to one family are not shown to the next."""
    key = keys.expected_openings(compound, home)
    item = store.get(key, consistent=True)
    if item is not None:
        store.write(Remove(key, item["v"]))
    return item is not None
