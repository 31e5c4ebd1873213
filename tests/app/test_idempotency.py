"""The same request twice: the first answer again, or a plain no; never the act twice."""

import pytest

from chalicelib.access import ROUTES
from tests.app.cast import PARCEL, REPORTED, World
from tests.app.client import Answer
from tests.app.test_access import AT_THE_DESK, CAME, DAYS, JOINING, LECTURE, OUTING, REQUESTS, SHIFT, SOLVED_CASE, VISIT, WANTED, WATER_CUT
from tests.app.test_malformed import FORMS, WHO

KEYED = {route: access for route, access in ROUTES.items() if access.keyed}


def ask(everybody: World, route: tuple[str, str], key: str | None, body: object = None) -> Answer:
    asked = REQUESTS[route](everybody)
    return everybody.callers()[WHO[ROUTES[route].door]].post(asked.path, asked.body if body is None else body, key)


def test_every_post_that_writes_as_json_needs_a_key():
    assert {route for route in ROUTES if route[0] == "POST"} - set(KEYED) == {("POST", "/api/session"), *FORMS}


@pytest.mark.parametrize(
    "key", [None, "", "seven77", "x" * 201, "with a space", "带中文的钥匙带中文", "tab\tinside", "new\nline-key", '"short"']
)
@pytest.mark.parametrize("route", KEYED, ids=" ".join)
def test_without_a_fitting_key_nothing_is_done(route: tuple[str, str], key: str | None, everybody: World):
    before = dict(everybody.store._items)

    answer = ask(everybody, route, key)

    assert (answer.status, answer.json["type"]) == (400, "/problems/idempotency-key")
    assert everybody.store._items == before


SAME_AGAIN, SHOWN_ONCE = "the first answer again", "a 409, since secrets are shown once"
REPEATS = {
    ("POST", "/api/check-ins"): SAME_AGAIN,
    ("POST", "/api/devices"): SAME_AGAIN,
    ("POST", "/api/alerts/{alert}/acknowledgement"): SAME_AGAIN,
    ("POST", "/api/alerts/{alert}/explanation"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/check-ins"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/expected-openings"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/link-revocation"): SAME_AGAIN,
    ("POST", "/api/cards"): SHOWN_ONCE,
    ("POST", "/api/volunteers/{volunteer}/link"): SHOWN_ONCE,
    ("POST", "/api/homes/{home}/tier"): SAME_AGAIN,
    ("POST", "/api/tier-changes/{change}/approval"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/pauses"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/pauses/{pause}/end"): SAME_AGAIN,
    ("POST", "/api/leaves"): SAME_AGAIN,
    ("POST", "/api/leaves/{leave}/end"): SAME_AGAIN,
    ("POST", "/api/roster"): SAME_AGAIN,
    ("POST", "/api/visits"): SAME_AGAIN,
    ("POST", "/api/round/visits"): SAME_AGAIN,
    ("POST", "/api/round/trips/{trip}/acts"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/trips"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/trips/{trip}/move"): SAME_AGAIN,
    ("POST", "/api/tasks/{task}/acts"): SAME_AGAIN,
    ("POST", "/api/home/tickets"): SAME_AGAIN,
    ("POST", "/api/home/tickets/{ticket}/answer"): SAME_AGAIN,
    ("POST", "/api/tickets"): SAME_AGAIN,
    ("POST", "/api/tickets/{ticket}/answer"): SAME_AGAIN,
    ("POST", "/api/incidents"): SAME_AGAIN,
    ("POST", "/api/incidents/{incident}/notice"): SAME_AGAIN,
    ("POST", "/api/incidents/{incident}/close"): SAME_AGAIN,
    ("POST", "/api/cases"): SAME_AGAIN,
    ("POST", "/api/cases/{case}/approval"): SAME_AGAIN,
    ("POST", "/api/cases/{case}/withdrawal"): SAME_AGAIN,
    ("POST", "/api/home/tickets/{ticket}/photos"): SAME_AGAIN,
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}"): SAME_AGAIN,
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}/removal"): SAME_AGAIN,
    ("POST", "/api/tickets/{ticket}/photos/{photo}/removal"): SAME_AGAIN,
    ("POST", "/api/tickets/{ticket}/photos"): SAME_AGAIN,
    ("POST", "/api/tickets/{ticket}/photos/{photo}"): SAME_AGAIN,
    ("POST", "/api/supplies/{good}/acts"): SAME_AGAIN,
    ("POST", "/api/hand-outs"): SAME_AGAIN,
    ("POST", "/api/hand-outs/{round}/close"): SAME_AGAIN,
    ("POST", "/api/hand-outs/{round}/signatures"): SAME_AGAIN,
    ("POST", "/api/round/hand-outs/{round}/signatures"): SAME_AGAIN,
    ("POST", "/api/applications"): SAME_AGAIN,
    ("POST", "/api/applications/{application}/decision"): SAME_AGAIN,
    ("POST", "/api/round/profile"): SAME_AGAIN,
    ("POST", "/api/errands"): SAME_AGAIN,
    ("POST", "/api/round/errands/{errand}/acts"): SAME_AGAIN,
    ("POST", "/api/round/reservations"): SAME_AGAIN,
    ("POST", "/api/round/reservations/{reservation}/release"): SAME_AGAIN,
    ("POST", "/api/volunteers/{volunteer}/corrections"): SAME_AGAIN,
    ("POST", "/api/reservations/{reservation}/acts"): SAME_AGAIN,
    ("POST", "/api/rewards/{reward}/hours"): SAME_AGAIN,
    ("POST", "/api/parcels"): SAME_AGAIN,
    ("POST", "/api/parcels/hand-overs"): SAME_AGAIN,
    ("POST", "/api/parcels/{parcel}/home"): SAME_AGAIN,
    ("POST", "/api/round/parcels/hand-overs"): SAME_AGAIN,
    ("POST", "/api/home/parcels/pick-up"): SAME_AGAIN,
    ("POST", "/api/places/{place}/disinfections"): SAME_AGAIN,
    ("POST", "/api/patrols/{grid}/acts"): SAME_AGAIN,
    ("POST", "/api/patrols/{grid}/points"): SAME_AGAIN,
    ("POST", "/api/round/patrol/acts"): SAME_AGAIN,
    ("POST", "/api/round/patrol/points"): SAME_AGAIN,
    ("POST", "/api/places/{place}/disinfections/undo"): SAME_AGAIN,
    ("POST", "/api/round/places/{place}/disinfections"): SAME_AGAIN,
    ("POST", "/api/round/places/{place}/disinfections/undo"): SAME_AGAIN,
    ("POST", "/api/notices"): SAME_AGAIN,
    ("POST", "/api/notices/{notice}/words"): SAME_AGAIN,
    ("POST", "/api/notices/{notice}/publication"): SAME_AGAIN,
    ("POST", "/api/notices/{notice}/withdrawal"): SAME_AGAIN,
    ("POST", "/api/volunteers/{volunteer}/device-code"): SHOWN_ONCE,
    ("POST", "/api/contents"): SAME_AGAIN,
    ("POST", "/api/home/activities/{activity}"): SAME_AGAIN,
    ("POST", "/api/activities"): SAME_AGAIN,
    ("POST", "/api/activities/{activity}/sign-ups"): SAME_AGAIN,
    ("POST", "/api/activities/{activity}/places"): SAME_AGAIN,
    ("POST", "/api/activities/{activity}/calling-off"): SAME_AGAIN,
    ("POST", "/api/door-sheets"): SAME_AGAIN,
    ("POST", "/api/homes/{home}/copies"): SAME_AGAIN,
    ("POST", "/api/round/copies"): SAME_AGAIN,
}


def test_every_keyed_route_says_what_a_repeat_gets():
    assert set(REPEATS) == set(KEYED)


@pytest.mark.parametrize("route", KEYED, ids=" ".join)
def test_a_repeat_under_the_same_key_does_nothing_twice(route: tuple[str, str], everybody: World):
    key = REQUESTS[route](everybody).key
    key = "the-very-same" if key == "fresh" else key
    first = ask(everybody, route, key)
    after = dict(everybody.store._items)

    again = ask(everybody, route, f'"{key}"')

    assert first.status < 300 and everybody.store._items == after
    if REPEATS[route] is SAME_AGAIN:
        assert (again.status, again.text) == (first.status, first.text)
    else:
        assert (again.status, again.json["type"]) == (409, "/problems/shown-already")


@pytest.mark.parametrize(
    ("route", "other"),
    [
        (("POST", "/api/check-ins"), {"needs": ["food"]}),
        (("POST", "/api/homes/{home}/check-ins"), {"feeling": "unwell"}),
        (("POST", "/api/alerts/{alert}/acknowledgement"), {"note": "我去看"}),
        (("POST", "/api/alerts/{alert}/explanation"), {"reason": "送菜"}),
        (("POST", "/api/homes/{home}/expected-openings"), {**VISIT, "reason": "送菜"}),
        (("POST", "/api/homes/{home}/expected-openings"), {**VISIT, "until": "2026-11-22T15:00:01+08:00"}),
        (("POST", "/api/homes/{home}/tier"), {"tier": "red", "reason": "出院回家", "since": "2026-11-24"}),
        (("POST", "/api/homes/{home}/pauses"), {"why": "away", **DAYS}),
        (("POST", "/api/leaves"), {"person": "anheli.wang", **DAYS, "last": "2026-12-06"}),
        (("POST", "/api/roster"), {"week": "2026-11-23", "shifts": [SHIFT, {**SHIFT, "staff": "anheli.liu"}]}),
        (("POST", "/api/visits"), {**CAME, "temperature": 38.5}),
        (("POST", "/api/round/visits"), {**CAME, "outcome": "nobody_home"}),
        (("POST", "/api/tasks/{task}/acts"), {"act": "done"}),
        (("POST", "/api/parcels"), {"goods": "daily", "home": "3-1104"}),
        (("POST", "/api/parcels/hand-overs"), {"act": "damage", "parcels": [PARCEL]}),
        (("POST", "/api/round/parcels/hand-overs"), {"act": "shelve", "parcels": [PARCEL], "code": "S3"}),
        (("POST", "/api/places/{place}/disinfections"), {"extra": True}),
        (("POST", "/api/patrols/{grid}/acts"), {"act": "return"}),
        (("POST", "/api/patrols/{grid}/points"), {"code": "L3"}),
        (("POST", "/api/round/patrol/acts"), {"act": "return"}),
        (("POST", "/api/round/patrol/points"), {"code": "W1"}),
        (("POST", "/api/round/places/{place}/disinfections"), {"amount": 2}),
        (("POST", "/api/home/tickets"), {"kind": "repair", "subkind": "gas"}),
        (("POST", "/api/home/tickets/{ticket}/answer"), {"verdict": "good", "rating": 1}),
        (("POST", "/api/tickets"), {**AT_THE_DESK, "text": "楼下夜里装修"}),
        (("POST", "/api/tickets/{ticket}/answer"), {"verdict": "good"}),
        (("POST", "/api/incidents"), {"tickets": [REPORTED], "text": "电梯厂明天到"}),
        (("POST", "/api/incidents/{incident}/notice"), {"text": "零件明天到"}),
        (("POST", "/api/incidents/{incident}/close"), {"text": "电梯还没好"}),
        (("POST", "/api/cases"), {**SOLVED_CASE, "building": ""}),
        (("POST", "/api/notices"), {**WATER_CUT, "urgent": True}),
        (("POST", "/api/notices/{notice}/words"), {"words": WATER_CUT, "version": 1}),
        (("POST", "/api/notices/{notice}/publication"), {"version": 2}),
        (("POST", "/api/notices/{notice}/withdrawal"), {"reason": "不停了"}),
        (("POST", "/api/round/trips/{trip}/acts"), {"act": "return", "note": ""}),
        (("POST", "/api/applications"), {**JOINING, "why": "闲着"}),
        (("POST", "/api/applications/{application}/decision"), {"approve": False, "reason": "住得太远"}),
        (("POST", "/api/round/profile"), {"skills": ["medical"], "times": ["2am"]}),
        (("POST", "/api/errands"), {**WANTED, "text": "明天帮忙发菜"}),
        (("POST", "/api/round/errands/{errand}/acts"), {"act": "done", "note": "买到了"}),
        (("POST", "/api/round/reservations"), {"reward": "masks"}),
        (("POST", "/api/supplies/{good}/acts"), {"act": "issue", "place": "D1", "amount": 3, "front": True, "note": "门岗"}),
        (("POST", "/api/hand-outs"), {"good": "mask", "place": "D1", "name": "口罩", "each": {"red": 1}}),
        (("POST", "/api/reservations/{reservation}/acts"), {"act": "release"}),
        (("POST", "/api/rewards/{reward}/hours"), {"starts": "2026-12-01T14:00:00+08:00", "seats": 3}),
        (("POST", "/api/home/activities/{activity}"), {"persons": 1}),
        (("POST", "/api/activities"), {**LECTURE, "places": 21}),
        (("POST", "/api/activities/{activity}/sign-ups"), {"home": "3-1104", "persons": 2}),
        (("POST", "/api/activities/{activity}/places"), {"places": 8}),
        (("POST", "/api/activities/{activity}/calling-off"), {"why": "下雪"}),
        (("POST", "/api/contents"), {"line": "duty", "text": "0571-8800 9998"}),
        (("POST", "/api/homes/{home}/copies"), {"kind": "card", "mark": "undo"}),
        (("POST", "/api/round/copies"), {"home": "3-1104", "kind": "card", "mark": "undo"}),
        (("POST", "/api/homes/{home}/trips"), {**OUTING, "hospital": "市三医院"}),
        (("POST", "/api/homes/{home}/trips/{trip}/move"), {**OUTING, "companion": ""}),
    ],
    ids=str,
)
def test_a_key_stands_for_one_payload_for_good(route: tuple[str, str], other: dict, everybody: World):
    assert ask(everybody, route, "the-very-same").status < 300
    after = dict(everybody.store._items)

    answer = ask(everybody, route, "the-very-same", other)

    assert (answer.status, answer.json["type"]) == (422, "/problems/key-reused")
    assert everybody.store._items == after


def test_a_key_used_at_one_home_says_nothing_at_another(everybody: World):
    manager = everybody.callers()["manager"]

    statuses = [manager.post(f"/api/homes/{home}/check-ins", {}, "the-very-same").status for home in ("3-502", "3-1104")]

    assert statuses == [201, 201]


def test_a_window_written_in_another_offset_is_the_same_window(everybody: World):
    route = ("POST", "/api/homes/{home}/expected-openings")
    utc = {**VISIT, "from": "2026-11-22T06:00:00Z", "until": "2026-11-22T07:00:00Z"}

    assert ask(everybody, route, "the-very-same").text == ask(everybody, route, "the-very-same", utc).text
