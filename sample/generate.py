"""The sample compounds as import folders: ``python -m sample.generate OUT``. The same bytes at every run, on every machine."""

import csv
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from sample.goods import GOODS, REWARDS
from sample.names import child, key, name, phone, pick
from sample.plans import ISOLATION_DAYS, PLANS, Grid, Plan

HEADINGS = {
    "policy": "项目 key,值 value,备注 note",
    "buildings": "楼栋 building,名称 name",
    "grids": "网格 grid,名称 name,协调员 coordinator",
    "floors": "楼栋 building,楼层 floor,楼层群 group,网格 grid",
    "homes": "房号 home,楼栋 building,楼层 floor,网格 grid,分档 tier,户号 household,入住日期 moved_in,"
    "隔离开始 isolation_from,隔离结束 isolation_to,管家 steward,志愿者 volunteer",
    "people": "人员编号 person,房号 home,姓名 name,电话 phone,出生年 born,情况 facts",
    "volunteers": "志愿者 volunteer,姓名 name,电话 phone,网格 grid,房号 home",
    "staff": "用户名 username,姓名 name,电话 phone,角色 roles,负责网格 grids,负责楼栋 buildings",
    "devices": "网关 thing,传感器 sensor,房号 home,类型 kind",
    "places": "地点 place,类型 kind,名称 name,楼栋 building,网格 grid",
    "goods": "物资 good,名称 name,单位 measure,最少 least,目标 target,保管人 keeper,先保一线 front",
    "rewards": "兑换 reward,名称 name,积分 points,物资 good,数量 amount",
}
Row = tuple[object, ...]


class Compound:
    """A plan turned into rows. Homes come in the order of buildings, floors and doors; phones count up as people appear."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.homes = [
            f"{building}-{floor}{door:02}"
            for building in range(1, plan.buildings + 1)
            for floor in range(1, plan.floors + 1)
            for door in range(1, plan.doors + 1)
        ]
        phones = count(plan.first_phone)
        self.people = {home: list(self._family(home, phones)) for home in self.homes if home not in plan.vacant}
        self.volunteers = {grid.id: self._volunteers_of(grid) for grid in plan.grids}

    def tables(self) -> dict[str, list[Row]]:
        return {
            "policy": list(self._policy()),
            "buildings": [(building, f"{building} 号楼") for building in range(1, self.plan.buildings + 1)],
            "grids": [(grid.id, grid.name, self._username(f"grid{number}")) for number, grid in enumerate(self.plan.grids, 1)],
            "floors": [
                (grid.building, floor, f"{grid.building} 栋 {floor} 层群", grid.id) for grid in self.plan.grids for floor in grid.floors
            ],
            "homes": [self._home(home) for home in self.homes],
            "people": [person for family in self.people.values() for person in family],
            "volunteers": [row for rows in self.volunteers.values() for row in rows],
            "staff": list(self._staff()),
            "devices": [*self._doors(), *self._thermometers()],
            "places": list(self._places()),
            "goods": list(self._goods()),
            "rewards": list(REWARDS),
        }

    def _policy(self) -> Iterator[Row]:
        yield "compound", self.plan.compound, "小区编号，定了不要改"
        yield "name", self.plan.name, "小区名称"
        yield "duty_phone", phone(1234), "24 小时值班电话"
        yield "emergency_phone", phone(6120), "急诊绿色通道"
        yield "test_site", self.plan.test_site, "采样点和时间"
        yield "self_report_opens", "00:00", "报平安从几点开始"
        yield "self_report_closes", "10:00", "几点没报算没报"
        yield "self_report_tiers", "绿", "哪些分档要自己报平安，用分号隔开"
        yield "plan.goods_visit.every", 28, "每几天上门慰问一次，送米面油"
        yield "refill.lift", "tissue", "电梯里补抽纸"
        yield "open311", "30.25,120.15", "开放接口：小区在地图上的位置"
        yield "robot.duty", f"wecombot://sample-duty-{self.plan.compound}", "值班群的企业微信机器人"
        yield f"robot.{self._username('manager')}", f"dingtalk://sample-secret@sample-manager-{self.plan.compound}/", "经理的钉钉机器人"
        yield f"robot.{self._username('grid1')}", f"feishu://sample-secret@sample-grid1-{self.plan.compound}", "网格长的飞书机器人"
        for grid in self.plan.grids:
            for floor in grid.floors:
                yield (
                    f"robot.{grid.building} 栋 {floor} 层群",
                    f"wecombot://{key(self.plan.compound, grid.building, floor)}",
                    "楼层群机器人",
                )

    def _doors(self) -> Iterator[Row]:
        return ((self.plan.gateways[_building(home)], f"door-{home}", home, "zigbee2mqtt") for home in self.plan.isolated)

    def _thermometers(self) -> Iterator[Row]:
        homes = [(thing, home) for thing, measured in self.plan.thermometers.items() for home in measured]
        return ((thing, f"warm-{home}", home, "zigbee2mqtt-temperature") for thing, home in homes)

    def _places(self) -> Iterator[Row]:
        """Of every building a shelf, a lobby, a lift and its stairs; of the compound a gate, waste points, fitness gear and a depot."""
        for building in range(1, self.plan.buildings + 1):
            grids = [grid.id for grid in self.plan.grids if grid.building == building]
            yield f"S{building}", "货架", f"{building} 栋货架", building, grids[0]
            yield f"H{building}", "大堂", f"{building} 栋大堂", building, grids[0]
            yield f"L{building}", "电梯", f"{building} 栋电梯", building, grids[-1]
            yield from ((f"T{building}-{part}", "楼梯", f"{building} 栋楼梯", building, grid) for part, grid in enumerate(grids, 1))
        yield "G1", "大门", "东门外存放区", "", ""
        yield "W1", "垃圾点", "东垃圾点", "", self.plan.grids[0].id
        yield "F1", "健身器材", "中心花园健身器材", "", self.plan.grids[-1].id
        yield "D1", "仓库", "物业仓库", "", ""
        yield "D2", "储备库", "应急储备库", "", ""

    def _goods(self) -> Iterator[Row]:
        return ((*goods, self._username("steward1"), front) for *goods, front in GOODS)

    def _family(self, home: str, phones: "count[int]") -> Iterator[Row]:
        """The first is the one to call."""
        plan = self.plan
        if home in plan.red:
            yield self._person(home, 1, phones, pick(range(1931, 1944), plan.compound, home), "独居")
            return
        elder = home in plan.yellow
        yield self._person(home, 1, phones, pick(range(1946, 1962) if elder else range(1962, 1996), plan.compound, home), "慢性病" * elder)
        for number in range(2, 2 + pick((0, 1, 1, 2, 2, 3), "size", plan.compound, home)):
            child = number > 2
            born = pick(range(2008, 2025) if child else range(1958, 1996), plan.compound, home, number)
            yield self._person(home, number, None if child else phones, born, "")

    def _person(self, home: str, number: int, phones: "count[int] | None", born: int, facts: str) -> Row:
        who = (
            name(self.plan.compound, home, number) if phones else child(name(self.plan.compound, home, 1), self.plan.compound, home, number)
        )
        return f"p-{home}-{number}", home, who, phone(next(phones)) if phones else "", born, facts

    def _volunteers_of(self, grid: Grid) -> list[Row]:
        """Neighbours of the grid from homes that need no care themselves, spread over it."""
        plan = self.plan
        able = [home for home in self.homes if self._grid(home) == grid and self._tier(home) == "绿"]
        able = [home for home in able if home not in plan.isolated and home not in plan.vacant]
        chosen = [able[number * len(able) // grid.volunteers] for number in range(grid.volunteers)]
        return [(f"v-{home}", self.people[home][0][2], self.people[home][0][3], grid.id, home) for home in chosen]

    def _home(self, home: str) -> Row:
        plan, grid = self.plan, self._grid(home)
        if home in plan.vacant:
            return home, _building(home), _floor(home), grid.id, "绿", "", "", "", "", self._steward(home), ""
        since = pick(("", "", "", "2016-03-12", "2019-06-01", "2021-09-18"), "since", plan.compound, home)
        begun = plan.isolated.get(home)
        isolation = ("", "") if begun is None else (f"today-{begun}", f"today+{ISOLATION_DAYS - 1 - begun}")
        pair = self._pair(home) if home in plan.red else ""
        household = f"H{self.homes.index(home) + 1:04}"
        return home, _building(home), _floor(home), grid.id, self._tier(home), household, since, *isolation, self._steward(home), pair

    def _pair(self, home: str) -> object:
        """The volunteer who, with the steward, looks after a red home: one of its own grid, a different one for each."""
        grid = self._grid(home)
        mates = [red for red in self.plan.red if self._grid(red) == grid]
        return self.volunteers[grid.id][mates.index(home)][0]

    def _staff(self) -> Iterator[Row]:
        plan, numbers = self.plan, count(1300)
        yield self._employee("manager", next(numbers), "经理", "", "")
        for number, grid in enumerate(plan.grids, 1):
            yield self._employee(f"grid{number}", next(numbers), "网格协调员", grid.id, "")
        for number, buildings in enumerate(plan.stewards, 1):
            yield self._employee(f"steward{number}", next(numbers), "管家", "", ";".join(map(str, buildings)))

    def _employee(self, who: str, number: int, role: str, grids: str, buildings: str) -> Row:
        return self._username(who), name(self.plan.compound, "staff", who), phone(number), role, grids, buildings

    def _steward(self, home: str) -> str:
        number = next(number for number, buildings in enumerate(self.plan.stewards, 1) if _building(home) in buildings)
        return self._username(f"steward{number}")

    def _username(self, who: str) -> str:
        return f"{self.plan.compound}.{who}"

    def _grid(self, home: str) -> Grid:
        return next(grid for grid in self.plan.grids if grid.building == _building(home) and _floor(home) in grid.floors)

    def _tier(self, home: str) -> str:
        return "红" if home in self.plan.red else "黄" if home in self.plan.yellow else "绿"


def _building(home: str) -> int:
    return int(home.partition("-")[0])


def _floor(home: str) -> int:
    return int(home.partition("-")[2][:-2])


def write(out: Path) -> None:
    """One folder per compound. A byte-order mark, because Excel needs one to see UTF-8."""
    for plan in PLANS:
        folder = out / plan.compound
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in Compound(plan).tables().items():
            with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(HEADINGS[table].split(","))
                writer.writerows(rows)


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "sample"))
