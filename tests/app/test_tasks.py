"""One-off work, through the switchboard: taken on once, given, given back, done, sure, opened again."""

from datetime import datetime, timedelta

import pytest

from tests.app.cast import NEED, World
from tests.app.client import Answer, FixedClock
from tests.builders import DAY, moment


def act(everybody: World, who: str, what: str, key: str = "fresh", **members: str) -> Answer:
    return everybody.callers()[who].post(f"/api/tasks/{NEED}/acts", {"act": what, **members}, key)


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["type"].removeprefix("/problems/")


def test_of_two_the_second_is_told_who_was_first(everybody: World):
    first, second = act(everybody, "steward", "claim"), act(everybody, "manager", "claim")

    assert (first.status, first.json["state"], first.json["holder"]) == (200, "claimed", "anheli.wang")
    assert refused(second) == (409, "already-taken")
    assert (second.json["by"], second.json["by_name"]) == ("anheli.wang", "王管家")


def test_whoever_has_it_may_take_it_on_again(everybody: World):
    act(everybody, "steward", "claim")

    assert act(everybody, "steward", "claim").status == 200


def test_a_first_response_stops_its_clock_and_not_that_of_the_solution(everybody: World, clock: FixedClock):
    clock.moment = moment("09:30")
    line = act(everybody, "steward", "claim").json

    assert (line["respond_by"], line["solve_by"]) == ("2026-11-22T09:00:00+08:00", "2026-11-23T08:00:00+08:00")
    assert line["overdue"] is False  # the response came late, and is there


def test_the_coordinator_gives_it_to_somebody_who_can_do_it(everybody: World):
    line = act(everybody, "coordinator", "assign", owner="v2").json

    assert (line["state"], line["owners"]) == ("open", [{"id": "v2", "name": "老郑"}])
    assert (line["steps"][-1]["by_name"], line["steps"][-1]["to_name"]) == ("刘组长", "老郑")
    for nobody in ("", "anheli.nobody", "v9", "qinghe.kela"):
        assert refused(act(everybody, "coordinator", "assign", owner=nobody)) == (400, "owner")


def test_whoever_is_given_it_can_do_it_though_she_does_not_see_the_home(everybody: World):
    act(everybody, "coordinator", "assign", owner="anheli.zhao")
    elsewhere = everybody.callers()["steward elsewhere"]

    assert [task["id"] for task in elsewhere.get("/api/today").json["tasks"]] == [NEED]
    assert [act(everybody, "steward elsewhere", what).status for what in ("claim", "done")] == [200, 200]
    assert elsewhere.get("/api/homes/3-702").status == 404


def test_nobody_on_leave_is_given_anything(everybody: World):
    everybody.callers()["manager"].post("/api/leaves", {"person": "v2", "first": "2026-11-22", "last": "2026-11-22"})

    assert refused(act(everybody, "coordinator", "assign", owner="v2")) == (400, "owner")


def test_what_is_given_back_by_everybody_is_nobodys_and_loud(everybody: World):
    act(everybody, "steward", "claim")
    act(everybody, "steward", "return", note="今天来不及")
    act(everybody, "coordinator", "assign", owner="anheli.liu")
    line = act(everybody, "coordinator", "return").json

    assert (line["state"], line["owners"], line["holder"]) == ("open", [], "")
    board = everybody.callers()["manager"].get("/api/board").json
    assert [task["id"] for task in board["unassigned"]] == [NEED]


def test_only_ones_own_is_given_back(everybody: World):
    assert refused(act(everybody, "manager", "return")) == (409, "not-yours")


def test_done_then_sure_and_nothing_after(everybody: World, clock: FixedClock):
    act(everybody, "steward", "claim")
    done = act(everybody, "steward", "done", note="药\u200b送到了").json
    clock.moment = moment("09:00", DAY + timedelta(days=6))
    sure = act(everybody, "coordinator", "confirm").json

    assert (done["state"], sure["state"]) == ("done", "confirmed")
    assert [(step["act"], step["by"], step["by_name"], step["note"]) for step in sure["steps"]] == [
        ("opened", "", "", ""),
        ("claim", "anheli.wang", "王管家", ""),
        ("done", "anheli.wang", "王管家", "药送到了"),
        ("confirm", "anheli.liu", "刘组长", ""),
    ]
    assert refused(act(everybody, "steward", "claim")) == refused(act(everybody, "coordinator", "confirm")) == (409, "not-now")


def test_what_is_not_done_cannot_be_confirmed_or_opened_again(everybody: World):
    for what in ("confirm", "reopen"):
        assert refused(act(everybody, "coordinator", what, note="不对")) == (409, "not-now")


def test_nobody_confirms_her_own_work_and_what_is_closed_says_by_whom(everybody: World):
    act(everybody, "steward", "done")

    assert refused(act(everybody, "steward", "confirm")) == (403, "own-work")
    late = act(everybody, "manager", "claim")
    assert refused(late) == (409, "not-now") and late.json["by_name"] == "王管家"
    assert act(everybody, "manager", "confirm").json["state"] == "confirmed"


def test_opened_again_it_has_an_hour_at_least(everybody: World, clock: FixedClock):
    clock.moment = moment("07:59", DAY + timedelta(days=1))
    act(everybody, "steward", "done")
    clock.moment = moment("12:00", DAY + timedelta(days=2))
    line = act(everybody, "coordinator", "reopen", note="还是没送到").json

    assert (line["state"], line["overdue"]) == ("open", False)
    assert datetime.fromisoformat(line["solve_by"]) == clock.moment + timedelta(hours=1)
    assert act(everybody, "steward", "claim").status == 200


@pytest.mark.parametrize("note", ["", "  ", "\u200b\n"])
def test_a_cancellation_says_why_and_so_does_whatever_keeps_somebody_waiting(note: str, everybody: World):
    for what in ("cancel", "pause", "reopen", "prioritise"):
        assert refused(act(everybody, "coordinator", what, note=note)) == (400, "note")
    assert act(everybody, "coordinator", "cancel", note="住户自己买到了").json["state"] == "cancelled"


def test_after_a_week_it_is_history(everybody: World, clock: FixedClock):
    act(everybody, "steward", "done")
    clock.moment = moment("09:00", DAY + timedelta(days=8))

    assert act(everybody, "coordinator", "reopen", note="还缺一样").status == 404


@pytest.mark.parametrize("what", ["claim", "return", "done", "cancel", "confirm", "reopen", "assign", "pause", "resume", "prioritise"])
def test_nobody_acts_on_what_she_does_not_see(what: str, everybody: World):
    before = dict(everybody.store._items)

    assert [act(everybody, who, what, note="x", owner="v1").status for who in ("steward elsewhere", "克拉")] == [404, 404]
    assert everybody.store._items == before


@pytest.mark.parametrize("body", [{}, {"act": "steal"}, {"act": "claim", "note": "字" * 201}, {"act": "assign", "owner": "x" * 101}])
def test_an_act_that_is_none_is_refused(body: dict, everybody: World):
    assert everybody.callers()["manager"].post(f"/api/tasks/{NEED}/acts", body).status == 400
