"""Notices for the pages to show: the public board, a home's own, and the staff's desk."""

from typing import Any

from tests.browser.world import COMPOUND, moment

NASTY = "<img src=x onerror=alert(1)> @all http://evil.example"
LONG = "明天上午九点到十二点三号楼停水，请提前接好水，关好家里的水龙头。来水后先放一会儿黄水再用。" * 6


def notice(identity: str, kind: str, title: str, **more: Any) -> dict[str, Any]:
    about = {"id": identity, "kind": kind, "title": title, "text": "", "title_en": "", "text_en": "", "urgent": False}
    when = {"from": moment("08:00"), "until": moment("20:00"), "published": moment("08:00")}
    none = {"places": [], "buildings": [], "rumour": None, "progress": None, "corrects": None, "corrected_by": None}
    return {**about, **when, **none, **more}


def board() -> list[dict[str, Any]]:
    rumour = {"claim": "小区要封一个月，超市都空了", "verdict": "false", "source": "和平街道办事处", "day": "2026-11-21"}
    later = {"id": "2611-b", "title": "3 栋停水改到十点", "title_en": ""}
    first = {"id": "2611-a", "title": "3 栋九点停水", "title_en": ""}
    there = {"places": ["3 号楼"], "buildings": ["3"], "from": moment("10:00", "2026-11-23"), "until": moment("12:00", "2026-11-23")}
    return [
        notice("2611-b", "works", "3 栋停水改到十点", text=LONG, corrects=first, **there, published=moment("09:30")),
        notice("2611-a", "works", "3 栋九点停水", text="换水管。", corrected_by=later, **there, published=moment("08:30")),
        notice("2611-c", "rumour", "小区不会封一个月", rumour=rumour, text="超市照常营业，送菜照常。"),
        notice(
            "2611-d", "weather", "大风蓝色预警", text=NASTY, urgent=True, title_en="Gale warning", text_en="Bring in what hangs outside."
        ),
        notice("2611-e", "campaign", "家家有明白卡", progress={"done": 186, "goal": 240, "unit": "户"}, text="还没有的，请跟管家说一声。"),
        notice(
            "2611-f",
            "safety",
            "电动车不进楼",
            text="充电请到车棚。",
            **{"from": moment("08:00", "2026-11-18"), "until": moment("20:00", "2026-11-20")},
        ),
    ]


def file() -> dict[str, Any]:
    return {"compound": COMPOUND, "made": moment("09:12"), "notices": board()}


def own() -> list[dict[str, Any]]:
    return [notice("2611-g", "policy", "送药改到下午", text="药房上午盘点，下午两点起送。"), *board()]


def staff(given: dict[str, Any], state: str = "published", **more: Any) -> dict[str, Any]:
    audience = {"buildings": given["buildings"]}
    about = {"state": state, "version": 1, "open": True, "audience": audience, "groups": 12 if given["buildings"] else 60, "homes": 46}
    text = f"【施工维修】{given['title']}\n{given['text']}\n通知页：https://nuanlin.example/notices/#anheli"
    done = {"robot": text, "by": "王建国", "at": moment("09:30"), "reason": "", "mine": True, "delivery": None}
    return {**given, **about, **done, **more}


def desk() -> dict[str, Any]:
    later, first, rumour, *_ = board()
    return {
        "now": moment("10:24"),
        "notices": [
            staff(notice("2611-n", "policy", "核酸点搬到东门", published=""), "draft"),
            staff(later, delivery={"arrived": 9, "waiting": 1, "trying": 1, "failed": 1}),
            staff(rumour, delivery={"arrived": 60, "waiting": 0, "trying": 0, "failed": 0}),
            staff(first),
            staff(notice("2611-o", "weather", "明天大雪"), "withdrawn", reason="预报改了"),
        ],
        "buildings": [{"id": str(number), "name": f"{number} 号楼"} for number in (1, 2, 3)],
        "floors": [
            {"id": f"{building}-{floor}", "name": f"{building} 栋 {floor} 层群", "building": str(building)}
            for building in (1, 2, 3)
            for floor in range(1, 13)
        ],
        "grids": [{"id": "g1", "name": "一网格"}, {"id": "g2", "name": "二网格"}],
        "whole": True,
    }


def missed() -> list[dict[str, Any]]:
    people = [{"name": "王建国", "phone": "138 0013 8000"}, {"name": "周明", "phone": "138 0000 0000"}]
    return [
        {"group": "3 栋 7 层群", "state": "suppressed", "why": "no channel", "since": moment("09:32"), "homes": 4, "contacts": people},
        {"group": "3 栋 2 层群", "state": "queued", "why": "errcode 93000", "since": moment("10:30"), "homes": 3, "contacts": people[:1]},
    ]
