"""What people do with goods, and what homes sign for: every act an entry, nothing below zero, the reserve shut, the front first."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.auditor.ledger import prove
from chalicelib.ledger.records import balance, balances
from chalicelib.points.rules import account
from chalicelib.register.goods import Good
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Volunteer
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.stock.records import used_lately
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from chalicelib.supplies.actions import move
from chalicelib.supplies.handing import Round, Signed
from chalicelib.supplies.reading import request, supplies
from chalicelib.supplies.rounds import rounds
from chalicelib.supplies.rules import Act, Moving
from chalicelib.supplies.signing import Signing, begin, close, sign
from tests.builders import DAY, home, moment, register

NOW = moment("09:00")
SOON, LATER = DAY + timedelta(days=10), DAY + timedelta(days=400)
MASK = Good("mask", "口罩", "个", 20, 60, "anheli.wang")
HERE = register(
    homes=(home("3-502"), home("3-1104"), home("1-302", grid="g2")),
    places=(Place("D1", PlaceKind.DEPOT, "仓库"), Place("D2", PlaceKind.RESERVE, "储备库"), Place("S1", PlaceKind.SHELF, "货架")),
    goods=(MASK, Good("salt", "=融雪剂", "袋", 10, 40)),
    volunteers=(Volunteer("v1", "老周", "13800000009", "g1", "3-1104"), Volunteer("v2", "老郑", "13800000008", "g1")),
)
ROUND = Round("r1", "mask", "D1", "口罩", {Tier.GREEN: 2}, 1, (), "anheli.chen", NOW, "asked")


@pytest.fixture
def store() -> MemoryStore:
    """Ten masks that end soon, thirty that keep, and a hundred in the reserve."""
    built = MemoryStore()
    for number, (place, ends, amount) in enumerate((("D1", SOON, 10), ("D1", LATER, 30), ("D2", LATER, 100))):
        do(built, Act.RECEIVE, amount, place, ends, key=f"first{number}")
    return built


def do(store: MemoryStore, act: Act, amount: int, place: str = "D1", ends=None, key: str = "k", manager: bool = False, **more: Any):
    said = Moving(act, MASK, Batch("mask", place, ends), amount, key, f"{act}{amount}", "anheli.wang")
    return move(store, NOW, HERE, said._replace(**more), manager)


def stock(store: MemoryStore) -> dict[str, int]:
    return {each.account.holder: each.amount for each in balances(store, "anheli", "stock/mask") if each.amount}


def test_what_is_issued_is_the_batch_that_ends_first_and_a_repeat_issues_nothing(store: MemoryStore):
    for _ in range(2):
        do(store, Act.ISSUE, 12, front=True)

    assert stock(store) == {f"D1/{LATER}": 28, f"D2/{LATER}": 100}
    assert used_lately(store, "anheli", DAY + timedelta(days=1)) == {"mask": 12}


def test_the_same_request_for_something_else_is_refused(store: MemoryStore):
    do(store, Act.ISSUE, 1, front=True)

    with pytest.raises(Problem, match="422"):
        do(store, Act.ISSUE, 2, front=True)


def test_a_repeat_is_answered_even_where_nothing_would_be_left_for_it(store: MemoryStore):
    first = do(store, Act.ISSUE, 20)
    do(store, Act.ISSUE, 15, front=True, key="other")

    assert do(store, Act.ISSUE, 20) == first and sum(stock(store).values()) == 105


@pytest.mark.parametrize(
    ("amount", "front", "why"), [(21, False, "front-line-first"), (41, True, "nothing-left"), (41, False, "nothing-left")]
)
def test_what_is_not_there_or_needed_at_the_front_is_not_issued(store: MemoryStore, amount: int, front: bool, why: str):
    before = dict(store._items)

    with pytest.raises(Problem, match=why):
        do(store, Act.ISSUE, amount, front=front)
    assert store._items == before


@pytest.mark.parametrize(("act", "more"), [(Act.ISSUE, {"front": True}), (Act.MOVE, {"to": "D1"}), (Act.WRITE_OFF, {"note": "破了"})])
def test_nothing_leaves_the_reserve_without_the_manager(store: MemoryStore, act: Act, more: dict):
    with pytest.raises(Problem, match="403"):
        do(store, act, 5, "D2", LATER, **more)
    do(store, act, 5, "D2", LATER, manager=True, **more)

    assert stock(store)[f"D2/{LATER}"] == 95


def test_what_is_moved_is_the_same_batch_in_another_place(store: MemoryStore):
    do(store, Act.MOVE, 40, "D2", LATER, manager=True, to="D1")

    assert stock(store) == {f"D1/{SOON}": 10, f"D1/{LATER}": 70, f"D2/{LATER}": 60}


def test_what_comes_back_was_not_used(store: MemoryStore):
    do(store, Act.ISSUE, 5, front=True)
    do(store, Act.RETURN, 3, ends=SOON, key="back")

    assert stock(store)[f"D1/{SOON}"] == 8 and used_lately(store, "anheli", DAY + timedelta(days=1)) == {"mask": 2}


@pytest.mark.parametrize("counted", [7, 10, 12])
def test_a_count_is_put_right_by_the_difference_and_made_once(store: MemoryStore, counted: int):
    for _ in range(2):
        do(store, Act.COUNT, counted, ends=SOON, expected=10, note="盘点")

    assert stock(store)[f"D1/{SOON}"] == counted


def test_a_count_against_a_number_that_has_changed_is_refused(store: MemoryStore):
    do(store, Act.ISSUE, 1, front=True)

    with pytest.raises(Problem, match="count-outdated") as refused:
        do(store, Act.COUNT, 10, ends=SOON, key="c", expected=10, note="盘点")
    assert refused.value.more["there"] == 9


@pytest.mark.parametrize(
    ("act", "amount", "place", "ends", "more", "field"),
    [
        (Act.RECEIVE, 0, "D1", None, {}, "amount"),
        (Act.RECEIVE, 5, "S1", None, {}, "place"),
        (Act.RECEIVE, 5, "nowhere", None, {}, "place"),
        (Act.RECEIVE, 5, "D1", DAY - timedelta(days=1), {}, "ends"),
        (Act.WRITE_OFF, 5, "D1", SOON, {}, "note"),
        (Act.COUNT, 5, "D1", SOON, {"expected": 10}, "note"),
        (Act.MOVE, 5, "D1", SOON, {"to": "D1"}, "to"),
        (Act.MOVE, 5, "D1", SOON, {"to": ""}, "to"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(store: MemoryStore, act, amount, place, ends, more, field):
    before = dict(store._items)

    with pytest.raises(Problem) as refused:
        do(store, act, amount, place, ends, **more)
    assert (refused.value.status, refused.value.more["field"], store._items == before) == (400, field, True)


def test_more_than_a_batch_holds_cannot_be_thrown_away(store: MemoryStore):
    with pytest.raises(Problem, match="There are only 10"):
        do(store, Act.WRITE_OFF, 11, ends=SOON, note="破了")


def signed(store: MemoryStore, where: str, by: str = "v2", volunteer: bool = True, now=NOW) -> Signed:
    return sign(store, now, HERE, "r1", Signing(HERE.home_by_id[where], by, False, "k", volunteer))


def test_a_home_gets_its_part_once_whoever_brings_it(store: MemoryStore):
    begin(store, HERE, ROUND)
    first = signed(store, "3-502")

    assert signed(store, "3-502", "anheli.wang", False) == first and first.amount == 3
    assert stock(store)[f"D1/{SOON}"] == 7 and [each.done for each in rounds(store, NOW, HERE, lambda home: True).rounds] == [1]


def test_a_round_brings_a_volunteer_one_point_a_day_however_many_homes(store: MemoryStore):
    begin(store, HERE, ROUND)
    for where in ("3-502", "1-302", "3-1104"):
        signed(store, where)

    assert balance(store, "anheli", account("v2")).amount == 1


def test_nobody_signs_for_her_own_household(store: MemoryStore):
    begin(store, HERE, ROUND)

    with pytest.raises(Problem, match="own-household"):
        signed(store, "3-1104", "v1")


def test_a_round_that_is_closed_hands_nothing_out(store: MemoryStore):
    begin(store, HERE, ROUND)
    closed = [close(store, NOW, HERE, "r1", "anheli.chen", "c:d") for _ in range(2)]

    assert closed[0] == closed[1]
    with pytest.raises(Problem, match="404"):
        signed(store, "3-502")
    with pytest.raises(Problem, match="not-now"):
        close(store, NOW, HERE, "r1", "anheli.liu", "other:d")


def test_a_round_stops_where_those_at_the_front_need_the_rest(store: MemoryStore):
    begin(store, HERE, ROUND._replace(each={Tier.GREEN: 18}))
    signed(store, "3-502")

    with pytest.raises(Problem, match="front-line-first"):
        signed(store, "1-302")


@pytest.mark.parametrize("members", [{"good": "gold"}, {"place": "S1"}, {"each": {}, "head": 0}, {"grids": ("g9",)}])
def test_a_round_that_gives_nothing_to_anybody_is_not_begun(store: MemoryStore, members: dict):
    with pytest.raises(Problem, match="400"):
        begin(store, HERE, ROUND._replace(**members))


def test_the_request_asks_for_what_is_below_its_target_and_holds_no_formula(store: MemoryStore):
    do(store, Act.ISSUE, 28, front=True)
    asked = request(store, NOW + timedelta(days=1), HERE)
    rows = list(csv.reader(io.StringIO(asked.text.removeprefix("\ufeff"))))

    assert asked.name == "anheli-2026-11-23.csv" and rows[2:] == [
        ["mask", "口罩", "个", "12", "100", "20", "60", "48", "1.0", "12"],
        ["salt", "'=融雪剂", "袋", "0", "0", "10", "40", "40", "0.0", ""],
    ]


def test_the_desk_sees_batches_minimum_and_rate(store: MemoryStore):
    mask = supplies(store, NOW, HERE, False).goods[0]

    assert (mask.there, mask.reserve, mask.low, mask.days_left) == (40, 100, False, -1)
    assert [(each.place, each.amount, each.soon, each.over) for each in mask.batches] == [
        ("D1", 10, True, False),
        ("D1", 30, False, False),
        ("D2", 100, False, False),
    ]


def test_all_of_it_is_proved_at_night(store: MemoryStore):
    begin(store, HERE, ROUND)
    signed(store, "3-502")
    do(store, Act.WRITE_OFF, 2, ends=SOON, note="破了")

    assert prove(store, NOW + timedelta(hours=18), "anheli") == []
