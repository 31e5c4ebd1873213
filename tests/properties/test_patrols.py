"""What holds whatever people do at places, in whatever order and however often: one entry a window, the stock agrees, one walks, one credit."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.auditor.ledger import prove
from chalicelib.ledger.actions import post
from chalicelib.ledger.records import balances
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.patrols import records, walk_records
from chalicelib.patrols.actions import Order, disinfect, take_back
from chalicelib.patrols.reading import of_place
from chalicelib.patrols.walking import Act, Walker, act, look_at
from chalicelib.patrols.walks import Point, held_by, route
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Volunteer
from chalicelib.shared.problems import Problem
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, policy, register

LIFT = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1")
PLACES = (LIFT, Place("H3", PlaceKind.LOBBY, "3 栋大堂", "3", "g1"), Place("T3", PlaceKind.STAIRS, "3 栋楼梯", "3", "g1"))
HERE = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "tissue"})),
    places=(*PLACES, Place("D1", PlaceKind.DEPOT, "仓库")),
    goods=(Good("tissue", "抽纸"),),
    volunteers=(Volunteer("v1", "老周", "13800000009", "g1"), Volunteer("v2", "老郑", "13800000008", "g1")),
)
WHO, MINUTES = st.sampled_from(["v1", "v2", "anheli.wang"]), st.integers(0, 240)
CLEANED = st.tuples(st.sampled_from(["clean", "extra", "undo"]), WHO, MINUTES, st.integers(0, 3), st.booleans())
WALKED = st.tuples(st.sampled_from(["claim", "return", "L3", "H3", "T3"]), WHO, st.integers(0, 40), st.booleans())


@given(st.lists(CLEANED, max_size=12))
def test_the_promise_is_counted_once_a_window_and_the_stock_is_what_was_not_refilled(said: list) -> None:
    store, at = MemoryStore(), moment("06:00")
    post(store, "anheli", give(Cause("receive", "1"), at, "x", Posting(Batch("tissue", "D1", None).account, 9)))
    for number, (what, by, minutes, amount, twice) in enumerate(said):
        at = min(at + timedelta(minutes=minutes), moment("23:59"))
        order = Order(LIFT, by, f"k{number}", "d", amount, what == "extra")
        for _ in range(1 + twice):
            try:
                take_back(store, at, HERE, LIFT, by, f"u{number}") if what == "undo" else disinfect(store, at, HERE, order)
            except Problem as problem:
                assert problem.slug in ("nothing-left", "too-late-to-undo")

    made = [each for each in records.of_place(store, "anheli", "L3", [DAY]) if each.counts]
    kept = {each.which for each in made if not each.beyond}
    assert of_place(store, at, HERE, LIFT).done == len(kept) <= 4
    assert sum(each.amount for each in balances(store, "anheli", "stock/tissue")) == 9 - sum(each.amount for each in made) >= 0
    assert prove(store, at, "anheli") == []


@given(st.lists(WALKED, max_size=14))
def test_one_walks_at_a_time_each_point_once_and_the_end_is_credited_once(said: list) -> None:
    store, at, places = MemoryStore(), moment("08:00"), {place.id: place for place in PLACES}
    for number, (what, by, minutes, twice) in enumerate(said):
        at += timedelta(minutes=minutes)
        before = walk_records.find(store, "anheli", "g1", DAY)
        who = Walker("g1", by, f"k{number}:d")
        for _ in range(1 + twice):
            try:
                if what in places:
                    look_at(store, at, HERE, who, places[what], Point(what, at, by, who.key))
                else:
                    act(store, at, HERE, who, Act(what))
            except Problem as problem:
                assert problem.slug in ("taken", "patrol-done", "looked-at", "not-now")
        after, holder = walk_records.find(store, "anheli", "g1", DAY), held_by(HERE.policy.patrols, before, at)
        assert after == before or holder in ("", by)

    patrol, all_seen = walk_records.find(store, "anheli", "g1", DAY), {place.id for place in route(HERE.places, "g1")}
    assert len(patrol.points) == len(patrol.seen) and bool(patrol.done) == (patrol.seen == all_seen)
    credited = {each.account.holder.partition("/")[2]: each.amount for each in balances(store, "anheli", "points")}
    looks = Counter(point.by for point in patrol.points)
    assert credited == {by: 1 for by in credited if patrol.done and looks[by] == max(looks.values())} and len(credited) <= 1
    assert credited or not patrol.done or looks["anheli.wang"] == max(looks.values())
