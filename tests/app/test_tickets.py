"""Tickets through the switchboard: a family reports, the staff works on it, the family says how it was."""

from typing import Any

import pytest

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


def test_the_duty_desk_lists_a_ticket_until_somebody_takes_it_on(everybody: World):
    steward = everybody.callers()["steward"]
    number = report(everybody)["id"]
    (line,) = steward.get("/api/duty?troubles=1").json["tickets"]
    assert (line["id"], line["category"], line["home"]) == (number, "leak", "3-502")
    assert steward.get("/api/duty").json["tickets"] is None

    steward.post(f"/api/tasks/ticket:{number}/acts", {"act": "claim"})
    assert steward.get("/api/duty?troubles=1").json["tickets"] == []


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


def test_tickets_of_one_cause_are_told_the_same_line_and_each_keeps_its_own(everybody: World):
    numbers = [report(everybody, subkind=kind)["id"] for kind in ("power", "lift")]
    steward = everybody.callers()["steward"]

    joined = steward.post("/api/incidents", {"tickets": [*numbers, numbers[0].lower()], "text": "12 点前来电"})

    assert joined.status == 200
    mine_now = {each["id"]: each for each in mine(everybody)["tickets"]}
    assert len({mine_now[number]["incident"] for number in numbers} - {""}) == 1
    assert [mine_now[number]["lines"][-1]["note"] for number in numbers] == ["12 点前来电"] * 2
    act(everybody, numbers[0], act="done")
    assert steward.post("/api/incidents", {"tickets": numbers, "text": "已经来电"}).status == 409
    assert steward.post("/api/incidents", {"tickets": ["2611-AAAAA"], "text": "x"}).status == 404


def test_the_same_thing_broken_in_the_building_is_named_without_its_home(everybody: World, clock: FixedClock):
    steward, home = everybody.callers()["steward"], everybody.callers()["home"]
    said = {"kind": "repair", "subkind": "power", "origin": "group", "home": "3-1104", "group": "3 栋 11 楼群"}
    other = steward.post("/api/tickets", said).json
    steward.post("/api/tickets", {"kind": "complaint", "text": "夜里装修", "home": "3-1104"})

    likely = home.get("/api/home/tickets")
    assert likely.json["likely"][0] == {"id": other["id"], "subkind": "power", "half_day": "2026-11-22-am", "taken": False}
    assert "3-1104" not in likely.text and "1104" not in likely.text
    assert report(everybody, subkind="power", same=other["id"])["same"] == other["id"]
    clock.moment = moment("09:01").replace(day=25)
    assert home.get("/api/home/tickets").json["likely"] == []


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"kind": "repair"}, 400, "subkind"),
        ({"kind": "complaint", "subkind": "leak", "text": "x"}, 400, "subkind"),
        ({"kind": "complaint", "text": " \n "}, 400, "text"),
        ({"kind": "repair", "subkind": "other"}, 400, "text"),
        ({**LEAK, "text": "字" * 301}, 400, None),
        ({**LEAK, "same": "2611-AAAAA"}, 404, None),
        ({**LEAK, "kind": "wish"}, 400, None),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(body: dict[str, Any], status: int, field: str | None, everybody: World):
    before = dict(everybody.store._items)
    answer = everybody.callers()["home"].post("/api/home/tickets", body)

    assert (answer.status, answer.json.get("field")) == (status, field)
    assert everybody.store._items == before


def test_a_dozen_a_day_from_one_home_is_enough(everybody: World):
    statuses = [everybody.callers()["home"].post("/api/home/tickets", LEAK).status for _ in range(13)]

    assert statuses[:10] == [201] * 10 and statuses[-1] == 429


def test_questions_of_the_day_are_counted_in_service_time(everybody: World, clock: FixedClock):
    clock.moment = moment("09:00").replace(day=23)
    numbers = [report(everybody, kind="question", subkind="", text=text)["id"] for text in ("物业费", "快递柜", "车位")]
    for number, minute in zip(numbers[:2], ("09:02", "09:04"), strict=True):
        clock.moment = moment(minute).replace(day=23)
        act(everybody, number, act="done", note="可以")
    clock.moment = moment("09:07").replace(day=23)

    figures = everybody.callers()["steward"].get("/api/tickets").json["questions"]
    assert figures == {"count": 3, "answered": 2, "median": 240, "worst": 420, "limit": 300}


def test_a_report_repeated_after_the_end_of_the_month_is_the_one_before_it(everybody: World, clock: FixedClock):
    """Its number begins with its month: a phone that got no answer at 23:59 asks again in the next."""
    home, body = everybody.callers()["home"], {"kind": "repair", "subkind": "leak", "text": "水管在漏"}
    clock.moment = moment("23:59").replace(day=30)
    first = home.post("/api/home/tickets", body, key="over-the-end").json["id"]
    clock.moment = moment("00:01").replace(month=12, day=1)
    again = home.post("/api/home/tickets", body, key="over-the-end")

    assert (first[:4], again.json["id"]) == ("2611", first)
    assert [each["id"] for each in mine(everybody)["tickets"]].count(first) == len(mine(everybody)["tickets"]) - 2 == 1
    assert home.post("/api/home/tickets", {**body, "text": "别的"}, key="over-the-end").status == 422
    clock.moment = moment("00:01").replace(month=12, day=2)
    assert home.post("/api/home/tickets", body, key="over-the-end").json["id"].startswith("2612")
