"""A folder of CSV files, or one .xlsx → rows of cells under their columns. What the cells mean is checked elsewhere."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from infra.importing import workbook
from infra.importing.columns import Column, Table
from infra.importing.faults import Bad, Fault, Unreadable
from infra.importing.tables import IGNORED, TABLES, table_named
from infra.importing.text import Cells, clean, decode, plain, rows

MOST_BYTES = 50_000_000
Lines = Iterable[tuple[int, Cells]]


class Row(NamedTuple):
    line: int
    cells: dict[str, str]


class Sheet(NamedTuple):
    """One table as the file has it. ``headings`` are the columns' names as written there."""

    file: str
    headings: dict[str, str]
    rows: list[Row]


class Book(NamedTuple):
    """Everything read, everything wrong so far, and what was left unread (``notes``)."""

    sheets: dict[str, Sheet]
    faults: list[Fault]
    notes: list[str]


def read(path: Path) -> Book:
    """Unreadable if there is nothing to read; whatever can be said about rows is in ``faults``."""
    book, seen = Book({}, [], []), set[str]()
    for name, file, lines in _parts(path):
        table = table_named(name)
        if table is None:
            book.notes.append(f"{file}：没有用到 / not used")
        elif table in seen:
            book.faults.append(Fault(file, 1, "", "这张表有两份，请只留一份。", "This table is there twice. Please keep one."))
        else:
            seen.add(table)
            _put(table, file, lines, book)
    _complain_of_absent(path, seen, book.faults)
    return book


def _parts(path: Path) -> Iterator[tuple[str, str, Lines]]:
    if path.is_dir():
        files = [file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv" and not file.name.startswith((".", "~"))]
        if not files:
            raise Unreadable("这个文件夹里没有 .csv 文件。", "There is no .csv file in this folder.")
        for file in files:
            yield unicodedata.normalize("NFC", file.stem), file.name, _lines(file)
    elif path.suffix.lower() == ".xlsx" and path.is_file():
        for name, lines in workbook.sheets(path):
            yield name, f"{path.name}[{name}]", lines
    elif path.exists():
        zh = "请给出一个 .xlsx 文件，或装着 .csv 文件的文件夹。"
        raise Unreadable(zh, "Please give an .xlsx file, or the folder that holds the .csv files.")
    else:
        raise Unreadable("没有这个文件或文件夹。", "There is no such file or folder.")


def _lines(file: Path) -> Lines:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unreadable("文件太大。", "The file is too large.")
        data = file.read_bytes()
    except OSError as error:
        raise Unreadable("这个文件打不开。", f"The file cannot be opened: {error.strerror}.") from error
    yield from rows(decode(data))


def read_one(table: Table, file: Path, faults: list[Fault]) -> Sheet:
    """A single .csv. Unreadable if it cannot be read to its end; what is wrong with its rows is added to ``faults``."""
    return _sheet(table, file.name, _lines(file), faults)


def _put(table: str, file: str, lines: Lines, book: Book) -> None:
    """Add the table to the book if it can be read to its end."""
    try:
        book.sheets[table] = _sheet(TABLES[table], file, lines, book.faults)
    except Unreadable as bad:
        book.faults.append(Fault(file, 1, "", bad.zh, bad.en))


def _sheet(table: Table, file: str, lines: Lines, faults: list[Fault]) -> Sheet:
    sheet = Sheet(file, {}, [])
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    top, first = next(filled, (1, []))
    order = _columns(table, sheet, top, first, faults)
    for line, cells in filled:
        _take(table, sheet, order, line, cells, faults)
    return sheet


def _columns(table: Table, sheet: Sheet, line: int, cells: Cells, faults: list[Fault]) -> list[str]:
    """The column each position holds ("" for one to leave alone); every heading that is unknown, absent or there twice is a fault."""
    known = table.columns
    order: list[str] = []
    for position, heading in enumerate(map(str.strip, cells)):
        name = _column_named(heading, known)
        if name is None or name in sheet.headings:
            faults.append(Fault(sheet.file, line, _letters(position), *_heading_wrong(heading, name, known)))
            name = ""
        if name:
            sheet.headings[name] = heading
        order.append(name)
    for column in known:
        if column.name not in sheet.headings and not column.may_be_absent:
            zh = f"缺少这一列：{column.zh}（{column.name}）。没有内容也要保留列名。"
            faults.append(Fault(sheet.file, line, column.name, zh, "This column is absent. Keep its heading even if it holds nothing."))
    return order


def _letters(position: int) -> str:
    """0 → A, 26 → AA: how a table program names a column. A heading that is not known may be somebody's name."""
    return (_letters(position // 26 - 1) if position >= 26 else "") + chr(ord("A") + position % 26)


def _column_named(heading: str, known: tuple[Column, ...]) -> str | None:
    """Either language or both at once: ``home``, ``房号``, ``房号 home``, ``房号*``. "" for columns that are the owner's own notes."""
    words = [word for word in re.split(r"[\s()/*]+", plain(heading).lower().removeprefix("\ufeff")) if word]
    if not words or any(word in IGNORED for word in words):
        return ""
    return next((column.name for word in words for column in known if word in (column.name, column.zh)), None)


def _heading_wrong(heading: str, name: str | None, known: tuple[Column, ...]) -> tuple[str, str]:
    if name:
        return f"“{name}”这一列有两份。", f"The column {name} is there twice."
    near = get_close_matches(plain(heading).lower(), [word for column in known for word in (column.name, column.zh)], 1)
    zh, en = (f"是不是“{near[0]}”？", f" Did you mean {near[0]}?") if near else ("", "")
    return f"没有这一列。{zh}自己的备注请用列名“备注”。", f"There is no such column.{en} For notes of your own use the heading note."


def _take(table: Table, sheet: Sheet, order: list[str], line: int, cells: Cells, faults: list[Fault]) -> None:
    if len(sheet.rows) >= table.most:
        raise Unreadable(f"行数太多，最多 {table.most} 行。", f"Too many rows: {table.most} at most.")
    if any(cell.strip() for cell in cells[len(order) :]):
        zh = "这一行的格子比标题多，可能是多了逗号。"
        faults.append(Fault(sheet.file, line, "", zh, "This row has more cells than the heading; perhaps a comma too many."))
    signed = {column.name for column in table.columns if column.signed}
    row = Row(line, {})
    for name, cell in zip(order, cells + [""] * (len(order) - len(cells)), strict=False):
        try:
            if name:
                row.cells[name] = clean(cell, signed=name in signed)
        except Bad as bad:
            faults.append(Fault(sheet.file, line, sheet.headings[name], bad.zh, bad.en))
    sheet.rows.append(row)


def _complain_of_absent(path: Path, seen: set[str], faults: list[Fault]) -> None:
    for name, table in TABLES.items():
        if name not in seen and not table.may_be_absent:
            zh = f"缺少“{table.zh}”（{name}）这张表。没有内容也请放一份只有标题的。"
            en = f"The table {name} is absent. If it has no rows, put one with its headings only."
            faults.append(Fault(path.name, 1, name, zh, en))
