"""Supplies and hand-out rounds, through the switchboard."""

import pytest

from tests.app.cast import World
from tests.app.client import Client


@pytest.fixture
def wang(everybody: World) -> Client:
    return everybody.callers()["steward"]


@pytest.fixture
def laozhou(everybody: World) -> Client:
    return everybody.callers()["volunteer"]


def test_a_box_comes_in_is_issued_to_the_gate_and_its_batch_tells_of_both(wang: Client):
    received = {"act": "receive", "place": "D1", "amount": 30, "ends": "2027-05-31", "note": "街道送来"}
    wang.post("/api/supplies/mask/acts", received)
    seen = wang.post("/api/supplies/mask/acts", {"act": "issue", "place": "D1", "amount": 5, "front": True, "note": "门岗"}).json
    lines = wang.get("/api/supplies/mask/lines?place=D1&ends=2027-05-31").json["lines"]

    assert (seen["goods"][0]["there"], seen["goods"][0]["held"], seen["manager"]) == (75, 10, False)
    assert [(line["what"], line["note"], line["by"], line["amount"], line["after"]) for line in lines] == [
        ("issue", "门岗", "王管家", -5, 25),
        ("receive", "街道送来", "王管家", 30, 30),
    ]


def test_the_reserve_opens_for_the_manager_only(everybody: World, wang: Client):
    manager = everybody.callers()["manager"]
    wang.post("/api/supplies/mask/acts", {"act": "receive", "place": "D2", "amount": 9})
    moved = {"act": "move", "place": "D2", "to": "D1", "amount": 9}

    assert wang.post("/api/supplies/mask/acts", moved).json["type"] == "/problems/reserve"
    assert manager.post("/api/supplies/mask/acts", moved).json["goods"][0]["there"] == 59


def test_a_card_that_is_scanned_at_the_door_signs_for_its_home(everybody: World, laozhou: Client):
    answer = laozhou.post("/api/round/hand-outs/round1/signatures", {"card": f"https://nuanlin.example/h/#{everybody.links['anheli']}"})

    assert answer.json | {"at": ""} == {
        "home": "3-502",
        "label": "3 栋 502",
        "grid": "g1",
        "amount": 2,
        "at": "",
        "by": "老周",
        "card": True,
        "own": False,
    }


@pytest.mark.parametrize(
    ("body", "status"),
    [({"door": "3-1104"}, 409), ({"door": "1-302"}, 404), ({"door": "9-999"}, 404), ({}, 404), ({"card": "x"}, 401)],
)
def test_her_own_household_other_grids_and_what_is_no_card_are_refused(body: dict, status: int, laozhou: Client, everybody: World):
    before = dict(everybody.store._items)

    assert laozhou.post("/api/round/hand-outs/round1/signatures", body).status == status and everybody.store._items == before


def test_a_card_of_another_compound_signs_for_nobody(everybody: World, laozhou: Client):
    assert laozhou.post("/api/round/hand-outs/round1/signatures", {"card": everybody.links["qinghe"]}).status == 404


def test_how_far_a_round_is(everybody: World, laozhou: Client):
    laozhou.post("/api/round/hand-outs/round1/signatures", {"door": "3-502"})
    (seen,) = everybody.callers()["manager"].get("/api/hand-outs").json["rounds"]
    (hers,) = laozhou.get("/api/round/hand-outs").json["rounds"]

    assert (seen["owed"], seen["done"], seen["amount"], seen["handed"]) == (5, 1, 10, 2)
    assert {line["home"]: bool(line["at"]) for line in hers["homes"]} == {
        "2-801": False,
        "3-502": True,
        "3-702": False,
        "3-1104": False,
    }
    assert [line["home"] for line in hers["homes"] if line["own"]] == ["3-1104"]


@pytest.mark.parametrize("body", [{"good": "mask", "place": "D1", "name": "x", "each": {"blue": 1}}, {"good": "mask", "place": "D1", "name": "x", "each": {"green": 1}, "grids": ["g9"]}, {"good": "mask", "place": "D1", "name": " ", "each": {"green": 1}}, {"good": "mask", "place": "D1", "name": "x", "each": {}}, {"good": "mask", "place": "D1", "name": "x", "each": {"green": -1}}])  # fmt: skip
def test_a_round_that_makes_no_sense_is_not_begun(body: dict, everybody: World):
    assert everybody.callers()["manager"].post("/api/hand-outs", body).status == 400


def test_the_request_to_the_street_office_is_a_table(wang: Client):
    asked = wang.get("/api/supplies/request").json

    assert asked["name"] == "anheli-2026-11-22.csv" and asked["text"].splitlines()[2] == "mask,口罩,个,50,0,20,60,10,0.0,"
