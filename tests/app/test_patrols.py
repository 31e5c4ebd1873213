"""Places and patrols through the switchboard: who was first is said, the last point is credited, what is typed wrongly is said."""

import pytest

from tests.app.cast import World
from tests.app.client import Client

POINTS = "/api/round/patrol/points"


@pytest.fixture
def volunteer(everybody: World) -> Client:
    return everybody.callers()["volunteer"]


def test_anybody_reads_how_a_lift_stands_and_no_name(everybody: World, volunteer: Client):
    done = volunteer.post("/api/round/places/anheli.l3/disinfections", {"amount": 1})
    public = everybody.callers()["anonymous"].get("/api/places/anheli.L3/disinfections")

    assert (done.status, done.json["new"], done.json["by"]) == (201, True, "老周")
    assert (public.json["done"], public.json["promised"], public.json["last"]) == (1, 4, "2026-11-22T09:00:00+08:00")
    assert "老周" not in public.text and "v1" not in public.text


def test_who_is_second_is_told_who_was_first(everybody: World, volunteer: Client):
    volunteer.post("/api/round/places/L3/disinfections", {})
    second = everybody.callers()["steward"].post("/api/places/L3/disinfections", {})

    assert (second.status, second.json["new"], second.json["by"]) == (200, False, "老周")


@pytest.mark.parametrize("place", ["D1", "X9", "qinghe.L3", ""])
def test_what_nothing_is_promised_to_is_not_found(everybody: World, place: str):
    assert everybody.callers()["steward"].post(f"/api/places/{place or '%20'}/disinfections", {}).status == 404
    assert everybody.callers()["anonymous"].get(f"/api/places/anheli.{place or '%20'}/disinfections").status == 404


def test_a_volunteer_keeps_to_her_grid(everybody: World, volunteer: Client):
    assert volunteer.post("/api/round/places/G1/disinfections", {}).status == 201
    assert volunteer.post("/api/round/places/S3/disinfections", {}).status == 201


def test_a_patrol_from_its_claim_to_its_point(everybody: World, volunteer: Client):
    steward = everybody.callers()["steward"]
    assert volunteer.post("/api/round/patrol/acts", {"act": "claim"}).json["mine"] is True
    taken = steward.post("/api/patrols/g1/points", {"code": "L3"})
    assert (taken.status, taken.json["type"], taken.json["by_name"]) == (409, "/problems/taken", "老周")

    first = volunteer.post(POINTS, {"code": "https://x/p/#anheli.L3", "wrong": ["lights"], "note": "灯不亮"})
    assert (first.json["next"], first.json["looked_at"], first.json["credited"]) == ("W1", 1, 0)
    last = volunteer.post(POINTS, {"code": "w1"})
    assert (last.json["done"], last.json["credited"]) == ("2026-11-22T09:00:00+08:00", 1)

    (grid,) = [each for each in steward.get("/api/patrols").json["grids"] if each["grid"]["id"] == "g1"]
    assert grid["patrol"]["holder"] == "老周" and grid["patrol"]["route"][0]["note"] == "灯不亮"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": "S3"}, "code"),
        ({"code": "qinghe.L3"}, "code"),
        ({"code": "L3", "wrong": ["passage"], "note": "x"}, "wrong"),
        ({"code": "L3", "wrong": ["lights"]}, "note"),
        ({"code": "L3", "wrong": ["lights"], "note": "\u200b"}, "note"),
        ({"code": "L3", "needs": [{"home": "1-302", "need": "shopping"}]}, "home"),
        ({"code": "L3", "needs": [{"home": "9-999", "need": "shopping"}]}, "home"),
    ],
)
def test_what_makes_no_sense_at_a_point_is_refused_and_nothing_is_kept(everybody: World, volunteer: Client, said: dict, field: str):
    before = dict(everybody.store._items)
    answer = volunteer.post(POINTS, said)

    assert (answer.status, answer.json["field"]) == (400, field) and everybody.store._items == before


def test_signs_lead_to_every_place_but_the_shelves(everybody: World):
    signs = everybody.callers()["steward"].get("/api/place-signs").json["signs"]

    assert {each["place"]: each["promised"] for each in signs} == {"G1": 2, "L3": 4, "W1": 2}
    assert all(each["link"].endswith(f"/p/#anheli.{each['place']}") for each in signs)
