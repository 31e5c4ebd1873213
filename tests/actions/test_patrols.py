"""What people do with a patrol: one has it, everybody else hears who; each point once; the last one brings one point, once."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.ledger.records import balances
from chalicelib.patrols import walk_records
from chalicelib.patrols.walking import Act, Walked, Walker, act, look_at
from chalicelib.patrols.walks import Item, Point
from chalicelib.register.giving import PointsPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Volunteer
from chalicelib.shared.problems import Problem
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, policy, register

LIFT, LOBBY, OTHER = (
    Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1"),
    Place("H3", PlaceKind.LOBBY, "3 栋大堂", "3", "g1"),
    Place("L9", PlaceKind.LIFT, "9 栋电梯", "9", "g2"),
)
HERE = register(
    places=(LIFT, LOBBY, OTHER),
    volunteers=(Volunteer("v1", "老周", "13800000009", "g1"), Volunteer("v2", "老郑", "13800000008", "g1")),
)
AT = moment("09:00")


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def do(store: MemoryStore, wanted: Act, by: str = "v1", key: str = "k1:d", at=AT) -> Walked:
    return act(store, at, HERE, Walker("g1", by, key), wanted)


def scan(store: MemoryStore, place: Place, by: str = "v1", key: str = "", at=AT, **said: Any) -> Walked:
    key = key or f"{place.id}{by}:d"
    return look_at(store, at, HERE, Walker("g1", by, key), place, Point(place.id, at, by, key, **said))


def points(store: MemoryStore) -> dict[str, int]:
    return {each.account.holder: each.amount for each in balances(store, "anheli", "points")}


def test_one_claims_it_and_the_second_is_told_who(store: MemoryStore):
    assert do(store, Act.CLAIM).patrol.holder == "v1"

    with pytest.raises(Problem) as refused:
        do(store, Act.CLAIM, "v2", "k2:d")
    assert (refused.value.status, refused.value.slug, refused.value.more["by"]) == (409, "taken", "v1")


def test_a_repeat_changes_nothing_and_its_key_stands_for_one_payload(store: MemoryStore):
    do(store, Act.CLAIM)
    before = dict(store._items)

    assert do(store, Act.CLAIM).patrol.holder == "v1" and dict(store._items) == before
    with pytest.raises(Problem, match="422"):
        do(store, Act.RETURN, key="k1:other")


def test_a_repeat_just_after_midnight_claims_and_walks_nothing_of_the_new_day(store: MemoryStore):
    late, early = moment("23:59"), moment("00:02", DAY + timedelta(days=1))
    do(store, Act.CLAIM, at=late)
    scan(store, LIFT, at=late)

    assert (do(store, Act.CLAIM, at=early).patrol.day, scan(store, LIFT, at=early).patrol.day) == (DAY, DAY)
    assert walk_records.of_day(store, "anheli", DAY + timedelta(days=1)) == []


def test_what_is_given_back_anybody_may_take(store: MemoryStore):
    do(store, Act.CLAIM)
    scan(store, LOBBY)
    do(store, Act.RETURN, key="k2:d")

    assert do(store, Act.CLAIM, "v2", "k3:d").patrol.seen == {"H3"}


def test_nobody_gives_back_what_she_has_not(store: MemoryStore):
    with pytest.raises(Problem, match="not-now"):
        do(store, Act.RETURN)


def test_a_claim_nobody_walks_is_free_again_after_an_hour(store: MemoryStore):
    do(store, Act.CLAIM)

    with pytest.raises(Problem, match="taken"):
        scan(store, LIFT, "v2", at=AT + timedelta(minutes=59))
    assert scan(store, LIFT, "v2", at=AT + timedelta(minutes=60)).patrol.holder == "v2"


def test_the_last_point_brings_one_point_once_to_who_walked_it(store: MemoryStore):
    first = scan(store, LIFT)
    last = scan(store, LOBBY)
    again = scan(store, LOBBY)

    assert (first.credited, last.credited, again.credited) == (0, 1, 0)
    assert last.patrol.done and points(store) == {"volunteer/v1": 1}
    with pytest.raises(Problem, match="patrol-done"):
        scan(store, LIFT, "v2", "late:d")
    with pytest.raises(Problem, match="patrol-done"):
        do(store, Act.CLAIM, "v2", "k2:d")


@pytest.mark.parametrize(
    ("who", "credited", "brought"),
    [
        pytest.param(("v1", "v1", "v2"), 0, {"volunteer/v1": 1}, id="the last point is scanned by another"),
        pytest.param(("v1", "v2", "v2"), 1, {"volunteer/v2": 1}, id="whoever takes over walks most of it"),
        pytest.param(("anheli.wang", "v2", "v1"), 1, {"volunteer/v1": 1}, id="of as many each, who came last"),
        pytest.param(("anheli.wang", "anheli.wang", "v1"), 0, {}, id="the staff walked most of it"),
    ],
)
def test_it_is_credited_to_who_looked_at_most_points(store: MemoryStore, who: tuple[str, ...], credited: int, brought: dict[str, int]):
    three = msgspec.structs.replace(HERE, places=(LIFT, LOBBY, Place("W3", PlaceKind.WASTE, "3 栋垃圾点", "3", "g1"), OTHER))
    for hours, (place, by) in enumerate(zip(("L3", "H3", "W3"), who, strict=True)):
        at, key = AT + timedelta(hours=hours), f"{place}:d"
        last = look_at(store, at, three, Walker("g1", by, key), three.place_by_id[place.lower()], Point(place, at, by, key))

    assert last.patrol.done and last.credited == credited and points(store) == brought


def test_staff_who_walk_it_get_none_and_it_is_walked_all_the_same(store: MemoryStore):
    scan(store, LIFT, "anheli.wang")

    assert scan(store, LOBBY, "anheli.wang").patrol.done and points(store) == {}


def test_whose_day_is_full_still_walks_it_to_the_end(store: MemoryStore):
    full = msgspec.structs.replace(HERE, policy=policy(points=PointsPolicy(a_day=0)))
    scan(store, LIFT)

    found = look_at(store, AT, full, Walker("g1", "v1", "last:d"), LOBBY, Point("H3", AT, "v1", "last:d"))

    assert found.patrol.done and found.credited == 0


def test_a_point_is_looked_at_once_a_day_and_only_on_its_own_route(store: MemoryStore):
    scan(store, LIFT, wrong=(Item.LIGHTS,), note="灯不亮")

    with pytest.raises(Problem, match="looked-at"):
        scan(store, LIFT, key="again:d")
    with pytest.raises(Problem, match="404"):
        scan(store, OTHER)
    tomorrow = AT + timedelta(days=1)
    assert scan(store, LIFT, key="new:d", at=tomorrow).patrol.day == DAY + timedelta(days=1)


def test_what_was_said_at_a_point_is_kept(store: MemoryStore):
    scan(store, LIFT, wrong=(Item.LIGHTS, Item.HYGIENE), note="灯不亮，地上有水")

    (point,) = walk_records.find(store, "anheli", "g1", DAY).points
    assert (point.wrong, point.note) == ((Item.LIGHTS, Item.HYGIENE), "灯不亮，地上有水")


def test_only_what_somebody_has_to_do_something_about_is_news(store: MemoryStore):
    def news() -> list[dict]:
        return [item["news"] for item in store._items.values() if item["pk"].startswith("anheli#PATROL") and "news" in item]

    do(store, Act.CLAIM)
    assert news() == []
    scan(store, LIFT, wrong=(Item.LIGHTS,), note="灯不亮")
    assert [each["id"] for each in news()] == ["patrol:g1:2026-11-22:L3"]


def test_a_grid_without_places_has_no_patrol(store: MemoryStore):
    with pytest.raises(Problem, match="404"):
        act(store, AT, HERE, Walker("g3", "v1", "k:d"), Act.CLAIM)
