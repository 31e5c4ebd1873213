"""What places and patrols cost in requests and capacity, act by act."""

from collections.abc import Callable
from datetime import timedelta

from msgspec.structs import replace

from bench.ground import Counting, figures, now, say
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.patrols.actions import Order, disinfect, take_back
from chalicelib.patrols.reading import of_place
from chalicelib.patrols.walk_reading import of_today
from chalicelib.patrols.walking import Act, Walker, act, look_at
from chalicelib.patrols.walks import Point
from chalicelib.register.goods import Good
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Grid, Register, Volunteer
from chalicelib.stock.rules import Batch
from chalicelib.store.dynamo import DynamoStore

LIFTS = tuple(Place(f"L{number}", PlaceKind.LIFT, f"{number} 栋电梯", str(number), "g1") for number in range(1, 9))
ALL_DAY = PatrolPolicy(lift=(("00:00", "24:00"),), refills={PlaceKind.LIFT: "tissue"})


def measure(counting: Counting, store: DynamoStore, known: Register) -> None:
    """On a compound of its own kind: a grid of eight lifts, and tissues."""
    moment, depot = now(), Place("D1", PlaceKind.DEPOT, "仓库")
    here = replace(
        known,
        policy=replace(known.policy, patrols=ALL_DAY),
        places=(*LIFTS, depot),
        goods=(Good("tissue", "抽纸"),),
        grids=(Grid("g1", "一网格", "anheli.chen"),),
        volunteers=(Volunteer("v1", "老周", "13800000009", "g1"),),
    )
    post(store, here.compound, give(Cause("receive", "tissue"), moment, "x", Posting(Batch("tissue", "D1", None).account, 90)))

    def cost(what: str, target: str, do: Callable[[], object]) -> None:
        counting.calls.clear()
        do()
        say(what, target=target, **figures(counting.calls))

    def cleaned(lift: Place, key: str, amount: int = 0) -> Callable[[], object]:
        return lambda: disinfect(store, moment, here, Order(lift, "v1", key, "d", amount))

    cost("a place disinfected", "<= 1 query + 1 write", cleaned(LIFTS[0], "a"))
    cost("… by whoever is second", "1 query", cleaned(LIFTS[0], "b"))
    cost("… with a refill", "<= 4 reads + 1 transaction", cleaned(LIFTS[1], "c", 1))
    cost("… and that taken back", "<= 4 reads + 1 transaction", lambda: take_back(store, moment, here, LIFTS[1], "v1", "u"))
    cost("how a place stands, for anybody", "2 queries", lambda: of_place(store, moment, here, LIFTS[0]))
    cost("a patrol claimed", "<= 1 read + 1 write", lambda: act(store, moment, here, Walker("g1", "v1", "k:d"), Act.CLAIM))
    for number, lift in enumerate(LIFTS):
        last, at = number == len(LIFTS) - 1, moment + timedelta(seconds=number)
        who = Walker("g1", "v1", f"p{number}:d")
        point = Point(lift.id, at, "v1", who.key)
        if number in (0, 6) or last:
            what = "the last point of eight, credited" if last else f"point {number + 1} of a patrol"
            target = "<= 3 reads + 1 transaction" if last else "<= 1 read + 1 write"
            cost(what, target, lambda at=at, who=who, lift=lift, point=point: look_at(store, at, here, who, lift, point))  # type: ignore[misc]
        else:
            look_at(store, at, here, who, lift, point)
    cost("today's places and patrols of a compound", "2 queries", lambda: of_today(store, moment, here, "x"))
