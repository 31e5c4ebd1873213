"""Points, rewards, goods and hand-out rounds for the pages to show."""

from typing import Any

from tests.browser import world
from tests.browser.world import moment

NASTY = "<img src=x onerror=alert(1)>=1+1 口罩一包十个装带独立包装"
DEEDS = {"did": [{"what": "patrol", "n": 6}, {"what": "errand", "n": 2}, {"what": "choir", "n": 1}], "deeds": 9, "median": 4}
LAOZHOU = {"id": "v1", "name": "周志明"}


def line(what: str, amount: int, after: int, note: str = "", cause: str = "", clock: str = "08:30", day: str = world.DAY) -> dict[str, Any]:
    return {"at": moment(clock, day), "cause": cause or f"{what}:1", "what": what, "note": note, "amount": amount, "after": after}


def lines() -> list[dict[str, Any]]:
    return [
        line("corrected", -1, 13, "记错人了", "undo:task:1"),
        line("reserve", -3, 14, NASTY, clock="08:00"),
        line("released", 8, 17, "洗衣液一瓶", day="2026-11-20"),
        line("mediation", 3, 9, day="2026-11-19"),
        line("patrol", 1, 6, cause="patrol:T3-1", day="2026-11-18"),
        line("choir", 1, 5, day="2026-11-17"),
    ]


def reward(name: str, words: str, points: int, left: int, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": words, "points": points, "service": False, "left": left, "front": False, "hours": [], **more}


def rewards() -> list[dict[str, Any]]:
    hours = [
        {"starts": moment(clock, "2026-11-28"), "left": left, "seats": 2} for clock, left in (("09:00", 0), ("10:00", 1), ("14:00", 2))
    ]
    return [
        reward("masks", NASTY, 3, 2),
        reward("detergent", "洗衣液一瓶", 8, 0, front=True),
        reward("housework", "家政一小时", 12, 3, service=True, hours=hours),
        reward("gold", "年货礼包", 40, 5),
        reward("haircut", "理发", 5, 0, service=True),
    ]


def reservation(name: str, words: str, **more: Any) -> dict[str, Any]:
    until, made = moment("23:59", "2026-11-25"), moment("08:00")
    given = {"id": name, "volunteer": LAOZHOU, "grid": "g5", "reward": "masks", "name": words, "points": 3, "state": "reserved"}
    return {**given, "made": made, "until": until, "starts": "", "at": "", "by": "", **more}


def own() -> dict[str, Any]:
    booked = reservation("r2", "家政一小时", points=12, starts=moment("10:00", "2026-11-28"))
    waiting = [reservation("r1", NASTY), booked, reservation("r3", "洗衣液一瓶", state="released", by="刘组长", at=moment("09:00"))]
    about = {"volunteer": LAOZHOU, "grid": {"id": "g5", "name": "3 栋低区"}, "now": moment("09:12")}
    figures = {"points": 13, "today": 4, "a_day": 10, "grid_points": 71}
    return {**about, **figures, "lines": lines(), "rewards": rewards(), "reservations": waiting, "others": [], **DEEDS}


def points_desk() -> dict[str, Any]:
    people = [{"id": f"v{number}", "name": name, "points": points} for number, (name, points) in enumerate((("周志明", 13), (NASTY, 0)), 1)]
    grids = [
        {"id": "g5", "name": "3 栋低区", "points": 13, "volunteers": people},
        {"id": "g6", "name": "3 栋高区", "points": 0, "volunteers": []},
    ]
    waiting = [reservation("r1", NASTY), reservation("r2", "家政一小时", points=12, starts=moment("10:00", "2026-11-28"))]
    return {"now": moment("10:24"), "grids": grids, "waiting": waiting, "ended": [], "rewards": rewards()}


def batch(place: str, amount: int, ends: str = "", **more: Any) -> dict[str, Any]:
    named = {"D1": "物业仓库", "D2": "应急储备库"}[place]
    return {
        "place": place,
        "place_name": named,
        "reserve": place == "D2",
        "ends": ends,
        "amount": amount,
        "soon": False,
        "over": False,
        **more,
    }


def good(name: str, words: str, measure: str, there: int, batches: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    limits = {"least": 200, "target": 600, "front": True, "low": there < 200, "per_day": 0, "days_left": -1, "reserve": 0, "held": 0}
    return {"id": name, "name": words, "measure": measure, "there": there, "keeper": None, "batches": batches, **limits, **more}


def supplies() -> dict[str, Any]:
    masks = [
        batch("D1", 6, "2026-11-20", over=True),
        batch("D1", 90, "2026-12-10", soon=True),
        batch("D1", 50, "2027-12-31"),
        batch("D2", 1000, "2027-12-31"),
    ]
    goods = [
        good("mask", "口罩", "个", 140, masks, reserve=1000, held=20, per_day=125, days_left=12, keeper={"id": "wang", "name": "王建国"}),
        good("salt", NASTY, "袋", 240, [batch("D1", 240)]),
        good("mat", "防滑垫", "", 0, [], least=0, low=False),
    ]
    places = [{"id": "D1", "name": "物业仓库", "reserve": False}, {"id": "D2", "name": "应急储备库", "reserve": True}]
    return {"now": moment("10:24"), "goods": goods, "places": places, "manager": False}


def signed(number: str, amount: int, **more: Any) -> dict[str, Any]:
    return {**world.home(number), "grid": "g5", "amount": amount, "at": "", "by": "", "card": False, "own": False, **more}


def rounds() -> dict[str, Any]:
    homes = [
        signed("3-301", 2, at=moment("08:40"), by="周志明", card=True),
        signed("3-502", 3),
        signed("3-504", 2, own=True),
        signed("3-602", 2, at=moment("08:55"), by=NASTY),
        signed("3-603", 4),
    ]
    about = {"id": "round1", "name": "每户一包口罩", "good": {"id": "mask", "name": "口罩"}, "measure": "个", "place": "D1"}
    figures = {"each": {"green": 2}, "head": 1, "grids": [], "made": moment("08:00"), "by": "陈敏", "closed": "", "owed": 240, "done": 96}
    one = {**about, **figures, "amount": 600, "handed": 240, "homes": homes}
    over = {**one, "id": "round2", "name": "融雪剂", "closed": moment("09:30"), "done": 240, "homes": homes[:1]}
    return {"now": moment("10:24"), "rounds": [one, over], "grids": [{"id": "g5", "name": "3 栋低区"}, {"id": "g6", "name": "3 栋高区"}]}
