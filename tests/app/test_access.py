"""Who may use which route: every route of the access table, asked by everybody."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

from chalicelib import wiring
from chalicelib.access import ROUTES, Door
from chalicelib.tickets.photos import sent_to
from tests.app.cast import (
    API_KEY,
    APPLIED,
    BROUGHT,
    CASE,
    CODE,
    DEVICE_KEY,
    DIGITS,
    DRAFT,
    ERRAND,
    KEPT_PHOTO,
    LIFT_OUT,
    LOST,
    NEED,
    PARCEL,
    PHOTO,
    RECEIPT,
    REPORTED,
    SOLVED,
    SUPPER,
    World,
    world,
)
from tests.app.client import Answer, Client, FixedClock, stand_on
from tests.builders import moment
from tests.pictures import picture

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
VISIT = {"from": "2026-11-22T14:00:00+08:00", "until": "2026-11-22T15:00:00+08:00", "reason": "核酸上门"}
SHIFT = {"staff": "anheli.wang", "from": "2026-11-23T06:00:00+08:00", "until": "2026-11-23T14:00:00+08:00"}
CAME = {"visit": "home_visit:3-702:2026-11-22", "home": "3-702", "outcome": "done", "temperature": 36.5, "note": "药快吃完了"}
OUTING = {
    "hospital": "市二医院",
    "from": "2026-12-02T09:00:00+08:00",
    "until": "2026-12-02T12:00:00+08:00",
    "agreed_by": "门诊 沈医生",
    "agreed_on": "2026-11-21",
    "companion": "anheli.wang",
}
LECTURE = {
    "title": "写春联",
    "where": "三号楼大厅",
    "from": "2026-11-29T14:00:00+08:00",
    "until": "2026-11-29T16:00:00+08:00",
    "buildings": ["3"],
}
WATER_CUT = {
    "kind": "works",
    "title": "3 栋停水",
    "text": "换水管，请先接好水。",
    "from": "2026-11-23T09:00:00+08:00",
    "until": "2026-11-23T12:00:00+08:00",
    "audience": {"buildings": ["3"]},
}
AT_THE_DESK = {"kind": "complaint", "text": "楼上夜里装修", "origin": "phone", "home": "3-1104"}
SOLVED_CASE = {
    "kind": "food",
    "building": "3",
    "text": "奶粉快没有了，不好意思在群里说。",
    "result": "第二天上午送到门口。",
    "origin": "letter",
    "number": RECEIPT,
    "half_day": "2026-11-21-am",
}
ISSUED = {"act": "issue", "place": "D1", "amount": 2, "front": True, "note": "门岗"}
GIVEN = {"good": "mask", "place": "D1", "name": "口罩每户一个", "each": {"green": 1}, "head": 1}
BOOKED = {"reward": "housework", "starts": "2026-12-01T10:00:00+08:00"}
JOINING = {
    "compound": "qinghe",
    "name": "小柳",
    "phone": "139 0000 0077",
    "where": "3-502",
    "skills": ["dialect"],
    "words": "理发",
    "times": ["2am", "6ev"],
    "why": "想认识邻居",
}
WANTED = {"grid": "g1", "want": "handing_out", "text": "下午帮忙发菜", "door": "3-1104"}
OPEN_HOUR = {"starts": "2026-12-01T14:00:00+08:00", "seats": 2}
MENDED = {"cause": "patrol:autumn", "note": "记错人了"}
SEEN = {"code": "L3", "wrong": ["lights"], "note": "灯不亮", "needs": [{"home": "3-1104", "need": "shopping"}]}
DAYS = {"first": "2026-12-01", "last": "2026-12-05"}
PAPER = urlencode({"compound": "anheli", "home": "3-502", "code": CODE, "nonce": "n1"}).encode()
HALL = {"service_code": "repair", "attribute[what]": "lift", "address_id": "3", "description": "停在七楼"}
OPEN311 = urlencode({"jurisdiction_id": "anheli", "api_key": API_KEY, **HALL}).encode()


def sent(everybody: World) -> str:
    """A photo of the lift that has been sent, and that nobody has looked at yet."""
    wiring.photos().keep(sent_to("anheli", REPORTED, PHOTO), picture())
    return PHOTO


class Asked(NamedTuple):
    """A request that is right in every way, so that only who is asking decides. It names people and homes of anheli."""

    path: str
    body: Any = None
    key: str | None = "fresh"


REQUESTS: dict[tuple[str, str], Callable[[World], Asked]] = {
    ("GET", "/api/health"): lambda all: Asked("/api/health"),
    ("GET", "/api/openapi.json"): lambda all: Asked("/api/openapi.json"),
    ("GET", "/api/standards"): lambda all: Asked("/api/standards?compound=qinghe"),
    ("POST", "/api/session"): lambda all: Asked("/api/session", {"username": "anheli.wang", "password": "x"}, None),
    ("POST", "/api/check-ins/paper"): lambda all: Asked("/api/check-ins/paper", PAPER, None),
    ("GET", "/api/home"): lambda all: Asked("/api/home"),
    ("POST", "/api/check-ins"): lambda all: Asked("/api/check-ins", {}),
    ("POST", "/api/devices"): lambda all: Asked("/api/devices", {"code": DIGITS}, DEVICE_KEY),
    ("GET", "/api/round"): lambda all: Asked("/api/round"),
    ("GET", "/api/duty"): lambda all: Asked("/api/duty"),
    ("GET", "/api/messages"): lambda all: Asked("/api/messages"),
    ("GET", "/api/homes"): lambda all: Asked("/api/homes"),
    ("POST", "/api/alerts/{alert}/acknowledgement"): lambda all: Asked(f"/api/alerts/{all.alert}/acknowledgement", {}),
    ("POST", "/api/alerts/{alert}/explanation"): lambda all: Asked(f"/api/alerts/{all.alert}/explanation", {"reason": "核酸上门"}),
    ("GET", "/api/homes/{home}/door-days"): lambda all: Asked("/api/homes/3-1104/door-days"),
    ("POST", "/api/homes/{home}/check-ins"): lambda all: Asked("/api/homes/3-1104/check-ins", {}),
    ("POST", "/api/homes/{home}/expected-openings"): lambda all: Asked("/api/homes/3-1104/expected-openings", VISIT),
    ("POST", "/api/homes/{home}/link-revocation"): lambda all: Asked("/api/homes/3-1104/link-revocation", {}),
    ("POST", "/api/cards"): lambda all: Asked("/api/cards", {"homes": ["3-1104"]}),
    ("GET", "/api/errands"): lambda all: Asked("/api/errands"),
    ("POST", "/api/errands"): lambda all: Asked("/api/errands", WANTED),
    ("GET", "/api/round/errands"): lambda all: Asked("/api/round/errands"),
    ("POST", "/api/round/errands/{errand}/acts"): lambda all: Asked(f"/api/round/errands/{ERRAND}/acts", {"act": "claim"}),
    ("POST", "/api/applications"): lambda all: Asked("/api/applications", JOINING),
    ("GET", "/api/applications"): lambda all: Asked("/api/applications"),
    ("POST", "/api/applications/{application}/decision"): lambda all: Asked(
        f"/api/applications/{APPLIED}/decision", {"approve": True, "grid": "g1"}
    ),
    ("POST", "/api/round/profile"): lambda all: Asked("/api/round/profile", {"skills": ["driving"], "times": ["2am"]}),
    ("GET", "/api/volunteers"): lambda all: Asked("/api/volunteers"),
    ("POST", "/api/volunteers/{volunteer}/link"): lambda all: Asked("/api/volunteers/v1/link", {}),
    ("POST", "/api/homes/{home}/tier"): lambda all: Asked(
        "/api/homes/3-1104/tier", {"tier": "red", "reason": "出院回家", "since": "2026-11-23"}
    ),
    ("POST", "/api/tier-changes/{change}/approval"): lambda all: Asked("/api/tier-changes/change1/approval", {}),
    ("POST", "/api/homes/{home}/pauses"): lambda all: Asked("/api/homes/3-1104/pauses", {"why": "hospital", **DAYS}),
    ("POST", "/api/homes/{home}/pauses/{pause}/end"): lambda all: Asked("/api/homes/3-1104/pauses/pause1/end", {}),
    ("POST", "/api/leaves"): lambda all: Asked("/api/leaves", {"person": "anheli.wang", **DAYS}),
    ("POST", "/api/leaves/{leave}/end"): lambda all: Asked("/api/leaves/leave1/end", {}),
    ("POST", "/api/roster"): lambda all: Asked("/api/roster", {"week": "2026-11-23", "shifts": [SHIFT]}),
    ("GET", "/api/roster"): lambda all: Asked("/api/roster"),
    ("GET", "/api/today"): lambda all: Asked("/api/today"),
    ("GET", "/api/board"): lambda all: Asked("/api/board"),
    ("GET", "/api/homes/{home}"): lambda all: Asked("/api/homes/3-1104"),
    ("GET", "/api/warmth"): lambda all: Asked("/api/warmth"),
    ("GET", "/api/homes/{home}/warmth"): lambda all: Asked("/api/homes/3-1104/warmth"),
    ("GET", "/api/home/tickets"): lambda all: Asked("/api/home/tickets"),
    ("POST", "/api/home/tickets"): lambda all: Asked("/api/home/tickets", {"kind": "repair", "subkind": "leak"}),
    ("POST", "/api/home/tickets/{ticket}/answer"): lambda all: Asked(
        f"/api/home/tickets/{SOLVED}/answer", {"verdict": "good", "rating": 5}
    ),
    ("GET", "/api/home/tickets/{ticket}/photos"): lambda all: Asked(f"/api/home/tickets/{REPORTED}/photos"),
    ("POST", "/api/home/tickets/{ticket}/photos"): lambda all: Asked(f"/api/home/tickets/{REPORTED}/photos", {}),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}"): lambda all: Asked(f"/api/home/tickets/{REPORTED}/photos/{sent(all)}", {}),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}/removal"): lambda all: Asked(
        f"/api/home/tickets/{REPORTED}/photos/{KEPT_PHOTO}/removal", {}
    ),
    ("GET", "/api/tickets"): lambda all: Asked("/api/tickets"),
    ("GET", "/api/tickets/figures"): lambda all: Asked("/api/tickets/figures"),
    ("POST", "/api/tickets"): lambda all: Asked("/api/tickets", AT_THE_DESK),
    ("POST", "/api/tickets/{ticket}/answer"): lambda all: Asked(f"/api/tickets/{SOLVED}/answer", {"verdict": "bad"}),
    ("GET", "/api/tickets/{ticket}/photos"): lambda all: Asked(f"/api/tickets/{REPORTED}/photos"),
    ("POST", "/api/tickets/{ticket}/photos"): lambda all: Asked(f"/api/tickets/{REPORTED}/photos", {}),
    ("POST", "/api/tickets/{ticket}/photos/{photo}"): lambda all: Asked(f"/api/tickets/{REPORTED}/photos/{sent(all)}", {}),
    ("POST", "/api/tickets/{ticket}/photos/{photo}/removal"): lambda all: Asked(f"/api/tickets/{REPORTED}/photos/{KEPT_PHOTO}/removal", {}),
    ("POST", "/api/incidents"): lambda all: Asked("/api/incidents", {"tickets": [REPORTED], "text": "电梯厂下午到"}),
    ("POST", "/api/incidents/{incident}/notice"): lambda all: Asked(f"/api/incidents/{LIFT_OUT.id}/notice", {"text": "零件在路上"}),
    ("POST", "/api/incidents/{incident}/close"): lambda all: Asked(f"/api/incidents/{LIFT_OUT.id}/close", {"text": "电梯好了"}),
    ("GET", "/api/cases"): lambda all: Asked("/api/cases"),
    ("POST", "/api/cases"): lambda all: Asked("/api/cases", SOLVED_CASE),
    ("POST", "/api/cases/{case}/approval"): lambda all: Asked(f"/api/cases/{CASE.id}/approval", {"at_once": True}),
    ("POST", "/api/cases/{case}/withdrawal"): lambda all: Asked(f"/api/cases/{CASE.id}/withdrawal", {"why": "写得太细"}),
    ("GET", "/api/home/notices"): lambda all: Asked("/api/home/notices"),
    ("GET", "/api/notices"): lambda all: Asked("/api/notices"),
    ("GET", "/api/notices/{notice}"): lambda all: Asked(f"/api/notices/{DRAFT}"),
    ("POST", "/api/notices"): lambda all: Asked("/api/notices", WATER_CUT),
    ("POST", "/api/notices/{notice}/words"): lambda all: Asked(
        f"/api/notices/{DRAFT}/words", {"words": {**WATER_CUT, "title": "3 栋停水到 13 点"}, "version": 1}
    ),
    ("POST", "/api/notices/{notice}/publication"): lambda all: Asked(f"/api/notices/{DRAFT}/publication", {"version": 1}),
    ("POST", "/api/notices/{notice}/withdrawal"): lambda all: Asked(f"/api/notices/{DRAFT}/withdrawal", {"reason": "改期"}),
    ("POST", "/api/visits"): lambda all: Asked("/api/visits", CAME),
    ("POST", "/api/round/visits"): lambda all: Asked("/api/round/visits", CAME),
    ("POST", "/api/round/trips/{trip}/acts"): lambda all: Asked("/api/round/trips/trip1/acts", {"act": "return", "note": "腿伤了"}),
    ("POST", "/api/homes/{home}/trips"): lambda all: Asked("/api/homes/3-1104/trips", OUTING),
    ("POST", "/api/homes/{home}/trips/{trip}/move"): lambda all: Asked("/api/homes/3-702/trips/trip1/move", OUTING),
    ("POST", "/api/tasks/{task}/acts"): lambda all: Asked(f"/api/tasks/{NEED}/acts", {"act": "claim"}),
    ("GET", "/api/home/activities"): lambda all: Asked("/api/home/activities"),
    ("POST", "/api/home/activities/{activity}"): lambda all: Asked(f"/api/home/activities/{SUPPER}", {"persons": 2}),
    ("GET", "/api/activities"): lambda all: Asked("/api/activities"),
    ("POST", "/api/activities"): lambda all: Asked("/api/activities", LECTURE),
    ("POST", "/api/activities/{activity}/sign-ups"): lambda all: Asked(
        f"/api/activities/{SUPPER}/sign-ups", {"home": "3-1104", "persons": 1}
    ),
    ("POST", "/api/activities/{activity}/places"): lambda all: Asked(f"/api/activities/{SUPPER}/places", {"places": 9}),
    ("POST", "/api/activities/{activity}/calling-off"): lambda all: Asked(f"/api/activities/{SUPPER}/calling-off", {"why": "下大雨"}),
    ("GET", "/api/contents"): lambda all: Asked("/api/contents"),
    ("POST", "/api/contents"): lambda all: Asked("/api/contents", {"line": "duty", "text": "0571-8800 9999"}),
    ("POST", "/api/door-sheets"): lambda all: Asked("/api/door-sheets", {"homes": ["3-1104"]}),
    ("GET", "/api/outdated"): lambda all: Asked("/api/outdated"),
    ("POST", "/api/homes/{home}/copies"): lambda all: Asked("/api/homes/3-1104/copies", BROUGHT),
    ("GET", "/api/round/outdated"): lambda all: Asked("/api/round/outdated"),
    ("POST", "/api/round/copies"): lambda all: Asked("/api/round/copies", {"home": "3-1104", **BROUGHT}),
    ("GET", "/api/round/points"): lambda all: Asked("/api/round/points"),
    ("POST", "/api/round/reservations"): lambda all: Asked("/api/round/reservations", BOOKED),
    ("POST", "/api/round/reservations/{reservation}/release"): lambda all: Asked("/api/round/reservations/reserved1/release", {}),
    ("GET", "/api/points"): lambda all: Asked("/api/points"),
    ("GET", "/api/volunteers/{volunteer}/points"): lambda all: Asked("/api/volunteers/v1/points"),
    ("POST", "/api/volunteers/{volunteer}/corrections"): lambda all: Asked("/api/volunteers/v1/corrections", MENDED),
    ("POST", "/api/reservations/{reservation}/acts"): lambda all: Asked("/api/reservations/reserved1/acts", {"act": "hand_over"}),
    ("POST", "/api/rewards/{reward}/hours"): lambda all: Asked("/api/rewards/housework/hours", OPEN_HOUR),
    ("GET", "/api/parcels"): lambda all: Asked("/api/parcels"),
    ("POST", "/api/parcels"): lambda all: Asked("/api/parcels", {"goods": "fresh", "home": "3-1104"}),
    ("POST", "/api/parcels/hand-overs"): lambda all: Asked("/api/parcels/hand-overs", {"act": "carry", "parcels": [PARCEL]}),
    ("POST", "/api/parcels/{parcel}/home"): lambda all: Asked(f"/api/parcels/{LOST}/home", {"home": "3-1104"}),
    ("GET", "/api/round/parcels"): lambda all: Asked("/api/round/parcels"),
    ("POST", "/api/round/parcels/hand-overs"): lambda all: Asked("/api/round/parcels/hand-overs", {"act": "carry", "parcels": [PARCEL]}),
    ("POST", "/api/home/parcels/pick-up"): lambda all: Asked("/api/home/parcels/pick-up", {"parcels": [PARCEL]}),
    ("GET", "/api/shelves"): lambda all: Asked("/api/shelves"),
    ("GET", "/api/signs"): lambda all: Asked("/api/signs"),
    ("GET", "/api/places/{place}"): lambda all: Asked("/api/places/anheli.S3"),
    ("GET", "/api/places/{place}/disinfections"): lambda all: Asked("/api/places/anheli.L3/disinfections"),
    ("POST", "/api/places/{place}/disinfections"): lambda all: Asked("/api/places/L3/disinfections", {"amount": 1}),
    ("POST", "/api/places/{place}/disinfections/undo"): lambda all: Asked("/api/places/W1/disinfections/undo", {}),
    ("POST", "/api/round/places/{place}/disinfections"): lambda all: Asked("/api/round/places/L3/disinfections", {"amount": 1}),
    ("POST", "/api/round/places/{place}/disinfections/undo"): lambda all: Asked("/api/round/places/W1/disinfections/undo", {}),
    ("GET", "/api/place-signs"): lambda all: Asked("/api/place-signs"),
    ("GET", "/api/patrols"): lambda all: Asked("/api/patrols"),
    ("POST", "/api/patrols/{grid}/acts"): lambda all: Asked("/api/patrols/g1/acts", {"act": "claim"}),
    ("POST", "/api/patrols/{grid}/points"): lambda all: Asked("/api/patrols/g1/points", SEEN),
    ("GET", "/api/round/patrol"): lambda all: Asked("/api/round/patrol"),
    ("POST", "/api/round/patrol/acts"): lambda all: Asked("/api/round/patrol/acts", {"act": "claim"}),
    ("POST", "/api/round/patrol/points"): lambda all: Asked("/api/round/patrol/points", SEEN),
    ("GET", "/api/supplies"): lambda all: Asked("/api/supplies"),
    ("GET", "/api/supplies/request"): lambda all: Asked("/api/supplies/request"),
    ("GET", "/api/supplies/{good}/lines"): lambda all: Asked("/api/supplies/mask/lines?place=D1"),
    ("POST", "/api/supplies/{good}/acts"): lambda all: Asked("/api/supplies/mask/acts", ISSUED),
    ("GET", "/api/hand-outs"): lambda all: Asked("/api/hand-outs"),
    ("POST", "/api/hand-outs"): lambda all: Asked("/api/hand-outs", GIVEN),
    ("POST", "/api/hand-outs/{round}/close"): lambda all: Asked("/api/hand-outs/round1/close", {}),
    ("POST", "/api/hand-outs/{round}/signatures"): lambda all: Asked("/api/hand-outs/round1/signatures", {"door": "3-502"}),
    ("GET", "/api/round/hand-outs"): lambda all: Asked("/api/round/hand-outs"),
    ("POST", "/api/round/hand-outs/{round}/signatures"): lambda all: Asked("/api/round/hand-outs/round1/signatures", {"door": "3-502"}),
    ("POST", "/api/volunteers/{volunteer}/device-code"): lambda all: Asked("/api/volunteers/v1/device-code", {}),
    ("GET", "/open311/v2/{what}"): lambda all: Asked("/open311/v2/requests.json?jurisdiction_id=anheli"),
    ("GET", "/open311/v2/{what}/{name}"): lambda all: Asked(f"/open311/v2/requests/{REPORTED}.xml?jurisdiction_id=anheli"),
    ("POST", "/open311/v2/{what}"): lambda all: Asked("/open311/v2/requests.json", OPEN311, None),
}

CALLERS = (
    "anonymous", "home", "home of qinghe", "volunteer", "volunteer of qinghe",
    "steward", "steward elsewhere", "coordinator", "manager", "克拉",
)  # fmt: skip
EVERYBODY = (200,) * 10
STAFF_ONLY = (403,) * 5
EXPECTED: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "/api/health"): EVERYBODY,
    ("GET", "/api/openapi.json"): EVERYBODY,
    ("GET", "/api/standards"): EVERYBODY,
    ("POST", "/api/session"): EVERYBODY,
    ("POST", "/api/check-ins/paper"): (303,) * 10,
    ("GET", "/api/home"): (401, 200, 200, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/check-ins"): (401, 201, 201, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/devices"): (401, 401, 401, 201, 201, 401, 401, 401, 401, 401),
    ("GET", "/api/round"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("GET", "/api/duty"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/messages"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("GET", "/api/homes"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/alerts/{alert}/acknowledgement"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/alerts/{alert}/explanation"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/homes/{home}/door-days"): (*STAFF_ONLY, 200, 404, 200, 403, 404),
    ("POST", "/api/homes/{home}/check-ins"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/homes/{home}/expected-openings"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/homes/{home}/link-revocation"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/cards"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("GET", "/api/errands"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/errands"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("GET", "/api/round/errands"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/errands/{errand}/acts"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/applications"): (201,) * 10,
    ("GET", "/api/applications"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("POST", "/api/applications/{application}/decision"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/round/profile"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("GET", "/api/volunteers"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("POST", "/api/volunteers/{volunteer}/link"): (*STAFF_ONLY, 403, 403, 201, 201, 404),
    ("POST", "/api/homes/{home}/tier"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/tier-changes/{change}/approval"): (*STAFF_ONLY, 403, 403, 403, 200, 404),
    ("POST", "/api/homes/{home}/pauses"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/homes/{home}/pauses/{pause}/end"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/leaves"): (*STAFF_ONLY, 201, 403, 201, 201, 404),
    ("POST", "/api/leaves/{leave}/end"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/roster"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("GET", "/api/roster"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/today"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/board"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("GET", "/api/homes/{home}"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/warmth"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/homes/{home}/warmth"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/home/tickets"): (401, 200, 200, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/tickets"): (401, 201, 201, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/tickets/{ticket}/answer"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("GET", "/api/home/tickets/{ticket}/photos"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/tickets/{ticket}/photos"): (401, 201, 404, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/tickets/{ticket}/photos/{photo}/removal"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("GET", "/api/tickets"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/tickets/figures"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("POST", "/api/tickets"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/tickets/{ticket}/answer"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/tickets/{ticket}/photos"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/tickets/{ticket}/photos"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/tickets/{ticket}/photos/{photo}"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/tickets/{ticket}/photos/{photo}/removal"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/incidents"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/incidents/{incident}/notice"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("POST", "/api/incidents/{incident}/close"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/cases"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("POST", "/api/cases"): (*STAFF_ONLY, 403, 403, 201, 201, 400),
    ("POST", "/api/cases/{case}/approval"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/cases/{case}/withdrawal"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("GET", "/api/home/notices"): (401, 200, 200, 401, 401, 401, 401, 401, 401, 401),
    ("GET", "/api/notices"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/notices/{notice}"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("POST", "/api/notices"): (*STAFF_ONLY, 201, 403, 201, 201, 201),
    ("POST", "/api/notices/{notice}/words"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/notices/{notice}/publication"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/notices/{notice}/withdrawal"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/visits"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/round/visits"): (401, 401, 401, 201, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/round/trips/{trip}/acts"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/homes/{home}/trips"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/homes/{home}/trips/{trip}/move"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("POST", "/api/tasks/{task}/acts"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/home/activities"): (401, 200, 200, 401, 401, 401, 401, 401, 401, 401),
    ("POST", "/api/home/activities/{activity}"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("GET", "/api/activities"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/activities"): (*STAFF_ONLY, 201, 403, 201, 201, 201),
    ("POST", "/api/activities/{activity}/sign-ups"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/activities/{activity}/places"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("POST", "/api/activities/{activity}/calling-off"): (*STAFF_ONLY, 200, 403, 200, 200, 404),
    ("GET", "/api/contents"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/contents"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("POST", "/api/door-sheets"): (*STAFF_ONLY, 201, 404, 201, 201, 404),
    ("GET", "/api/outdated"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/homes/{home}/copies"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/round/outdated"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/copies"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("GET", "/api/round/points"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/reservations"): (401, 401, 401, 201, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/round/reservations/{reservation}/release"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("GET", "/api/points"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("GET", "/api/volunteers/{volunteer}/points"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/volunteers/{volunteer}/corrections"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/reservations/{reservation}/acts"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/rewards/{reward}/hours"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("GET", "/api/parcels"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/parcels"): (*STAFF_ONLY, 201, 201, 201, 201, 404),
    ("POST", "/api/parcels/hand-overs"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("POST", "/api/parcels/{parcel}/home"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("GET", "/api/round/parcels"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/parcels/hand-overs"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/home/parcels/pick-up"): (401, 200, 404, 401, 401, 401, 401, 401, 401, 401),
    ("GET", "/api/shelves"): (*STAFF_ONLY, 403, 403, 200, 200, 200),
    ("GET", "/api/signs"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/places/{place}"): EVERYBODY,
    ("GET", "/api/places/{place}/disinfections"): EVERYBODY,
    ("POST", "/api/places/{place}/disinfections"): (*STAFF_ONLY, 201, 201, 201, 201, 404),
    ("POST", "/api/places/{place}/disinfections/undo"): (*STAFF_ONLY, 409, 409, 409, 200, 404),
    ("POST", "/api/round/places/{place}/disinfections"): (401, 401, 401, 201, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/round/places/{place}/disinfections/undo"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("GET", "/api/place-signs"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/patrols"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/patrols/{grid}/acts"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("POST", "/api/patrols/{grid}/points"): (*STAFF_ONLY, 200, 200, 200, 200, 400),
    ("GET", "/api/round/patrol"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/patrol/acts"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/round/patrol/points"): (401, 401, 401, 200, 400, 401, 401, 401, 401, 401),
    ("GET", "/api/supplies"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/supplies/request"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("GET", "/api/supplies/{good}/lines"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("POST", "/api/supplies/{good}/acts"): (*STAFF_ONLY, 200, 200, 200, 200, 404),
    ("GET", "/api/hand-outs"): (*STAFF_ONLY, 200, 200, 200, 200, 200),
    ("POST", "/api/hand-outs"): (*STAFF_ONLY, 403, 403, 201, 201, 400),
    ("POST", "/api/hand-outs/{round}/close"): (*STAFF_ONLY, 403, 403, 200, 200, 404),
    ("POST", "/api/hand-outs/{round}/signatures"): (*STAFF_ONLY, 200, 404, 200, 200, 404),
    ("GET", "/api/round/hand-outs"): (401, 401, 401, 200, 200, 401, 401, 401, 401, 401),
    ("POST", "/api/round/hand-outs/{round}/signatures"): (401, 401, 401, 200, 404, 401, 401, 401, 401, 401),
    ("POST", "/api/volunteers/{volunteer}/device-code"): (*STAFF_ONLY, 403, 403, 201, 201, 404),
    ("GET", "/open311/v2/{what}"): EVERYBODY,
    ("GET", "/open311/v2/{what}/{name}"): EVERYBODY,
    ("POST", "/open311/v2/{what}"): EVERYBODY,
}


class Pool:
    """A user pool that believes everybody."""

    exceptions = SimpleNamespace(ClientError=RuntimeError)

    def initiate_auth(self, **_: object) -> dict:
        return {"AuthenticationResult": {"IdToken": "a.b.c"}}


@pytest.fixture
def everybody(monkeypatch: pytest.MonkeyPatch) -> World:
    fresh = world()
    stand_on(monkeypatch, fresh.store, FixedClock(moment("09:00")))
    monkeypatch.setattr(wiring, "client", lambda name: Pool())
    return fresh


def ask(caller: Client, method: str, asked: Asked) -> Answer:
    if method == "GET":
        return caller.get(asked.path)
    return caller.post(asked.path, asked.body, asked.key, **(FORM if isinstance(asked.body, bytes) else {}))


def test_every_route_has_a_request_and_an_expectation_for_everybody():
    assert set(ROUTES) == set(REQUESTS) == set(EXPECTED)
    assert all(len(row) == len(CALLERS) for row in EXPECTED.values())
    assert set(CALLERS) == set(world().callers())


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("route", ROUTES, ids=" ".join)
def test_a_route_answers_as_the_table_says(route: tuple[str, str], caller: str, everybody: World):
    answer = ask(everybody.callers()[caller], route[0], REQUESTS[route](everybody))

    assert answer.status == EXPECTED[route][CALLERS.index(caller)], answer.text
    if answer.status >= 400:
        assert answer.headers["Content-Type"].startswith("application/problem+json")
        assert answer.json["detail"] and answer.json["detail_en"] and answer.json["status"] == answer.status
    shared = route[0] == "GET" and route[1].startswith("/open311/") and answer.status < 300
    assert answer.headers["Cache-Control"] == ("public, max-age=60" if shared else "no-store")


STRANGERS = ("anonymous", "home of qinghe", "volunteer of qinghe", "克拉")


@pytest.mark.parametrize("caller", STRANGERS)
@pytest.mark.parametrize("route", [route for route in ROUTES if route != ("POST", "/api/session")], ids=" ".join)
def test_nobody_of_another_compound_gets_or_changes_anything_of_this_one(route: tuple[str, str], caller: str, everybody: World):
    before = of_anheli(everybody)
    asked = REQUESTS[route](everybody)
    stranger = everybody.callers()[caller]
    if isinstance(asked.body, bytes):
        asked = asked._replace(body=asked.body.replace(CODE.encode(), b"ZZZZZ22222").replace(API_KEY.encode(), b"b" * 40))
    answers = [ask(stranger, route[0], each) for each in (asked, *same_number(asked))]

    found = [word for word in everybody.planted() for answer in answers if word in answer.text + str(answer.headers)]
    assert found == []
    assert of_anheli(everybody) == before


def test_what_is_planted_is_found_by_those_who_may_read_it(everybody: World):
    manager, home = everybody.callers()["manager"].get("/api/duty").text, everybody.callers()["home"].get("/api/home").text

    unseen = [word for word in everybody.planted() if word not in manager + home]
    assert {"安娜", "13800000003", "米和药", everybody.alert} & set(unseen) == set()
    assert "送菜来" in home and "安娜" not in home


def same_number(asked: Asked) -> list[Asked]:
    """The same for a home whose number both compounds have."""
    body = {"homes": ["3-502"]} if isinstance(asked.body, dict) and "homes" in asked.body else asked.body
    if body is CAME:
        body = {**CAME, "home": "3-502", "visit": "home_visit:3-502:2026-11-22"}
    return [asked._replace(path=asked.path.replace("3-1104", "3-502").replace("3-702", "3-502"), body=body)]


def of_anheli(everybody: World) -> dict:
    """Everything stored of anheli but the count of wrong codes, which is there to grow."""
    return {key: item for key, item in everybody.store._items.items() if key.pk.startswith("anheli#") and key.sk != "CODEFAIL"}


@pytest.mark.parametrize("claims", [{}, {"cognito:username": ""}, {"cognito:username": "anheli.nobody"}, {"cognito:username": "nowhere.wang"}, {"cognito:username": "wang"}, {"cognito:username": "an#heli.wang"}])  # fmt: skip
def test_a_name_that_is_on_no_list_may_do_nothing(claims: dict[str, str], everybody: World):
    assert Client(claims={**claims, "cognito:groups": "manager"}).get("/api/duty").status == 403


@pytest.mark.parametrize("groups", ["", "visitor", "stewards", "STEWARD", "[residents]"])
def test_without_a_role_of_the_pool_a_name_on_the_list_may_do_nothing(groups: str, everybody: World):
    assert Client().as_staff("anheli.wang", groups).get("/api/duty").status == 403


def test_a_role_the_list_has_taken_back_counts_no_more_though_a_token_still_tells_it(everybody: World):
    demoted = Client().as_staff("anheli.wang", "manager,steward")

    assert demoted.get("/api/duty").json["staff"]["roles"] == ["steward"]
    assert demoted.post("/api/volunteers/v1/link", {}).status == 403
    assert Client().as_staff("anheli.wang", "manager").get("/api/duty").status == 403


def test_a_token_does_not_open_a_door_of_another_kind(everybody: World):
    home, volunteer = everybody.links["anheli"], everybody.links["v1"]

    assert Client({"X-Home-Link": volunteer}).get("/api/home").status == 401
    assert Client({"X-Volunteer-Link": home, "X-Device": everybody.devices["v1"]}).get("/api/round").status == 401
    assert Client({"X-Volunteer-Link": volunteer, "X-Device": everybody.devices["v9"]}).get("/api/round").status == 401
    assert Client({"X-Home-Link": home.replace("anheli", "qinghe")}).get("/api/home").status == 401


def test_the_short_list_of_what_is_public_is_short():
    public = {route for route, access in ROUTES.items() if access.door is Door.PUBLIC}

    own = {("GET", "/api/health"), ("GET", "/api/openapi.json"), ("POST", "/api/session"), ("POST", "/api/check-ins/paper")}
    own |= {("GET", "/api/standards"), ("POST", "/api/applications")}
    own |= {("GET", "/api/places/{place}"), ("GET", "/api/places/{place}/disinfections")}
    assert public == own | {("GET", "/open311/v2/{what}"), ("GET", "/open311/v2/{what}/{name}")}
