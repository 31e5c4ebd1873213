"""What the stub answers about accompanied trips."""

from typing import TYPE_CHECKING, Any

from tests.browser import world, world_trips

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler

LATE = {"field": "until", "detail": "回来的时间要晚于出发，最多一天。", "detail_en": "The return must come after the departure."}


def plan(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    if body["until"] <= body["from"]:
        return 400, LATE
    names = {one["id"]: one for one in ask.server.file["companions"]}
    given = world_trips.trip("t9", number, ("09:00", "12:00"))
    given.update(
        {name: body[name] for name in ("hospital", "from", "until", "agreed_by", "agreed_on")}, companion=names.get(body["companion"])
    )
    ask.server.file["tasks"].append(world_trips.trip_task(given))
    return 201, given


def move(ask: "Handler", number: str, name: str, body: dict[str, Any]) -> "Answer":
    if body["until"] > body["from"]:
        ask.server.file["tasks"] = [one for one in ask.server.file["tasks"] if one["about"] != name]
    return plan(ask, number, body)


def act(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    trips = ask.server.trips
    found = next(one for one in trips if one["id"] == name)
    world_trips.acted(found, body, world.moment("09:41"))
    if body["act"] in ("return", "done"):
        trips.remove(found)
    return 200, found


ROUTES: list[tuple[str, str, Any]] = [
    ("POST", "/api/homes/([^/]+)/trips", plan),
    ("POST", "/api/homes/([^/]+)/trips/([^/]+)/move", move),
    ("POST", "/api/round/trips/([^/]+)/acts", act),
]
