"""What stands on whose desk: the steward's own buildings, the family's own day."""

import pytest

from chalicelib.register.records import to_item
from chalicelib.register.rules import Isolation
from chalicelib.shared.ids import TenancyId
from tests.app.cast import ANHELI, World
from tests.app.client import FixedClock
from tests.builders import DAY, home, isolated, moment, register

STEWARD, ELSEWHERE, COORDINATOR, MANAGER = "steward", "steward elsewhere", "coordinator", "manager"


def desk(everybody: World, who: str) -> dict:
    return everybody.callers()[who].get("/api/duty").json


def homes(desk: dict, name: str) -> list[str]:
    return [line["home"] for line in desk[name]]


@pytest.mark.parametrize(
    ("who", "waiting", "reported", "alerts"),
    [
        (STEWARD, ["2-801", "3-502"], [], ["2-801"]),
        (ELSEWHERE, [], ["1-302"], []),
        (COORDINATOR, ["2-801", "3-502"], [], ["2-801"]),
        (MANAGER, ["2-801", "3-502"], ["1-302"], ["2-801"]),
        ("克拉", ["2-801", "3-502"], [], []),
    ],
)
def test_a_desk_shows_the_homes_of_its_scope_and_no_other(
    who: str, waiting: list[str], reported: list[str], alerts: list[str], everybody: World, clock: FixedClock
):
    found = desk(everybody, who)

    assert (homes(found, "waiting"), homes(found, "reported"), homes(found, "alerts")) == (waiting, reported, alerts)
    assert (found["self_report"]["owed"], found["self_report"]["reported"]) == (len(waiting), 0)


def test_the_figures_count_only_homes_that_owe(everybody: World, clock: FixedClock):
    everybody.callers()["home"].post("/api/check-ins", {})

    figures = desk(everybody, MANAGER)["self_report"]

    assert figures == {"closes": "2026-11-22T10:00:00+08:00", "owed": 2, "reported": 1}


def test_a_line_tells_whom_to_call_and_what_to_know(everybody: World, clock: FixedClock):
    line = desk(everybody, MANAGER)["waiting"][1]

    assert line == {
        "id": "self_report:3-502:2026-11-22",
        "home": "3-502",
        "kind": "self_report",
        "since": "2026-11-22T00:00:00+08:00",
        "state": "waiting",
        "label": "3 栋 502",
        "tier": "green",
        "grid": "g1",
        "tags": ["lives_alone", "age:76"],
        "contact": {"name": "安娜", "phone": "13800000001"},
    }


def test_at_closing_time_waiting_turns_into_missed_since_then(everybody: World, clock: FixedClock):
    clock.moment = moment("10:00")

    found = desk(everybody, MANAGER)

    assert found["waiting"] == [] and homes(found, "missed") == ["2-801", "3-502"]
    assert {line["since"] for line in found["missed"]} == {"2026-11-22T10:00:00+08:00"}


def test_a_new_day_begins_at_midnight_with_nothing_reported(everybody: World, clock: FixedClock):
    everybody.callers()["home"].post("/api/check-ins", {})
    clock.moment = moment("00:00", DAY.replace(day=23))

    found = desk(everybody, MANAGER)

    assert (found["day"], found["self_report"]["reported"], found["reported"]) == ("2026-11-23", 0, [])


def test_a_family_sees_its_own_day_its_promises_and_whom_to_call(everybody: World, clock: FixedClock):
    clock.moment = moment("09:30")

    page = everybody.callers()["home"].get("/api/home").json

    assert (page["home"], page["label"], page["day"]) == ("3-502", "3 栋 502", "2026-11-22")
    assert page["self_report"]["state"] == "waiting" and page["self_report"]["owed"] is True
    assert [(promise["reason"], promise["state"]) for promise in page["promises"]] == [("送菜来", "now")]
    assert page["steward"] == {"name": "王管家", "phone": "13800000010"}
    assert page["phones"]["duty"] == "0571-8800 1234"


@pytest.mark.parametrize(("at", "state"), [("08:59", "coming"), ("09:00", "now"), ("09:59", "now"), ("10:00", "past")])
def test_a_promise_is_coming_then_now_then_past(at: str, state: str, everybody: World, clock: FixedClock):
    clock.moment = moment(at)

    assert everybody.callers()["home"].get("/api/home").json["promises"][0]["state"] == state


def test_the_next_tenant_and_her_old_link_see_nothing_of_the_last_one(everybody: World, clock: FixedClock):
    everybody.callers()["home"].post("/api/check-ins", {"note": "前一家的话"})
    moved = tuple(home("3-502", tenancy=TenancyId("t2"), people=()) if each.id == "3-502" else each for each in ANHELI.homes)
    everybody.store.fill([to_item(register(homes=moved, staff=ANHELI.staff), 2)])

    old = everybody.callers()["home"].get("/api/home")
    desk_now = everybody.callers()[MANAGER].get("/api/duty")

    assert old.status == 401
    assert "前一家的话" not in desk_now.text and "3-502" in homes(desk_now.json, "waiting")


def test_a_home_that_is_gone_from_the_register_opens_no_page(everybody: World, clock: FixedClock):
    everybody.store.fill([to_item(register(homes=()), 2)])

    assert everybody.callers()["home"].get("/api/home").status == 401


@pytest.mark.parametrize("first", [20, 22])
def test_an_alert_tells_the_day_of_isolation(first: int, everybody: World, clock: FixedClock):
    under = isolated(isolation=Isolation(DAY.replace(day=first), DAY.replace(day=30)))
    everybody.store.fill([to_item(register(homes=(under,), staff=ANHELI.staff), 2)])

    assert desk(everybody, MANAGER)["alerts"][0]["isolation_day"] == 23 - first


def test_homes_to_choose_from_are_those_of_the_scope_where_somebody_lives(everybody: World, clock: FixedClock):
    seen = [line["home"] for line in everybody.callers()["steward"].get("/api/homes").json["homes"]]

    assert "3-502" in seen and "1-302" not in seen
