"""What the stub answers about notices, and the file of those that are open."""

from typing import TYPE_CHECKING, Any

from tests.browser import world, world_notices

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub


def begin(stub: "Stub") -> None:
    stub.hanging, stub.notice_desk = world_notices.file(), world_notices.desk()  # type: ignore[attr-defined]


def own(ask: "Handler") -> "Answer":
    if ask.headers["X-Home-Link"] not in ask.server.links:
        return 401, {"type": "/problems/dead-link", "detail": "这张卡换过新的了。", "detail_en": "This card has been replaced."}
    return 200, {"compound": world.COMPOUND, "now": world.moment(ask.server.now), "notices": world_notices.own()}


def one(ask: "Handler", identity: str) -> "Answer":
    found = _found(ask, identity)
    return 200, {"now": ask.server.notice_desk["now"], "notice": found, "missed": world_notices.missed(), "kept": True}


def write(ask: "Handler", body: dict[str, Any]) -> "Answer":
    if body["title"] == "封楼":
        return 400, {"detail": "没有这个地方，或者那里没有住户。", "detail_en": "There is no such place.", "field": "audience"}
    made = world_notices.notice("2611-new", body["kind"], body["title"], **_said(body), published="")
    draft = world_notices.staff(made, "draft", open=body["open"], audience=body["audience"])
    ask.server.notice_desk["notices"].insert(0, draft)
    return 201, draft


def change(ask: "Handler", identity: str, body: dict[str, Any]) -> "Answer":
    found = _found(ask, identity)
    found.update(title=body["words"]["title"], version=found["version"] + 1, open=body["words"]["open"], **_said(body["words"]))
    return 200, found


def publish(ask: "Handler", identity: str, body: dict[str, Any]) -> "Answer":
    found = _found(ask, identity)
    found.update(state="published", published=world.moment("10:24"), version=found["version"] + 1)
    found["delivery"] = {"arrived": 0, "waiting": found["groups"], "trying": 0, "failed": 0}
    return 200, found


def withdraw(ask: "Handler", identity: str, body: dict[str, Any]) -> "Answer":
    found = _found(ask, identity)
    found.update(state="withdrawn", reason=body["reason"], delivery=None)
    return 200, found


def _found(ask: "Handler", identity: str) -> dict[str, Any]:
    return next(each for each in ask.server.notice_desk["notices"] if each["id"] == identity)


def _said(body: dict[str, Any]) -> dict[str, Any]:
    names = ("text", "title_en", "text_en", "urgent", "from", "until", "rumour", "progress")
    return {name: body[name] for name in names if name in body}


ROUTES = [
    ("GET", "/api/home/notices", own),
    ("GET", "/api/notices", lambda ask: (200, ask.server.notice_desk)),
    ("GET", "/api/notices/([^/]+)", one),
    ("POST", "/api/notices", write),
    ("POST", "/api/notices/([^/]+)/words", change),
    ("POST", "/api/notices/([^/]+)/publication", publish),
    ("POST", "/api/notices/([^/]+)/withdrawal", withdraw),
]
