"""The whole way of an import, for whoever has a store at hand: the command line, the local stack, tests."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from chalicelib.promises.daily import settle_reached
from chalicelib.promises.looking import ensure
from chalicelib.register.records import listed
from chalicelib.register.rules import Register
from chalicelib.sensors.watching import watch
from chalicelib.shared.calendar import day_of
from chalicelib.store import keys
from chalicelib.store.contract import Store
from infra.importing.check import Checked, check
from infra.importing.faults import Fault
from infra.importing.plan import Plan, plan
from infra.importing.read import read
from infra.importing.write import Say, write


class Outcome(StrEnum):
    REFUSED = "refused"
    UNCHANGED = "unchanged"
    WOULD_WRITE = "would write"
    WRITTEN = "written"


class Result(NamedTuple):
    """``register`` is what is visible now, or would be; None if the lists were refused for ``faults``."""

    outcome: Outcome
    register: Register | None
    faults: list[Fault]


def bring_in(path: Path, store: Store, now: datetime, say: Say, *, dry_run: bool = False, real: datetime | None = None) -> Result:
    """Read, check, write. Unreadable if there is nothing to read; Conflict if another import came between.

    ``real`` is what AWS's clock says, where ``now`` is a clock that somebody has moved.
    """
    checked = check(read(path), day_of(now))
    for note in checked.notes:
        say(f"note: {note}")
    if checked.register is None:
        return Result(Outcome.REFUSED, None, checked.faults)
    todo = plan(store, checked.register, now, int((real or now).timestamp() * 1000))
    _tell(checked, todo, say)
    if dry_run:
        return Result(Outcome.UNCHANGED if todo.nothing_to_do else Outcome.WOULD_WRITE, todo.register, [])
    write(store, todo, now, say)
    _watch(store, todo.register, now)
    if todo.nothing_to_do:
        return Result(Outcome.UNCHANGED, todo.register, [])
    return Result(Outcome.WRITTEN, todo.register, [])


def _watch(store: Store, register: Register, now: datetime) -> None:
    """What an import that was cut short after its switch has left out: every import puts it back, one that changes nothing too."""
    if store.get(keys.compound(register.compound)) is None:
        store.fill([listed(register.compound, now)])
    ensure(store, register, now)
    settle_reached(store, now, register)
    watch(store, register.compound, (device.thing for device in register.devices), now)


def _tell(checked: Checked, todo: Plan, say: Say) -> None:
    """Figures and ids only."""
    register = todo.register
    lived_in = sum(home.lived_in for home in register.homes)
    people = sum(len(home.people) for home in register.homes)
    say(
        f"{register.compound}: {len(register.homes)} homes ({lived_in} lived in), {people} people, {len(register.grids)} grids, "
        f"{len(register.volunteers)} volunteers, {len(register.staff)} staff, {len(register.devices)} sensors; {checked.blob:,} bytes"
    )
    say("first import" if todo.previous is None else f"compared with version {todo.seen}")
    for word, ids in (("tenancies that end", todo.ended), ("sensors to unbind", [f"{thing}/{sensor}" for thing, sensor in todo.unbound])):
        if ids:
            say(f"{word} ({len(ids)}): {', '.join(ids)}")
    if todo.left is not None:
        say("an earlier import was interrupted: carrying on")
