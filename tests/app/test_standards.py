"""The published standards: what was promised beside what was measured, of no one, counted once a day."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.register.records import to_item
from chalicelib.store.contract import Replace
from tests.app.cast import ANHELI, World
from tests.app.client import Client, FixedClock
from tests.builders import DAY, moment

PATH = "/api/standards?compound=anheli"


def figures(everybody: World) -> dict[str, Any]:
    answer = Client().get(PATH)
    assert answer.status == 200, answer.text
    assert [word for word in everybody.planted() if word in answer.text and word != "安和里小区"] == []
    return answer.json


def of(answer: dict[str, Any], promise: str) -> list[tuple[Any, Any]]:
    return [(each["cases"], each["percent"]) for one in answer["promises"] if one["id"] == promise for each in one["figures"]]


def ask_questions(everybody: World, count: int) -> list[str]:
    """Through the desk, about the compound."""
    desk, asked = everybody.callers()["manager"], []
    for number in range(count):
        answer = desk.post("/api/tickets", {"kind": "question", "text": f"问第 {number} 件事"})
        assert answer.status == 201, answer.text
        asked.append(answer.json["id"])
    return asked


def answer_them(everybody: World, asked: list[str]) -> None:
    for ticket in asked:
        done = everybody.callers()["manager"].post(f"/api/tasks/ticket:{ticket}/acts", {"act": "done", "note": "好"})
        assert done.status == 200, done.text


def test_what_was_answered_in_time_and_what_was_not(everybody: World, clock: FixedClock):
    clock.moment = moment("09:00", DAY + timedelta(days=1))  # a Monday
    asked = ask_questions(everybody, 8)
    clock.moment += timedelta(minutes=4)
    answer_them(everybody, asked[:6])
    clock.moment += timedelta(days=1)

    seen = figures(everybody)

    assert (seen["months"], seen["until"], seen["hours"]) == (["2026-11", "2026-10"], "2026-11-23", ["08:30", "17:30"])
    assert of(seen, "question_respond") == [(8, 75), (0, None)]
    assert of(seen, "suggestion_solve") == [(0, None), (0, None)]
    assert [one["limits"] for one in seen["promises"] if one["id"] == "question_respond"] == [[5]]


@pytest.mark.parametrize(("count", "said"), [(0, (0, None)), (1, ("few", None)), (4, ("few", None)), (5, (5, 100))])
def test_no_figure_of_fewer_than_five(count: int, said: tuple[Any, Any], everybody: World, clock: FixedClock):
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    answer_them(everybody, ask_questions(everybody, count))
    clock.moment += timedelta(days=1)

    assert of(figures(everybody), "question_respond")[0] == said


def test_a_visit_is_on_time_if_somebody_was_let_in_before_its_window_closed(everybody: World, clock: FixedClock):
    """Two red homes, visited twice a day: one of them this morning, in time; and the afternoon's too late."""
    clock.moment = moment("08:30")
    visit = {"home": "3-702", "outcome": "done"}
    assert everybody.callers()["manager"].post("/api/visits", {"visit": "home_visit:3-702:2026-11-22", **visit}).status == 201
    clock.moment = moment("19:00")
    assert everybody.callers()["manager"].post("/api/visits", {"visit": "home_visit:3-702:2026-11-22:1", **visit}).status == 201
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    figures(everybody)
    (item,) = [item for key, item in everybody.store._items.items() if key.pk == "anheli#FIGURES" and key.sk == "2026-11"]

    assert item["days"]["2026-11-22"]["visit"][1] == 1
    assert item["days"]["2026-11-21"]["visit"] == [item["days"]["2026-11-22"]["visit"][0], 0]


def test_fresh_goods_collected_in_time_are_counted_where_there_are_shelves(everybody: World, clock: FixedClock):
    """Five of six within half an hour of lying on their shelf; of the cast's own, one is collected by nobody and one nobody knows whose."""
    steward, home = everybody.callers()["steward"], everybody.callers()["home"]
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    numbers = [steward.post("/api/parcels", {"goods": "fresh", "home": "3-502", "waybill": f"W{n}"}).json["id"] for n in range(6)]
    assert steward.post("/api/parcels/hand-overs", {"act": "shelve", "parcels": numbers, "code": "S3"}).status == 200
    for minutes, taken in ((29, numbers[:5]), (31, numbers[5:])):
        clock.moment = moment("09:00", DAY + timedelta(days=1)) + timedelta(minutes=minutes)
        assert home.post("/api/home/parcels/pick-up", {"parcels": taken}).status == 200
    clock.moment = moment("09:00", DAY + timedelta(days=2))

    seen = figures(everybody)
    assert of(seen, "parcel_fresh") == [(8, 62), (0, None)] and of(seen, "parcel_medicine")[0] == (0, None)
    assert [one["limits"] for one in seen["promises"] if one["id"].startswith("parcel_")] == [[30], [60], [1440]]
    other = Client().get("/api/standards?compound=qinghe").json
    assert [one["id"] for one in other["promises"] if one["id"].startswith("parcel_")] == []


def test_a_day_is_counted_once_and_again_with_the_next_for_what_came_back(everybody: World, clock: FixedClock):
    clock.moment = moment("09:00", DAY + timedelta(days=1))
    asked = ask_questions(everybody, 5)
    answer_them(everybody, asked)
    clock.moment += timedelta(days=1)
    first = figures(everybody)
    after = dict(everybody.store._items)

    assert figures(everybody) == first and everybody.store._items == after
    for ticket in asked:
        returned = {"verdict": "returned", "note": "没答完"}
        assert everybody.callers()["manager"].post(f"/api/tickets/{ticket}/answer", returned).status == 200
    assert of(figures(everybody), "question_solve")[0] == (5, 100)
    clock.moment += timedelta(days=1)
    assert of(figures(everybody), "question_solve")[0] == (0, None)


def test_nothing_is_counted_before_the_first_import(everybody: World):
    imported = msgspec.structs.replace(ANHELI, since=DAY - timedelta(days=2))
    everybody.store.write(Replace(to_item(imported, 2), 1))
    figures(everybody)
    days = [day for key, item in everybody.store._items.items() if key.pk == "anheli#FIGURES" for day in item["days"]]

    assert sorted(days) == ["2026-11-20", "2026-11-21"]


@pytest.mark.parametrize("query", ["", "?compound=", "?compound=nowhere", "?compound=an%23heli", "?compound=nuanlin"])
def test_a_compound_that_there_is_not_is_not_found(query: str, everybody: World):
    assert Client().get(f"/api/standards{query}").status == 404
