"""Trips entered and done at once, on ministack only: moto is not atomic."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.register.records import changes, to_item
from chalicelib.register.standing import Standing, stand
from chalicelib.register.trips import Trip
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Add
from chalicelib.store.dynamo import DynamoStore
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Act, Line
from chalicelib.trips.actions import act, move, plan
from tests.builders import DAY, home, moment, register
from tests.store.test_races import together

HOMES = tuple(home(f"3-{number}02", steward="anheli.wang") for number in range(1, 7))
REGISTER = register(homes=HOMES)
NOW, NEXT = moment("14:00"), DAY + timedelta(days=1)


@pytest.fixture
def store(shared_store: DynamoStore) -> DynamoStore:
    shared_store.write(Add(to_item(REGISTER, 1)))
    return shared_store


def standing(store: DynamoStore) -> Standing:
    return stand(REGISTER, changes(store, "anheli")[0], NOW)


def wanted(identity: str, where: str, **members: Any) -> Trip:
    window = {"starts": moment("09:00", NEXT), "ends": moment("12:00", NEXT)}
    said = {"agreed_by": "何护士", "agreed_on": DAY, "by": "anheli.liu", "made": NOW, "asked": identity, "since": NOW}
    return Trip(**{"id": identity, "home": where, "tenancy": "t1", "hospital": "市一医院", **window, **said, **members})


def both(store: DynamoStore) -> tuple[dict[str, str], dict[str, str]]:
    """Every trip and every task that follows one, as they stand."""
    trips = {trip.id: trip.state.value for trip in changes(store, "anheli")[0].trips}
    return trips, {task.about: task.state.value for task in of_day(store, "anheli", DAY)}


def refusals(results: list[Any]) -> list[tuple[int, str]]:
    return [(each.status, each.slug) for each in results if isinstance(each, Problem)]


def test_six_that_enter_a_trip_of_one_home_at_once_make_one(store: DynamoStore):
    stale = standing(store)
    results = together(lambda number: plan(store, NOW, stale, HOMES[0], wanted(f"n{number}", "3-102")), 6)

    (made,) = [each.id for each in results if isinstance(each, Trip)]
    assert refusals(results) == [(409, "trip-overlaps")] * 5
    assert both(store) == ({made: "coming"}, {made: "open"})


def test_one_companion_wanted_by_six_homes_at_once_goes_with_one(store: DynamoStore):
    stale = standing(store)
    results = together(lambda number: plan(store, NOW, stale, HOMES[number], wanted(f"n{number}", HOMES[number].id, companion="v1")), 6)

    (made,) = [each.id for each in results if isinstance(each, Trip)]
    assert refusals(results) == [(409, "companion-busy")] * 5 and both(store) == ({made: "coming"}, {made: "open"})


def test_moved_while_its_companion_sets_out_it_is_one_or_the_other(store: DynamoStore):
    plan(store, NOW, standing(store), HOMES[0], wanted("old", "3-102", companion="v1"))
    out = moment("09:00", NEXT)
    stale = stand(REGISTER, changes(store, "anheli")[0], out)

    def run(number: int) -> Any:
        if number % 2:
            later = {"starts": moment("10:00", NEXT), "made": out, "companion": "v1"}
            return move(store, out, stale, HOMES[0], "old", wanted("new", "3-102", **later))
        return act(store, out, stale, "old", Line(out, "v1", Act.SET_OUT, "", f"k{number}:d"))

    results = together(run, 2)
    assert len(refusals(results)) == 1
    assert both(store) in (
        ({"old": "out"}, {"old": "claimed"}),
        ({"old": "called_off", "new": "coming"}, {"old": "cancelled", "new": "open"}),
    )
