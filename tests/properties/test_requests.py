"""Whatever anybody sends to any route: never an error of ours, and every refusal says what to do in both languages."""

import json
from datetime import timedelta, timezone
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib import wiring
from chalicelib.access import ROUTES
from chalicelib.web import bodies
from tests.app.cast import API_KEY, world
from tests.app.client import Answer, Client, FixedClock, stand_on
from tests.app.test_access import CALLERS, REQUESTS, Pool
from tests.builders import moment

TWINS = ("/api/tickets/{ticket}/photos",)
"""The desk's photos, which go the family's way."""
POSTS = [path for method, path in ROUTES if method == "POST" and not path.startswith(TWINS)]
OPEN311 = "/open311/v2/{what}"
TEXT = st.text(max_size=30)  # with lone surrogates and NUL
USUAL = st.sampled_from(["well", "food", "3-502", "2026-11-22", "999999", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
OFFSETS = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
INSTANTS = st.datetimes(timezones=OFFSETS).map(lambda moment: moment.isoformat())
LEAVES = st.one_of(TEXT, USUAL, INSTANTS, st.integers(), st.floats(), st.booleans(), st.none())
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=7) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8)
WORDS = ["compound", "home", "code", "nonce", "lang", "feeling", "needs", "note"]
REPORT = {"jurisdiction_id": "anheli", "api_key": API_KEY, "service_code": "repair", "attribute[what]": "lift", "address_id": "3"}
"""What Open311 takes, with the values that it takes."""
FORM = "application/x-www-form-urlencoded"
KEYS = st.one_of(st.none(), TEXT, st.just("a-key-that-fits"), st.just("another-key-that-fits"))
KINDS = st.sampled_from(
    ["application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "text/plain", "", "🚪"]
)
PLACES = st.one_of(TEXT, st.sampled_from(["3-502", "3-1104", "v1", "1-302", "..", "3-502#t1"]))


def members(path: str) -> list[str]:
    fields = getattr(bodies()["POST", path], "__struct_encode_fields__", ())
    return [*fields, *(WORDS if not fields else ())]


def near(path: str) -> st.SearchStrategy[bytes]:
    """Bodies that are almost right: the route's own members with values of any kind, at times cut short or scratched."""
    right = REQUESTS["POST", path](world()).body
    usual = right if isinstance(right, dict) else {}
    names = st.one_of(st.sampled_from(members(path) or ["x"]), TEXT)
    objects = st.dictionaries(names, VALUES, max_size=4).map(lambda more: {**usual, **more})
    whole = st.one_of(objects, st.just(usual), VALUES).map(lambda value: json.dumps(value).encode())
    scratched = st.tuples(whole, st.integers(0, 200), st.binary(max_size=3)).map(lambda t: t[0][: t[1]] + t[2] + t[0][t[1] + 1 :])
    forms = st.dictionaries(st.sampled_from(WORDS), st.one_of(TEXT, st.sampled_from(["anheli", "3-502", "well", "food"])), max_size=8)
    reports = st.dictionaries(
        st.sampled_from([*REPORT, "lat", "long", "description", "address_string"]), st.one_of(TEXT, USUAL), max_size=3
    )
    formed = reports.map(lambda more: form({**REPORT, **more})) if path == OPEN311 else forms.map(form)
    return st.one_of(whole, scratched, formed, st.binary(max_size=60))


def form(fields: dict[str, str]) -> bytes:
    return "&".join(f"{name}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields.items()).encode()


def send(caller: Client, path: str, raw: bytes, headers: dict[str, str], place: str) -> Answer:
    path = path.replace("{what}", "requests.json")
    for name in ("home", "alert", "volunteer"):
        path = path.replace(f"{{{name}}}", quote(place.encode("utf-8", "surrogatepass"), safe="") or "-")
    return caller.call("POST", path, raw, headers)


@pytest.mark.parametrize("path", POSTS)
@given(data=st.data(), kind=KINDS, key=KEYS, place=PLACES, who=st.sampled_from(CALLERS))
def test_no_request_breaks_anything_and_every_refusal_says_what_to_do(
    path: str, data: Any, kind: str, key: str | None, place: str, who: str
):
    right = data.draw(st.booleans())
    kind = FORM if right and (path.endswith("/paper") or path == OPEN311) else "application/json" if right else kind
    headers = {"Content-Type": kind} | ({} if key is None else {"Idempotency-Key": key})
    everybody = world()
    with pytest.MonkeyPatch.context() as patch:
        stand_on(patch, everybody.store, FixedClock(moment("09:00")))
        patch.setattr(wiring, "client", lambda name: Pool())
        raw = data.draw(near(path))
        answer = send(everybody.callers()[who], path, raw, headers, place)

    assert answer.status < 500, (raw, answer.text)
    if answer.status >= 400 and path == OPEN311:
        assert [(each["code"], bool(each["description"])) for each in answer.json] == [(answer.status, True)]
    elif answer.status >= 400:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json["status"] == answer.status and answer.json["detail"] and answer.json["detail_en"]
    assert "Traceback" not in answer.text and "chalicelib" not in answer.text


@given(link=st.text(max_size=60), device=st.text(max_size=60), path=st.sampled_from(["/api/home", "/api/round", "/api/duty"]))
def test_no_header_opens_or_breaks_a_door(link: str, device: str, path: str):
    everybody = world()
    with pytest.MonkeyPatch.context() as patch:
        stand_on(patch, everybody.store, FixedClock(moment("09:00")))
        answer = Client({"X-Home-Link": link, "X-Volunteer-Link": link, "X-Device": device, "Authorization": link}).get(path)

    assert answer.status in (401, 403)


@given(claims=st.dictionaries(st.sampled_from(["cognito:username", "cognito:groups", "sub"]), st.text(max_size=30)))
def test_no_claim_that_is_on_no_list_opens_the_desk(claims: dict[str, str]):
    everybody = world()
    with pytest.MonkeyPatch.context() as patch:
        stand_on(patch, everybody.store, FixedClock(moment("09:00")))
        answer = Client(claims=claims).get("/api/duty")

    assert answer.status == 403
