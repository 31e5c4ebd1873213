"""What the stub answers about activities."""

from typing import TYPE_CHECKING, Any

from tests.browser import world, world_activities

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub


def begin(stub: "Stub") -> None:
    stub.activities, stub.activity_desk = world_activities.mine(), world_activities.desk()  # type: ignore[attr-defined]


def own(ask: "Handler") -> "Answer":
    if ask.headers["X-Home-Link"] not in ask.server.links:
        return 401, {"type": "/problems/dead-link", "detail": "这张卡换过新的了。", "detail_en": "This card has been replaced."}
    return 200, {"now": world.moment(ask.server.now), "phones": world.PHONES, "most": 6, "activities": ask.server.activities}


def sign_up(ask: "Handler", name: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.activities if one["id"] == name)
    persons = body["persons"]
    state = "none" if not persons else "in" if found["left"] >= persons or found["state"] == "in" else "waiting"
    found.update(persons=persons, state=state, turn=found["waiting"] + 1 if state == "waiting" else 0, moved="")
    return 200, found


def arrange(ask: "Handler", body: dict[str, Any]) -> "Answer":
    made = {**world_activities.desk()["activities"][0], **body, "id": "new", "left": body["places"], "waiting": 0, "persons": 0, "rows": []}
    ask.server.activity_desk["activities"].insert(0, made)
    return 201, made


def change(ask: "Handler", name: str, what: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.activity_desk["activities"] if one["id"] == name)
    if what == "sign-ups":
        found["rows"].append(world_activities.comer(body["home"], "", body["persons"]))
    elif what == "places":
        found.update(places=body["places"])
    else:
        found.update(called_off=True, takes=False, why=body["why"])
    return 200, found


ROUTES = [
    ("GET", "/api/home/activities", own),
    ("POST", "/api/home/activities/(.+)", sign_up),
    ("GET", "/api/activities", lambda ask: (200, ask.server.activity_desk)),
    ("POST", "/api/activities", arrange),
    ("POST", "/api/activities/([^/]+)/(sign-ups|places|calling-off)", change),
]
