"""What people do at a place: one entry a window, whoever comes second hears who was first, and what is refilled leaves the stock with it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.auditor.ledger import prove
from chalicelib.ledger.actions import post
from chalicelib.ledger.records import balances
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.patrols.actions import Order, disinfect, take_back
from chalicelib.patrols.reading import of_place
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.shared.problems import Problem
from chalicelib.stock.records import used_lately
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, policy, register

LIFT, OTHER = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1"), Place("L1", PlaceKind.LIFT, "1 栋电梯", "1", "g1")
DEPOT = Place("D1", PlaceKind.DEPOT, "仓库")
HERE = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "tissue"})),
    places=(LIFT, OTHER, DEPOT),
    goods=(Good("tissue", "抽纸", "包", 20, 60),),
)
AT = moment("08:00")


@pytest.fixture
def store() -> MemoryStore:
    built = MemoryStore()
    post(built, "anheli", give(Cause("receive", "1"), AT, "anheli.wang", Posting(Batch("tissue", "D1", None).account, 3)))
    return built


def do(store: MemoryStore, key: str = "k1", by: str = "v1", at=AT, place: Place = LIFT, **more: Any):
    return disinfect(store, at, HERE, Order(place, by, key, more.pop("digest", "d"), **more))


def left(store: MemoryStore) -> int:
    return sum(each.amount for each in balances(store, "anheli", "stock/tissue"))


def test_one_act_is_one_write_and_a_repeat_is_none(store: MemoryStore):
    first = do(store)
    before = dict(store._items)

    assert first.new and first.made.which == "0"
    assert do(store) == first._replace(made=first.made._replace(version=1)) and dict(store._items) == before


def test_a_repeat_just_after_midnight_is_one_of_yesterdays(store: MemoryStore):
    late = moment("23:58")
    first = do(store, at=late)

    assert do(store, at=late + timedelta(minutes=4)).made.day == first.made.day == DAY
    assert last(store, late + timedelta(minutes=4)) == ("2026-11-22T23:58:00+08:00", 0)


def last(store: MemoryStore, now) -> tuple[str, int]:
    """When it was last, and how many of today's windows are kept."""
    shown = of_place(store, now, HERE, LIFT)
    return shown.last, shown.done


def test_the_same_key_for_something_else_is_refused(store: MemoryStore):
    do(store)

    with pytest.raises(Problem, match="422"):
        do(store, digest="other")


def test_who_is_second_in_a_window_hears_who_was_first_and_nothing_is_written(store: MemoryStore):
    do(store)
    before = dict(store._items)
    second = do(store, "k2", "anheli.wang", AT + timedelta(hours=1), amount=1)

    assert (second.new, second.made.by, second.made.at) == (False, "v1", AT)
    assert dict(store._items) == before and left(store) == 3


def test_more_than_was_promised_may_be_entered_and_the_promise_still_counts_its_own(store: MemoryStore):
    do(store)
    do(store, "k2", at=AT + timedelta(hours=1), extra=True)
    do(store, "k3", at=moment("23:10"))

    now = of_place(store, moment("23:30"), HERE, LIFT)
    assert (now.done, now.promised, now.last) == (1, 4, "2026-11-22T23:10:00+08:00")
    assert [slot.state for slot in now.slots] == ["done", "missed", "missed", "missed"]


def test_yesterday_is_the_last_time_until_today_has_one(store: MemoryStore):
    do(store)
    tomorrow = moment("07:00", DAY + timedelta(days=1))

    assert (of_place(store, tomorrow, HERE, LIFT).last, of_place(store, tomorrow, HERE, LIFT).done) == ("2026-11-22T08:00:00+08:00", 0)
    assert of_place(store, tomorrow + timedelta(days=1), HERE, LIFT).last == ""


def test_what_is_refilled_leaves_the_stock_in_the_same_act(store: MemoryStore):
    do(store, amount=2)
    do(store, amount=2)

    assert left(store) == 1 and used_lately(store, "anheli", DAY + timedelta(days=1)) == {"tissue": 2}
    assert prove(store, AT, "anheli") == []


def test_without_enough_left_nothing_is_entered_and_it_can_be_entered_without(store: MemoryStore):
    with pytest.raises(Problem, match="nothing-left"):
        do(store, amount=4)

    assert of_place(store, AT, HERE, LIFT).done == 0 and do(store, "k2").new


@pytest.mark.parametrize("wrong", [register(places=(LIFT,)), register(policy=HERE.policy, places=(LIFT,), goods=HERE.goods)])
def test_where_nothing_is_refilled_nothing_is_taken(store: MemoryStore, wrong):
    with pytest.raises(Problem, match="400"):
        disinfect(store, AT, wrong, Order(LIFT, "v1", "k", "d", 1))


def test_a_depot_is_promised_nothing(store: MemoryStore):
    with pytest.raises(Problem, match="404"):
        do(store, place=DEPOT)


def test_a_mistake_is_taken_back_with_what_was_refilled_and_the_window_is_due_again(store: MemoryStore):
    do(store, amount=2)
    undone = take_back(store, AT + timedelta(minutes=9), HERE, LIFT, "v1", "u1")
    again = take_back(store, AT + timedelta(minutes=9), HERE, LIFT, "v1", "u1")

    assert undone.undone and again == undone._replace(version=2)
    assert left(store) == 3 and used_lately(store, "anheli", DAY + timedelta(days=1)) == {"tissue": 0}
    assert of_place(store, AT, HERE, LIFT).done == 0
    assert do(store, "k2", "anheli.wang", AT + timedelta(minutes=10), amount=1).new and left(store) == 2
    assert prove(store, AT, "anheli") == []


@pytest.mark.parametrize(("by", "minutes"), [("anheli.wang", 1), ("v1", 10), ("v1", 11)])
def test_nobody_else_takes_it_back_and_nobody_does_later(store: MemoryStore, by: str, minutes: int):
    do(store)

    with pytest.raises(Problem, match="too-late-to-undo"):
        take_back(store, AT + timedelta(minutes=minutes), HERE, LIFT, by, "u1")


def test_what_kept_a_window_that_is_over_stays_kept(store: MemoryStore):
    do(store, at=moment("09:58"))

    with pytest.raises(Problem, match="too-late-to-undo"):
        take_back(store, moment("10:00"), HERE, LIFT, "v1", "u1")


def test_around_midnight_yesterdays_is_taken_back(store: MemoryStore):
    do(store, at=moment("23:58"))

    assert take_back(store, moment("00:03", DAY + timedelta(days=1)), HERE, LIFT, "v1", "u1").undone


def test_the_same_window_of_another_place_is_its_own(store: MemoryStore):
    assert do(store).new and do(store, "k2", place=OTHER).new
