"""What the stub answers about points, rewards, goods and hand-out rounds."""

from typing import TYPE_CHECKING, Any

from tests.browser import world_giving as giving
from tests.browser.world import moment

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub

GONE = {
    "type": "/problems/nothing-left",
    "detail": "没有这么多了，刚刚被别人拿走了。",
    "detail_en": "Somebody else has just had the last one.",
}


def begin(stub: "Stub") -> None:
    stub.own_points, stub.points_desk = giving.own(), giving.points_desk()  # type: ignore[attr-defined]
    stub.supplies, stub.rounds = giving.supplies(), giving.rounds()  # type: ignore[attr-defined]


def reserve(ask: "Handler", body: dict[str, Any]) -> "Answer":
    own = ask.server.own_points
    found = next(one for one in own["rewards"] if one["id"] == body["reward"])
    if not found["left"]:
        return 409, GONE
    found["left"] -= 1
    own["points"] -= found["points"]
    made = giving.reservation("new", found["name"], points=found["points"], starts=body.get("starts", ""))
    own["reservations"].insert(0, made)
    return 201, made


def release(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.own_points["reservations"] if one["id"] == name)
    found.update(state="released")
    ask.server.own_points["points"] += found["points"]
    return 200, found


def end(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    desk = ask.server.points_desk
    found = next(one for one in desk["waiting"] if one["id"] == name)
    desk["waiting"] = [one for one in desk["waiting"] if one is not found]
    return 200, {**found, "state": "handed_over"}


def statement(ask: "Handler", name: str) -> "Answer":
    return 200, {"volunteer": giving.LAOZHOU, "points": 13, "lines": giving.lines() if name == "v1" else []}


def correct(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    mended = giving.line("corrected", -1, 12, body["note"], f"undo:{body['cause']}")
    return 200, {"volunteer": giving.LAOZHOU, "points": 12, "lines": [mended, *giving.lines()]}


def open_hour(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.points_desk["rewards"] if one["id"] == name)
    made = {"starts": body["starts"], "left": body["seats"], "seats": body["seats"]}
    found["hours"].append(made)
    return 200, made


def move(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    stock = ask.server.supplies
    found = next(one for one in stock["goods"] if one["id"] == name)
    found["there"] += body["amount"] if body["act"] == "receive" else -body["amount"]
    return 200, stock


def begin_round(ask: "Handler", body: dict[str, Any]) -> "Answer":
    made = {**giving.rounds()["rounds"][0], "id": "new", "name": body["name"], "done": 0}
    ask.server.rounds["rounds"].insert(0, made)
    return 201, made


def close(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.rounds["rounds"] if one["id"] == name)
    found.update(closed=moment("10:24"))
    return 200, found


def sign(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.rounds["rounds"] if one["id"] == name)
    door = "3-502" if body.get("card") else body["door"]
    home = next((one for one in found["homes"] if one["home"] == door), None)
    if home is None:
        return 404, {"detail": "没有找到。请核对后再试。", "detail_en": "Nothing here. Please check and try again."}
    home.update(at=moment("09:12"), by="周志明", card=bool(body.get("card")))
    return 200, home


ROUTES = [
    ("GET", "/api/round/points", lambda ask: (200, ask.server.own_points)),
    ("POST", "/api/round/reservations", reserve),
    ("POST", "/api/round/reservations/([^/]+)/release", release),
    ("GET", "/api/round/hand-outs", lambda ask: (200, {**ask.server.rounds, "rounds": ask.server.rounds["rounds"][:1]})),
    ("POST", "/api/round/hand-outs/([^/]+)/signatures", sign),
    ("GET", "/api/points", lambda ask: (200, ask.server.points_desk)),
    ("GET", "/api/volunteers/([^/]+)/points", statement),
    ("POST", "/api/volunteers/([^/]+)/corrections", correct),
    ("POST", "/api/reservations/([^/]+)/acts", end),
    ("POST", "/api/rewards/([^/]+)/hours", open_hour),
    ("GET", "/api/supplies", lambda ask: (200, ask.server.supplies)),
    ("GET", "/api/supplies/request", lambda ask: (200, {"name": "anheli-2026-11-22.csv", "text": "\ufeff物资\r\n"})),
    ("POST", "/api/supplies/([^/]+)/acts", move),
    ("GET", "/api/hand-outs", lambda ask: (200, ask.server.rounds)),
    ("POST", "/api/hand-outs", begin_round),
    ("POST", "/api/hand-outs/([^/]+)/close", close),
    ("POST", "/api/hand-outs/([^/]+)/signatures", sign),
]
