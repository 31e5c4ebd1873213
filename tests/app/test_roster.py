"""Tiers, pauses, leave and the duty roster, through the switchboard."""

from typing import Any

import pytest

from chalicelib.register.records import standing
from chalicelib.shared.tiers import Tier
from tests.app.cast import World
from tests.app.client import Client, FixedClock
from tests.builders import moment

RED = {"tier": "red", "reason": "出院\u200b回家\n要人看", "since": "2026-11-22"}
AWAY = {"why": "away", "first": "2026-11-22", "last": "2026-11-25"}


def shift(staff: str, starts: str, ends: str) -> dict[str, str]:
    return {"staff": f"anheli.{staff}", "from": f"2026-11-{starts}:00+08:00", "until": f"2026-11-{ends}:00+08:00"}


ROSTER = [
    shift("wang", "22T06:00", "22T14:00"),
    shift("chen", "22T14:00", "22T22:00"),
    shift("liu", "22T22:00", "23T06:00"),
]


def put(client: Client, *shifts: dict[str, str], **members: Any) -> Any:
    return client.post("/api/roster", {"week": "2026-11-16", "shifts": list(shifts), **members})


def test_a_tier_is_proposed_by_a_steward_and_counts_once_a_manager_has_approved_it(everybody: World):
    people = everybody.callers()
    proposed = people["steward"].post("/api/homes/3-502/tier", RED)
    change = proposed.json["id"]

    approved = people["manager"].post(f"/api/tier-changes/{change}/approval", {})

    said = {"home": "3-502", "tier": "red", "reason": "出院回家 要人看", "since": "2026-11-22", "by": "anheli.wang"}
    assert proposed.json == {"id": change, **said, "approved_by": "", "pending": True}
    assert (approved.status, approved.json) == (200, {"id": change, **said, "approved_by": "anheli.chen", "pending": False})
    found = standing(everybody.store, moment("09:00"), "anheli")
    assert found is not None and found.register.home_by_id["3-502"].tier is Tier.RED


def test_a_manager_cannot_approve_her_own_proposal(everybody: World):
    manager = everybody.callers()["manager"]
    change = manager.post("/api/homes/3-502/tier", RED).json["id"]

    answer = manager.post(f"/api/tier-changes/{change}/approval", {})

    assert (answer.status, answer.json["type"]) == (403, "/problems/own-proposal")


def test_a_reason_of_invisible_letters_is_none(everybody: World):
    answer = everybody.callers()["steward"].post("/api/homes/3-502/tier", {**RED, "reason": "\u200b\n"})

    assert (answer.status, answer.json["type"], answer.json["field"]) == (400, "/problems/body", "reason")


def test_a_home_is_away_until_somebody_says_it_is_back(everybody: World, clock: FixedClock):
    steward = everybody.callers()["steward"]
    paused = steward.post("/api/homes/3-502/pauses", AWAY)
    clock.moment = moment("15:00")

    ended = steward.post(f"/api/homes/3-502/pauses/{paused.json['id']}/end", {})

    assert (paused.status, paused.json["until"]) == (201, "2026-11-26T00:00:00+08:00")
    assert (ended.status, ended.json["until"]) == (200, "2026-11-22T15:00:00+08:00")


def test_a_pause_is_ended_under_its_own_home_only(everybody: World):
    manager = everybody.callers()["manager"]

    assert manager.post("/api/homes/3-502/pauses/pause1/end", {}).status == 404
    assert manager.post("/api/homes/3-1104/pauses/pause1/end", {}).status == 200


@pytest.mark.parametrize(
    ("caller", "person", "status"),
    [
        ("steward", "anheli.wang", 201),
        ("steward", "anheli.zhao", 403),
        ("steward", "v1", 403),
        ("coordinator", "anheli.zhao", 201),
        ("coordinator", "v1", 201),
        ("coordinator", "v2", 404),  # another grid's
        ("coordinator", "v9", 404),  # another compound's
        ("manager", "v2", 201),
    ],
)
def test_who_may_enter_whose_leave(everybody: World, caller: str, person: str, status: int):
    body = {"person": person, "first": "2026-11-22", "last": "2026-11-22"}

    assert everybody.callers()[caller].post("/api/leaves", body).status == status


def test_the_roster_says_who_is_on_duty_and_who_takes_over(everybody: World):
    people = everybody.callers()
    assert put(people["coordinator"], *ROSTER).status == 200

    answer = people["steward"].get("/api/roster").json

    assert answer["on_duty"] == [{"username": "anheli.wang", "name": "王管家", "phone": "13800000010"}]
    assert answer["handover"]["at"] == "2026-11-22T14:00:00+08:00"
    assert [each["name"] for each in answer["handover"]["staff"]] == ["陈经理"]
    this, following = answer["weeks"]
    assert (this["week"], following["week"]) == ("2026-11-16", "2026-11-23")
    assert [line["name"] for line in this["shifts"]] == ["王管家", "陈经理", "刘组长"] and this["edition"] and not following["edition"]
    assert this["gaps"] == [{"from": "2026-11-16T00:00:00+08:00", "until": "2026-11-22T06:00:00+08:00"}]
    assert following["gaps"][0] == {"from": "2026-11-23T06:00:00+08:00", "until": "2026-11-30T00:00:00+08:00"}


def test_whoever_is_on_leave_is_not_on_duty_and_the_gap_shows(everybody: World):
    people = everybody.callers()
    put(people["manager"], *ROSTER)
    people["manager"].post("/api/leaves", {"person": "anheli.wang", "first": "2026-11-22", "last": "2026-11-22"})

    answer = people["manager"].get("/api/roster").json

    assert answer["on_duty"] == []
    assert [line["missing"] for line in answer["weeks"][0]["shifts"]] == [True, False, False]
    assert answer["weeks"][0]["gaps"][-1]["until"] == "2026-11-22T14:00:00+08:00"


def test_a_refused_roster_says_what_is_wrong_with_whose_hours(everybody: World):
    answer = put(everybody.callers()["manager"], shift("wang", "22T06:00", "22T18:01"))

    assert (answer.status, answer.json["type"], answer.json["wrong"]) == (400, "/problems/shifts", "too_long")
    assert (answer.json["staff"], answer.json["until"]) == ("anheli.wang", "2026-11-22T18:01:00+08:00")
    assert "12 小时" in answer.json["detail"]


def test_of_two_who_change_one_week_the_second_is_told(everybody: World):
    people = everybody.callers()
    edition = put(people["manager"], *ROSTER).json["weeks"][0]["edition"]

    assert put(people["coordinator"], *ROSTER[:2], seen=edition).status == 200
    lost = put(people["manager"], *ROSTER[1:], seen=edition)

    assert (lost.status, lost.json["type"], lost.json["by"]) == (409, "/problems/roster-changed", "anheli.liu")


WRONG: dict[str, dict[str, Any]] = {
    "/api/homes/3-502/tier": {**RED, "tier": "blue"},
    "/api/homes/3-502/pauses": {**AWAY, "why": "holiday"},
    "/api/leaves": {"person": "anheli.wang", "first": "2026-02-30", "last": "2026-12-01"},
    "/api/roster": {"week": "2026-11-16", "shifts": [{**ROSTER[0], "from": "2026-11-22T06:00:00"}]},
}


@pytest.mark.parametrize(("path", "body"), WRONG.items())
def test_a_word_or_a_day_that_is_none_is_refused(everybody: World, path: str, body: dict[str, Any]):
    answer = everybody.callers()["manager"].post(path, body)

    assert (answer.status, answer.json["type"]) == (400, "/problems/body")


def leaves(client: Client) -> list[tuple[str, str, str]]:
    return [(line["name"], line["first"], line["last"]) for line in client.get("/api/roster").json["leaves"]]


def people(client: Client) -> list[str]:
    return [one["name"] for one in client.get("/api/roster").json["people"]]


def test_the_roster_says_who_will_be_away_to_whoever_works_with_them(everybody: World):
    callers = everybody.callers()
    for person in ("v1", "v2", "anheli.zhao"):
        callers["manager"].post("/api/leaves", {"person": person, "first": "2026-11-24", "last": "2026-11-25"})

    away = [("赵管家", "2026-11-24", "2026-11-25"), ("老周", "2026-11-24", "2026-11-25")]
    later = ("王管家", "2026-12-20", "2026-12-24")
    assert leaves(callers["coordinator"]) == [*away, later]  # 老郑 is of another grid
    assert leaves(callers["manager"]) == [*away, ("老郑", "2026-11-24", "2026-11-25"), later]
    assert leaves(callers["克拉"]) == []


def test_the_roster_offers_whose_leave_may_be_entered(everybody: World):
    callers = everybody.callers()

    assert people(callers["steward"]) == ["王管家"]
    assert people(callers["coordinator"]) == ["刘组长", "王管家", "赵管家", "陈经理", "老周"]
    assert people(callers["manager"])[-2:] == ["老周", "老郑"]
    assert people(callers["克拉"]) == ["克拉", "小克"]


def test_a_leave_taken_back_is_on_the_list_no_more_and_the_shift_is_stood_again(everybody: World):
    callers = everybody.callers()
    put(callers["manager"], *ROSTER)
    taken = callers["steward"].post("/api/leaves", {"person": "anheli.wang", "first": "2026-11-22", "last": "2026-11-22"}).json
    assert (taken["name"], taken["ended"]) == ("王管家", False)
    assert callers["manager"].get("/api/roster").json["on_duty"] == []

    assert callers["steward"].post(f"/api/leaves/{taken['id']}/end", {}).json["ended"] is True
    assert [each["name"] for each in callers["manager"].get("/api/roster").json["on_duty"]] == ["王管家"]
    assert ("王管家", "2026-11-22", "2026-11-22") not in leaves(callers["manager"])
