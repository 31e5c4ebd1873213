"""Rows → entries of typed values, each cell read on its own; then what must be unique is, and what is referred to is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from infra.importing.columns import NEEDED, Column, Table
from infra.importing.faults import Bad, Fault, shown
from infra.importing.read import Book, Row, Sheet
from infra.importing.tables import TABLES, reader


@dataclass(frozen=True)
class Entry:
    """One row. A value that could not be read is not in ``values``, reads as None, and its fault is told already."""

    sheet: Sheet
    line: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def fault(self, column: str, zh: str, en: str) -> Fault:
        return Fault(self.sheet.file, self.line, self.sheet.headings.get(column, column), zh, en)


@dataclass
class Entries:
    """All tables. A table that could not be read is missing from ``tables``."""

    tables: dict[str, list[Entry]]
    faults: list[Fault]

    def of(self, table: str) -> list[Entry]:
        return self.tables.get(table, [])

    def by_key(self, table: str) -> dict[Any, Entry]:
        """Entries by their first column."""
        column = TABLES[table].key[0]
        return {entry[column]: entry for entry in self.of(table) if entry[column]}

    def grid_of(self, home: Entry) -> Any:
        """The home's own grid, or that of its floor."""
        return home["grid"] or self._floor_grids.get((home["building"], home["floor"]), "")

    @cached_property
    def staff(self) -> dict[Any, Entry]:
        return self.by_key("staff")

    @cached_property
    def _floor_grids(self) -> dict[Any, Any]:
        return {(entry["building"], entry["floor"]): entry["grid"] for entry in self.of("floors")}


def entries(book: Book, today: date) -> Entries:
    """Every row of every table, with the faults of single cells, of repeated keys and of references that lead nowhere."""
    found = Entries({}, [])
    for name, sheet in book.sheets.items():
        found.tables[name] = [entry(TABLES[name], sheet, row, today, found.faults) for row in sheet.rows]
    for name in found.tables:
        found.faults.extend(_repeated(name, found))
    for name in found.tables:
        found.faults.extend(_astray(name, found))
    return found


def entry(table: Table, sheet: Sheet, row: Row, today: date, faults: list[Fault]) -> Entry:
    """One row, each cell read on its own; what is wrong with one is added to ``faults``."""
    made = Entry(sheet, row.line, {})
    for column in table.columns:
        told_already = column.name in sheet.headings and column.name not in row.cells
        needed_but_absent = column.name not in sheet.headings and column.blank is NEEDED
        if told_already or needed_but_absent:
            continue
        try:
            made.values[column.name] = _value(column, row.cells.get(column.name, ""), today)
        except Bad as bad:
            faults.append(made.fault(column.name, bad.zh, bad.en))
    return made


def _value(column: Column, text: str, today: date) -> Any:
    if text:
        return reader(column, today)(text)
    if column.blank is NEEDED:
        raise Bad("这一格不能空着。", "This cell may not be blank.")
    return column.blank


def _repeated(name: str, found: Entries) -> Iterator[Fault]:
    """Capital and small letters count as the same here, so that no two ids look alike."""
    key = TABLES[name].key
    first: dict[tuple[str, ...], int] = {}
    for entry in found.of(name):
        values = tuple(str(entry[column]).casefold() for column in key)
        if any(entry[column] in (None, "") for column in key):
            continue
        line = first.setdefault(values, entry.line)
        if line != entry.line:
            yield entry.fault(key[-1], f"和第 {line} 行重复了。", f"The same as in line {line}.")


def _astray(name: str, found: Entries) -> Iterator[Fault]:
    known = {table: set(found.by_key(table)) for table in TABLES}
    for column in TABLES[name].columns:
        if not column.refers or not _whole(column.refers, found):
            continue
        for entry in found.of(name):
            value = entry[column.name]
            for each in value if isinstance(value, tuple) else (value,):
                if each and each not in known[column.refers]:
                    zh = f"“{TABLES[column.refers].zh}”表里没有{shown(str(each)) or '这一项'}。"
                    yield entry.fault(column.name, zh, f"The table {column.refers} has no {shown(str(each)) or 'such row'}.")


def _whole(table: str, found: Entries) -> bool:
    """Was the table read, key column and all? If not, references into it say nothing."""
    rows = found.tables.get(table)
    return rows is not None and (not rows or TABLES[table].key[0] in rows[0].sheet.headings)
