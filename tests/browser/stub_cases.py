"""What the stub answers about solved cases: one draft of a colleague's, and what a text with a door or a name in it gets."""

from typing import TYPE_CHECKING, Any

from tests.browser import world

if TYPE_CHECKING:
    from tests.browser.stub import Answer, Handler, Stub


def card(identity: str, state: str = "draft", **members: Any) -> dict[str, Any]:
    said = {"text": "一位妈妈家里的奶粉快没有了，不好意思开口。", "result": "第二天上午有人送到了门口。", "building": "3", "kind": "food"}
    people = {"by": "anheli.liu", "by_name": "刘芳", "approved_by_name": "", "ticked": [], "origin": "letter", "why": ""}
    label = {"label_kind": "", "label_month": "", "label_place": ""}
    dated = {"half_day": "2026-11-20-am", "may_from": world.moment("09:00")}
    return {"id": identity, "state": state, **said, **people, **label, **dated, **members}


def begin(stub: "Stub") -> None:
    gone = {"text": "", "result": "", "why": "写得太细", "label_kind": "other", "label_month": "2026-10", "label_place": ""}
    out = {"label_kind": "repair", "label_month": "2026-10", "label_place": "3", "kind": "repair", "approved_by_name": "陈敏"}
    stub.cases = {  # type: ignore[attr-defined]
        "drafts": [card("c1", ticked=["高兴的人"])],
        "approved": [card("c2", "approved", kind="mood", building="", approved_by_name="陈敏")],
        "published": [card("c3", "published", **out), card("c4", "withdrawn", **gone)],
    }


def desk(ask: "Handler") -> "Answer":
    buildings = [{"id": "3", "name": "3 栋"}, {"id": "5", "name": ""}]
    told = {"now": world.moment(ask.server.now), "me": "anheli.wang", "release": "2026-12-01", "buildings": buildings}
    return 200, {**told, **ask.server.cases}  # type: ignore[attr-defined]


def write(ask: "Handler", body: dict[str, Any]) -> "Answer":
    if "3栋" in body["text"]:
        mark = {"field": "text", "kind": "door", "said": "3栋", "start": body["text"].index("3栋"), "end": body["text"].index("3栋") + 2}
        said = {"detail": "存不了：“什么事”里的“3栋”是楼栋、单元或房号。", "detail_en": "Not saved: “3栋” in what it was is a building."}
        return 400, {"type": "/problems/points-at-somebody", "marks": [mark], **said}
    if "王女士" in body["text"] and "王女士" not in body["ticked"]:
        flag = {"field": "text", "kind": "name", "said": "王女士", "start": 0, "end": 3}
        return 409, {"type": "/problems/not-ticked", "flags": [flag], "detail": "这些像人名：“王女士”。", "detail_en": "A name? “王女士”."}
    made = card("c9", **{name: body[name] for name in ("kind", "building", "text", "result", "ticked", "half_day")}, by="anheli.wang")
    ask.server.cases["drafts"].append(made)  # type: ignore[attr-defined]
    return 201, made


def approve(ask: "Handler", identity: str, body: dict[str, Any]) -> "Answer":
    cases = ask.server.cases  # type: ignore[attr-defined]
    state, label = ("published", {"label_kind": "other", "label_month": "2026-11"}) if body["at_once"] else ("approved", {})
    found = next(one for each in cases.values() for one in each if one["id"] == identity)
    for each in cases.values():
        each[:] = [one for one in each if one is not found]
    found |= {"state": state, "approved_by_name": found["approved_by_name"] or "王建国", **label}
    cases[state].append(found)
    return 200, found


def withdraw(ask: "Handler", identity: str, body: dict[str, Any]) -> "Answer":
    cases = ask.server.cases  # type: ignore[attr-defined]
    found = next(one for each in cases.values() for one in each if one["id"] == identity)
    found |= {"state": "withdrawn", "text": "", "result": "", **body}
    return 200, found


ROUTES: list[Any] = [
    ("GET", "/api/cases", desk),
    ("POST", "/api/cases", write),
    ("POST", "/api/cases/(.+)/approval", approve),
    ("POST", "/api/cases/(.+)/withdrawal", withdraw),
]
