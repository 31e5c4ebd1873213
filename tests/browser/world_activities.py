"""Activities for the pages to show: as a family sees them, and as the desk does."""

from typing import Any

from tests.browser import world
from tests.browser.world import moment

NASTY = "<img src=x onerror=alert(1)>=1+1 自带毛笔"


def activity(name: str, title: str, day: str, left: int, waiting: int = 0, **more: Any) -> dict[str, Any]:
    about = {"id": name, "title": title, "text": "", "where": "三号楼大厅", "places": 20, "left": left, "waiting": waiting}
    when = {"from": moment("14:00", day), "until": moment("16:00", day)}
    return {**about, **when, "takes": True, "called_off": False, "why": "", **more}


def mine() -> list[dict[str, Any]]:
    none = {"state": "none", "persons": 0, "turn": 0, "moved": ""}
    return [
        {**activity("a1", "写春联", "2026-11-29", 3, text=NASTY), **none},
        {**activity("a2", "百家宴", "2026-11-30", 0, 2), **none},
        {**activity("a3", "亲子剪纸", "2026-12-01", 5), **none, "state": "in", "persons": 2},
        {**activity("a4", "健步走", "2026-12-02", 0, 4), **none, "state": "waiting", "persons": 2, "turn": 2},
        {**activity("a5", "防诈骗讲座", "2026-12-03", 0), **none, "state": "in", "persons": 1, "moved": moment("08:30")},
        {**activity("a6", "露天电影", "2026-12-04", 9, takes=False, called_off=True, why="下大雨"), **none, "state": "in", "persons": 3},
    ]


def comer(number: str, name: str, persons: int, state: str = "in") -> dict[str, Any]:
    return {**world.home(number), "persons": persons, "state": state, "at": moment("08:00"), "contact": world.contact(name)}


def desk() -> dict[str, Any]:
    rows = [
        comer("3-502", "安娜", 2),
        comer("3-1104", NASTY, 1),
        {**comer("5-601", "", 1), "contact": None},
        comer("1-302", "张桂芳", 4, "waiting"),
    ]
    staff = {"buildings": ["3"], "open": True, "by_name": "王建国", "persons": 17, "mine": True, "rows": rows}
    found = [
        {**activity("a1", "写春联", "2026-11-29", 0, 1, text=NASTY), **staff, "persons": 20},
        {**activity("a2", "百家宴", "2026-11-30", 3), **staff, "buildings": [], "mine": False, "rows": [], "by_name": "陈敏"},
        {**activity("a6", "露天电影", "2026-12-04", 9, takes=False, called_off=True, why="下大雨"), **staff, "rows": rows[:1]},
    ]
    buildings = [{"id": number, "name": f"{number} 栋"} for number in ("1", "3", "5")]
    return {"compound": world.COMPOUND, "now": moment("10:24"), "buildings": buildings, "activities": found}
