"""Every bad row is named with its file, line, column and what is wrong; and nothing is written."""

import re
from pathlib import Path

import pytest

from infra.importing.check import Checked, check
from infra.importing.read import read
from infra.importing.run import Outcome
from infra.importing.tables import TABLES
from tests.builders import DAY
from tests.importing.lists import GOOD, FailingStore, as_csv, import_into, rows, save, spoiled, with_row

LONG = "长" * 41

CELLS = [
    ("policy", 2, "value", "Anheli", "lower-case"),
    ("policy", 2, "value", "", "compound is needed"),
    ("policy", 2, "value", "qinghe", None),
    ("policy", 3, "value", LONG, "Too long"),
    ("policy", 4, "value", "打给我", "phone number"),
    ("policy", 4, "key", "duty_fone", "Unknown key"),
    ("policy", 5, "value", "25:00", "written 10:00"),
    ("policy", 5, "value", "00:00", "before self_report_closes"),
    ("policy", 5, "value", "上午十点", "written 10:00"),
    ("policy", 6, "value", "wecombot://密钥", "wecombot://KEY"),
    ("policy", 6, "key", "duty_phone", "The same"),
    ("policy", 6, "key", "值班电话", "same key as in line 4"),
    ("buildings", 2, "building", "A栋-1", "8 letters"),
    ("buildings", 2, "name", "", "blank"),
    ("buildings", 3, "building", "1", "line 2"),
    ("grids", 2, "grid", "网格一", "letters, digits"),
    ("grids", 3, "grid", "G1", "line 2"),
    ("grids", 2, "coordinator", "anheli.nobody", "staff has no “anheli.nobody”"),
    ("grids", 2, "coordinator", "anheli.wang", "role coordinator"),
    ("grids", 2, "coordinator", "anheli", "no username"),
    ("floors", 2, "floor", "0", "whole number"),
    ("floors", 2, "floor", "3.5", "whole number"),
    ("floors", 2, "building", "9", "buildings has no"),
    ("floors", 2, "grid", "g9", "grids has no"),
    ("homes", 2, "home", "301", "is no home"),
    ("homes", 2, "home", "3-301", "begin with its building"),
    ("homes", 2, "home", "2026-03-01", "Excel has made a date"),
    ("homes", 2, "home", "", "blank"),
    ("homes", 3, "home", "1-301", "line 2"),
    ("homes", 2, "building", "9", "buildings has no"),
    ("homes", 2, "floor", "4", "no floor 4"),
    ("homes", 2, "grid", "g9", "grids has no"),
    ("homes", 2, "tier", "紫", "Unknown word"),
    ("homes", 2, "household", "", "no household code"),
    ("homes", 2, "household", "张三家", "letters, digits"),
    ("homes", 3, "moved_in", "2026-13-01", "not a date"),
    ("homes", 3, "moved_in", "05/01/2020", "not a date"),
    ("homes", 3, "moved_in", "tomorrow", "not a date"),
    ("homes", 3, "moved_in", "today+1", "not come yet"),
    ("homes", 5, "isolation_to", "", "its first and its last"),
    ("homes", 5, "isolation_from", "", "its first and its last"),
    ("homes", 5, "isolation_to", "today-3", "ends before"),
    ("homes", 5, "isolation_to", "today+200", "more than 90 days"),
    ("homes", 2, "steward", "anheli.nobody", "staff has no"),
    ("homes", 2, "steward", "anheli.liu", "role steward"),
    ("homes", 2, "volunteer", "v9", "volunteers has no"),
    ("people", 2, "person", "p 1", "letters, digits"),
    ("people", 3, "person", "p1", "line 2"),
    ("people", 2, "home", "1-999", "homes has no “1-999”"),
    ("people", 2, "name", "", "blank"),
    ("people", 2, "name", LONG, "Too long"),
    ("people", 2, "name", "云\x07当归", "control character"),
    ("people", 2, "name", "云\n当归", "line break"),
    ("people", 2, "name", "云�归", "was lost"),
    ("people", 2, "name", "云?归", "rare character"),
    ("people", 2, "name", "=1+1", "formula"),
    ("people", 2, "name", "＝1+1", "formula"),
    ("people", 2, "name", "@SUM(A1)", "formula"),
    ("people", 2, "name", "+cmd|' /C calc'!A0", "formula"),
    ("people", 2, "name", "-1", "formula"),
    ("people", 2, "phone", "=1+1", "formula"),
    ("people", 2, "phone", "+cmd|' /C calc'!A0", "phone number"),
    ("people", 2, "phone", "1.38E+10", "Excel has shortened"),
    ("people", 2, "phone", "12", "phone number"),
    ("people", 2, "phone", "138000000010000000000000", "phone number"),
    ("people", 2, "phone", "#N/A", "error message of Excel"),
    ("people", 2, "born", "1890", "year of birth"),
    ("people", 2, "born", "2027", "year of birth"),
    ("people", 2, "born", "八十岁", "is written 1950"),
    ("people", 2, "facts", "lives_alone;rich", "Unknown word"),
    ("volunteers", 2, "phone", "", "blank"),
    ("volunteers", 2, "grid", "g9", "grids has no"),
    ("volunteers", 2, "home", "1-999", "homes has no"),
    ("staff", 2, "username", "anheli.王", "no username"),
    ("staff", 4, "username", "qinghe.kela", "begin with this compound"),
    ("staff", 3, "username", "anheli.wang", "line 2"),
    ("staff", 2, "roles", "", "blank"),
    ("staff", 4, "roles", "manager;king", "Unknown word"),
    ("staff", 3, "grids", "g1;g9", "grids has no “g9”"),
    ("staff", 2, "buildings", "1;7", "buildings has no “7”"),
    ("devices", 2, "thing", "gw1", "no gateway"),
    ("devices", 2, "thing", "qinghe-gw1", "begin with this compound"),
    ("devices", 2, "sensor", "door//3", "sensor's name"),
    ("devices", 3, "sensor", "door-3-502", "line 2"),
    ("devices", 2, "home", "3-999", "homes has no"),
    ("devices", 2, "kind", "zwave", "Unknown word"),
]


def faults_of(tmp_path: Path, lists: dict[str, str]) -> Checked:
    return check(read(save(tmp_path / "x", lists)), DAY)


@pytest.mark.parametrize(("table", "line", "column", "value", "says"), CELLS)
def test_a_bad_cell(tmp_path: Path, table: str, line: int, column: str, value: str, says: str | None) -> None:
    found = faults_of(tmp_path, spoiled(table, line, column, value))
    assert found.register is None
    if says is None:  # a wrong compound id shows where names do not begin with it
        assert {fault.file for fault in found.faults} == {"staff.csv", "devices.csv"}
        return
    here = [fault for fault in found.faults if fault.file == f"{table}.csv" and says in fault.en]
    # A row whose key is wrong may be told at the row that repeats it, or the one that misses it.
    assert here, found.faults
    assert here[0].line == line
    assert here[0].column in (column, "key", "value", "isolation_from", "isolation_to", "home", "sensor")
    assert here[0].zh and here[0].zh[-1] in "。”.", here[0].zh


@pytest.mark.parametrize(("table", "line", "column", "value", "says"), CELLS)
def test_the_sentence_points_at_the_very_cell(tmp_path: Path, table: str, line: int, column: str, value: str, says: str | None) -> None:
    """One line to read: file, line and column, first in Chinese, then in English."""
    first = str(faults_of(tmp_path, spoiled(table, line, column, value)).faults[0])
    assert re.match(r"\w+\.csv 第 \d+ 行(「\w+」)?：.+\n    line \d+(, column \w+)?: .+", first), first


def test_all_faults_of_a_book_are_told_at_once(tmp_path: Path) -> None:
    lists = {table: text for name in ("people", "devices") for table, text in spoiled(name, 2, "home", "9-999").items() if table == name}
    found = faults_of(tmp_path, {**GOOD, **lists, "staff": spoiled("staff", 2, "roles", "king")["staff"]})
    assert [(fault.file, fault.line, fault.column) for fault in found.faults] == [
        ("people.csv", 2, "home"),
        ("staff.csv", 2, "roles"),
        ("devices.csv", 2, "home"),
    ]


@pytest.mark.parametrize("table", [name for name, table in TABLES.items() if not table.may_be_absent])
def test_an_absent_table(tmp_path: Path, table: str) -> None:
    """One sentence about the table, and none about everything that refers to it."""
    found = faults_of(tmp_path, {name: text for name, text in GOOD.items() if name != table})
    assert [(fault.column, fault.en[:9]) for fault in found.faults] == [(table, "The table")]


def test_places_may_be_left_out(tmp_path: Path) -> None:
    assert not faults_of(tmp_path, {name: text for name, text in GOOD.items() if name != "places"}).faults


@pytest.mark.parametrize(("table", "column"), [(name, column) for name, table in TABLES.items() for column in table.columns])
def test_an_absent_column(tmp_path: Path, table: str, column: object) -> None:
    name = column.name  # type: ignore[attr-defined]
    kept = [position for position, heading in enumerate(rows(GOOD[table])[0]) if heading != name]
    lists = {**GOOD, table: as_csv([[row[position] for position in kept] for row in rows(GOOD[table])])}
    found = faults_of(tmp_path, lists)
    if column.may_be_absent:  # type: ignore[attr-defined]
        assert not found.faults
        return
    assert (found.faults[0].file, found.faults[0].line, found.faults[0].column) == (f"{table}.csv", 1, name)
    assert "absent" in found.faults[0].en


@pytest.mark.parametrize(
    ("heading", "says"),
    [("hosehold", "Did you mean household?"), ("张三", "no such column"), ("home", "there twice"), ("户口", "no such column")],
)
def test_an_unknown_column(tmp_path: Path, heading: str, says: str) -> None:
    lists = {**GOOD, "homes": as_csv([[*row, heading if number == 0 else "x"] for number, row in enumerate(rows(GOOD["homes"]))])}
    found = faults_of(tmp_path, lists)
    assert [(fault.line, fault.column) for fault in found.faults] == [(1, "L")]
    assert says in found.faults[0].en
    assert "张三" not in str(found.faults[0]), "a heading that is not known may be somebody's name"


def test_a_comma_too_many(tmp_path: Path) -> None:
    found = faults_of(tmp_path, with_row("buildings", "4", "四号楼", "", "多"))
    assert [(fault.file, fault.line) for fault in found.faults] == [("buildings.csv", 4)]


def test_an_open_quotation_mark_names_its_line(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {**GOOD, "buildings": 'building,name\n1,一号楼\n3,"三号楼\n'})
    assert "line 3" in found.faults[0].en


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    lists = {**GOOD, "buildings": 'building,name\n\n1,"一\n号楼"\n\n3,\n'}
    assert [(fault.line, fault.column) for fault in faults_of(tmp_path, lists).faults if fault.file == "buildings.csv"] == [
        (3, "name"),
        (6, "name"),
    ]


def test_the_same_table_twice(tmp_path: Path) -> None:
    found = faults_of(tmp_path, {**GOOD, "楼栋": GOOD["buildings"]})
    assert "there twice" in found.faults[0].en


def test_no_robot_is_a_note_not_a_fault(tmp_path: Path) -> None:
    found = faults_of(tmp_path, spoiled("policy", 6, "value", ""))
    assert found.register is not None and "robot.duty" in found.notes[0]


def test_people_in_a_vacant_home(tmp_path: Path) -> None:
    found = faults_of(tmp_path, with_row("people", "p9", "3-501", "无名", "", "", ""))
    assert [(fault.file, fault.line, fault.column) for fault in found.faults] == [("homes.csv", 4, "household")]


def test_a_steward_outside_her_scope(tmp_path: Path) -> None:
    found = faults_of(tmp_path, spoiled("staff", 2, "buildings", "1"))
    assert [(fault.file, fault.line, fault.column) for fault in found.faults] == [("homes.csv", 5, "steward")]


def test_isolation_of_a_vacant_home(tmp_path: Path) -> None:
    lists = spoiled("homes", 4, "isolation_from", "today")
    lists["homes"] = lists["homes"].replace("today,,", "today,today+3,")
    assert [(fault.line, fault.column) for fault in faults_of(tmp_path, lists).faults] == [(4, "isolation_from")]


def test_one_bad_row_means_nothing_is_written(tmp_path: Path) -> None:
    store = FailingStore()
    result = import_into(store, tmp_path / "x", spoiled("people", 2, "phone", "x"))
    assert result.outcome is Outcome.REFUSED and not store.writes and not store.everything()


@pytest.mark.parametrize(("table", "line", "column", "value", "says"), CELLS)
def test_no_sentence_repeats_a_name_or_a_phone(tmp_path: Path, table: str, line: int, column: str, value: str, says: str | None) -> None:
    """Not even where a whole row has slipped by one column."""
    slipped = rows(GOOD["people"])
    slipped[1] = ["", *slipped[1][:-1]]
    told = "".join(map(str, faults_of(tmp_path, {**spoiled(table, line, column, value), "people": as_csv(slipped)}).faults))
    for secret in ("云当归", "山茯苓", "老周", "王管家", "0571", "13800", "sample-duty"):
        assert secret not in told
