"""What the stub answers about the boards of the grids, and about those who would like to be volunteers."""

from typing import TYPE_CHECKING, Any

from chalicelib.shared.qr import qr
from tests.browser import world
from tests.browser.world import moment
from tests.browser.world_giving import NASTY

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub

GRIDS = [{"id": "g5", "name": "3 栋低区"}, {"id": "g6", "name": "3 栋高区"}]
ZHOU, ZHENG = {"id": "v-1-101", "name": "周明"}, {"id": "v-1-102", "name": "郑大姐"}
FIRST = {"type": "/problems/already-taken", "detail": "已经有人在做了。", "detail_en": "Somebody else was faster.", "by_name": "郑大姐"}


def errand(name: str, want: str, text: str, **more: Any) -> dict[str, Any]:
    said = {"id": f"errand:g5:{name}", "kind": "mediation" if want == "mediation" else "errand", "want": want, "text": text, "grid": "g5"}
    stands = {"place": "", "home": "", "state": "open", "mine": False, "who": None, "since": moment("08:20"), "until": "", "overdue": False}
    done = {"done": "", "note": "", "confirmed": "", "complex": want == "mediation", "contact": None}
    return {**said, **stands, **done, **more}


def errands() -> list[dict[str, Any]]:
    held = {"state": "claimed", "until": moment("17:30")}
    return [
        errand("rice", "shopping", "帮老人买十斤米", place="3 栋", overdue=True),
        errand("quarrel", "mediation", "楼上楼下为拖椅子的声音吵起来了"),
        errand("food", "handing_out", NASTY, who=ZHOU, mine=True, **held, home="3-502", place="3 栋 502", contact=world.contact("安娜")),
        errand("walk", "company", "陪张奶奶去花园走走", who=ZHENG, **held),
        errand("old", "mediation", "停车位", state="done", who=ZHOU, mine=True, done=moment("09:00"), note="说好了轮流停"),
        errand("older", "other", "贴通知", state="confirmed", who=ZHOU, mine=True, done=moment("09:00"), note=NASTY, confirmed="刘组长"),
    ]


def begin(stub: "Stub") -> None:
    stub.errands, stub.boards = errands(), [{**one, "mine": False} for one in errands()]  # type: ignore[attr-defined]
    stub.gone = set()  # type: ignore[attr-defined]
    stub.applications = applications()  # type: ignore[attr-defined]
    stub.helps = {"skills": ["driving", "理发"], "times": ["2am"]}  # type: ignore[attr-defined]


def own(ask: "Handler") -> "Answer":
    grid = {"id": "g5", "name": "3 栋低区"}
    return 200, {"volunteer": ZHOU, "grid": grid, "now": moment("09:40"), "errands": ask.server.errands, **ask.server.helps}


def act(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.errands if one["id"] == name)
    if name in ask.server.gone:
        found.update(state="claimed", who=ZHENG, until=moment("17:40"))
        return 409, FIRST
    changes: dict[str, dict[str, Any]] = {
        "claim": {"state": "claimed", "mine": True, "who": ZHOU, "until": moment("17:40")},
        "return": {"state": "open", "mine": False, "who": None, "until": "", "home": "", "contact": None},
        "done": {"state": "done", "done": moment("09:40"), "note": body.get("note", ""), "until": "", "contact": None},
    }
    found.update(changes[body["act"]])
    return 200, found


def boards(ask: "Handler") -> "Answer":
    people = [{**ZHOU, "grid": "g5", "skills": ["dialect"], "free": "7am"}, {**ZHENG, "grid": "g5", "skills": [], "free": ""}]
    return 200, {"now": moment("10:24"), "grids": GRIDS, "errands": ask.server.boards, "people": people}


def hang(ask: "Handler", body: dict[str, Any]) -> "Answer":
    made = errand("new", body["want"], body["text"], grid=body["grid"])
    ask.server.boards.insert(0, made)
    return 201, made


def decide(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.boards if one["id"] == name)
    changes: dict[str, dict[str, Any]] = {"confirm": {"state": "confirmed", "confirmed": "刘组长"}, "cancel": {"state": "cancelled"}}
    changes |= {"assign": {"who": ZHENG}, "reopen": {"state": "open", "who": None}}
    found.update(changes[body["act"]])
    ask.server.boards = [one for one in ask.server.boards if one["state"] != "cancelled"]
    return 200, {**found, "kind": "errand"}


def application(name: str, who: str, **more: Any) -> dict[str, Any]:
    said = {"id": name, "made": moment("08:10"), "name": who, "phone": "139 0000 0088", "where": "3 栋 1104", "home": "3-1104"}
    helps = {"grids": ["g6"], "skills": ["dialect", "理发"], "times": ["2am", "6ev"], "why": "想认识邻居", "known": False}
    return {**said, **helps, "state": "waiting", "decided": "", "by": "", "reason": "", "volunteer": "", **more}


def applications() -> list[dict[str, Any]]:
    over = {"decided": moment("09:00"), "by": "刘组长"}
    return [
        application("a1", "林小满"),
        application("a2", NASTY, where=NASTY[:20], home="", grids=["g5", "g6"], skills=[], times=[], why="", known=True),
        application("a3", "韩冬", state="declined", reason="住得太远", **over),
        application("a4", "柳叶", state="approved", volunteer="r-a4", **over),
    ]


def desk(ask: "Handler") -> "Answer":
    grids = [{**GRIDS[0], "has": 6, "lacks": 0}, {**GRIDS[1], "has": 2, "lacks": 3}]
    link = f"{ask.server.url}/join/#anheli"
    return 200, {"now": moment("10:24"), "link": link, "qr": qr(link), "grids": grids, "applications": ask.server.applications}


def decide_on(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.applications if one["id"] == name)
    yes = {"state": "approved", "volunteer": "v-1-101"}
    found.update(yes if body["approve"] else {"state": "declined", "reason": body["reason"]}, decided=moment("10:24"), by="王建国")
    return 200, found


def describe(ask: "Handler", body: dict[str, Any]) -> "Answer":
    ask.server.helps = {"skills": [*body["skills"], *filter(None, [body["words"]])], "times": body["times"]}
    return 200, {"volunteer": ZHOU, **ask.server.helps}


ROUTES = [
    ("POST", "/api/applications", lambda ask, body: (201, {"received": moment("10:24")})),
    ("GET", "/api/applications", desk),
    ("POST", "/api/applications/([^/]+)/decision", decide_on),
    ("POST", "/api/round/profile", describe),
    ("GET", "/api/round/errands", own),
    ("POST", "/api/round/errands/([^/]+)/acts", act),
    ("GET", "/api/errands", boards),
    ("POST", "/api/errands", hang),
    ("POST", "/api/tasks/(errand:[^/]+)/acts", decide),
]
