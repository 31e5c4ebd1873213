"""Places and patrols under many hands, on ministack: one entry a window, the last pack of tissues has one winner, one claim, one credit."""

from datetime import timedelta

from chalicelib.auditor.ledger import prove
from chalicelib.ledger import records as ledger
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Account, Cause, Posting, give
from chalicelib.patrols import records, walk_records
from chalicelib.patrols.actions import Order, disinfect, take_back
from chalicelib.patrols.walking import Act, Walker, act, look_at
from chalicelib.patrols.walks import Point
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Grid, Volunteer
from chalicelib.shared.problems import Problem
from chalicelib.store.dynamo import DynamoStore
from tests.builders import DAY, moment, policy, register
from tests.store.test_races import THREADS, insist, together

ROUNDS = 60
LIFTS = tuple(Place(f"L{number}", PlaceKind.LIFT, "电梯", str(number), "g1") for number in range(THREADS))
ROUTES = tuple(
    Place(f"{kind[0]}{turn}", kind, "地点", "1", f"t{turn}") for turn in range(ROUNDS) for kind in (PlaceKind.LOBBY, PlaceKind.STAIRS)
)
PEOPLE = tuple(Volunteer(f"v{number}", "老周", "13800000009", "g1") for number in range(THREADS))
HERE = register(
    policy=policy(patrols=PatrolPolicy(refills={PlaceKind.LIFT: "tissue"})),
    places=(*LIFTS, *ROUTES, Place("D1", PlaceKind.DEPOT, "仓库")),
    goods=(Good("tissue", "抽纸"),),
    grids=(Grid("g1", "一网格", "anheli.liu"), *(Grid(f"t{turn}", "网格", "anheli.liu") for turn in range(ROUNDS))),
    volunteers=PEOPLE,
)
NOW, LATER, SHELF = moment("09:00"), moment("09:00") + timedelta(days=1), Account("stock/tissue", "D1/-")


def done(store: DynamoStore, lift: Place, number: int, turn: int, amount: int) -> bool:
    order = Order(lift, f"v{number}", f"k{turn}-{number}", "d", amount)
    try:
        return bool(insist(lambda: disinfect(store, NOW + timedelta(days=turn), HERE, order)).new)
    except Problem as problem:
        assert problem.slug == "nothing-left"
        return False


def test_one_lift_is_disinfected_once_a_window_and_the_refill_leaves_the_stock_once(shared_store: DynamoStore):
    post(shared_store, "anheli", give(Cause("receive", "1"), NOW, "x", Posting(SHELF, 6)))
    for turn in range(6):
        won = together(lambda number, turn=turn: done(shared_store, LIFTS[0], number, turn, 1))
        assert won.count(True) == 1

    assert ledger.balance(shared_store, "anheli", SHELF).amount == 0
    assert prove(shared_store, NOW, "anheli") == []


def test_the_last_pack_goes_to_one_of_sixteen_lifts(shared_store: DynamoStore):
    for turn in range(6):
        post(shared_store, "anheli", give(Cause("receive", f"last{turn}"), NOW, "x", Posting(SHELF, 1)))
        won = together(lambda number, turn=turn: done(shared_store, LIFTS[number], number, turn, 1))
        assert won.count(True) == 1

    assert ledger.balance(shared_store, "anheli", SHELF).amount == 0


def test_it_is_taken_back_once_however_often_that_is_said(shared_store: DynamoStore):
    post(shared_store, "anheli", give(Cause("receive", "back"), NOW, "x", Posting(SHELF, 1)))
    for turn in range(6):
        now = NOW + timedelta(days=100 + turn)
        assert disinfect(shared_store, now, HERE, Order(LIFTS[1], "v1", f"back{turn}", "d", 1)).new
        together(lambda _, turn=turn, now=now: take_back(shared_store, now, HERE, LIFTS[1], "v1", f"undo{turn}"))

    (last,) = records.of_place(shared_store, "anheli", "L1", [(NOW + timedelta(days=105)).date()])
    assert not last.counts and ledger.balance(shared_store, "anheli", SHELF).amount == 1
    assert prove(shared_store, NOW, "anheli") == []


def claimed(store: DynamoStore, turn: int, number: int) -> bool:
    try:
        walked = insist(lambda: act(store, NOW, HERE, Walker(f"t{turn}", f"v{number}", f"c{number}:d"), Act.CLAIM))
        return bool(walked.patrol.holder == f"v{number}")
    except Problem as problem:
        assert problem.slug == "taken"
        return False


def scanned(store: DynamoStore, by: str, place: Place, key: str) -> int:
    try:
        walked = insist(lambda: look_at(store, LATER, HERE, Walker(place.grid, by, key), place, Point(place.id, LATER, by, key)))
        return int(walked.credited)
    except Problem as problem:
        assert problem.slug in ("taken", "looked-at", "patrol-done")
        return 0


def test_a_patrol_has_one_winner_in_each_of_sixty_rounds(shared_store: DynamoStore):
    for turn in range(ROUNDS):
        won = together(lambda number, turn=turn: claimed(shared_store, turn, number))
        (winner,) = [f"v{number}" for number, got in enumerate(won) if got]
        assert walk_records.find(shared_store, "anheli", f"t{turn}", DAY).holder == winner


def test_the_end_of_a_patrol_is_credited_once_however_often_it_is_sent(shared_store: DynamoStore):
    """Her phone sends the last point sixteen times at once, half of them under one key; of two people at once only one has it."""
    for turn in range(ROUNDS):
        grid, who, (first, last) = f"t{turn}", f"v{turn % THREADS}", ROUTES[2 * turn : 2 * turn + 2]
        scanned(shared_store, who, first, "first:d")
        credited = together(lambda n, who=who, last=last: scanned(shared_store, who, last, f"k{n % 2 and n}:d"))
        patrol = walk_records.find(shared_store, "anheli", grid, LATER.date())
        assert sum(credited) == 1 and patrol.done and [point.place for point in patrol.points] == [first.id, last.id]

    held = [each.amount for each in ledger.balances(shared_store, "anheli", "points")]
    assert sorted(held) == sorted(len(range(number, ROUNDS, THREADS)) for number in range(THREADS))
    assert prove(shared_store, LATER + timedelta(hours=18), "anheli") == []
