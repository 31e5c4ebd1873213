"""What stands on today's list, on the coordinator's board and in a home's file; what a family and the duty desk see of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.promises.arising import missed_reports
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import to_item
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.work import arise
from tests.app.cast import ANHELI, NEED, World
from tests.app.client import FixedClock
from tests.builders import DAY, home, moment, register

MORNING, EVENING, ORPHAN = "home_visit:3-702:2026-11-22", "home_visit:3-702:2026-11-22:1", "home_visit:1-302:2026-11-22"


def get(everybody: World, who: str, path: str) -> Any:
    answer = everybody.callers()[who].get(path)
    assert answer.status == 200, answer.text
    return answer.json


def ids(lines: list[dict]) -> list[str]:
    return [line["id"] for line in lines]


def away(everybody: World, home: str = "3-702", why: str = "hospital", first: str = "2026-11-22") -> None:
    days = {"first": first, "last": "2026-11-25"}
    assert everybody.callers()["manager"].post(f"/api/homes/{home}/pauses", {"why": why, **days}).status == 201


def on_leave(everybody: World, *people: str) -> None:
    for person in people:
        body = {"person": person, "first": "2026-11-22", "last": "2026-11-22"}
        assert everybody.callers()["manager"].post("/api/leaves", body).status == 201


def retier(everybody: World, home: str, tier: str) -> None:
    change = everybody.callers()["steward"].post(f"/api/homes/{home}/tier", {"tier": tier, "reason": "看过了", "since": "2026-11-22"}).json
    assert everybody.callers()["manager"].post(f"/api/tier-changes/{change['id']}/approval", {}).status == 200


def test_a_steward_owes_her_homes_visits_and_tasks(everybody: World):
    today = get(everybody, "steward", "/api/today")

    assert (today["day"], ids(today["visits"]), ids(today["tasks"])) == ("2026-11-22", [MORNING, EVENING], [NEED])
    first = today["visits"][0]
    assert (first["label"], first["tier"], first["state"], first["tags"]) == ("3 栋 702", "red", "now", ["lives_alone", "age:92"])
    assert first["contact"] == {"name": "姜禾", "phone": "13800000005"}
    assert (first["opens"], first["closes"]) == ("2026-11-22T08:00:00+08:00", "2026-11-22T10:00:00+08:00")


def test_what_nobody_owes_stands_on_the_list_of_whoever_sees_the_home(everybody: World):
    today = get(everybody, "steward elsewhere", "/api/today")

    assert (ids(today["visits"]), today["tasks"]) == ([ORPHAN, f"{ORPHAN}:1"], [])
    assert [line["owners"] for line in today["visits"]] == [[], []]


def test_another_compound_has_a_list_of_its_own(everybody: World):
    assert get(everybody, "克拉", "/api/today") == {"now": "2026-11-22T09:00:00+08:00", "day": "2026-11-22", "visits": [], "tasks": []}
    board = get(everybody, "克拉", "/api/board")
    assert (board["visits_owed"], board["unassigned"], board["open"], board["closed_today"]) == (0, [], [], 0)


@pytest.mark.parametrize(("at", "states"), [("07:59", ["coming"] * 2), ("08:00", ["now", "coming"]), ("10:00", ["missed", "coming"]), ("18:00", ["missed"] * 2)])  # fmt: skip
def test_a_visit_is_coming_then_now_then_missed(at: str, states: list[str], everybody: World, clock: FixedClock):
    clock.moment = moment(at)

    assert [line["state"] for line in get(everybody, "steward", "/api/today")["visits"]] == states


def test_the_board_says_the_loudest_first(everybody: World, clock: FixedClock):
    clock.moment = moment("10:00")
    board = get(everybody, "manager", "/api/board")

    assert ids(board["unassigned_visits"]) == [ORPHAN, f"{ORPHAN}:1"]
    assert ids(board["missed_visits"]) == [MORNING]
    assert (ids(board["overdue"]), board["soon"], ids(board["open"])) == (
        [NEED],
        [],
        ["trip:trip1"],
    )  # a red home's response is due within the hour
    assert (board["visits_owed"], board["visits_kept"]) == (4, 0)


def test_what_is_about_to_be_late_stands_apart(everybody: World, clock: FixedClock):
    assert ids(get(everybody, "manager", "/api/board")["soon"]) == [NEED]

    everybody.callers()["steward"].post(f"/api/tasks/{NEED}/acts", {"act": "claim"})
    assert ids(get(everybody, "manager", "/api/board")["open"]) == [NEED, "trip:trip1"]

    everybody.callers()["steward"].post(f"/api/tasks/{NEED}/acts", {"act": "done"})
    board = get(everybody, "manager", "/api/board")
    assert (ids(board["open"]), board["closed_today"]) == (["trip:trip1"], 1)


def test_a_coordinators_board_has_the_homes_of_her_grids_only(everybody: World, clock: FixedClock):
    clock.moment = moment("10:00")
    arise(everybody.store, clock.moment, "anheli", missed_reports(ANHELI.policy, "self_report:all:2026-11-22", clock.moment), DEFAULT_LADDERS["reports"])  # fmt: skip

    board = get(everybody, "coordinator", "/api/board")

    assert (board["unassigned_visits"], ids(board["missed_visits"]), ids(board["overdue"])) == ([], [MORNING], [NEED])
    assert ids(board["unassigned"]) == ["missed-reports:self_report:all:2026-11-22"]  # of no home, so everybody's


def test_a_visit_made_counts(everybody: World):
    everybody.callers()["steward"].post("/api/visits", {"visit": MORNING, "home": "3-702", "outcome": "refused"})

    board = get(everybody, "coordinator", "/api/board")
    assert (board["visits_owed"], board["visits_kept"], board["missed_visits"]) == (2, 1, [])


def test_a_home_away_is_shown_as_that_and_missed_by_nobody(everybody: World, clock: FixedClock):
    away(everybody)
    clock.moment = moment("18:30")

    visits = get(everybody, "steward", "/api/today")["visits"]
    board = get(everybody, "coordinator", "/api/board")

    assert [(line["state"], line["away"], line["away_until"][:10]) for line in visits] == [("paused", "hospital", "2026-11-26")] * 2
    assert (board["missed_visits"], board["visits_owed"]) == ([], 0)
    assert [(line["home"], line["why"], line["until"][:10]) for line in board["away"]] == [("3-702", "hospital", "2026-11-26")]


def test_what_was_missed_before_they_left_stays_missed(everybody: World, clock: FixedClock):
    clock.moment = moment("10:30")
    away(everybody)
    assert [line["state"] for line in get(everybody, "steward", "/api/today")["visits"]] == ["missed", "paused"]


def test_every_list_says_who_is_away_and_until_when(everybody: World):
    away(everybody)

    assert get(everybody, "manager", "/api/duty")["away"] == [{"home": "3-702", "label": "3 栋 702", "why": "hospital", "until": "2026-11-26T00:00:00+08:00"}]  # fmt: skip
    assert get(everybody, "steward elsewhere", "/api/duty")["away"] == []
    assert get(everybody, "manager", "/api/homes/3-702")["away"] == "hospital"
    stop = next(line for line in get(everybody, "volunteer", "/api/round")["homes"] if line["home"] == "3-702")
    assert [(each["state"], each["away"]) for each in stop["visits"]] == [("paused", "hospital")] * 2


def test_with_both_of_a_pair_on_leave_the_visit_is_nobodys(everybody: World):
    on_leave(everybody, "v1")
    assert [each["id"] for each in get(everybody, "manager", "/api/board")["unassigned_visits"]] == [ORPHAN, f"{ORPHAN}:1"]

    on_leave(everybody, "anheli.wang")
    assert set(ids(get(everybody, "manager", "/api/board")["unassigned_visits"])) == {MORNING, EVENING, ORPHAN, f"{ORPHAN}:1"}


def test_a_tier_changed_at_noon_counts_from_the_next_window_on(everybody: World, clock: FixedClock):
    clock.moment = moment("12:00")
    retier(everybody, "3-502", "red")

    slots = [line["id"] for line in get(everybody, "steward", "/api/today")["visits"] if line["home"] == "3-502"]
    desk = get(everybody, "manager", "/api/duty")

    assert slots == ["home_visit:3-502:2026-11-22:1"]
    assert "3-502" in [line["home"] for line in desk["missed"]]  # this morning's report was owed
    clock.moment = moment("12:00", DAY + timedelta(days=1))
    assert "3-502" not in [line["home"] for line in get(everybody, "manager", "/api/duty")["missed"]]
    slots = [line["id"] for line in get(everybody, "steward", "/api/today")["visits"] if line["home"] == "3-502"]
    assert slots == ["home_visit:3-502:2026-11-23", "home_visit:3-502:2026-11-23:1"]


def test_a_homes_file_says_why_what_and_how_it_went(everybody: World, clock: FixedClock):
    everybody.callers()["steward"].post("/api/visits", {"visit": MORNING, "home": "3-702", "outcome": "done"})
    clock.moment = moment("18:00")

    file = get(everybody, "steward", "/api/homes/3-702")

    assert (file["tier"], file["why"], file["away"]) == ("red", ["lives_alone + age:80"], "")
    assert file["plans"] == [{"kind": "home_visit", "windows": ["08:00–10:00", "16:00–18:00"], "every": 1, "days": "every", "goods": []}]
    assert (file["contact"]["name"], file["steward"]["name"]) == ("姜禾", "王管家")
    assert len(file["days"]) == 14
    assert file["days"][0] == {"day": "2026-11-22", "report": "not_owed", "visits": ["done", "missed"]}
    assert file["days"][1] == {"day": "2026-11-21", "report": "not_owed", "visits": ["missed", "missed"]}
    assert ids(file["tasks"]) == [NEED, "trip:trip1"]


def test_the_days_of_a_file_are_told_by_the_tier_they_had(everybody: World, clock: FixedClock):
    clock.moment = moment("12:00")
    retier(everybody, "3-502", "red")
    clock.moment = moment("12:00", DAY + timedelta(days=1))

    days = get(everybody, "steward", "/api/homes/3-502")["days"]

    assert days[0] == {"day": "2026-11-23", "report": "not_owed", "visits": ["missed", "coming"]}
    assert days[1] == {"day": "2026-11-22", "report": "missed", "visits": ["missed"]}
    assert days[2] == {"day": "2026-11-21", "report": "missed", "visits": []}


def test_a_day_of_many_windows_is_one_file_all_the_same(everybody: World):
    many = tuple((f"{hour:02d}:00", f"{hour:02d}:30") for hour in range(8, 20))
    plans = tuple(plan.__class__(plan.kind, plan.tiers, many, plan.owner) for plan in ANHELI.policy.plans[:1])
    policy = type(ANHELI.policy)(duty_phone="1", plans=plans)
    everybody.store.fill([to_item(register(policy=policy, homes=ANHELI.homes, staff=ANHELI.staff), 2)])

    assert len(get(everybody, "manager", "/api/homes/3-702")["days"][3]["visits"]) == 12


def promises(everybody: World, token_of: str = "3-502") -> list[dict]:
    return get(everybody, "home", "/api/home")["promises"]


@pytest.fixture
def red_family(everybody: World) -> World:
    """安娜's home, red since yesterday."""
    homes = (home("3-502", tier=Tier.RED, steward="anheli.wang", volunteer="v1"), home("3-1104", volunteer="v1"))
    everybody.store.fill([to_item(register(homes=homes, staff=ANHELI.staff, volunteers=ANHELI.volunteers), 2)])
    return everybody


def test_a_family_sees_who_comes_when(red_family: World):
    first, opening, second = promises(red_family)

    assert first == {
        "id": "home_visit:3-502:2026-11-22",
        "kind": "home_visit",
        "from": "2026-11-22T08:00:00+08:00",
        "until": "2026-11-22T10:00:00+08:00",
        "reason": "",
        "state": "now",
        "who": ["王管家", "老周"],
        "at": "",
        "goods": [],
    }
    assert (opening["kind"], second["state"]) == ("expected_opening", "coming")


@pytest.mark.parametrize(("outcome", "state"), [("done", "kept"), ("refused", "kept"), ("not_needed", "kept"), ("nobody_home", "nobody_home")])  # fmt: skip
def test_a_family_sees_whether_it_was_kept(outcome: str, state: str, red_family: World):
    body = {"visit": "home_visit:3-502:2026-11-22", "home": "3-502", "outcome": outcome, "note": "家里很乱", "mood": "worrying"}
    red_family.callers()["volunteer"].post("/api/round/visits", body)

    first = promises(red_family)[0]

    assert (first["state"], first["at"]) == (state, "2026-11-22T09:00:00+08:00")
    assert "家里很乱" not in str(first) and "worrying" not in str(first)


def test_a_family_sees_what_was_missed_and_what_stands_still(red_family: World, clock: FixedClock):
    clock.moment = moment("10:00")
    away(red_family, "3-502", "away")

    assert [(each["state"], each["reason"]) for each in promises(red_family) if each["kind"] == "home_visit"] == [("missed", ""), ("paused", "away")]  # fmt: skip


def test_a_green_family_that_is_away_owes_no_report(everybody: World, clock: FixedClock):
    away(everybody, "3-502", "away")
    clock.moment = moment("11:00")

    assert get(everybody, "home", "/api/home")["self_report"]["state"] == "not_owed"
    desk = get(everybody, "manager", "/api/duty")
    assert [line["home"] for line in desk["missed"]] == ["2-801"] and desk["self_report"]["owed"] == 1
    assert everybody.callers()["home"].post("/api/check-ins", {}).status == 201
    assert get(everybody, "manager", "/api/duty")["reported"][0]["state"] == "extra"


def test_the_desk_says_who_is_on_duty_and_who_takes_over(everybody: World, clock: FixedClock):
    assert (get(everybody, "manager", "/api/duty")["on_duty"], get(everybody, "manager", "/api/duty")["handover"]) == ([], None)
    shifts = [
        {"staff": "anheli.wang", "from": "2026-11-22T06:00:00+08:00", "until": "2026-11-22T14:00:00+08:00"},
        {"staff": "anheli.liu", "from": "2026-11-22T14:00:00+08:00", "until": "2026-11-22T22:00:00+08:00"},
    ]
    everybody.callers()["manager"].post("/api/roster", {"week": "2026-11-16", "shifts": shifts})

    desk = get(everybody, "steward", "/api/duty")

    assert (desk["on_duty"], desk["handover"]) == (["王管家"], {"at": "2026-11-22T14:00:00+08:00", "staff": ["刘组长"]})


def test_a_medicine_run_is_owed_every_fourteen_days_by_the_steward(everybody: World, clock: FixedClock):
    clock.moment = moment("12:00", date(2026, 11, 19))  # 322 = 23 × 14 days after the anchor
    board = get(everybody, "manager", "/api/board")
    assert "medicine_run:3-1104:2026-11-19" in ids(board["unassigned_visits"])  # it has a volunteer and no steward


YESTERDAY = DAY - timedelta(days=1)


def test_the_next_morning_staff_enter_what_came_back_on_paper(everybody: World, clock: FixedClock):
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    path = f"/api/today?day={DAY}"
    before = get(everybody, "coordinator", path)
    assert (before["day"], before["now"][:10], before["tasks"]) == ("2026-11-22", "2026-11-23", [])
    assert [(line["id"], line["state"]) for line in before["visits"]] == [(MORNING, "missed"), (EVENING, "missed")]

    body = {"visit": EVENING, "home": "3-702", "outcome": "done", "temperature": 36.4, "paper": True}
    assert everybody.callers()["coordinator"].post("/api/visits", body).status == 201

    after = get(everybody, "coordinator", path)
    assert [line["state"] for line in after["visits"]] == ["missed", "done"]
    assert [line["state"] for line in get(everybody, "coordinator", "/api/today")["visits"]] == []  # today's are not hers


def test_of_an_earlier_day_everybody_sees_her_own_homes_only(everybody: World):
    path = f"/api/today?day={YESTERDAY}"

    assert {line["home"] for line in get(everybody, "steward", path)["visits"]} == {"3-702"}
    assert {line["home"] for line in get(everybody, "steward elsewhere", path)["visits"]} == {"1-302"}
    assert {line["home"] for line in get(everybody, "manager", path)["visits"]} == {"1-302", "3-702"}
    assert get(everybody, "克拉", path)["visits"] == []


@pytest.mark.parametrize(("back", "status"), [(0, 200), (1, 200), (7, 200), (8, 400), (-1, 400)])
def test_a_day_is_shown_as_long_as_it_may_be_entered(back: int, status: int, everybody: World):
    answer = everybody.callers()["steward"].get(f"/api/today?day={DAY - timedelta(days=back)}")

    assert answer.status == status
    assert status == 200 or answer.json["type"] == "/problems/day"


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "2026-11-22T00:00", "22.11.2026", "%00", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_is_refused(day: str, everybody: World):
    answer = everybody.callers()["steward"].get(f"/api/today?day={day}")

    assert (answer.status, answer.json["type"]) == (400, "/problems/day")


def test_who_was_on_leave_that_day_did_not_owe_it(everybody: World, clock: FixedClock):
    on_leave(everybody, "v1")
    clock.moment = moment("09:00", DAY + timedelta(days=1))

    lines = get(everybody, "manager", f"/api/today?day={DAY}")["visits"]
    assert [owner["id"] for owner in next(line for line in lines if line["id"] == EVENING)["owners"]] == ["anheli.wang"]
