"""Points and rewards, through the switchboard."""

import pytest
from msgspec.structs import replace

from chalicelib.ledger.rules import Cause
from chalicelib.points.actions import credit
from chalicelib.points.rules import Work
from chalicelib.promises.sweep import sweep
from chalicelib.register.giving import PointsPolicy
from chalicelib.register.records import to_item
from tests.app.cast import ANHELI, World
from tests.app.client import Client, FixedClock
from tests.builders import DAY, moment


@pytest.fixture
def laozhou(everybody: World) -> Client:
    return everybody.callers()["volunteer"]


@pytest.fixture
def liu(everybody: World) -> Client:
    return everybody.callers()["coordinator"]


def test_her_page_says_what_she_has_what_it_buys_and_what_waits_for_her(laozhou: Client):
    seen = laozhou.get("/api/round/points").json

    assert (seen["points"], seen["today"], seen["a_day"], seen["grid_points"], seen["others"]) == (18, 0, 10, 18, [])
    assert [(line["what"], line["note"], line["amount"], line["after"]) for line in seen["lines"]] == [
        ("reserve", "口罩一包", -3, 18),
        ("patrol", "", 1, 21),
        ("patrol", "", 20, 20),
    ]
    assert [(each["id"], each["left"], each["front"], len(each["hours"])) for each in seen["rewards"]] == [
        ("masks", 3, False, 0),
        ("housework", 1, False, 1),
    ]
    assert [(each["reward"], each["state"], each["until"]) for each in seen["reservations"]] == [
        ("masks", "reserved", "2026-11-22T22:59:00+08:00")
    ]


def test_from_the_first_click_to_the_handing_over(laozhou: Client, liu: Client):
    made = laozhou.post("/api/round/reservations", {"reward": "masks"})
    waiting = liu.get("/api/points").json["waiting"]
    done = liu.post(f"/api/reservations/{made.json['id']}/acts", {"act": "hand_over"})
    mine = laozhou.get("/api/round/points").json

    assert made.status == 201 and [each["id"] for each in waiting] == ["reserved1", made.json["id"]]
    assert (done.status, done.json["state"], done.json["by"]) == (200, "handed_over", "刘组长")
    assert mine["points"] == 15 and [each["state"] for each in mine["reservations"]] == ["handed_over", "reserved"]


def test_a_correction_stands_on_the_statement_with_its_reason(liu: Client, laozhou: Client):
    answer = liu.post("/api/volunteers/v1/corrections", {"cause": "patrol:autumn", "note": "记错人了"})

    assert answer.json["points"] == 17 and answer.json["lines"][0] | {"at": ""} == {
        "at": "",
        "cause": "undo:patrol:autumn",
        "what": "corrected",
        "note": "记错人了",
        "amount": -1,
        "after": 17,
    }
    assert laozhou.get("/api/round/points").json["lines"][0]["what"] == "corrected"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"reward": "housework"}, 400),
        ({"reward": "masks", "starts": "2026-12-01T10:00:00+08:00"}, 400),
        ({"reward": "gold"}, 404),
        ({"reward": "housework", "starts": "2026-12-01T11:00:00+08:00"}, 404),
        ({"reward": "housework", "starts": "2026-12-01T10:00:00"}, 400),
    ],
)
def test_what_cannot_be_had_is_not_reserved(body: dict, status: int, laozhou: Client, everybody: World):
    before = dict(everybody.store._items)

    assert laozhou.post("/api/round/reservations", body).status == status and everybody.store._items == before


def test_the_desk_shows_the_grids_in_the_order_of_the_lists(everybody: World):
    seen = everybody.callers()["manager"].get("/api/points").json

    assert [(grid["name"], grid["points"], [each["points"] for each in grid["volunteers"]]) for grid in seen["grids"]] == [
        ("一网格", 18, [18]),
        ("二网格", 0, [0]),
    ]


@pytest.mark.parametrize(("path", "body"), [("/api/volunteers/v2/corrections", {"cause": "patrol:autumn", "note": "x"}), ("/api/reservations/nothing/acts", {"act": "release"}), ("/api/rewards/masks/hours", {"starts": "2026-12-01T14:00:00+08:00", "seats": 1})])  # fmt: skip
def test_what_is_not_hers_or_not_there_is_not_found(path: str, body: dict, liu: Client):
    assert liu.post(path, body).status == 404


def test_what_nobody_fetched_goes_back_by_itself(everybody: World, laozhou: Client, clock: FixedClock):
    clock.moment = moment("23:01")
    sweep(everybody.store, clock.moment, lambda to, text: None)

    seen = laozhou.get("/api/round/points").json
    assert seen["points"] == 21 and (seen["lines"][0]["what"], seen["lines"][0]["note"]) == ("released", "口罩一包")


@pytest.mark.parametrize("ranking", [False, True])
def test_fair_sharing_is_the_coordinators_to_read_and_a_volunteers_only_as_her_own_and_the_middle(ranking: bool, everybody: World, laozhou: Client, liu: Client):  # fmt: skip
    here = replace(ANHELI, policy=replace(ANHELI.policy, points=PointsPolicy(ranking=ranking)))
    everybody.store.fill([to_item(here, 1)])
    for number in range(3):
        credit(everybody.store, moment("09:00"), here, "v1", Work("patrol", Cause("patrol", f"round{number}"), DAY))
    desk, own = liu.get("/api/volunteers").json["volunteers"], laozhou.get("/api/round/points").json

    assert [(each["id"], each["deeds"], each["did"]) for each in desk] == [("v1", 3, [{"what": "patrol", "n": 3}])]
    assert (own["deeds"], own["median"], own["did"]) == (3, 3, [{"what": "patrol", "n": 3}])
    assert [(each["id"], each["deeds"]) for each in own["others"]] == ([("v1", 3)] if ranking else [])
