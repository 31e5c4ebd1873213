"""Tickets for the pages to show: a family's own, and a desk's list."""

from typing import Any

from tests.browser import world
from tests.browser.world import moment

NASTY = "<img src=x onerror=alert(1)>=1+1 @all 水管一直滴"


def line(what: str, at: str, who: str = "", note: str = "") -> dict[str, Any]:
    return {"what": what, "at": moment(at), "who": who, "note": note}


def ticket(number: str, subkind: str, text: str, state: str, lines: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    about = {"id": number, "kind": "repair", "subkind": subkind, "text": text, "state": state, "made": lines[0]["at"], "lines": lines}
    return {**about, "next": "nothing", "by": "", "late": False, "rating": 0, "same": "", "incident": "", "photos": 0, **more}


def mine() -> list[dict[str, Any]]:
    claimed = [line("reported", "08:40"), line("claim", "08:45", "王建国")]
    done = [line("reported", "07:10"), line("claim", "07:20", "王建国"), line("done", "09:00", "王建国", "换了垫圈，试过不滴了")]
    return [
        ticket("2611-K7Q3M", "heating", "", "open", claimed, next="solve", by=moment("18:00")),
        ticket("2611-3ZC8T", "leak", NASTY, "solved", done, next="judge"),
    ]


def likely() -> list[dict[str, Any]]:
    return [{"id": "2611-9XW2B", "subkind": "lift", "half_day": f"{moment('08:30')[:10]}-am", "taken": True}]


def staff(given: dict[str, Any], **more: Any) -> dict[str, Any]:
    about = {
        **world.home("3-502"),
        "place": "3",
        "origin": "link",
        "group": "",
        "tier": "green",
        "owners": [{"id": "wang", "name": "王建国"}],
    }
    told = {"holder": "", "holder_name": "", "contact": {"name": "安娜", "phone": "13800000001"}, "like": []}
    return {**given, **about, "task": f"ticket:{given['id']}", **told, **more}


def incident(tickets: list[str], text: str, cause: str) -> dict[str, Any]:
    counts = {"homes": len(tickets), "tickets": len(tickets), "open": len(tickets)}
    return {"id": "2611-abc", "cause": cause, "place": "3", **counts, "made": moment("10:24"), "text": text, "said": "王建国"}


def desk() -> dict[str, Any]:
    new = [line("reported", "10:20")]
    heating, leak = mine()
    return {
        "now": moment("10:24"),
        "open": [
            staff(ticket("2611-9XW2B", "leak", NASTY, "open", new, next="respond", by=moment("10:21"), late=True), tier="red"),
            staff({**ticket("2611-5PD0A", "", "物业费能开发票吗", "open", new, next="respond", by=moment("10:29")), "kind": "question"}),
            staff(
                {
                    **ticket(
                        "2611-7RT4C",
                        "",
                        "楼上夜里装修",
                        "open",
                        [line("reported", "09:00"), line("raised", "09:00")],
                        next="respond",
                        by=moment("13:00"),
                    ),
                    "kind": "complaint",
                },
                tier="yellow",
                like=["2611-0AB1C"],
            ),
            staff(heating, holder="wang", holder_name="王建国"),
            staff(
                ticket("2611-4LFTS", "lift", "", "open", new, next="respond", by=moment("10:50")),
                home="",
                label="",
                owners=[],
                contact=None,
                origin="group",
                group="3 栋 5 楼群",
            ),
        ],
        "closed": [staff(leak)],
        "incidents": [],
        "questions": {"count": 3, "answered": 2, "median": 140, "worst": 430, "limit": 300},
        "answers": ["可以开，前台登记抬头，三天内送到家。", "快递柜在东门。"],
        "buildings": [{"id": "3", "name": "3 栋"}],
    }
