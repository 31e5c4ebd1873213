"""Becoming a volunteer, through the switchboard: from the public form to her first look at her grid's board."""

import pytest

from tests.app.cast import APPLIED, World
from tests.app.client import Client
from tests.app.test_access import JOINING


@pytest.fixture
def liu(everybody: World) -> Client:
    return everybody.callers()["coordinator"]


def test_from_the_form_to_the_board_of_her_grid(everybody: World, liu: Client):
    anybody = everybody.callers()["anonymous"]
    anybody.post("/api/applications", {**JOINING, "compound": "anheli", "where": "3 栋 502"})
    (mine,) = [each for each in liu.get("/api/applications").json["applications"] if each["name"] == "小柳"]
    done = liu.post(f"/api/applications/{mine['id']}/decision", {"approve": True, "grid": "g1"}).json
    link = liu.post(f"/api/volunteers/{done['volunteer']}/link", {}).json
    token = link["link"].partition("#")[2]
    device = Client({"X-Volunteer-Link": token}).post("/api/devices", {"code": link["device_code"]}).json["device"]
    her = Client({"X-Volunteer-Link": token, "X-Device": device})
    seen = her.get("/api/round/errands").json

    assert (mine["home"], mine["grids"], mine["skills"], mine["known"]) == ("3-502", ["g1"], ["dialect", "理发"], False)
    assert (seen["volunteer"]["name"], seen["grid"]["id"], seen["times"]) == ("小柳", "g1", ["2am", "6ev"])
    assert [each["text"] for each in seen["errands"]] == ["帮老人买米"]
    her.post("/api/round/profile", {"skills": ["driving"], "words": "", "times": ["7am"]})
    (asked,) = [each for each in liu.get("/api/errands").json["people"] if each["name"] == "小柳"]
    assert (asked["skills"], asked["free"]) == (["driving"], "7am")


@pytest.mark.parametrize("said", [{"where": "99-9999"}, {"phone": "13800000009"}, {"where": "3-1104"}])
def test_what_the_form_answers_tells_nothing_of_whom_or_what_we_know(said: dict[str, str], everybody: World):
    anybody = everybody.callers()["anonymous"]
    known, unknown = (anybody.post("/api/applications", {**JOINING, "compound": "anheli", **more}) for more in (said, {}))

    assert (known.status, known.text) == (unknown.status, unknown.text) and set(known.json) == {"received"}


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"phone": "电话"}, 400), ({"phone": "12"}, 400), ({"name": "\u200b"}, 400), ({"times": ["8am"]}, 400), ({"skills": ["magic"]}, 400), ({"compound": "nowhere"}, 404), ({"compound": "安和里"}, 404)],
)  # fmt: skip
def test_what_makes_no_sense_is_said_and_nothing_is_kept(wrong: dict[str, object], status: int, everybody: World):
    before = dict(everybody.store._items)
    answer = everybody.callers()["anonymous"].post("/api/applications", {**JOINING, **wrong})

    assert answer.status == status and answer.json["detail"] and everybody.store._items == before


@pytest.mark.parametrize(
    ("caller", "body", "status"),
    [
        ("coordinator", {"approve": True, "grid": "g2"}, 400),
        ("coordinator", {"approve": True}, 400),
        ("coordinator", {"approve": False, "reason": " \u200b"}, 400),
        ("manager", {"approve": True, "grid": "nowhere"}, 400),
        ("克拉", {"approve": True, "grid": "g1"}, 404),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(caller: str, body: dict[str, object], status: int, everybody: World):
    before = dict(everybody.store._items)

    assert everybody.callers()[caller].post(f"/api/applications/{APPLIED}/decision", body).status == status
    assert everybody.store._items == before


def test_who_comes_second_is_told_by_name_and_a_grid_says_what_it_lacks(everybody: World, liu: Client):
    manager = everybody.callers()["manager"]
    manager.post(f"/api/applications/{APPLIED}/decision", {"approve": False, "reason": "住得太远"})
    late = liu.post(f"/api/applications/{APPLIED}/decision", {"approve": True, "grid": "g1"})
    seen = liu.get("/api/applications").json

    assert (late.status, late.json["by_name"]) == (409, "陈经理")
    assert seen["grids"] == [{"id": "g1", "name": "一网格", "has": 1, "lacks": 4}]
    assert [(each["state"], each["by"], each["reason"]) for each in seen["applications"]] == [("declined", "陈经理", "住得太远")]
