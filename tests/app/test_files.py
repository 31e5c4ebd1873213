"""What pages need beside lists: whom a task can be given to, who can stand a shift, what pauses a home and who asked for its tier."""

from datetime import timedelta

from msgspec.structs import replace

from chalicelib.register.records import to_item
from tests.app.cast import ANHELI, World
from tests.builders import DAY

RED = {"tier": "red", "reason": "刚出院", "since": "2026-11-22"}
AWAY = {"why": "away", "first": "2026-11-22", "last": "2026-11-25"}
SHIFT = {"staff": "anheli.chen", "from": "2026-11-22T08:00:00+08:00", "until": "2026-11-22T16:00:00+08:00"}


def test_the_board_names_those_who_are_there_who_is_on_duty_first(everybody: World):
    manager = everybody.callers()["manager"]
    manager.post("/api/roster", {"week": "2026-11-16", "shifts": [SHIFT]})
    manager.post("/api/leaves", {"person": "anheli.wang", "first": "2026-11-22", "last": "2026-11-22"})

    people = manager.get("/api/board").json["people"]

    assert people[0]["id"] == "anheli.chen" and [each["duty"] for each in people].count(True) == 1
    assert "anheli.wang" not in {each["id"] for each in people}


def test_the_roster_names_who_can_stand_a_shift(everybody: World):
    people = everybody.callers()["steward"].get("/api/roster").json["staff"]

    assert {"anheli.wang", "anheli.chen"} <= {each["id"] for each in people} and all(each["name"] for each in people)


def test_a_file_tells_the_pause_that_can_be_ended(everybody: World):
    steward = everybody.callers()["steward"]
    paused = steward.post("/api/homes/3-502/pauses", AWAY).json

    file = steward.get("/api/homes/3-502").json
    steward.post(f"/api/homes/3-502/pauses/{file['pause']['id']}/end", {})

    assert file["pause"] == paused and file["away"] == "away"
    assert steward.get("/api/homes/3-502").json["pause"] is None


def test_a_file_tells_a_pause_that_is_still_to_come(everybody: World):
    steward = everybody.callers()["steward"]
    steward.post("/api/homes/3-502/pauses", {**AWAY, "first": "2026-11-24"})

    file = steward.get("/api/homes/3-502").json

    assert file["away"] == "" and file["pause"]["first"] == "2026-11-24"


def test_a_file_says_nothing_of_days_on_which_nobody_was_promised_anything(everybody: World):
    everybody.store.fill([to_item(replace(ANHELI, since=DAY - timedelta(days=2)), 1)])

    days = everybody.callers()["steward"].get("/api/homes/3-502").json["days"]

    assert [day["day"] for day in days] == ["2026-11-22", "2026-11-21", "2026-11-20"]


def test_a_file_names_who_asked_for_another_tier(everybody: World):
    people = everybody.callers()
    people["steward"].post("/api/homes/3-502/tier", RED)

    file = people["manager"].get("/api/homes/3-502").json

    assert [change["pending"] for change in file["tier_changes"]] == [True]
    assert [(each["id"], bool(each["name"])) for each in file["people"]] == [("anheli.wang", True)]
