"""The clock of a task by hand, through the switchboard: paused for a reason, resumed, more urgent or less, and every minute accounted for."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.tasks.waiting import MOST_PAUSES
from tests.app.cast import NEED, World
from tests.app.client import Answer, FixedClock
from tests.builders import DAY, moment


def act(everybody: World, who: str, what: str, key: str = "fresh", **members: Any) -> Answer:
    return everybody.callers()[who].post(f"/api/tasks/{NEED}/acts", {"act": what, **members}, key)


def pause(everybody: World, until: str = "11:00", who: str = "steward", **members: Any) -> Answer:
    return act(everybody, who, "pause", note="等药房配货", until=moment(until).isoformat(), **members)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["type"].removeprefix("/problems/")


def test_a_pause_stops_both_clocks_and_says_why_and_until_when(everybody: World):
    line = pause(everybody).json

    segment = {"from": "2026-11-22T09:00:00+08:00", "until": "2026-11-22T11:00:00+08:00", "reason": "等药房配货"}
    assert (line["state"], line["paused_until"]) == ("open", "2026-11-22T11:00:00+08:00")
    assert (line["respond_by"], line["solve_by"]) == ("", "")
    assert line["solve"] == {"from": "2026-11-22T08:00:00+08:00", "minutes": 24 * 60, "pauses": [segment], "stopped": ""}
    assert line["respond"]["pauses"] == [segment] and line["steps"][-1]["note"] == "等药房配货"


def test_the_deadline_can_be_recomputed_from_the_segments(everybody: World, clock: FixedClock):
    pause(everybody)
    clock.moment = moment("10:30")
    act(everybody, "steward", "resume")
    clock.moment = moment("12:00")
    pause(everybody, "13:00")
    clock.moment = moment("15:00")
    line = everybody.callers()["steward"].get("/api/today").json["tasks"][0]

    for name in ("respond", "solve"):
        told = line[name]
        stood = sum((at(each["until"]) - at(each["from"]) for each in told["pauses"]), timedelta())
        assert at(line[f"{name}_by"]) == at(told["from"]) + timedelta(minutes=told["minutes"]) + stood
    assert [(each["from"][11:16], each["until"][11:16]) for each in line["solve"]["pauses"]] == [("09:00", "10:30"), ("12:00", "13:00")]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_pause_ends_by_itself_whether_or_not_anybody_comes(everybody: World, clock: FixedClock):
    pause(everybody)
    clock.moment = moment("11:00")
    line = everybody.callers()["steward"].get("/api/today").json["tasks"][0]

    assert (line["paused_until"], line["respond_by"]) == ("", "2026-11-22T11:00:00+08:00")
    assert refused(act(everybody, "steward", "resume")) == (409, "not-now")


@pytest.mark.parametrize(("until", "status"), [(timedelta(0), 400), (timedelta(-1), 400), (timedelta(hours=24), 200), (timedelta(hours=24, seconds=1), 400)])  # fmt: skip
def test_a_pause_is_no_longer_than_the_policy_allows(until: timedelta, status: int, everybody: World, clock: FixedClock):
    answer = act(everybody, "steward", "pause", note="等药房", until=(clock.moment + until).isoformat())

    assert answer.status == status
    assert status == 200 or (answer.json["type"], answer.json["hours"]) == ("/problems/until", 24)


def test_without_a_time_it_is_the_longest_the_policy_allows(everybody: World):
    line = act(everybody, "steward", "pause", note="等药房").json

    assert (line["paused_until"], line["pause_hours"]) == ("2026-11-23T09:00:00+08:00", 24)


@pytest.mark.parametrize("until", ["tomorrow", "2026-11-22T11:00:00", 11, "2026-02-30T11:00:00+08:00"])
def test_a_time_that_is_none_is_refused(until: Any, everybody: World):
    assert refused(act(everybody, "steward", "pause", note="等药房", until=until)) == (400, "body")


def test_what_nobody_owes_cannot_wait(everybody: World):
    act(everybody, "steward", "claim")
    act(everybody, "steward", "return")
    act(everybody, "coordinator", "assign", owner="v1")
    assert pause(everybody, who="coordinator").status == 200
    everybody.callers()["manager"].post("/api/leaves", {"person": "v1", "first": "2026-11-22", "last": "2026-11-22"})

    act(everybody, "coordinator", "assign", owner="anheli.liu")
    line = act(everybody, "coordinator", "return").json
    assert (line["owners"], line["paused_until"], line["pause_hours"]) == ([], "", 0)
    assert refused(pause(everybody)) == (409, "cannot-wait")


def test_nothing_is_put_off_without_end(everybody: World, clock: FixedClock):
    """Every pause is kept with its reason, and a task must never outgrow what an item holds: then nobody could close it."""
    for minute in range(MOST_PAUSES):
        clock.moment = moment("09:00") + timedelta(minutes=minute)
        assert act(everybody, "steward", "pause", note="等" * 200).status == 200

    assert refused(pause(everybody)) == (409, "cannot-wait")
    item = next(item for item in everybody.store.under("anheli#TASK") if item["sk"].endswith(NEED))
    assert len(json.dumps(item, ensure_ascii=False).encode()) < 100_000
    assert act(everybody, "steward", "done").json["pause_hours"] == 0


@pytest.mark.parametrize(
    ("who", "what", "more"),
    [
        ("steward", "claim", {}),
        ("coordinator", "assign", {"owner": "v2"}),
        ("steward", "return", {}),
        ("steward", "done", {}),
        ("manager", "cancel", {"note": "自己买到了"}),
        ("manager", "prioritise", {"note": "不急了", "tier": "green"}),
        ("steward", "resume", {}),
    ],
)
def test_whatever_is_done_next_ends_the_pause(who: str, what: str, more: dict, everybody: World, clock: FixedClock):
    pause(everybody)
    clock.moment = moment("10:00")
    line = act(everybody, who, what, **more).json

    assert line["paused_until"] == ""
    assert [each["until"] for each in line["solve"]["pauses"]] == ["2026-11-22T10:00:00+08:00"]


def test_a_pause_can_be_made_longer_and_both_segments_stay(everybody: World, clock: FixedClock):
    pause(everybody)
    clock.moment = moment("10:30")
    line = pause(everybody, "14:00").json

    assert [(each["from"][11:16], each["until"][11:16]) for each in line["solve"]["pauses"]] == [("09:00", "10:30"), ("10:30", "14:00")]


def test_a_repeat_of_a_pause_gets_the_first_answer_also_when_it_is_over(everybody: World, clock: FixedClock):
    pause(everybody, key="the-very-same")
    clock.moment = moment("12:00")
    again = pause(everybody, key="the-very-same")

    assert again.status == 200 and len(again.json["solve"]["pauses"]) == 1


def test_another_priority_keeps_the_start_and_what_was_paused(everybody: World, clock: FixedClock):
    pause(everybody)
    clock.moment = moment("10:00")
    line = act(everybody, "manager", "prioritise", note="女儿说不急", tier="yellow").json

    assert (line["tier"], line["solve"]["minutes"], line["respond"]["minutes"]) == ("yellow", 48 * 60, 240)
    assert line["solve_by"] == (moment("09:00") + timedelta(days=2)).isoformat()  # from 08:00, 48 hours, one of them paused
    assert refused(act(everybody, "manager", "prioritise", note="x", tier="yellow")) == (400, "tier")
    assert refused(act(everybody, "manager", "prioritise", note="x")) == (400, "tier")
    assert refused(act(everybody, "steward", "prioritise", note="x", tier="red")) == (403, "not-allowed")


def test_closed_is_closed(everybody: World):
    act(everybody, "steward", "done")

    for what, more in (("pause", {"note": "等"}), ("resume", {}), ("prioritise", {"note": "急", "tier": "green"})):
        assert refused(act(everybody, "manager", what, **more)) == (409, "not-now")


def test_the_board_lists_what_was_closed_today_with_who_did_it(everybody: World, clock: FixedClock):
    act(everybody, "steward", "done")
    board = everybody.callers()["coordinator"].get("/api/board").json

    assert board["closed_today"] == 1
    assert [(task["id"], task["state"], task["doer"]) for task in board["closed"]] == [(NEED, "done", "anheli.wang")]
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    assert everybody.callers()["coordinator"].get("/api/board").json["closed"] == []


def test_a_task_says_that_its_family_is_away(everybody: World):
    body = {"why": "hospital", "first": "2026-11-22", "last": "2026-11-25"}
    everybody.callers()["manager"].post("/api/homes/3-702/pauses", body)
    line = everybody.callers()["steward"].get("/api/today").json["tasks"][0]

    assert (line["away"], line["away_until"]) == ("hospital", "2026-11-26T00:00:00+08:00")
