"""What points, rewards and goods cost in requests and capacity, act by act."""

from collections.abc import Callable
from datetime import timedelta

from bench.ground import Counting, figures, now, say
from chalicelib.auditor.ledger import prove
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.points.actions import credit
from chalicelib.points.rules import Work, account
from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register, Volunteer
from chalicelib.rewards.actions import end, reserve
from chalicelib.rewards.rules import Act, Done, Reservation
from chalicelib.shared.calendar import day_of
from chalicelib.shared.tiers import Tier
from chalicelib.stock.actions import Taking, take
from chalicelib.stock.rules import Batch
from chalicelib.store.contract import Add
from chalicelib.store.dynamo import DynamoStore
from chalicelib.store.keys import Key
from chalicelib.supplies.handing import Round
from chalicelib.supplies.signing import Signing, begin, sign

MASK, PACK = Good("mask", "口罩", front=False), Reward("pack", "口罩", 3, "mask", 10)


def measure(counting: Counting, store: DynamoStore, known: Register) -> None:
    """On a compound of its own kind: one depot, one good, a hundred volunteers with points."""
    moment, compound = now(), known.compound
    people = tuple(Volunteer(f"v{number}", "老周", "13800000009", "g1") for number in range(100))
    depot = (Place("D1", PlaceKind.DEPOT, "仓库"),)
    homes = known.homes[:200]
    here = Register(compound, known.name, known.policy, homes=homes, volunteers=people, places=depot, goods=(MASK,), rewards=(PACK,))
    post(store, compound, give(Cause("receive", "1"), moment, "x", Posting(Batch("mask", "D1", None).account, 9_000)))
    for each in people:
        post(store, compound, give(Cause("patrol", each.id), moment, "", Posting(account(each.id), 9)))
    begin(store, here, Round("r1", "mask", "D1", "口罩", {Tier.GREEN: 1, Tier.YELLOW: 1, Tier.RED: 1}, 0, (), "x", moment, ""))

    def cost(what: str, target: str, act: Callable[[], object]) -> None:
        counting.calls.clear()
        act()
        say(what, target=target, **figures(counting.calls))

    def patrol(turn: str) -> Callable[[], object]:
        slot = Add({**Key(f"{compound}#BENCH", turn).as_item(), "v": 1})
        return lambda: credit(store, moment, here, "v1", Work("patrol", Cause("patrol", turn), day_of(moment)), "", slot)

    wanted = Reservation("b1", "v1", "pack", "口罩", 3, "mask", 10, moment, moment + timedelta(days=3), "a")
    cost("a patrol credited with its own record", "<= 2 reads + 1 transaction", patrol("bench"))
    cost("the same patrol again", "1 read", patrol("bench"))
    cost("a reward reserved", "<= 4 reads + 1 transaction", lambda: reserve(store, moment, here, wanted))
    cost("… handed over", "<= 2 reads + 1 transaction", lambda: end(store, moment, compound, "b1", Act.HAND_OVER, Done(moment, "x", "k:d")))
    out = Taking(MASK, "D1", 5, Cause("issue", "bench"), "x", "", "a", True)
    cost("masks issued", "<= 3 reads + 1 transaction", lambda: take(store, moment, here, out))
    cost(
        "a home signs for its part",
        "<= 6 reads + 1 transaction",
        lambda: sign(store, moment, here, "r1", Signing(homes[0], "x", True, "k")),
    )
    late = moment + timedelta(hours=18)
    cost("a night's proof of 100 accounts that changed", "2 queries, 2 an account", lambda: prove(store, late, compound))
    cost("the night after, nothing posted", "2 queries", lambda: prove(store, late + timedelta(days=1), compound))
