"""Accompanied trips and goods through the switchboard: who sees what, and what is refused with which words."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.register.plans import DEFAULT_PLANS, GOODS_VISIT
from chalicelib.register.records import to_item
from chalicelib.residents.actions import issue_home_link
from chalicelib.shared.tokens import mint
from tests.app.cast import ANHELI, World
from tests.app.client import Answer, Client
from tests.app.test_access import OUTING
from tests.builders import DAY, moment, policy

TODAY = {"from": "2026-11-22T13:00:00+08:00", "until": "2026-11-22T16:00:00+08:00"}


def plan(everybody: World, home: str = "3-702", who: str = "coordinator", **members: Any) -> Answer:
    return everybody.callers()[who].post(f"/api/homes/{home}/trips", {**OUTING, **TODAY, "companion": "v1", **members})


def get(everybody: World, who: str, path: str) -> Any:
    answer = everybody.callers()[who].get(path)
    assert answer.status == 200, answer.text
    return answer.json


def trips_of(tasks: list[dict[str, Any]]) -> list[str]:
    return [task["trip"]["id"] for task in tasks if task["kind"] == "trip"]


def test_a_trip_says_when_the_door_will_open_and_whom_to_call(everybody: World):
    made = plan(everybody)

    assert made.status == 201
    assert {name: made.json[name] for name in ("label", "hospital", "from", "until", "leaves", "returns", "state", "late")} == {
        "label": "3 栋 702",
        "hospital": "市二医院",
        "from": "2026-11-22T13:00:00+08:00",
        "until": "2026-11-22T16:00:00+08:00",
        "leaves": "2026-11-22T12:30:00+08:00",
        "returns": "2026-11-22T16:30:00+08:00",
        "state": "coming",
        "late": "",
    }
    assert (made.json["companion"], made.json["contact"]["name"]) == ({"id": "v1", "name": "老周"}, "姜禾")


def test_its_companion_its_steward_and_its_coordinator_have_it_on_their_lists(everybody: World):
    identity = plan(everybody).json["id"]

    assert trips_of(get(everybody, "steward", "/api/today")["tasks"]) == [identity]
    assert [trip["id"] for trip in get(everybody, "volunteer", "/api/round")["trips"]] == [identity, "trip1"]
    assert identity in trips_of(get(everybody, "coordinator", "/api/board")["soon"] + get(everybody, "coordinator", "/api/board")["open"])
    assert trips_of(get(everybody, "steward elsewhere", "/api/today")["tasks"]) == []


def test_a_trip_of_next_week_is_on_the_board_and_not_on_todays_list(everybody: World):
    assert trips_of(get(everybody, "steward", "/api/today")["tasks"]) == []
    assert trips_of(get(everybody, "coordinator", "/api/board")["open"]) == ["trip1"]


def test_the_file_has_the_trips_among_its_tasks_and_names_who_may_go_along(everybody: World):
    file = get(everybody, "manager", "/api/homes/3-702")

    assert trips_of(file["tasks"]) == ["trip1"]
    assert {each["id"] for each in file["companions"]} == {"anheli.wang", "anheli.liu", "anheli.chen", "v1", "v2"}
    neighbours = {each["id"] for each in get(everybody, "manager", "/api/homes/3-1104")["companions"]}
    assert "v1" not in neighbours and "v2" in neighbours  # 老周 lives there


@pytest.mark.parametrize(
    ("home", "members", "status", "slug", "field"),
    [
        ("3-702", {"until": TODAY["from"]}, 400, "trip", "until"),
        ("3-702", {"from": "2026-11-22T07:00:00+08:00"}, 400, "trip", "from"),
        ("3-702", {"agreed_on": "2026-11-23"}, 400, "trip", "agreed_on"),
        ("3-702", {"companion": "v77"}, 400, "trip", "companion"),
        ("3-1104", {"companion": "v1"}, 409, "own-household", "companion"),
        ("3-702", {"hospital": " "}, 400, "body", "hospital"),
        ("3-702", {"hospital": "院" * 41}, 400, "body", None),
        ("3-702", {"from": "2026-11-22T13:00:00"}, 400, "body", None),
        ("3-702", {"from": "9999-12-31T23:59:59-12:00", "until": "9999-12-31T23:59:59-13:00"}, 400, "trip", "from"),
        ("3-702", {"from": "2026-12-01T11:00:00+08:00", "until": "2026-12-01T13:00:00+08:00"}, 409, "trip-overlaps", "from"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place_and_nothing_is_kept(
    home: str, members: dict[str, Any], status: int, slug: str, field: str | None, everybody: World
):
    before = dict(everybody.store._items)
    answer = plan(everybody, home, **members)

    assert (answer.status, answer.json["type"], answer.json.get("field")) == (status, f"/problems/{slug}", field)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in answer.json["detail"]) and answer.json["detail_en"]
    assert everybody.store._items == before


def test_calling_it_off_needs_a_word_why(everybody: World):
    identity, steward = plan(everybody).json["id"], everybody.callers()["steward"]

    assert steward.post(f"/api/tasks/trip:{identity}/acts", {"act": "cancel"}).status == 400
    assert steward.post(f"/api/tasks/trip:{identity}/acts", {"act": "cancel", "note": "改约了"}).json["trip"]["state"] == "called_off"


def test_the_acts_of_a_trip_are_not_those_of_another_task(everybody: World):
    tasks = get(everybody, "steward", "/api/today")["tasks"]
    other = next(task["id"] for task in tasks if task["kind"] == "need")

    assert everybody.callers()["steward"].post(f"/api/tasks/{other}/acts", {"act": "set_out"}).status == 409


def test_a_volunteer_says_only_what_is_hers_to_say(everybody: World):
    volunteer = everybody.callers()["volunteer"]
    identity = plan(everybody).json["id"]

    for act in ("cancel", "assign", "claim", "pause"):
        assert volunteer.post(f"/api/round/trips/{identity}/acts", {"act": act, "note": "x"}).status == 400
    assert volunteer.post("/api/round/trips/none/acts", {"act": "done"}).status == 404


GIVING = replace(ANHELI, policy=policy(plans=(*DEFAULT_PLANS, replace(GOODS_VISIT, dates=(DAY,), goods=("rice", "春联")))))


@pytest.fixture
def giving(everybody: World) -> World:
    """The same compound on a day on which goods are brought."""
    everybody.store.fill([to_item(GIVING, 2)])
    return everybody


def test_what_to_bring_stands_on_every_list(giving: World):
    steward = get(giving, "steward", "/api/today")["visits"]
    walk = get(giving, "volunteer", "/api/round")["homes"]

    assert {visit["home"]: visit["goods"] for visit in steward if visit["kind"] == "goods_visit"} == {"3-702": ["rice", "春联"]}
    assert [visit["goods"] for home in walk for visit in home["visits"] if visit["kind"] == "goods_visit"] == [["rice", "春联"]] * 2
    assert {plan["kind"]: plan["goods"] for plan in get(giving, "steward", "/api/homes/3-702")["plans"]}["goods_visit"] == ["rice", "春联"]


def test_the_home_reads_what_is_brought_and_that_it_was(giving: World):
    token = mint("anheli")
    issue_home_link(giving.store, moment("08:00"), "anheli", "3-702", "t1", token, "AAAAA22222")
    family = Client().as_home(token)

    def promise() -> tuple[str, list[str]]:
        (found,) = [each for each in family.get("/api/home").json["promises"] if each["kind"] == "goods_visit"]
        return found["state"], found["goods"]

    assert promise() == ("now", ["rice", "春联"])
    visit = {"visit": "goods_visit:3-702:2026-11-22", "home": "3-702", "outcome": "done"}
    assert giving.callers()["steward"].post("/api/visits", visit).json["goods"] == ["rice", "春联"]
    assert promise()[0] == "kept"
