"""What a compound's lists are made of: every table, its columns in both languages, how a cell is read and what it refers to."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from infra.importing import cells, heating, helping, promises
from infra.importing.cells import many, one_of, words
from infra.importing.columns import Column, Table
from infra.importing.words import FACTS, KINDS, PLACES, ROLES, TIERS, YES

IGNORED = ("note", "remark", "备注", "说明")

NAME = words(40)

TABLES = {
    "policy": Table(
        "政策",
        ("key",),
        (Column("key", "项目", cells.as_is), Column("value", "值", cells.as_is, "", signed=True)),
    ),
    "buildings": Table(
        "楼栋",
        ("building",),
        (
            Column("building", "楼栋", cells.building),
            Column("name", "名称", NAME),
            Column("zone", "片区", NAME, "", may_be_absent=True),
        ),
    ),
    "grids": Table(
        "网格",
        ("grid",),
        (
            Column("grid", "网格", cells.ident),
            Column("name", "名称", NAME),
            Column("coordinator", "协调员", cells.username, refers="staff"),
        ),
    ),
    "floors": Table(
        "楼层",
        ("building", "floor"),
        (
            Column("building", "楼栋", cells.building, refers="buildings"),
            Column("floor", "楼层", cells.floor, signed=True),
            Column("group", "楼层群", NAME),
            Column("grid", "网格", cells.ident, refers="grids"),
        ),
    ),
    "homes": Table(
        "房屋",
        ("home",),
        (
            Column("home", "房号", cells.home_id),
            Column("building", "楼栋", cells.building, refers="buildings"),
            Column("floor", "楼层", cells.floor, signed=True),
            Column("grid", "网格", cells.ident, "", refers="grids"),
            Column("tier", "分档", one_of(TIERS), "green"),
            Column("household", "户号", cells.ident, ""),
            Column("moved_in", "入住日期", cells.past_day, None, may_be_absent=True),
            Column("isolation_from", "隔离开始", cells.day, None),
            Column("isolation_to", "隔离结束", cells.day, None),
            Column("steward", "管家", cells.username, "", refers="staff"),
            Column("volunteer", "志愿者", cells.ident, "", refers="volunteers"),
            Column("riser", "立管", heating.pipe, "", may_be_absent=True),
            Column("line_end", "供暖末端", heating.pipe, "", may_be_absent=True),
        ),
        10_000,
    ),
    "people": Table(
        "人员",
        ("person",),
        (
            Column("person", "人员编号", cells.ident),
            Column("home", "房号", cells.home_id, refers="homes"),
            Column("name", "姓名", cells.person_name),
            Column("phone", "电话", cells.phone, "", signed=True),
            Column("born", "出生年", cells.birth_year, 0),
            Column("facts", "情况", many(one_of(FACTS)), ()),
        ),
    ),
    "volunteers": Table(
        "志愿者",
        ("volunteer",),
        (
            Column("volunteer", "志愿者", cells.ident),
            Column("name", "姓名", cells.person_name),
            Column("phone", "电话", cells.phone, signed=True),
            Column("grid", "网格", cells.ident, refers="grids"),
            Column("home", "房号", cells.home_id, "", refers="homes"),
            Column("skills", "特长", helping.skills, (), may_be_absent=True),
            Column("times", "空闲", helping.times, (), may_be_absent=True),
        ),
        5_000,
    ),
    "staff": Table(
        "员工",
        ("username",),
        (
            Column("username", "用户名", cells.username),
            Column("name", "姓名", cells.person_name),
            Column("phone", "电话", cells.phone, "", signed=True),
            Column("roles", "角色", many(one_of(ROLES))),
            Column("grids", "负责网格", many(cells.ident), (), refers="grids"),
            Column("buildings", "负责楼栋", many(cells.building), (), refers="buildings"),
        ),
        1_000,
    ),
    "devices": Table(
        "设备",
        ("thing", "sensor"),
        (
            Column("thing", "网关", cells.thing),
            Column("sensor", "传感器", cells.sensor),
            Column("home", "房号", cells.home_id, refers="homes"),
            Column("kind", "类型", one_of(KINDS)),
        ),
        10_000,
    ),
    "places": Table(
        "地点",
        ("place",),
        (
            Column("place", "地点", cells.ident),
            Column("kind", "类型", one_of(PLACES)),
            Column("name", "名称", NAME),
            Column("building", "楼栋", cells.building, "", refers="buildings"),
            Column("grid", "网格", cells.ident, "", refers="grids"),
        ),
        1_000,
        may_be_absent=True,
    ),
    "goods": Table(
        "物资",
        ("good",),
        (
            Column("good", "物资", cells.ident),
            Column("name", "名称", NAME),
            Column("measure", "单位", words(8), ""),
            Column("least", "最少", promises.whole(0, 100_000), 0),
            Column("target", "目标", promises.whole(0, 100_000), 0),
            Column("keeper", "保管人", cells.username, "", refers="staff"),
            Column("front", "先保一线", one_of(YES), "yes"),
        ),
        200,
        may_be_absent=True,
    ),
    "rewards": Table(
        "兑换",
        ("reward",),
        (
            Column("reward", "兑换", cells.ident),
            Column("name", "名称", NAME),
            Column("points", "积分", promises.whole(1, 10_000)),
            Column("good", "物资", cells.ident, "", refers="goods"),
            Column("amount", "数量", promises.whole(1, 1_000), 1),
        ),
        100,
        may_be_absent=True,
    ),
}

DATED = (cells.day, cells.past_day, cells.birth_year)


def reader(column: Column, today: date) -> Callable[[str], Any]:
    """How to read a cell of this column on this day."""
    return partial(column.read, today=today) if column.read in DATED else column.read


def table_named(said: str) -> str | None:
    """The table a file or sheet is, by its name in either language."""
    said = said.strip().lower()
    return next((name for name, table in TABLES.items() if said in (name, table.zh)), None)
