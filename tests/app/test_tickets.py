"""Tickets through the switchboard: a family reports, the staff works on it, the family says how it was."""

from typing import Any

from tests.app.cast import World
from tests.app.client import FixedClock
from tests.builders import moment

LEAK = {"kind": "repair", "subkind": "leak", "text": "厨房水管滴水"}


def report(everybody: World, **members: Any) -> Any:
    answer = everybody.callers()["home"].post("/api/home/tickets", {**LEAK, **members})
    assert answer.status == 201, answer.text
    return answer.json


def act(everybody: World, ticket: str, who: str = "steward", **body: Any) -> Any:
    answer = everybody.callers()[who].post(f"/api/tasks/ticket:{ticket}/acts", body)
    assert answer.status == 200, answer.text
    return answer.json


def mine(everybody: World) -> Any:
    return everybody.callers()["home"].get("/api/home/tickets").json


def judge(everybody: World, ticket: str, **body: Any) -> Any:
    return everybody.callers()["home"].post(f"/api/home/tickets/{ticket}/answer", body)


def steps(ticket: Any) -> list[str]:
    return [line["what"] for line in ticket["lines"]]


def newest(everybody: World) -> Any:
    return mine(everybody)["tickets"][0]


def test_a_leak_is_reported_taken_on_solved_and_rated_and_each_step_is_told(everybody: World, clock: FixedClock):
    made = report(everybody)
    assert (made["next"], made["by"], made["late"]) == ("respond", "2026-11-22T09:15:00+08:00", False)
    assert newest(everybody) == made

    clock.moment = moment("09:05")
    act(everybody, made["id"], act="claim", note="带上扳手")
    taken = newest(everybody)
    assert (taken["next"], taken["by"]) == ("solve", "2026-11-23T09:00:00+08:00")
    assert taken["lines"][-1] == {"at": "2026-11-22T09:05:00+08:00", "what": "claim", "who": "王管家", "note": ""}

    clock.moment = moment("10:00")
    act(everybody, made["id"], act="done", note="换了垫圈")
    solved = newest(everybody)
    assert (solved["state"], solved["next"], solved["lines"][-1]["note"]) == ("solved", "judge", "换了垫圈")

    rated = judge(everybody, made["id"], verdict="good", rating=5)
    assert rated.status == 200
    assert (rated.json["state"], rated.json["rating"], steps(rated.json)) == ("good", 5, ["reported", "claim", "done", "good"])
    assert judge(everybody, made["id"], verdict="bad").status == 409


def test_returned_it_goes_on_with_an_hour_left_at_least(everybody: World, clock: FixedClock):
    made = report(everybody)["id"]
    act(everybody, made, act="claim")
    clock.moment = moment("08:50").replace(day=23)
    act(everybody, made, act="done")
    clock.moment = moment("15:00").replace(day=23)

    again = judge(everybody, made, verdict="returned", note="还在滴").json

    assert (again["state"], again["next"], again["by"]) == ("open", "solve", "2026-11-23T16:00:00+08:00")
    assert steps(again)[-1] == "returned"
    board = everybody.callers()["coordinator"].get("/api/board").json
    assert f"ticket:{made}" in [task["id"] for place in ("unassigned", "overdue", "soon", "open") for task in board[place]]
    act(everybody, made, act="claim")
    act(everybody, made, act="done")
    assert judge(everybody, made, verdict="bad", rating=2).json["state"] == "bad"
