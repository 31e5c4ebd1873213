"""What the stub answers about cards and sheets that are out of date."""

from typing import TYPE_CHECKING, Any

from tests.browser import world, world_copies

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub


def begin(stub: "Stub") -> None:
    stub.outdated, stub.contents = world_copies.outdated(), world_copies.contents()  # type: ignore[attr-defined]


def mark(ask: "Handler", number: str, body: dict[str, Any]) -> "Answer":
    seen, done = ask.server.outdated, body["mark"] == "done"
    source, target = (seen["lines"], seen["done"]) if done else (seen["done"], seen["lines"])
    found = next((one for one in source if one["id"] == f"{number}:{body['kind']}"), None)
    if found is None:
        return 409, {"detail": "这一户已经换好了。", "detail_en": "This door has the new one already.", "by": "v1", "by_name": "周志明"}
    source.remove(found)
    target.insert(0, found)
    found.update(state="current" if done else "old", undo=done, by_name="王建国", at=world.moment("10:24"))
    seen["buildings"][1]["current"] += 1 if done else -1
    return 200, found


def rewrite(ask: "Handler", body: dict[str, Any]) -> "Answer":
    found = next(one for one in ask.server.contents["lines"] if one["line"] == body["line"])
    found.update(text=body["text"], by_name="王建国", at=world.moment("10:24"))
    return 200, ask.server.contents


def sheets(ask: "Handler", body: dict[str, Any]) -> "Answer":
    lines = {one["line"]: one["text"] for one in world_copies.contents()["lines"] if one["text"] and one["line"] != "test_site"}
    made = [{**world.home(number), "steward": world.STEWARD} for number in body["homes"]]
    return 201, {"compound": world.COMPOUND, "lines": lines, "printed": world.DAY, "sheets": made}


ROUTES = [
    ("GET", "/api/contents", lambda ask: (200, ask.server.contents)),
    ("POST", "/api/contents", rewrite),
    ("GET", "/api/outdated", lambda ask: (200, ask.server.outdated)),
    ("POST", "/api/homes/(.+)/copies", mark),
    ("GET", "/api/round/outdated", lambda ask: (200, ask.server.outdated)),
    ("POST", "/api/round/copies", lambda ask, body: mark(ask, body["home"], body)),
    ("POST", "/api/door-sheets", sheets),
]
