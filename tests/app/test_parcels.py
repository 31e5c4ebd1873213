"""Parcels through the switchboard: what each caller is told, what is refused, and that a shelf tells passers-by nothing of anybody."""

import json

import pytest

from chalicelib.delivery import records
from tests.app.cast import LOST, PARCEL, World
from tests.app.client import Client
from tests.builders import DAY

HAND = "/api/parcels/hand-overs"


@pytest.fixture
def steward(everybody: World) -> Client:
    return everybody.callers()["steward"]


def test_a_parcel_from_the_gate_to_the_door_of_a_red_home(everybody: World, steward: Client):
    taken = steward.post("/api/parcels", {"goods": "medicine", "home": "3-702"})
    assert (taken.status, taken.json["spot"], taken.json["door"], taken.json["at"]) == (201, "gate", True, "G1")

    shelved = steward.post(HAND, {"act": "shelve", "parcels": [taken.json["id"]], "code": "S3"})
    assert (shelved.status, shelved.json["type"]) == (409, "/problems/to-the-door")

    volunteer = everybody.callers()["volunteer"]
    carried = volunteer.post("/api/round/parcels/hand-overs", {"act": "carry", "parcels": [taken.json["id"].lower()]})
    assert carried.json["done"][0]["where"] == "老周"
    assert [each["id"] for each in volunteer.get("/api/round/parcels").json["parcels"]].count(taken.json["id"]) == 1
    second = steward.post(HAND, {"act": "deliver", "parcels": [taken.json["id"]], "code": "3-1104"})
    assert (second.status, second.json["type"], second.json["parcel"]) == (409, "/problems/another-home", taken.json["id"])
    missed = volunteer.post("/api/round/parcels/hand-overs", {"act": "nobody_home", "parcels": [taken.json["id"]]})
    assert (missed.json["done"][0]["spot"], missed.json["done"][0]["trouble"]) == ("volunteer", "nobody_home")
    (door,) = [each for each in volunteer.get("/api/round/parcels").json["doors"] if each["home"] == "3-702"]
    assert door["mine"] == [taken.json["id"]] and door["tried"] and door["opens_until"] > door["tried"]
    done = volunteer.post("/api/round/parcels/hand-overs", {"act": "deliver", "parcels": [taken.json["id"]], "code": "3-702"})
    assert done.json["done"][0]["spot"] == "home"


def test_the_same_barcode_is_the_same_parcel_whoever_scans_it(everybody: World, steward: Client):
    body = {"goods": "daily", "home": "3-1104", "waybill": "SF1234567890"}
    first, again = steward.post("/api/parcels", body), everybody.callers()["manager"].post("/api/parcels", body)

    assert first.json["id"] == again.json["id"]


def test_a_card_scanned_at_the_door_is_its_home_and_another_compounds_is_none(everybody: World, steward: Client):
    carried = steward.post(HAND, {"act": "carry", "parcels": [PARCEL], "clean": True})
    assert carried.json["done"][0]["clean"] and everybody.callers()["home"].get("/api/home").json["parcels"][0]["clean"]
    theirs = steward.post(HAND, {"act": "deliver", "parcels": [PARCEL], "code": f"https://x/h/#{everybody.links['qinghe']}"})
    assert (theirs.status, theirs.json["field"]) == (400, "code")

    ours = steward.post(HAND, {"act": "deliver", "parcels": [PARCEL], "code": f"https://x/h/#{everybody.links['anheli']}"})
    assert ours.json["done"][0]["spot"] == "home"


def test_what_can_be_done_is_done_and_the_rest_is_said(everybody: World, steward: Client):
    answer = steward.post(HAND, {"act": "carry", "parcels": [PARCEL, LOST, "3-ZZZZZ"]})

    assert answer.status == 200 and [each["id"] for each in answer.json["done"]] == [PARCEL]
    assert [(each["parcel"], each["type"]) for each in answer.json["refused"]] == [
        (LOST, "/problems/parcel-in-trouble"),
        ("3-ZZZZZ", "/problems/not-found"),
    ]
    second = everybody.callers()["manager"].post(HAND, {"act": "carry", "parcels": [PARCEL]})
    assert (second.status, second.json["type"], second.json["by_name"]) == (409, "/problems/already-taken", "王管家")


def test_whose_it_is_after_all_gives_it_a_number_of_that_building(everybody: World, steward: Client):
    answer = steward.post(f"/api/parcels/{LOST}/home", {"home": "3-1104"})

    assert answer.json["id"].startswith("3-") and (answer.json["home"], answer.json["trouble"]) == ("3-1104", "")
    assert LOST not in records.find(everybody.store, "anheli", [LOST], DAY)
    assert steward.post(HAND, {"act": "carry", "parcels": [LOST]}).status == 404


def test_a_family_sees_its_own_and_picks_up_its_own(everybody: World):
    home = everybody.callers()["home"]
    (own,) = home.get("/api/home").json["parcels"]
    assert (own["id"], own["spot"], own["place"], own["where"]) == (PARCEL, "shelf", "S3", "3 栋货架")

    assert home.post("/api/home/parcels/pick-up", {"parcels": [LOST]}).status == 404
    assert home.post("/api/home/parcels/pick-up", {"parcels": [PARCEL]}).json["parcels"][0]["spot"] == "home"
    assert home.get("/api/home").json["parcels"] == []


def test_a_family_that_has_tapped_by_mistake_takes_it_back(everybody: World):
    home = everybody.callers()["home"]
    home.post("/api/home/parcels/pick-up", {"parcels": [PARCEL]})
    back = home.post("/api/home/parcels/pick-up", {"parcels": [PARCEL], "undo": True})

    assert (back.status, back.json["parcels"][0]["spot"]) == (200, "shelf")
    assert [each["id"] for each in home.get("/api/home").json["parcels"]] == [PARCEL]


def test_a_wrong_scan_is_taken_back_by_whoever_made_it_and_by_nobody_else(everybody: World, steward: Client):
    steward.post(HAND, {"act": "carry", "parcels": [PARCEL]})
    theirs = everybody.callers()["manager"].post(HAND, {"act": "undo", "parcels": [PARCEL]})
    assert (theirs.status, theirs.json["type"], theirs.json["by"]) == (409, "/problems/handed-on", "anheli.wang")

    own = steward.post(HAND, {"act": "undo", "parcels": [PARCEL]})
    assert (own.json["done"][0]["spot"], own.json["done"][0]["at"]) == ("shelf", "S3")
    again = steward.post(HAND, {"act": "undo", "parcels": [PARCEL]})
    assert (again.status, again.json["type"]) == (409, "/problems/nothing-to-undo") and again.json["detail_en"]


def test_a_shelf_counts_for_passers_by_and_names_nobody(everybody: World):
    answer = Client().get("/api/places/anheli.s3")

    assert (answer.json["waiting"], answer.json["overdue"], answer.json["place"]) == (1, 1, "S3")
    said = json.dumps(answer.json, ensure_ascii=False)
    assert (
        not [word for word in everybody.planted() if word in said] and "502" not in said and PARCEL not in said and 'fresh": "' not in said
    )


@pytest.mark.parametrize("code", ["S3", "anheli.G1", "anheli.S9", "nowhere.S3", "nuanlin.S3", "qinghe.S3", "anheli.", ".S3"])
def test_what_is_no_shelf_is_not_found(code: str, everybody: World):
    assert Client().get(f"/api/places/{code}").status == 404


def test_a_volunteer_has_nothing_to_do_with_another_grids_parcels(everybody: World, steward: Client):
    theirs = steward.post("/api/parcels", {"goods": "fresh", "home": "1-302"}).json["id"]
    volunteer = everybody.callers()["volunteer"]

    assert theirs not in volunteer.get("/api/round/parcels").text
    assert volunteer.post("/api/round/parcels/hand-overs", {"act": "carry", "parcels": [theirs]}).status == 404
    assert volunteer.post("/api/round/parcels/hand-overs", {"act": "return", "parcels": [PARCEL]}).status == 400


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"goods": "gold", "home": "3-502"}, 400),
        ({"goods": "fresh", "home": "9-999"}, 404),
        ({"goods": "fresh", "building": "99"}, 400),
        ({"goods": "fresh", "waybill": "a b"}, 400),
        ({"goods": "fresh", "batch": "x" * 13}, 400),
    ],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_is_kept(body: dict, status: int, everybody: World, steward: Client):
    before = dict(everybody.store._items)

    assert steward.post("/api/parcels", body).status == status and everybody.store._items == before
