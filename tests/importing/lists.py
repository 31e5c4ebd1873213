"""A small compound as its owner would fill it in, to be spoiled one cell at a time and saved in every way people save lists."""

import csv
import io
from datetime import datetime
from pathlib import Path

from chalicelib.store.contract import Change, Item
from chalicelib.store.memory import MemoryStore
from infra.importing.run import Result, bring_in
from infra.importing.tables import TABLES
from tests.builders import moment

NOW = moment("12:00")
GOOD = {
    "policy": """key,value
compound,anheli
name,安和里小区
duty_phone,0571-0000 1234
self_report_closes,10:00
robot.duty,wecombot://sample-duty
""",
    "buildings": "building,name,zone\n1,一号楼,一期\n3,三号楼,\n",
    "grids": "grid,name,coordinator\ng1,一网格,anheli.liu\ng2,二网格,anheli.liu\n",
    "floors": "building,floor,group,grid\n1,3,1 栋 3 层群,g1\n3,5,3 栋 5 层群,g2\n",
    "homes": """home,building,floor,grid,tier,household,moved_in,isolation_from,isolation_to,steward,volunteer
1-301,1,3,g1,red,H1,,,,anheli.wang,v1
1-302,1,3,,yellow,H2,2020-05-01,,,,
3-501,3,5,g2,green,,,,,,
3-502,3,5,g2,green,H3,,today-2,today+11,anheli.wang,
""",
    "people": """person,home,name,phone,born,facts
p1,1-301,云当归,0571-0000 2001,1938,lives_alone
p2,1-302,山茯苓,0571-0000 2002,1950-03-04,chronic;mobility
p3,3-502,安娜,0571-0000 2003,1990,
p4,3-502,小安,,2019,
""",
    "volunteers": "volunteer,name,phone,grid,home\nv1,老周,0571-0000 2002,g1,1-302\n",
    "staff": """username,name,phone,roles,grids,buildings
anheli.wang,王管家,0571-0000 1301,steward,,1;3
anheli.liu,刘组长,0571-0000 1302,coordinator,g1;g2,
anheli.chen,陈经理,,manager;steward,,
""",
    "devices": "thing,sensor,home,kind\nanheli-gw1,door-3-502,3-502,zigbee2mqtt\nanheli-gw1,door-1-302,1-302,zigbee2mqtt\n",
    "places": "place,kind,name,building,grid\nS3,shelf,三栋货架,3,g2\nW1,垃圾点,东垃圾点,,\n",
    "goods": "good,name,measure,least,target,keeper,front\nmask,口罩,个,200,600,anheli.wang,\nsoap,洗衣液,瓶,,,,否\n",
    "rewards": "reward,name,points,good,amount\nsoap,洗衣液一瓶,8,soap,\nhousework,家政一小时,15,,\n",
}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def spoiled(table: str, line: int, column: str, value: str) -> dict[str, str]:
    """The good lists with one cell changed. ``line`` as an editor counts, headings being line 1."""
    changed = rows(GOOD[table])
    changed[line - 1][changed[0].index(column)] = value
    return {**GOOD, table: as_csv(changed)}


def with_row(table: str, *cells: str) -> dict[str, str]:
    return {**GOOD, table: as_csv([*rows(GOOD[table]), list(cells)])}


def as_csv(cells: list[list[str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(cells)
    return out.getvalue()


def save(folder: Path, lists: dict[str, str], encoding: str = "utf-8") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for table, text in lists.items():
        (folder / f"{table}.csv").write_bytes(text.encode(encoding))
    return folder


def in_chinese(lists: dict[str, str]) -> dict[str, str]:
    """The same lists under Chinese names: file names and headings."""
    changed = {}
    for table, text in lists.items():
        headings = {column.name: column.zh for column in TABLES[table].columns}
        first, *rest = rows(text)
        changed[TABLES[table].zh] = as_csv([[headings[name] for name in first], *rest])
    return changed


def import_into(store: MemoryStore, folder: Path, lists: dict[str, str], now: datetime = NOW, **options: bool) -> Result:
    return bring_in(save(folder, lists), store, now, lambda line: None, **options)


class Broken(Exception):
    """The power went."""


class FailingStore(MemoryStore):
    """Counts writes, and fails at one of them: before it is done, or just after."""

    def __init__(self, fail_at: int = 0, after: bool = False) -> None:
        super().__init__()
        self.fail_at, self.after, self.writes = fail_at, after, 0

    def write(self, *changes: Change) -> None:
        self.writes += 1
        if self.writes == self.fail_at and not self.after:
            raise Broken
        super().write(*changes)
        if self.writes == self.fail_at:
            raise Broken

    def everything(self) -> list[Item]:
        return sorted(self._items.values(), key=lambda item: (item["pk"], item["sk"]))
