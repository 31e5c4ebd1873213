"""However a list was saved, it means the same."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from chalicelib.register import records
from chalicelib.register.rules import Register
from chalicelib.store.memory import MemoryStore
from infra.importing.check import Checked, check
from infra.importing.faults import Unreadable
from infra.importing.read import read
from infra.importing.text import decode, plain
from infra.importing.workbook import as_text
from tests.builders import DAY
from tests.importing.lists import GOOD, as_csv, import_into, in_chinese, rows, save, spoiled


def checked(path: Path) -> Checked:
    return check(read(path), DAY)


@pytest.fixture
def expected(tmp_path: Path) -> Register:
    found = checked(save(tmp_path / "plain", GOOD))
    assert found.register is not None, found.faults
    return found.register


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_gives_the_same_register(tmp_path: Path, expected: Register, encoding: str) -> None:
    assert checked(save(tmp_path / "x", GOOD, encoding)).register == expected


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_separators_of_other_programs(tmp_path: Path, expected: Register, separator: str) -> None:
    lists = {table: as_csv(rows(text), separator) for table, text in GOOD.items()}
    assert checked(save(tmp_path / "x", lists, "utf-16")).register == expected


def test_chinese_headings_and_file_names(tmp_path: Path, expected: Register) -> None:
    assert checked(save(tmp_path / "x", in_chinese(GOOD), "gbk")).register == expected


def test_both_languages_in_one_heading(tmp_path: Path, expected: Register) -> None:
    lists = {**GOOD, "buildings": GOOD["buildings"].replace("building,name", "楼栋* building,名称（name）")}
    assert checked(save(tmp_path / "x", lists)).register == expected


def test_columns_may_come_in_any_order_with_notes_between_and_old_line_ends(tmp_path: Path, expected: Register) -> None:
    flipped = as_csv([[*reversed(row), "备注" if number == 0 else "=随便写"] for number, row in enumerate(rows(GOOD["homes"]))])
    assert checked(save(tmp_path / "x", {**GOOD, "homes": flipped.replace("\n", "\r\n")})).register == expected
    assert checked(save(tmp_path / "y", {**GOOD, "homes": flipped.replace("\n", "\r")})).register == expected


@pytest.mark.parametrize("chinese", [False, True])
def test_a_workbook_gives_the_same_register(tmp_path: Path, expected: Register, chinese: bool) -> None:
    assert checked(workbook(tmp_path / "x.xlsx", in_chinese(GOOD) if chinese else GOOD)).register == expected


def workbook(path: Path, lists: dict[str, str]) -> Path:
    """As Excel keeps it: numbers as numbers, dates as dates, times as times."""
    book = Workbook()
    book.remove(book.active)
    book.create_sheet("读我").append(["这是说明"])
    for table, text in lists.items():
        sheet = book.create_sheet(table)
        for row in rows(text):
            sheet.append([as_excel_types(cell) for cell in row])
    book.save(path)
    return path


def as_excel_types(cell: str) -> object:
    if cell.isdigit():
        return float(cell)
    if cell == "10:00":
        return time(10)
    try:
        return datetime.fromisoformat(cell) if cell.count("-") == 2 else cell or None
    except ValueError:
        return cell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3, "3"),
        (3.0, "3"),
        (13800000001.0, "13800000001"),
        (0.5, "0.5"),
        (True, "TRUE"),
        (datetime(2026, 11, 22), "2026-11-22"),  # noqa: DTZ001
        (datetime(2026, 11, 22, 9, 30), "2026-11-22 09:30"),  # noqa: DTZ001
        (date(2026, 11, 22), "2026-11-22"),
        (time(7, 5), "07:05"),
        (timedelta(days=1), "24:00"),
        (object(), "="),
    ],
)
def test_excel_values_as_text(value: object, text: str) -> None:
    assert as_text(value) == text


def test_a_formula_in_a_workbook_is_refused_whatever_it_showed(tmp_path: Path) -> None:
    found = checked(workbook(tmp_path / "x.xlsx", spoiled("people", 3, "phone", '=HYPERLINK("http://x")')))
    assert [(fault.file, fault.line, fault.column) for fault in found.faults] == [("x.xlsx[people]", 3, "phone")]


@pytest.mark.parametrize(
    ("table", "line", "column", "written"),
    [
        ("homes", 2, "home", "１－３０１"),
        ("homes", 2, "home", "1栋301室"),
        ("homes", 2, "home", "　1–301\u200b "),
        ("homes", 2, "building", "1号楼"),
        ("homes", 2, "floor", "３层"),
        ("homes", 2, "tier", "红色"),
        ("homes", 2, "tier", "RED"),
        ("homes", 3, "moved_in", "2020/5/1"),
        ("homes", 3, "moved_in", "2020年5月1日"),
        ("homes", 3, "moved_in", "２０２０．５．１"),
        ("homes", 5, "isolation_from", "2026-11-20"),
        ("homes", 5, "isolation_from", "今天-2"),
        ("homes", 5, "isolation_to", "TODAY + 11"),
        ("homes", 3, "grid", "g1"),
        ("people", 3, "facts", "慢性病、行动不便"),
        ("people", 3, "facts", "慢病；行动不便；慢性病"),
        ("people", 3, "born", "1950年"),
        ("people", 3, "phone", "０５７１－００００　２００２"),
        ("staff", 2, "username", "Anheli.Wang"),
        ("staff", 2, "roles", "管家"),
        ("staff", 2, "buildings", "1栋,3栋"),
        ("policy", 5, "value", "１０：００"),
        ("policy", 5, "key", "报平安截止"),
        ("devices", 2, "thing", "ANHELI-GW1"),
    ],
)
def test_ways_of_writing_the_same_thing(tmp_path: Path, expected: Register, table: str, line: int, column: str, written: str) -> None:
    found = checked(save(tmp_path / "x", spoiled(table, line, column, written)))
    assert found.register == expected, found.faults


def test_what_the_register_holds(expected: Register) -> None:
    anna = expected.home_by_id["3-502"]
    assert [person.name for person in anna.people] == ["安娜", "小安"]
    assert anna.isolated_on(date(2026, 11, 20)) and anna.isolated_on(date(2026, 12, 3)) and not anna.isolated_on(date(2026, 12, 4))
    assert expected.home_by_id["1-302"].grid == "g1", "a home without a grid takes its floor's"
    assert expected.home_by_id["1-302"].people[0].born == 1950, "of a birthday only the year is kept"
    assert expected.grids[0].volunteers == ("v1",)
    assert expected.policy.robots == {"duty": "wecombot://sample-duty"}


def test_what_is_left_unread_is_said(tmp_path: Path) -> None:
    folder = save(tmp_path / "x", {**GOOD, "people (1)": "x\n"})
    (folder / "readme.txt").write_text("x")
    assert checked(folder).notes == ["people (1).csv：没有用到 / not used"]


@pytest.mark.parametrize("name", ["absent", "empty", "list.xls", "broken.xlsx", "one.csv"])
def test_nothing_to_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    for file in ("list.xls", "broken.xlsx", "one.csv"):
        (tmp_path / file).write_text("x")
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / name)
    assert refused.value.zh.endswith("。") and refused.value.en.endswith(".")


def test_a_workbook_with_a_damaged_sheet_is_told_as_such(tmp_path: Path) -> None:
    whole, damaged = workbook(tmp_path / "x.xlsx", GOOD), tmp_path / "y.xlsx"
    with ZipFile(whole) as source, ZipFile(damaged, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data[: len(data) // 2] if name.endswith("sheet6.xml") else data)
    faults = checked(damaged).faults
    assert "cannot be opened" in faults[0].en and faults[0].file.startswith("y.xlsx[")


def test_bytes_in_no_known_encoding() -> None:
    with pytest.raises(Unreadable):
        decode(b"\xff\xff\xff\x81")


def test_plain_turns_every_dash_into_one() -> None:
    assert plain("１–３０１—２−３－４") == "1-301-2-3-4"


def test_a_blob_is_read_back_as_it_was(tmp_path: Path) -> None:
    store = MemoryStore()
    result = import_into(store, tmp_path / "x", GOOD)
    assert result.register is not None
    assert records.load(store, result.register.compound) == result.register
