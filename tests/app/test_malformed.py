"""What should never have been sent: refused with a sentence, whoever sends it and wherever."""

import json
from typing import Any, get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

from chalicelib.access import ROUTES, Access, Door
from chalicelib.shared.bodies import needed
from chalicelib.web import bodies
from tests.app.cast import World
from tests.app.client import Answer, Client
from tests.app.test_access import FORM, REQUESTS, Asked

POSTS = {route: access for route, access in ROUTES.items() if route[0] == "POST"}
FORMS = {("POST", "/api/check-ins/paper"), ("POST", "/open311/v2/{what}")}
JSON_POSTS = {route: access for route, access in POSTS.items() if route not in FORMS}
WHO = {
    Door.PUBLIC: "anonymous",
    Door.CLIENT: "anonymous",
    Door.HOME: "home",
    Door.VOLUNTEER: "volunteer",
    Door.DEVICE: "volunteer",
    Door.STAFF: "manager",
}


def send(everybody: World, route: tuple[str, str], access: Access, body: bytes, **headers: str) -> Answer:
    caller = everybody.callers()[WHO[access.door]]
    asked: Asked = REQUESTS[route](everybody)
    form = FORM if route in FORMS else {}
    return caller.post(asked.path, body, **{**form, **headers})


def assert_problem(answer: Answer, status: int) -> None:
    assert answer.status == status, answer.text
    if answer.text.startswith("["):  # as Open311 has it
        assert answer.headers["Content-Type"] == "application/json" and [each["code"] for each in answer.json] == [status]
        return
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json["status"] == status and answer.json["type"].startswith("/problems/")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.json["detail"])
    assert answer.json["detail_en"][0].isupper()


@pytest.mark.parametrize(("route", "access"), POSTS.items(), ids=[" ".join(route) for route in POSTS])
def test_a_body_over_sixteen_kilobytes_is_too_large(route: tuple[str, str], access: Access, everybody: World):
    assert_problem(send(everybody, route, access, b'{"note":"' + b"x" * 16 * 1024 + b'"}'), 413)


def test_the_largest_body_that_is_taken_is_sixteen_kilobytes(everybody: World):
    home = everybody.callers()["home"]
    padded = b'{"note":"x"' + b" " * (16 * 1024 - 12) + b"}"

    assert len(padded) == 16 * 1024
    assert home.post("/api/check-ins", padded).status == 201
    assert home.post("/api/check-ins", padded + b" ").status == 413


FOREIGN = ("compound", "home", "tenancy", "source", "by", "state", "roles", "at", "volunteer", "__class__")


@pytest.mark.parametrize(("route", "access"), JSON_POSTS.items(), ids=[" ".join(route) for route in JSON_POSTS])
@pytest.mark.parametrize("member", FOREIGN)
def test_a_member_that_is_none_of_the_callers_business_is_refused(route: tuple[str, str], access: Access, member: str, everybody: World):
    right = REQUESTS[route](everybody).body
    added = member if member not in right else f"{member}_too"

    assert_problem(send(everybody, route, access, json.dumps({**right, added: "x"}).encode()), 400)


BODIES = {
    "nothing": b"",
    "null": b"null",
    "a list": b"[]",
    "a number": b"1",
    "cut short": b'{"note":"x"',
    "two values": b"{} {}",
    "NaN": b'{"note":NaN}',
    "Infinity": b'{"note":-Infinity}',
    "1e999": b'{"note":1e999}',
    "deep list": b'{"note":' + b"[" * 16_000,
    "deep object": b'{"a":' * 3_000,
    "lone surrogate escape": b'{"note":"\\ud800"}',
    "lone surrogate pair turned": b'{"note":"\\udc00\\ud800"}',
    "lone surrogate bytes": b'{"note":"\xed\xa0\x80"}',
    "bad utf-8": b'{"note":"\xff\xfe"}',
    "overlong utf-8": b'{"note":"\xc0\xaf"}',
    "BOM": b"\xef\xbb\xbf{}",
    "UTF-16": '{"note":"x"}'.encode("utf-16"),
    "NUL": b'{"note":"\x00"}',
    "NUL behind": b"{}\x00",
    "single quotes": b"{'note':'x'}",
    "comment": b"{/* x */}",
    "form": b"note=x",
    "wrong type": b'{"note":["x"]}',
    "wrong enum": '{"feeling":"很好"}'.encode(),
    "too many needs": json.dumps({"needs": ["food"] * 7}).encode(),
    "too long a note": json.dumps({"note": "字" * 101}).encode(),
    "a day that is none": b'{"day":"2026-02-30"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_is_not_what_it_should_be_is_refused_and_nothing_is_kept(body: bytes, everybody: World):
    before = dict(everybody.store._items)

    assert_problem(everybody.callers()["home"].post("/api/check-ins", body), 400)
    assert everybody.store._items == before


def test_a_nesting_of_a_hundred_thousand_is_refused_by_its_size(everybody: World):
    assert_problem(everybody.callers()["home"].post("/api/check-ins", b"[" * 100_000), 413)


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("a\u0000b", "ab"),
        ("a\r\n\tb", "a   b"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u200b \ufeff", ""),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("字" * 100, "字" * 100),
        ("💊" * 100, "💊" * 100),
    ],
)
def test_a_note_is_kept_as_typed_but_for_what_cannot_be_seen(note: str, kept: str, everybody: World):
    answer = everybody.callers()["home"].post("/api/check-ins", {"note": note})

    assert (answer.status, answer.json["note"]) == (201, kept)


def members(kind: Any, right: dict) -> list[tuple[str, ...]]:
    """Where in a body that is right something has to be said."""
    inside = {each.encode_name: struct for each in fields(kind) for struct in structs_in(each.type) if each.encode_name in right}
    deeper = [(name, *rest) for name, struct in inside.items() for rest in members(struct, right[name])]
    return [*((name,) for name in needed(kind).values() if name in right), *deeper]


def structs_in(kind: Any) -> list[type[Struct]]:
    return [each for each in (kind, *get_args(kind)) if isinstance(each, type) and issubclass(each, Struct)]


def with_member(right: dict, path: tuple[str, ...], value: str) -> dict:
    name, *rest = path
    return {**right, name: with_member(right[name], tuple(rest), value) if rest else value}


SAID = {
    "zero width": "\u200b\u200c\u200d\u2060\ufeff" * 3,
    "direction": "\u202e\u2066\u2069\u200e" * 3,
    "blank": " \u00a0\u3000\u2003\t\n" * 2,
    "filler": "\u3164\u2800\u115f" * 3,
}


@pytest.mark.parametrize("text", SAID.values(), ids=SAID)
def test_wherever_something_has_to_be_said_what_cannot_be_seen_is_nothing(text: str, everybody: World):
    asked = {route: REQUESTS[route](everybody).body for route in JSON_POSTS}
    tried = [(route, path) for route, right in asked.items() if bodies()[route] for path in members(bodies()[route], right)]
    before = dict(everybody.store._items)

    assert len(tried) > 12, "places where something has to be said"
    for route, path in tried:
        answer = send(everybody, route, POSTS[route], json.dumps(with_member(asked[route], path, text)).encode())
        assert_problem(answer, 400)
    assert everybody.store._items == before


@pytest.mark.parametrize(("route", "access"), POSTS.items(), ids=[" ".join(route) for route in POSTS])
@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data", "application/xml", "application/octet-stream", "", "application/jsonx"]
)
def test_a_content_type_that_is_not_the_routes_is_refused(route: tuple[str, str], access: Access, kind: str, everybody: World):
    assert_problem(send(everybody, route, access, b"{}", **{"Content-Type": kind}), 415)


def test_json_is_json_with_its_charset_said(everybody: World):
    home = everybody.callers()["home"]

    assert home.post("/api/check-ins", {}, **{"Content-Type": "application/json; charset=utf-8"}).status == 201


@pytest.mark.parametrize("identity", ["%23", "3-502%23t1", "..%2F..", "%00", "x" * 300, "%E4%B8%89-502", "%ff", "3-502%0A", "OPEN%23x"])
@pytest.mark.parametrize(
    "path",
    [
        "/api/homes/{}/link-revocation",
        "/api/alerts/{}/acknowledgement",
        "/api/alerts/{}/explanation",
        "/api/volunteers/{}/link",
        "/api/tasks/{}/acts",
        "/api/tickets/{}/answer",
        "/api/cases/{}/withdrawal",
        "/api/parcels/{}/home",
        "/api/places/{}/disinfections",
        "/api/homes/{}",
    ],
)
def test_an_id_in_the_path_that_names_nothing_is_not_found(path: str, identity: str, everybody: World):
    manager, named = everybody.callers()["manager"], path.format(identity)

    body = (
        {"act": "claim"}
        if "tasks" in path
        else {"verdict": "good"}
        if "tickets" in path
        else {"why": "写错了"}
        if "cases" in path
        else {"home": "3-502"}
        if "parcels" in path
        else {"reason": "送药"}
        if "explanation" in path
        else {}
    )
    answer = manager.get(named) if path == "/api/homes/{}" else manager.post(named, body)

    assert_problem(answer, 404)


@pytest.mark.parametrize("link", ["", "#", "x", "anheli", "anheli.%00", "安和里.链接", "\ud800", "anheli." + "A" * 5000, "null"])
def test_a_link_that_is_none_is_refused(link: str, everybody: World):
    assert_problem(Client({"X-Home-Link": link}).get("/api/home"), 401)
    assert_problem(Client({"X-Volunteer-Link": link, "X-Device": link}).get("/api/round"), 401)
    assert_problem(Client({"X-Volunteer-Link": everybody.links["v1"], "X-Device": link}).get("/api/round"), 401)


def test_a_whole_address_pasted_as_a_link_is_understood(everybody: World):
    assert Client({"X-Home-Link": f" http://127.0.0.1:8000/h/#{everybody.links['anheli']} "}).get("/api/home").status == 200


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        ("9999-12-31T00:00:00Z", "9999-12-31T01:00:00Z", "x"),
        ("9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59-13:00", "x"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+13:00", "x"),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "x"),
        ("2026-11-22T10:00:00.9+08:00", "2026-11-22T10:00:00.95+08:00", "x"),
        ("2026-11-22T10:00:00", "2026-11-22T11:00:00", "x"),
        ("2026-11-22T10:00:00+08:00", "2026-11-22T11:00:00+08:00", ""),
        ("2026-11-22T10:00:00+08:00", "2026-11-22T11:00:00+08:00", " \n "),
        ("2026-11-22T10:00:00+08:00", "2026-11-22T11:00:00+08:00", "字" * 41),
    ],
)
def test_a_window_that_makes_no_sense_is_refused(start: str, end: str, reason: str, everybody: World):
    body = {"from": start, "until": end, "reason": reason}

    assert_problem(everybody.callers()["manager"].post("/api/homes/3-502/expected-openings", body), 400)
