"""The cast and the places they live in, built with defaults so that a test names only what it is about.

安和里 (anheli): 安娜 lives at 3-502 (green); 老周 is the volunteer of grid g1; 王管家 is the steward of building 3; 刘组长 coordinates g1;
陈经理 sees all. 2-801 is isolated and has a door sensor. 清河苑 (qinghe): 克拉 works there and must see nothing of anheli.
"""

from datetime import date, datetime
from typing import Any

from chalicelib.care.rules import Entry, Feeling, Need, Source
from chalicelib.register.policy import Policy
from chalicelib.register.records import to_item
from chalicelib.register.rules import Grid, Home, Isolation, Person, Register, Role, Staff, Tier, Volunteer
from chalicelib.shared.calendar import SHANGHAI
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId
from chalicelib.store.contract import Add
from chalicelib.store.memory import MemoryStore

DAY = date(2026, 11, 22)


def moment(clock: str, day: date = DAY) -> datetime:
    """``moment("09:30")`` on the day of the story."""
    return datetime.fromisoformat(f"{day.isoformat()}T{clock}").replace(tzinfo=SHANGHAI)


def home(identity: str = "3-502", **members: Any) -> Home:
    building, _, door = identity.partition("-")
    given: dict[str, Any] = {
        "id": HomeId(identity),
        "building": building,
        "floor": int(door[:-2]),
        "grid": "g1",
        "tenancy": TenancyId("t1"),
        "people": (Person("p1", "安娜", "13800000001", 1950, ("lives_alone",)),),
    }
    return Home(**{**given, **members})


def isolated(identity: str = "2-801", **members: Any) -> Home:
    span = Isolation(date(2026, 11, 20), date(2026, 11, 26))
    return home(identity, **{"isolation": span, "grid": "g2", **members})


def policy(**members: Any) -> Policy:
    return Policy(**{"duty_phone": "0571-8800 1234", "robots": {"duty": "wecombot://anheli"}, "open311": (30.25, 120.15), **members})


def register(**members: Any) -> Register:
    given: dict[str, Any] = {
        "compound": CompoundId("anheli"),
        "name": "安和里小区",
        "policy": policy(),
        "homes": (home("3-502", steward="anheli.wang"), home("3-1104"), home("1-302", tier=Tier.RED, volunteer="v1"), isolated()),
        "grids": (Grid("g1", "一网格", "anheli.liu", ("v1",)), Grid("g2", "二网格", "anheli.liu", ())),
        "volunteers": (Volunteer("v1", "老周", "13800000009", "g1", "3-1104"),),
        "staff": (
            Staff("anheli.wang", "王管家", "13800000010", (Role.STEWARD,), (), ("2", "3")),
            Staff("anheli.liu", "刘组长", "13800000011", (Role.COORDINATOR,), ("g1",), ()),
            Staff("anheli.chen", "陈经理", "13800000012", (Role.MANAGER,)),
        ),
    }
    return Register(**{**given, **members})


def other_register() -> Register:
    """清河苑, with a home id that exists in anheli too."""
    homes = (home("3-502", people=(Person("q1", "克拉家", "13900000001"),)), isolated("2-801"))
    staff = (Staff("qinghe.kela", "克拉", "13900000010", (Role.MANAGER, Role.STEWARD, Role.COORDINATOR)),)
    volunteers = (Volunteer("v9", "小克", "13900000011", "g1"),)
    return register(compound=CompoundId("qinghe"), name="清河苑", homes=homes, staff=staff, volunteers=volunteers)


def two_compounds() -> MemoryStore:
    store = MemoryStore()
    for each in (register(), other_register()):
        store.write(Add(to_item(each, 1)))
    return store


def entry(key: str = "key-1", clock: str = "09:00", needs: tuple[Need, ...] = (), **members: Any) -> Entry:
    given: dict[str, Any] = {"digest": "d", "at": moment(clock), "feeling": Feeling.WELL, "note": "", "source": Source.LINK}
    return Entry(key=key, needs=needs, **{**given, **members})
