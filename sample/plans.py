"""The two compounds of the sample. The first has the figures of the practice the system is made for, the second shares its home ids."""

from typing import NamedTuple

ISOLATION_DAYS = 14


class Grid(NamedTuple):
    id: str
    name: str
    building: int
    floors: range
    volunteers: int


class Plan(NamedTuple):
    """``isolated``: home → days since isolation began, of fourteen. ``stewards``: the buildings of each. ``gateways``: of the doors, by
    building; ``thermometers``: the homes that each of the other gateways measures."""

    compound: str
    name: str
    buildings: int
    floors: int
    doors: int
    grids: tuple[Grid, ...]
    red: tuple[str, ...]
    yellow: tuple[str, ...]
    isolated: dict[str, int]
    vacant: tuple[str, ...]
    stewards: tuple[tuple[int, ...], ...]
    gateways: dict[int, str]
    thermometers: dict[str, tuple[str, ...]]
    test_site: str
    first_phone: int


ANHELI = Plan(
    compound="anheli",
    name="安和里小区",
    buildings=5,
    floors=12,
    doors=4,
    grids=(
        Grid("g1", "1 栋低区", 1, range(1, 7), 5),
        Grid("g2", "1 栋高区", 1, range(7, 13), 6),
        Grid("g3", "2 栋低区", 2, range(1, 7), 7),
        Grid("g4", "2 栋高区", 2, range(7, 13), 8),
        Grid("g5", "3 栋低区", 3, range(1, 7), 6),
        Grid("g6", "3 栋高区", 3, range(7, 13), 5),
        Grid("g7", "4 栋", 4, range(1, 13), 8),
        Grid("g8", "5 栋", 5, range(1, 13), 7),
    ),
    red=("1-302", "1-501", "1-904", "2-103", "2-604", "2-1101", "3-204", "3-801", "4-401", "4-1002", "5-303", "5-1103"),
    yellow=(
        *("1-102", "1-204", "1-403", "1-602", "1-801", "1-1203"),
        *("2-202", "2-304", "2-501", "2-703", "2-902", "2-1004"),
        *("3-103", "3-301", "3-404", "3-702", "3-903", "3-1201"),
        *("4-104", "4-203", "4-502", "4-601", "4-903", "4-1104"),
        *("5-101", "5-402", "5-504", "5-601", "5-803", "5-1202"),
    ),
    isolated={"1-603": 4, "2-801": 2, "2-803": 5, "4-302": 8, "5-902": 3},
    vacant=("2-1203", "3-101", "4-704", "5-1001"),
    stewards=((1,), (2,), (3,), (4, 5)),
    gateways={1: "anheli-gw1", 2: "anheli-gw1", 3: "anheli-gw2", 4: "anheli-gw2", 5: "anheli-gw2"},
    thermometers={
        "anheli-gw3": ("3-102", "3-402", "3-802", "3-1202", "3-104", "3-1204"),
        "anheli-gw4": ("5-101", "5-601", "5-1201"),
    },
    test_site="东门广场 7:00–9:00",
    first_phone=2000,
)

QINGHE = Plan(
    compound="qinghe",
    name="清河苑",
    buildings=1,
    floors=3,
    doors=4,
    grids=(Grid("g1", "全苑", 1, range(1, 4), 2),),
    red=("1-302",),
    yellow=("1-102",),
    isolated={"1-101": 2},
    vacant=("1-304",),
    stewards=((1,),),
    gateways={1: "qinghe-gw1"},
    thermometers={},
    test_site="南门岗亭 8:00–9:00",
    first_phone=8000,
)

PLANS = (ANHELI, QINGHE)
