"""What came of a visit, entered at the door or from the round sheet."""

from datetime import timedelta
from typing import Any

import pytest

from tests.app.cast import World
from tests.app.client import Answer, FixedClock
from tests.builders import DAY, moment

MORNING, EVENING = "home_visit:3-702:2026-11-22", "home_visit:3-702:2026-11-22:1"


def visit(everybody: World, who: str = "steward", key: str = "fresh", **members: Any) -> Answer:
    path = "/api/round/visits" if who == "volunteer" else "/api/visits"
    return everybody.callers()[who].post(path, {"visit": MORNING, "home": "3-702", "outcome": "done", **members}, key)


def kept(everybody: World) -> list[dict]:
    return [item for key, item in everybody.store._items.items() if "#VISIT#" in key.pk]


def test_what_was_entered_is_what_the_list_shows(everybody: World):
    said = {"temperature": 36.5, "mood": "low", "needs": ["medicine", "food"], "note": "药快吃完了"}
    answer = visit(everybody, **said)

    shown = next(line for line in everybody.callers()["steward"].get("/api/today").json["visits"] if line["id"] == MORNING)
    assert answer.status == 201 and answer.json == shown
    assert {name: shown[name] for name in said} == said
    assert (shown["state"], shown["by"], shown["at"]) == ("done", "anheli.wang", "2026-11-22T09:00:00+08:00")
    assert shown["owners"] == [{"id": "anheli.wang", "name": "王管家"}, {"id": "v1", "name": "老周"}]


@pytest.mark.parametrize("temperature", [365, 33.9, 43.1, 0, -36.5, 0.01, 1e300, 1e308, -1e308])
def test_a_temperature_that_nobody_has_is_refused_and_nothing_is_kept(temperature: float, everybody: World):
    answer = visit(everybody, temperature=temperature)

    assert (answer.status, answer.json["type"]) == (400, "/problems/temperature")
    assert kept(everybody) == []


@pytest.mark.parametrize("temperature", [34.0, 36.54, 43.0])
def test_the_limits_themselves_are_taken_and_a_tenth_of_a_degree_is_kept(temperature: float, everybody: World):
    assert visit(everybody, temperature=temperature).json["temperature"] == round(temperature, 1)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", '"36.5"', "true", "[36.5]"])
def test_a_temperature_that_is_no_number_is_refused(text: str, everybody: World):
    raw = f'{{"visit":"{MORNING}","home":"3-702","outcome":"done","temperature":{text}}}'

    assert everybody.callers()["steward"].post("/api/visits", raw.encode()).status == 400
    assert kept(everybody) == []


UNKNOWN = [
    EVENING,  # its window has not opened
    "home_visit:3-702:2026-11-23",
    "home_visit:3-702:2026-11-22:2",
    "home_visit:3-702:2026-11-22:0",
    "home_visit:1-302:2026-11-22",  # of another home
    "medicine_run:3-702:2026-11-22",  # of another tier
    "self_report:3-702:2026-11-22",
    "home_visit:3-702:2026-11-14",  # longer ago than a week
    "home_visit:3-702:2026-13-40",
    "home_visit#3-702",
    "",
]


@pytest.mark.parametrize("slot", UNKNOWN)
def test_a_visit_that_is_not_due_is_refused(slot: str, everybody: World):
    answer = visit(everybody, visit=slot)

    assert (answer.status, answer.json["type"]) == (400, "/problems/slot")
    assert kept(everybody) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"note": "字" * 201},
        {"outcome": "fine"},
        {"mood": "happy"},
        {"needs": ["unwell"]},
        {"needs": ["food"] * 7},
        {"home": ["3-702"]},
        {"visit": "x" * 81},
    ],
)
def test_words_that_are_none_and_notes_without_end_are_refused(wrong: dict, everybody: World):
    assert visit(everybody, **wrong).status == 400
    assert kept(everybody) == []


def test_a_note_of_forty_thousand_characters_is_refused(everybody: World):
    assert visit(everybody, note="a" * 40_000).status == 413
    assert visit(everybody, note="字" * 2_000).status == 400
    assert kept(everybody) == []


def test_the_same_request_again_is_answered_again_and_a_changed_one_refused(everybody: World):
    first = visit(everybody, key="the-very-same", temperature=36.5)
    again = visit(everybody, key="the-very-same", temperature=36.5)
    other = visit(everybody, key="the-very-same", temperature=38.5)

    assert (first.status, again.status, again.text) == (201, 201, first.text)
    assert (other.status, other.json["type"]) == (422, "/problems/key-reused")
    assert len(kept(everybody)[0]["tries"]) == 1


def test_nobody_home_and_then_somebody(everybody: World, clock: FixedClock):
    assert visit(everybody, outcome="nobody_home").json["state"] == "nobody_home"
    clock.moment = moment("09:40")

    second = visit(everybody, temperature=36.6)

    assert (second.status, second.json["state"], second.json["temperature"]) == (200, "done", 36.6)


def test_a_promise_that_was_kept_stays_kept_whatever_is_entered_later(everybody: World):
    visit(everybody)

    assert visit(everybody, outcome="nobody_home").json["state"] == "done"


def test_nobody_enters_a_visit_for_ever(everybody: World):
    statuses = [visit(everybody, outcome="nobody_home").status for _ in range(9)]

    assert statuses == [201, *[200] * 7, 409]


@pytest.mark.parametrize(("days", "status"), [(0, 201), (1, 201), (7, 201), (8, 400)])
def test_a_round_sheet_may_be_entered_for_a_week(days: int, status: int, everybody: World, clock: FixedClock):
    clock.moment = moment("09:00") + timedelta(days=days)

    assert visit(everybody, paper=True).status == status


def test_a_sheet_of_the_days_when_a_home_was_red_is_entered_although_it_is_not_now(everybody: World, clock: FixedClock):
    people = everybody.callers()
    change = people["steward"].post("/api/homes/3-502/tier", {"tier": "red", "reason": "发烧", "since": "2026-11-22"}).json["id"]
    people["manager"].post(f"/api/tier-changes/{change}/approval", {})
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    back = people["steward"].post("/api/homes/3-502/tier", {"tier": "green", "reason": "好了", "since": "2026-11-23"}).json["id"]
    people["manager"].post(f"/api/tier-changes/{back}/approval", {})
    clock.moment = moment("12:00", DAY + timedelta(days=2))

    assert visit(everybody, home="3-502", visit="home_visit:3-502:2026-11-22:1", paper=True).status == 201
    assert visit(everybody, home="3-502", visit="home_visit:3-502:2026-11-22", paper=True).status == 400  # it was green when that opened
    assert visit(everybody, home="3-502", visit="home_visit:3-502:2026-11-24", paper=True).status == 400


def test_a_volunteer_enters_visits_of_homes_in_her_care_only(everybody: World):
    assert visit(everybody, "volunteer").status == 201
    for identity in ("3-502", "1-302", "2-801", "9-999", ""):
        assert visit(everybody, "volunteer", home=identity, visit=f"home_visit:{identity}:2026-11-22").status == 404


def test_a_volunteer_does_not_visit_her_own_household(everybody: World):
    answer = visit(everybody, "volunteer", home="3-1104", visit="medicine_run:3-1104:2026-11-22")

    assert (answer.status, answer.json["type"]) == (409, "/problems/own-household")
    assert kept(everybody) == []


def test_a_steward_enters_visits_in_her_scope_only(everybody: World):
    assert visit(everybody, "steward elsewhere").status == 404
    assert visit(everybody, "steward elsewhere", home="1-302", visit="home_visit:1-302:2026-11-22").status == 201


def test_a_round_tells_the_visits_of_the_homes_in_her_care(everybody: World):
    visit(everybody, "volunteer", outcome="nobody_home")

    homes = {line["home"]: line for line in everybody.callers()["volunteer"].get("/api/round").json["homes"]}

    red = homes["3-702"]
    assert (red["assigned"], red["own"], homes["3-1104"]["own"]) == (True, False, True)
    assert [(each["id"], each["state"]) for each in red["visits"]] == [(MORNING, "nobody_home"), (EVENING, "coming")]
    assert (red["visits"][0]["from"], red["visits"][0]["until"]) == ("2026-11-22T08:00:00+08:00", "2026-11-22T10:00:00+08:00")
    assert (red["visits"][0]["by"], red["visits"][0]["at"]) == ("老周", "2026-11-22T09:00:00+08:00")
    assert homes["3-502"] == {**homes["3-502"], "assigned": False, "tier": None, "visits": [], "tags": [], "contact": None}
