"""The same morning for the pages of visits and tasks, in the shapes the API gives."""

from itertools import pairwise
from typing import Any

from tests.browser.world import DAY, contact, home, moment

WANG = {"id": "wang", "name": "王建国"}
LI = {"id": "v-1-101", "name": "李秀英"}
CHEN = {"id": "chen", "name": "陈敏"}


def visit(number: str, window: tuple[str, str], state: str, day: str = DAY, **more: Any) -> dict[str, Any]:
    said = {
        "temperature": None,
        "mood": None,
        "needs": [],
        "note": "",
        "by": "",
        "by_name": "",
        "at": "",
        "away": "",
        "away_until": "",
        "tier": "red",
    }
    about = {"kind": "home_visit", "tags": ["lives_alone", "age:82"], "owners": [WANG, LI], "contact": contact("张桂芳"), **said}
    when = {"opens": moment(window[0], day), "closes": moment(window[1], day)}
    return {"id": f"home_visit:{number}:{day}:{window[0][:2]}", **home(number), **when, "state": state, **about, **more}


BACK = "2026-11-26"
MORNING, AFTERNOON = ("08:00", "10:00"), ("16:00", "18:00")


def visits() -> list[dict[str, Any]]:
    """At twenty to ten: some kept, one with nobody home, the afternoon still to come."""
    run = {"kind": "medicine_run", "tier": "yellow", "tags": ["chronic"], "owners": [WANG], "contact": contact("何文", "136 0013 6000")}
    return [
        visit("1-302", MORNING, "now"),
        visit(
            "1-501",
            MORNING,
            "done",
            at=moment("08:40"),
            by="wang",
            by_name="王建国",
            temperature=36.4,
            mood="good",
            contact=contact("李大爷"),
        ),
        visit(
            "2-204", MORNING, "nobody_home", at=moment("09:10"), by="wang", by_name="王建国", tags=["mobility"], contact=contact("周奶奶")
        ),
        visit("5-1103", MORNING, "now", owners=[], contact=contact("吴伯", "135 0013 5000")),
        visit("3-101", MORNING, "paused", away="hospital", away_until=f"{BACK}T00:00:00+08:00", contact=None),
        visit("5-601", ("09:00", "18:00"), "now", **run),
        visit("1-302", AFTERNOON, "coming"),
        visit("1-501", AFTERNOON, "coming", contact=contact("李大爷")),
    ]


def clock(minutes: int, **more: Any) -> dict[str, Any]:
    return {"from": moment("09:00"), "minutes": minutes, "pauses": [], "stopped": "", **more}


def step(act: str, time: str = "09:00", who: dict[str, str] | None = None, note: str = "", to: str = "") -> dict[str, str]:
    by = who or {"id": "", "name": ""}
    return {"at": moment(time), "by": by["id"], "by_name": by["name"], "act": act, "note": note, "to_name": to}


def task(name: str, kind: str, number: str, **more: Any) -> dict[str, Any]:
    clocks = {"since": moment("09:00"), "respond_by": "", "solve_by": moment("11:00"), "overdue": False, "told": 1}
    clocks |= {"respond": clock(60), "solve": clock(120), "paused_until": "", "pause_hours": 24, "doer": "", "away": "", "away_until": ""}
    said = {
        "category": "medicine",
        "about": "",
        "tier": "red",
        "state": "open",
        "owners": [WANG],
        "holder": "",
        "steps": [step("opened")],
        **clocks,
    }
    return {
        "id": name,
        "kind": kind,
        **(home(number) if number else {"home": "", "label": ""}),
        "contact": contact("张桂芳"),
        **said,
        **more,
    }


def tasks() -> list[dict[str, Any]]:
    back = [step("opened"), step("claim", "09:01", LI), step("return", "09:05", LI, "我在医院陪诊")]
    quiet = {"pauses": [{"from": moment("09:10"), "until": moment("16:00"), "reason": "等配件"}]}
    pause = {
        "paused_until": moment("16:00"),
        "respond_by": "",
        "solve_by": "",
        "respond": clock(60, **quiet),
        "solve": clock(1440, **quiet),
    }
    made = [step("opened", "07:30"), step("claim", "07:40", CHEN), step("done", "08:50", CHEN, "水管修好了")]
    return [
        task("need:2-204:t1:medicine", "need", "2-204", overdue=True, solve_by=moment("09:20"), told=2),
        task("need:1-204:t1:food", "need", "1-204", category="food", owners=[], pause_hours=0, steps=back),
        task("nobody-home:2-204", "nobody-home", "2-204", category="nobody_home", state="claimed", holder="wang", solve_by=moment("10:00")),
        task("missed-reports:all", "missed-reports", "", category="self_report", owners=[CHEN], tier="green", contact=None),
        task(
            "need:3-101:t1:repair",
            "need",
            "3-101",
            category="repair",
            tier="yellow",
            away="hospital",
            away_until=f"{BACK}T00:00:00+08:00",
            steps=[step("opened"), step("pause", "09:10", WANG, "等配件")],
            **pause,
        ),
        task("need:1-101:t1:repair", "need", "1-101", category="repair", state="done", doer="chen", owners=[CHEN], steps=made),
    ]


def today(now: str = "09:40") -> dict[str, Any]:
    return {"now": moment(now), "day": DAY, "visits": visits(), "tasks": tasks()}


def earlier(day: str) -> dict[str, Any]:
    """A day that is over: one visit entered, the others still on paper."""
    done = {"at": moment("08:40", day), "by": "wang", "by_name": "王建国", "temperature": 36.4, "mood": "good"}
    rows = [visit("1-302", MORNING, "missed", day), visit("2-204", MORNING, "missed", day, contact=contact("周奶奶"))]
    rows += [visit("1-501", MORNING, "done", day, contact=contact("李大爷"), **done), visit("1-302", AFTERNOON, "missed", day)]
    return {"now": moment("09:40"), "day": day, "visits": rows, "tasks": []}


def board(now: str = "09:40") -> dict[str, Any]:
    late = [task("need:3-101:medicine", "need", "3-101", overdue=True, solve_by=moment("09:00"), owners=[CHEN], told=3)]
    orphans = [
        task("unassigned:5-1103", "unassigned", "5-1103", category="home_visit", owners=[], about=visits()[3]["id"]),
        task("need:1-204:food", "need", "1-204", category="food", owners=[], pause_hours=0),
    ]
    made = [step("opened", "07:30"), step("claim", "07:40", CHEN), step("done", "08:50", CHEN, "水管修好了")]
    gone = [step("opened", "07:30"), step("cancel", "08:10", LI, "女儿买到了")]
    return {
        "now": moment(now),
        "day": DAY,
        "unassigned_visits": [visits()[3]],
        "missed_visits": [visit("4-402", ("08:00", "09:30"), "missed", contact=contact("孙爷爷"))],
        "unassigned": orphans,
        "overdue": late,
        "soon": [
            task(
                "nobody-home:2-204",
                "nobody-home",
                "2-204",
                category="nobody_home",
                solve_by=moment("10:05"),
                state="claimed",
                holder="wang",
            )
        ],
        "open": [task("need:5-101:repair", "need", "5-101", category="repair", tier="green", solve_by=moment("18:00"))],
        "closed": [
            task("need:1-101:repair", "need", "1-101", category="repair", state="done", doer="chen", owners=[CHEN], steps=made),
            task("need:4-201:food", "need", "4-201", category="food", state="cancelled", steps=gone),
        ],
        "away": [{**home("3-101"), "why": "hospital", "until": f"{BACK}T00:00:00+08:00"}],
        "closed_today": 4,
        "visits_owed": 24,
        "visits_kept": 19,
        "people": [{**CHEN, "duty": True}, {**WANG, "duty": False}, {**LI, "duty": False}],
    }


def file() -> dict[str, Any]:
    """3-502 with two weeks behind it, in each of the ways a day can go."""
    kept, hole = ["done", "done"], ["missed", "nobody_home"]
    went = [["now", "coming"], kept, kept, hole, ["refused", "not_needed"], *[kept] * 4, *[["paused", "paused"]] * 3, kept, kept]
    said = ["waiting", "on_time", "late", "missed", *["on_time"] * 5, *["not_owed"] * 3, "extra", "on_time"]
    days = [{"day": f"2026-11-{22 - back:02}", "report": said[back], "visits": went[back]} for back in range(14)]
    change = {
        "id": "c1",
        "home": "3-502",
        "tier": "yellow",
        "reason": "女儿搬来同住",
        "since": DAY,
        "by": "chen",
        "approved_by": "",
        "pending": True,
    }
    return {
        "now": moment("09:40"),
        **home("3-502"),
        "tier": "red",
        "why": ["lives_alone + age:80"],
        "away": "",
        "tags": ["lives_alone", "age:82", "chronic"],
        "contact": contact("张桂芳"),
        "steward": {"name": "王建国", "phone": "138 0013 8000"},
        "plans": [{"kind": "home_visit", "windows": ["08:00–10:00", "16:00–18:00"], "every": 1, "days": "every"}],
        "days": days,
        "tasks": [task("need:3-502:medicine", "need", "3-502")],
        "pause": None,
        "companions": [{**CHEN, "duty": True}, {**WANG, "duty": False}, {**LI, "duty": False}],
        "tier_changes": [change],
        "people": [CHEN],
        "thermometers": 1,
    }


def pause() -> dict[str, Any]:
    when = {"first": DAY, "last": "2026-11-25", "until": "2026-11-26T00:00:00+08:00"}
    return {"id": "p1", "home": "3-502", "why": "hospital", "by": "wang", **when}


def shift(who: dict[str, str], day: str, start: str, end: str, later: str = "", **more: Any) -> dict[str, Any]:
    times = {"from": f"{day}T{start}:00+08:00", "until": f"{later or day}T{end}:00+08:00"}
    return {"staff": who["id"], "name": who["name"], **times, "missing": False, **more}


def roster() -> dict[str, Any]:
    """A week from Monday the 16th, with a night nobody stands and one whose person is on leave."""
    days = [f"2026-11-{day}" for day in range(16, 24)]
    shifts = [shift(WANG, day, "08:00", "20:00") for day in days[:7]]
    shifts += [shift(CHEN, day, "20:00", "08:00", later, missing=day == days[5]) for day, later in pairwise(days[:7])]
    gaps = [
        {"from": f"{days[5]}T20:00:00+08:00", "until": f"{days[6]}T08:00:00+08:00"},
        {"from": f"{days[6]}T20:00:00+08:00", "until": f"{days[7]}T00:00:00+08:00"},
    ]
    empty = {
        "week": "2026-11-23",
        "edition": "",
        "shifts": [],
        "gaps": [{"from": "2026-11-23T00:00:00+08:00", "until": "2026-11-30T00:00:00+08:00"}],
        "days": [{"day": "2026-11-26", "holiday": "国庆节"}, {"day": "2026-11-28", "holiday": ""}],
    }
    this = {"week": "2026-11-16", "edition": "e1", "shifts": sorted(shifts, key=lambda one: str(one["from"])), "gaps": gaps, "days": []}
    return {
        "now": moment("09:40"),
        "on_duty": [{"username": "wang", "name": "王建国", "phone": "138 0013 8000"}],
        "handover": {"at": moment("14:00"), "staff": [{"username": "chen", "name": "陈敏", "phone": ""}]},
        "weeks": [this, empty],
        "staff": [WANG, CHEN],
        "table_ends": None,
        "leaves": [leave("l1", CHEN, "2026-11-21", "2026-11-22"), leave("l2", LI, "2026-11-28", "2026-11-28")],
        "people": [WANG, CHEN, LI],
    }


def leave(name: str, who: dict[str, str], first: str, last: str) -> dict[str, Any]:
    return {"id": name, "person": who["id"], "name": who["name"], "first": first, "last": last, "ended": False, "by": "chen"}


def volunteers() -> dict[str, Any]:
    def line(name: str, who: str, homes: int) -> dict[str, Any]:
        return {"id": name, "name": who, "phone": "138 0013 6000", "grid": "g1", "grid_name": "一号网格", "homes": homes}

    lines = [line("v-1-101", "李秀英", 4), line("v-1-201", "周明", 1), line("v-2-303", "欧阳文静", 0)]
    did = [{"what": "patrol", "n": 6}, {"what": "visit", "n": 3}]
    busy = {"did": did, "deeds": 9, "skills": ["dialect", "理发"], "times": ["2am"]}
    for number, line in enumerate(lines):
        line.update({"did": [], "deeds": 0, "skills": [], "times": []} if number else busy)
    return {"compound": {"id": "anheli", "name": "安和里小区"}, "now": moment("09:40"), "volunteers": lines}


def message(name: str, who: dict[str, str], state: str, **more: Any) -> dict[str, Any]:
    said = {"channel": "wecom", "tries": 1, "why": "", "repeat": False, "text": "安和里小区 3 栋 502：住户要帮忙：要药。请处理。"}
    times = {"at": moment("09:05"), "due": moment("09:06")}
    return {"id": name, "event": name, "person": who["id"], "name": who["name"], "state": state, **times, **said, **more}


def messages() -> dict[str, Any]:
    lines = [
        message("m1", WANG, "handed_over"),
        message("m2", LI, "suppressed", why="no channel", channel="", tries=0, text=None),
        message("m3", CHEN, "failed", why="errcode 93000", tries=12, channel="dingtalk"),
        message("m4", CHEN, "queued", why="the robot's minute is used up", due=moment("09:41"), repeat=True),
        message("m5", WANG, "queued", why="quiet hours", tries=0, due=moment("07:00")),
    ]
    return {"compound": {"id": "anheli", "name": "安和里小区"}, "now": moment("09:40"), "day": DAY, "counts": {}, "messages": lines}
