"""What people do with what hangs at the doors: print it, and say that the new one hangs there."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.register.rules import Home, Register
from chalicelib.residents import copy_records
from chalicelib.residents.copies import Copies, Kind, Mark, lines_of, marked, printed
from chalicelib.shared.problems import busy
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8


def print_sheets(store: Store, now: datetime, register: Register, homes: Iterable[Home], by: str, key: str) -> None:
    """Note what is printed on these homes' door sheets; each home is a write of its own, and one that this request made stays."""
    for home in homes:
        _print_sheet(store, now, register, home, by, key)


def _print_sheet(store: Store, now: datetime, register: Register, home: Home, by: str, key: str) -> None:
    for _ in range(ROUNDS):
        known = copy_records.find(store, register.compound, home.id, home.tenancy)
        sheet = known.of.get(Kind.SHEET)
        if sheet and key in sheet.keys:
            return
        try:
            store.write(_printing(register, home, Kind.SHEET, known, now, by, key))
            return
        except Conflict:
            continue
    raise busy()


def card_printed(store: Store, now: datetime, register: Register, home: Home, by: str, key: str) -> Change:
    """What is written with a new card: which lines it has."""
    known = copy_records.find(store, register.compound, home.id, home.tenancy)
    return _printing(register, home, Kind.CARD, known, now, by, key)


def _printing(register: Register, home: Home, kind: Kind, known: Copies, now: datetime, by: str, key: str) -> Change:
    copy = printed(known.of.get(kind), lines_of(register, home, kind), now, by, key)
    return copy_records.changed(register.compound, known._replace(of={**known.of, kind: copy}))


def mark(store: Store, now: datetime, register: Register, home: Home, kind: Kind, what: Mark, seen: str, by: str, key: str) -> Copies:
    """Tick a door off, or take it back: one conditional write. Problems as those of ``marked``."""
    lines = lines_of(register, home, kind)
    for _ in range(ROUNDS):
        known = copy_records.find(store, register.compound, home.id, home.tenancy)
        copy = marked(known.of.get(kind), what, lines, seen, now, by, key)
        if copy is None:
            return known
        after = known._replace(of={**known.of, kind: copy})
        try:
            store.write(copy_records.changed(register.compound, after))
            return after._replace(version=known.version + 1)
        except Conflict:
            continue
    raise busy()
