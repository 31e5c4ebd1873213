"""What the stub answers about tickets."""

from typing import TYPE_CHECKING, Any

from tests.browser import world, world_tickets

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub


def begin(stub: "Stub") -> None:
    stub.tickets, stub.likely, stub.ticket_desk = world_tickets.mine(), world_tickets.likely(), world_tickets.desk()  # type: ignore[attr-defined]
    stub.refused = False  # type: ignore[attr-defined]


def own(ask: "Handler") -> "Answer":
    if ask.headers["X-Home-Link"] not in ask.server.links:
        return 401, {"type": "/problems/dead-link", "detail": "这张卡换过新的了。", "detail_en": "This card has been replaced."}
    return 200, {"now": world.moment(ask.server.now), "tickets": ask.server.tickets, "likely": ask.server.likely}


def report(ask: "Handler", body: dict[str, Any]) -> "Answer":
    stub = ask.server
    stub.keys.append(ask.headers["Idempotency-Key"])
    made = {**world_tickets.ticket("2611-NEW7Q", "", "", "open", [world_tickets.line("reported", stub.now)]), **body}
    made |= {"next": "respond", "by": world.moment("09:27")}
    stub.tickets.insert(0, made)
    return 201, made


def judge(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.tickets if one["id"] == number)
    again = body["verdict"] == "returned"
    found["lines"].append(world_tickets.line(body["verdict"], ask.server.now, "", body["note"]))
    found.update(state="open" if again else body["verdict"], next="solve" if again else "nothing", rating=body["rating"])
    found["by"] = world.moment("12:00") if again else ""
    return 200, found


def photo_place(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    stub = ask.server
    stub.keys.append(ask.headers["Idempotency-Key"])
    return 201, {"photo": f"p{len(stub.keys)}", "to": "/photos/", "fields": {"key": number, "policy": "signed"}, "largest": 2_097_152}


def photo_there(ask: "Handler", number: str, photo: str, body: dict[str, Any]) -> "Answer":
    if ask.server.refused:
        return 422, {"type": "/problems/photo-refused", "detail": "这张照片打不开，没有收。", "detail_en": "That photo cannot be read."}
    for one in [*ask.server.tickets, *ask.server.ticket_desk["open"]]:
        one["photos"] += one["id"] == number
    return photos(ask, number)


def photos(ask: "Handler", number: str) -> "Answer":
    shown = next(one["photos"] for one in [*ask.server.tickets, *ask.server.ticket_desk["open"]] if one["id"] == number)
    rows = [{"id": f"p{n}", "at": world.moment("09:10"), "who": "王建国" if n else "", "url": f"/photos/{n}"} for n in range(shown)]
    return 200, {"photos": rows, "room": 3 - shown}


def enter(ask: "Handler", body: dict[str, Any]) -> "Answer":
    made = world_tickets.ticket("2611-NEW7Q", body["subkind"], body["text"], "open", [world_tickets.line("reported", "10:24", "王建国")])
    entered = world_tickets.staff({**made, "kind": body["kind"], "next": "respond", "by": world.moment("10:54")})
    ask.server.ticket_desk["open"].append(entered)
    return 201, entered


def join(ask: "Handler", body: dict[str, Any]) -> "Answer":
    for one in ask.server.ticket_desk["open"]:
        if one["id"] in body["tickets"]:
            one["incident"] = "abc"
            one["lines"].append(world_tickets.line("incident", "10:24", "王建国", body["text"]))
    ask.server.ticket_desk["incidents"] = [world_tickets.incident(body["tickets"], body["text"], body["cause"])]
    return 200, ask.server.ticket_desk


def tell_incident(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    ask.server.ticket_desk["incidents"][0]["text"] = body["text"]
    return 200, ask.server.ticket_desk


def close_incident(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    desk = ask.server.ticket_desk
    for one in [each for each in desk["open"] if each["incident"]]:
        desk["open"].remove(one)
        one.update(state="solved", next="judge", by="", late=False)
        desk["closed"].insert(0, one)
    desk["incidents"] = []
    return 200, desk


def act(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    desk = ask.server.ticket_desk
    found = next(one for one in desk["open"] if one["id"] == number)
    found["lines"].append(world_tickets.line(body["act"], "10:24", "王建国", body.get("note", "")))
    if body["act"] == "claim":
        found.update(holder="wang", holder_name="王建国", next="solve", by=world.moment("12:00"), late=False)
    else:
        desk["open"].remove(found)
        found.update(state="solved", next="judge", by="", late=False)
        desk["closed"].insert(0, found)
    return 200, {}


def remove_photo(ask: "Handler", number: str, photo: str, body: dict[str, Any]) -> "Answer":
    for one in [*ask.server.tickets, *ask.server.ticket_desk["open"]]:
        one["photos"] -= one["id"] == number
    return photos(ask, number)


PHOTOS = [("GET", "", photos), ("POST", "", photo_place), ("POST", "/([^/]+)", photo_there), ("POST", "/([^/]+)/removal", remove_photo)]
ROUTES = [
    ("GET", "/api/home/tickets", own),
    ("POST", "/api/home/tickets", report),
    ("POST", "/api/home/tickets/(.+)/answer", judge),
    *((method, f"/api/(?:home/)?tickets/([^/]+)/photos{more}", act) for method, more, act in PHOTOS),
    ("GET", "/api/tickets", lambda ask: (200, ask.server.ticket_desk)),
    ("POST", "/api/tickets", enter),
    ("POST", "/api/incidents", join),
    ("POST", "/api/incidents/(.+)/notice", tell_incident),
    ("POST", "/api/incidents/(.+)/close", close_incident),
    ("POST", "/api/tasks/ticket:(.+)/acts", act),
]
