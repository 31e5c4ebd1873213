"""A grid's patrol: its route, whose it is, and when it is done."""

import random
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.patrols.walks import ITEMS, Patrol, Point, claimed, given_back, held_by, holds_until, left, looked_at, route
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from tests.builders import DAY, moment

POLICY = PatrolPolicy()
PLACES = (
    Place("W1", PlaceKind.WASTE, "垃圾点", "", "g1"),
    Place("T10", PlaceKind.STAIRS, "10 栋楼梯", "10", "g1"),
    Place("L2", PlaceKind.LIFT, "2 栋电梯", "2", "g1"),
    Place("H2", PlaceKind.LOBBY, "2 栋大堂", "2", "g1"),
    Place("T2-2", PlaceKind.STAIRS, "2 栋楼梯二", "2", "g1"),
    Place("T2-1", PlaceKind.STAIRS, "2 栋楼梯一", "2", "g1"),
    Place("L9", PlaceKind.LIFT, "9 栋电梯", "9", "g2"),
    Place("G1", PlaceKind.GATE, "大门", "", "g1"),
    Place("D1", PlaceKind.DEPOT, "仓库", "", "g1"),
)
AT = moment("09:00")


def point(place: str, minutes: int = 0, by: str = "v1") -> Point:
    return Point(place, AT + timedelta(minutes=minutes), by, f"{place}:d")


def ids(places: list[Place]) -> list[str]:
    return [place.id for place in places]


def test_a_route_goes_building_by_building_and_outside_at_the_end():
    assert ids(route(PLACES, "g1")) == ["H2", "L2", "T2-1", "T2-2", "T10", "W1"]
    assert ids(route(PLACES, "g2")) == ["L9"] and route(PLACES, "g3") == [] and route(PLACES, "") == []


@given(st.randoms(use_true_random=False))
def test_the_route_is_the_same_in_whatever_order_the_lists_have_the_places(dice: random.Random):
    shuffled = list(PLACES)
    dice.shuffle(shuffled)

    assert route(shuffled, "g1") == route(PLACES, "g1")


def test_every_place_of_a_route_has_something_to_look_at():
    assert all(ITEMS[place.kind] for place in route(PLACES, "g1"))


@pytest.mark.parametrize(
    ("patrol", "minutes", "holder"),
    [
        (Patrol("g1", DAY), 0, ""),
        (Patrol("g1", DAY, "v1", AT), 0, "v1"),
        (Patrol("g1", DAY, "v1", AT), 59, "v1"),
        (Patrol("g1", DAY, "v1", AT), 60, ""),
        (Patrol("g1", DAY, "v1", AT, (point("H2", 50),)), 109, "v1"),
        (Patrol("g1", DAY, "v1", AT, (point("H2", 50),)), 110, ""),
        (Patrol("g1", DAY, "v1", AT, (point("H2", 50, "v2"),)), 60, ""),
        (Patrol("g1", DAY, "v1", AT, (point("H2", 50),), AT + timedelta(minutes=50)), 51, ""),
    ],
)
def test_a_claim_holds_from_scan_to_scan_and_no_longer(patrol: Patrol, minutes: int, holder: str):
    assert held_by(POLICY, patrol, AT + timedelta(minutes=minutes)) == holder


def test_whoever_looks_at_a_point_has_claimed_the_patrol():
    walked = route(PLACES, "g1")
    after = looked_at(POLICY, Patrol("g1", DAY), walked, point("L2"))

    assert (after.holder, after.done, ids(left(walked, after))) == ("v1", None, ["H2", "T2-1", "T2-2", "T10", "W1"])
    assert holds_until(POLICY, after) == AT + timedelta(minutes=60)


def test_the_last_point_is_the_end_in_whatever_order_they_were_looked_at():
    walked, patrol = route(PLACES, "g1"), Patrol("g1", DAY)
    for number, place in enumerate(reversed(walked)):
        assert patrol.done is None
        patrol = looked_at(POLICY, patrol, walked, point(place.id, number))

    assert patrol.done == AT + timedelta(minutes=5) and left(walked, patrol) == []


def test_what_was_looked_at_stays_so_when_somebody_else_goes_on():
    begun = looked_at(POLICY, Patrol("g1", DAY), route(PLACES, "g1"), point("L2"))
    other = claimed(given_back(begun), "v2", AT)

    assert (other.holder, other.seen) == ("v2", {"L2"})
    assert begun.cause.key == other.cause.key == "patrol:g1:2026-11-22"
