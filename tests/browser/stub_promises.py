"""What the stub answers about visits and tasks: enough of the real rules that a page is seen to follow them."""

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import segno

from tests.browser import world, world_promises, world_trips, world_warmth
from tests.browser.world_promises import WANG

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler


def record_visit(ask: "Handler", body: dict[str, Any]) -> "Answer":
    stub = ask.server
    lists = [stub.today, *stub.earlier.values()]
    found = next(one for each in lists for one in each["visits"] if one["id"] == body["visit"])
    stub.keys.append(ask.headers["Idempotency-Key"])
    said = {name: body.get(name) for name in ("temperature", "mood", "note")}
    found.update(state=body["outcome"], at=stub.today["now"], by="wang", by_name="王建国", needs=body.get("needs", []), **said)
    return 201, found


def act(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    board = ask.server.board
    everything = [*ask.server.today["tasks"], *(one for place in PLACES for one in board[place]), *ask.server.file["tasks"]]
    everything += ask.server.desk["troubles"]
    found = next(one for one in everything if one["id"] == name)
    if body["act"] == "claim" and found["holder"]:
        return 409, {"detail": "已经有人在做了。", "detail_en": "Somebody is already on it.", "by": "chen", "by_name": "陈敏"}
    if found.get("trip"):
        world_trips.acted(found["trip"], body, world.moment("09:41"))
        companion = found["trip"]["companion"]
        found.update(state="open" if world_trips.runs(found["trip"]) else "done", owners=[companion] if companion else [])
    else:
        found.update(changed(body))
    to = {"assign": "陈敏"}.get(body["act"], body.get("tier", ""))
    found["steps"].append(world_promises.step(body["act"], "09:40", WANG, body.get("note", ""), to))
    relist(board)
    return 200, found


def today(ask: "Handler") -> "Answer":
    day = parse_qs(urlsplit(ask.path).query).get("day", [world.DAY])[0]
    if day == world.DAY:
        return 200, ask.server.today
    return 200, ask.server.earlier.setdefault(day, world_promises.earlier(day))


def home_warmth(ask: "Handler") -> "Answer":
    return 200, world_warmth.home_warmth(parse_qs(urlsplit(ask.path).query).get("day", [""])[0])


PLACES = ("unassigned", "overdue", "soon", "open", "closed")


def changed(body: dict[str, Any]) -> dict[str, Any]:
    until = body.get("until") or world.moment("18:00")
    running = {"paused_until": "", "pause_hours": 24, "solve_by": world.moment("11:00"), "doer": ""}
    return {
        "claim": {**running, "state": "claimed", "holder": "wang", "owners": [WANG]},
        "done": {"state": "done", "holder": "", "doer": "wang"},
        "return": {**running, "state": "open", "holder": "", "owners": [], "pause_hours": 0},
        "assign": {**running, "state": "open", "holder": "", "owners": [{"id": body.get("owner"), "name": "陈敏"}]},
        "pause": {"paused_until": until, "solve_by": "", "respond_by": "", "overdue": False},
        "resume": running,
        "prioritise": {**running, "tier": body.get("tier")},
        "cancel": {"state": "cancelled", "holder": ""},
        "confirm": {"state": "confirmed"},
        "reopen": {**running, "state": "open", "holder": ""},
    }[body["act"]]


def relist(board: dict[str, Any]) -> None:
    """The board after an act: what is closed, what nobody owns, and the rest where it was."""
    for place in PLACES:
        for one in list(board[place]):
            open_now = one["state"] in ("open", "claimed")
            wanted = (
                "closed" if not open_now else "unassigned" if not one["owners"] else "open" if place in ("closed", "unassigned") else place
            )
            if wanted != place:
                board[place].remove(one)
                board[wanted].append(one)


def pause(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    ask.server.file.update(pause={**world_promises.pause(), **body}, away=body["why"])
    return 201, ask.server.file["pause"]


def end_pause(ask: "Handler", number: str, name: str, body: dict[str, Any]) -> "Answer":
    ended = ask.server.file["pause"]
    ask.server.file.update(pause=None, away="")
    return 200, ended


def set_roster(ask: "Handler", body: dict[str, Any]) -> "Answer":
    names = {one["id"]: one["name"] for one in ask.server.roster["staff"]}
    week = next(one for one in ask.server.roster["weeks"] if one["week"] == body["week"])
    if week["edition"] != body["seen"]:
        return 409, {"detail": "排班表刚被别人改过，请刷新后再改。", "detail_en": "Somebody has just changed this week."}
    week.update(edition="e2", gaps=[], shifts=[{**one, "name": names[one["staff"]], "missing": False} for one in body["shifts"]])
    return 200, ask.server.roster


def take_leave(ask: "Handler", body: dict[str, Any]) -> "Answer":
    names = {one["id"]: one["name"] for one in ask.server.roster["people"]}
    if body["last"] < body["first"]:
        return 400, {"detail": "最后一天不能早于第一天。", "detail_en": "The last day must not come before the first."}
    who = {"id": body["person"], "name": names[body["person"]]}
    taken = world_promises.leave(f"l{len(ask.server.roster['leaves']) + 1}", who, body["first"], body["last"])
    ask.server.roster["leaves"].append(taken)
    return 201, taken


def end_leave(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.roster["leaves"] if one["id"] == name)
    ask.server.roster["leaves"].remove(found)
    return 200, {**found, "ended": True}


def volunteer_link(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    link = f"{ask.server.url}/v/#anheli.{name}{'q' * 20}"
    qr = segno.make(link, error="m").svg_data_uri(border=4, scale=4)
    return 201, {"volunteer": name, "link": link, "qr": qr, "device_code": "048213", "code_until": "2026-11-23T09:40:00+08:00"}


def volunteer_code(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    if name == "v-2-303":
        return 409, {"type": "/problems/no-link", "detail": "还没有发过链接，请先发链接。", "detail_en": "She has no link yet."}
    return 201, {"volunteer": name, "device_code": "730415", "code_until": "2026-11-23T09:40:00+08:00"}


def round_visit(ask: "Handler", body: dict[str, Any]) -> "Answer":
    said = {"state": body["outcome"], "at": world.moment("09:41"), "by": "v-1-101", "owners": [{"id": "v-1-101", "name": "周明"}]}
    when = {"opens": world.moment("08:00"), "closes": world.moment("10:00")}
    return 201, {
        "id": body["visit"],
        "kind": "home_visit",
        **world.home(body["home"]),
        "tier": "red",
        "tags": [],
        "contact": None,
        **when,
        **said,
    }


ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "/api/today", today),
    ("GET", "/api/board", lambda ask: (200, ask.server.board)),
    ("GET", "/api/homes/3-502", lambda ask: (200, ask.server.file)),
    ("GET", "/api/roster", lambda ask: (200, ask.server.roster)),
    ("GET", "/api/messages", lambda ask: (200, ask.server.messages)),
    ("GET", "/api/homes/3-502/warmth", home_warmth),
    ("GET", "/api/warmth", lambda ask: (200, ask.server.warmth)),
    ("POST", "/api/visits", record_visit),
    ("POST", "/api/tasks/(.+)/acts", act),
    ("POST", "/api/homes/(.+)/pauses", pause),
    ("POST", "/api/homes/(.+)/pauses/(.+)/end", end_pause),
    ("POST", "/api/homes/(.+)/tier", lambda ask, number, body: (201, ask.server.file["tier_changes"][0])),
    ("POST", "/api/tier-changes/(.+)/approval", lambda ask, name, body: (200, ask.server.file["tier_changes"][0])),
    ("POST", "/api/roster", set_roster),
    ("POST", "/api/round/visits", round_visit),
    ("POST", "/api/leaves", take_leave),
    ("POST", "/api/leaves/(.+)/end", end_leave),
    ("GET", "/api/volunteers", lambda ask: (200, world_promises.volunteers())),
    ("POST", "/api/volunteers/(.+)/link", volunteer_link),
    ("POST", "/api/volunteers/(.+)/device-code", volunteer_code),
]


def begin(stub: Any) -> None:
    """The morning as it stands before anybody has done anything."""
    stub.earlier = {}
    for name in ("today", "board", "file", "roster", "messages"):
        setattr(stub, name, getattr(world_promises, name)())
    stub.warmth = world_warmth.warmth()
