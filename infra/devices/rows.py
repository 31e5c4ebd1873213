"""Rows of gateways and sensors, from a file or from the command line: cells → values, read as an import reads its own."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from chalicelib.shared.calendar import at
from infra.importing import cells
from infra.importing.cells import one_of
from infra.importing.columns import Column, Table
from infra.importing.entries import Entry, entry
from infra.importing.faults import Bad, Fault
from infra.importing.read import Row, Sheet, read_one
from infra.importing.text import clean, plain
from infra.importing.words import KINDS

BOUND = ("sensor", "home", "kind")


class Wanted(NamedTuple):
    """A gateway alone, or a sensor under it with the home it watches from one moment until another. None: from now on, without end."""

    line: int
    thing: str
    sensor: str = ""
    home: str = ""
    kind: str = ""
    starts: datetime | None = None
    ends: datetime | None = None

    def __str__(self) -> str:
        return f"{self.thing}/{self.sensor}" if self.sensor else self.thing


def from_file(path: Path, today: date) -> tuple[list[Wanted], list[Fault]]:
    """Every row that can be read, and what is wrong with the others. Unreadable if the file cannot be."""
    faults: list[Fault] = []
    sheet = read_one(_table(today), path, faults)
    return [wanted for row in sheet.rows if (wanted := _read(sheet, row, today, faults))], faults


def from_words(given: dict[str, str], today: date) -> Wanted:
    """One row as it was typed. Bad if it cannot be read."""
    faults: list[Fault] = []
    row = Row(0, {name: clean(value) for name, value in given.items()})
    wanted = _read(Sheet("", {name: name for name in given}, []), row, today, faults)
    if wanted is None:
        raise Bad(faults[0].zh, faults[0].en)
    return wanted


def _table(today: date) -> Table:
    return Table(
        "网关和传感器",
        ("thing", "sensor"),
        (
            Column("thing", "网关", cells.thing),
            Column("sensor", "传感器", cells.sensor, "", may_be_absent=True),
            Column("home", "房号", cells.home_id, "", may_be_absent=True),
            Column("kind", "类型", one_of(KINDS), "", may_be_absent=True),
            Column("from", "开始", partial(_moment, today, "00:00"), None, may_be_absent=True),
            Column("until", "结束", partial(_moment, today, "24:00"), None, may_be_absent=True),
        ),
    )


def _read(sheet: Sheet, row: Row, today: date, faults: list[Fault]) -> Wanted | None:
    table, before = _table(today), len(faults)
    read = entry(table, sheet, row, today, faults)
    if len(faults) == before:
        faults.extend(_crossed(read))
    if len(faults) > before:
        return None
    return Wanted(row.line, *(read[column.name] for column in table.columns))


def _crossed(read: Entry) -> list[Fault]:
    if any(read[name] for name in BOUND) and not all(read[name] for name in BOUND):
        zh = "传感器、房号、类型要一起填；只登记网关就都空着。"
        return [read.fault("sensor", zh, "Sensor, home and kind go together; leave all three blank to register the gateway alone.")]
    if read["from"] and read["until"] and read["until"] <= read["from"]:
        return [read.fault("until", "结束早于开始。", "It ends before it begins.")]
    return []


def _moment(today: date, clock: str, text: str) -> datetime:
    """``2026-11-22 08:00``, local time; a day alone begins with its first moment and ends with its last. Days as in an import."""
    said, _, time = plain(text).replace("T", " ").partition(" ")
    return at(cells.day(said, today), cells.clock(time) if time else clock)
