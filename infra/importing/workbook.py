"""Cells of an Excel workbook as text, the way its owner sees them."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from infra.importing.faults import Unreadable
from infra.importing.text import Cells

MOST_BYTES = 200_000_000


def sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, Cells]]]]:
    """Each sheet's name and its rows with their numbers. Formulas come as formulas: what they showed last is not data."""
    for sheet in _open(path).worksheets:
        yield sheet.title, _rows(sheet)


def _rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """Sheets are parsed as they are read, so a damaged one shows only here. What it says of its own size is not believed."""
    sheet.reset_dimensions()
    try:
        for line, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield line, [as_text(value) for value in row]
    except Exception as error:
        raise _damaged() from error


def _open(path: Path) -> Any:
    try:
        from openpyxl import load_workbook  # a tool of the import only: the system itself runs without it
    except ImportError as error:
        raise Unreadable("读 .xlsx 需要 openpyxl：pip install openpyxl", "Reading .xlsx needs openpyxl: pip install openpyxl") from error
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise Unreadable("这个 Excel 文件太大。", "This Excel file is too large.")
        return load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except Unreadable:
        raise
    except Exception as error:
        raise _damaged() from error


def _damaged() -> Unreadable:
    zh = "打不开这个 Excel 文件，请重新另存为 .xlsx。"
    return Unreadable(zh, "This Excel file cannot be opened. Please save it again as .xlsx.")


def as_text(value: Any) -> str:
    """``3.0`` → ``3``; a date → ``2026-11-22``; a time → ``10:00``; a formula, of whatever kind, begins with ``=``."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | int():
            return str(value).upper()
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case date() | time() | timedelta():
            return _moment(value)
    return "="


def _moment(value: date | time | timedelta) -> str:
    """A datetime is a date too; ``24:00`` comes from Excel as a duration."""
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02}:{minutes % 60:02}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else value.strftime("%H:%M")
