"""What the stub answers with: a small compound on one morning, in the shapes the API gives."""

from typing import Any

CARD = {"code": "3K7Q2-M9XWT", "issued": "2026-11-22", "edition": 4}
PHONES = {"duty": "0571-8800 1234", "emergency": "0571-8706 6120"}
COMPOUND = {"id": "anheli", "name": "安和里小区"}
STEWARD = {"name": "王建国", "phone": "138 0013 8000"}
LINK = "anheli.b3BlbnNlc2FtZW9wZW5z"
VOLUNTEER_LINK = "anheli.dm9sdW50ZWVy"
DAY = "2026-11-22"
CLOSES = f"{DAY}T10:00:00+08:00"


def moment(time: str, day: str = DAY) -> str:
    return f"{day}T{time}:00+08:00"


def promise(state: str, start: str, end: str, reason: str) -> dict[str, Any]:
    return {"id": start, "kind": "expected_opening", "from": moment(start), "until": moment(end), "reason": reason, "state": state}


PROMISES = [
    promise("past", "08:30", "09:00", "送药：降压药"),
    promise("now", "09:00", "09:30", "核酸上门"),
    promise("coming", "14:00", "15:00", "水管报修"),
]


def home(number: str) -> dict[str, str]:
    building, _, door = number.partition("-")
    return {"home": number, "label": f"{building} 栋 {door}"}


def contact(name: str, phone: str = "138 0000 0000") -> dict[str, str]:
    return {"name": name, "phone": phone}


def owing(number: str, state: str, tier: str, tags: list[str], who: dict[str, str] | None) -> dict[str, Any]:
    since = CLOSES if state == "missed" else moment("00:00")
    more = {"state": state, "tier": tier, "grid": "g1", "tags": tags, "contact": who}
    return {"id": f"{DAY}.{number}", "kind": "self_report", "since": since, **home(number), **more}


def heard(number: str, time: str, **more: Any) -> dict[str, Any]:
    said = {
        "feeling": "well",
        "needs": [],
        "note": "",
        "source": "link",
        "tier": "green",
        "grid": "g1",
        "contact": None,
        "state": "on_time",
        **more,
    }
    return {"id": f"{DAY}.{number}", "kind": "self_report", "since": moment(time), **home(number), **said}


def alert(name: str, number: str, time: str, state: str, kind: str = "door_opened", **more: Any) -> dict[str, Any]:
    said = {"state": state, "reason": "", "by": "", "by_name": "", "note": "", "isolation_day": 3, "contact": None, **more}
    return {"id": name, "kind": kind, "since": moment(time), **home(number), **said}


def door_days() -> dict[str, Any]:
    """Two days of isolation, and a sensor that somebody was at."""
    events = [("09:12", "expected"), ("09:15", None), ("10:22", "unexplained")]
    today = [{"at": moment(time), "opened": bool(state), "state": state} for time, state in events]
    before = [{"at": "2026-11-21T18:30:00+08:00", "opened": True, "state": "unknown"}]
    days = [
        {"day": DAY, "opened": 2, "unexplained": 1, "events": today},
        {"day": "2026-11-21", "opened": 1, "unexplained": 1, "events": before},
    ]
    return {**home("2-801"), "now": moment("10:24"), "doors": [{"sensor": "door", "state": "unknown", "why": "tampered"}], "days": days}


def alerts() -> list[dict[str, Any]]:
    return [
        alert("a1", "2-801", "10:22", "unexplained", contact=contact("刘芳", "137 0013 7000")),
        alert("a2", "2-803", "09:12", "expected", reason="核酸上门", isolation_day=5),
        alert("a3", "4-602", "08:05", "acknowledged", by="anheli.chen", by_name="陈敏", note="已打电话，是取快递"),
    ]


def missed() -> list[dict[str, Any]]:
    rows = [
        owing("1-302", "missed", "red", ["lives_alone", "age:82"], contact("张桂芳")),
        owing("5-601", "missed", "yellow", ["chronic"], contact("何文")),
        owing("3-1104", "missed", "green", [], None),
    ]
    return rows + [owing(f"4-{floor}02", "missed", "green", [], contact("住户")) for floor in range(2, 11)]


def waiting() -> list[dict[str, Any]]:
    return [owing(f"5-{floor}01", "waiting", "green", [], contact("住户")) for floor in range(1, 4)]


def reported() -> list[dict[str, Any]]:
    rows = [
        heard("3-404", "10:06", state="late", note="孩子网课掉线", needs=["school"]),
        heard("2-1101", "08:41", feeling="unwell", note="从早上起头晕", contact=contact("吴敏", "135 0013 5000")),
        heard("1-101", "07:50", needs=["medicine", "food"], contact=contact("孙丽")),
    ]
    return rows + [heard(f"2-{floor}02", f"0{6 + floor % 4}:{10 + floor}") for floor in range(1, 13)]


def duty(now: str) -> dict[str, Any]:
    staff = {"username": "wang", "name": "王建国", "roles": ["steward"]}
    report = {"closes": CLOSES, "owed": 240, "reported": 228}
    shift = {"on_duty": ["王建国"], "handover": {"at": moment("14:00"), "staff": ["陈敏"]}}
    shift["away"] = [{**home("3-101"), "why": "hospital", "until": "2026-11-26T00:00:00+08:00"}]
    lists = {**shift, "missed": missed(), "waiting": [], "reported": reported(), "alerts": alerts(), "troubles": [], "tickets": []}
    return {"compound": COMPOUND, "staff": staff, "now": moment(now), "day": DAY, "self_report": report, **lists}


def homes() -> list[dict[str, Any]]:
    return [
        {**home(f"{building}-{floor}{door:02}"), "building": str(building), "floor": floor}
        for building in range(1, 4)
        for floor in range(1, 13)
        for door in range(1, 5)
    ]


def round_of_today(door: str = "") -> dict[str, Any]:
    window = {"from": moment("08:00"), "until": moment("10:00")}
    visits = [{"id": f"home_visit:1-302:{DAY}", "kind": "home_visit", **window, "state": "now", "away": "", "by": "", "at": ""}]
    own = [
        {
            **home("1-302"),
            "assigned": True,
            "tier": "red",
            "tags": ["lives_alone", "age:82"],
            "contact": contact("张桂芳"),
            "visits": visits,
            "door": door,
        },
        {**home("1-501"), "assigned": True, "tier": "yellow", "tags": ["chronic"], "contact": contact("李大爷", "136 0013 6000")},
    ]
    others = [{**home(f"1-{floor}02"), "assigned": False, "tier": None, "tags": [], "contact": None} for floor in range(4, 9)]
    return {
        "volunteer": {"id": "v-1-101", "name": "周明"},
        "grid": {"id": "g1", "name": "一号网格"},
        "now": moment("09:40"),
        "day": DAY,
        "homes": own + others,
        "trips": [],
    }
