"""The ledger under many hands, on ministack."""

import threading
from collections.abc import Callable
from datetime import timedelta

from chalicelib.auditor.ledger import prove
from chalicelib.ledger import records
from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Account, Cause, Posting, Short, give
from chalicelib.points.actions import credit
from chalicelib.points.rules import Why, Work, account
from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register, Volunteer
from chalicelib.rewards.actions import end, reserve
from chalicelib.rewards.rules import Act, Done, Reservation
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.stock.actions import Taking, take
from chalicelib.store.dynamo import DynamoStore
from chalicelib.supplies.handing import Round
from chalicelib.supplies.records import signed
from chalicelib.supplies.signing import Signing, begin, sign
from tests.builders import DAY, home, moment, register
from tests.store.test_races import THREADS, insist, together


def test_the_last_mask_goes_to_one_and_nothing_goes_below_the_floor(shared_store: DynamoStore):
    """Twenty masks, sixteen threads, sixty rounds: as many winners as masks, however they meet."""
    depot, now = Account("stock/mask", "depot"), moment("09:00")
    post(shared_store, "anheli", give(Cause("receive", "1"), now, "anheli.wang", Posting(depot, 20)))
    turns = iter(range(60))
    lock = threading.Lock()

    def issue(_: int) -> int:
        taken = 0
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return taken
            try:
                post(shared_store, "anheli", give(Cause("issue", str(turn)), now, "x", Posting(depot, -1)))
                taken += 1
            except Short:
                continue

    assert sum(together(issue)) == 20
    lines = records.statement(shared_store, "anheli", depot)
    assert records.balance(shared_store, "anheli", depot).amount == sum(line.amount for line in lines) == 0
    assert len(lines) == 21 and min(line.after for line in lines) == 0


def test_one_cause_posted_by_many_at_once_is_one_entry(shared_store: DynamoStore):
    now, laozhou = moment("09:00"), Account("points", "v-1-101")
    entry = give(Cause("patrol", "stairs-3"), now, "anheli.liu", Posting(laozhou, 1))
    done = together(lambda _: post(shared_store, "anheli", entry)[1])

    assert done.count(True) == 1 and done.count(False) == THREADS - 1
    assert records.balance(shared_store, "anheli", laozhou).amount == 1


def test_the_last_reward_has_one_winner_in_each_of_sixty_rounds(shared_store: DynamoStore):
    """Sixteen volunteers, one pack of masks a round: one gets it, and every sum stays what it was."""
    people = tuple(Volunteer(f"v{number}", "老周", "13800000009", "g1") for number in range(THREADS))
    here = register(
        places=(Place("D1", PlaceKind.DEPOT, "仓库"),),
        goods=(Good("mask", "口罩", front=False),),
        rewards=(Reward("pack", "口罩", 1, "mask"),),
        volunteers=people,
    )
    now, shelf = moment("09:00"), Account("stock/mask", "D1/-")
    for each in people:
        post(shared_store, "anheli", give(Cause("patrol", each.id), now, "", Posting(account(each.id), 60)))
    for turn in range(60):
        post(shared_store, "anheli", give(Cause("receive", str(turn)), now, "anheli.wang", Posting(shelf, 1)))
        won = together(lambda number, turn=turn: _reserved(shared_store, here, f"v{number}", f"r{turn}-{number}"))
        assert sum(won) == 1
        (winner,) = [number for number, got in enumerate(won) if got]
        end(shared_store, now, "anheli", f"r{turn}-{winner}", Act.HAND_OVER, Done(now, "x", f"k{turn}:d"))

    held = {each.account.name: each.amount for each in records.balances(shared_store, "anheli")}
    assert sum(amount for name, amount in held.items() if "volunteer/" in name) == 60 * THREADS - 60 and min(held.values()) >= 0
    assert (held["points:held"], held["stock/mask:held"], held[shelf.name]) == (0, 0, 0)
    assert prove(shared_store, now + timedelta(hours=18), "anheli") == []


def _reserved(store: DynamoStore, here: Register, who: str, identity: str) -> bool:
    now = moment("09:00")
    try:
        wanted = Reservation(identity, who, "pack", "口罩", 1, "mask", 1, now, now + timedelta(days=3), identity)
        insist(lambda: reserve(store, now, here, wanted))
    except Problem as problem:
        assert problem.slug == "nothing-left"
        return False
    return True


def test_one_patrol_is_credited_once_and_a_day_never_more_than_its_figure(shared_store: DynamoStore):
    """Sixteen hear of the same patrol, sixty times over; the day holds ten points."""
    here = register()
    credited = [
        together(lambda _, turn=turn: credit(shared_store, moment("09:00"), here, "v1", Work("patrol", Cause("patrol", str(turn)), DAY)))
        for turn in range(60)
    ]

    new = [sum(each.why is Why.CREDITED for each in found) for found in credited]
    assert new == [1] * 10 + [0] * 50
    assert records.balance(shared_store, "anheli", account("v1")).amount == 10


def test_the_last_masks_are_issued_and_signed_for_once_each_though_all_reach_for_them(shared_store: DynamoStore):
    """Thirty masks: sixteen desks issue, sixteen volunteers bring the same homes theirs, until nothing is left."""
    now, shelf = moment("09:00"), Account("stock/mask", "D1/-")
    mask = Good("mask", "口罩", front=False)
    homes = tuple(home(f"3-{number}01") for number in range(1, 13))
    here = register(homes=homes, places=(Place("D1", PlaceKind.DEPOT, "仓库"),), goods=(mask,))
    post(shared_store, "anheli", give(Cause("receive", "1"), now, "anheli.wang", Posting(shelf, 30)))
    begin(shared_store, here, Round("r1", "mask", "D1", "口罩", {Tier.GREEN: 1}, 0, (), "x", now, ""))

    def bring(number: int) -> int:
        issued = 0
        for turn, each in enumerate(homes):
            _unless_empty(lambda each=each: sign(shared_store, now, here, "r1", Signing(each, f"anheli.s{number}", False, f"{number}")))
            out = Taking(mask, "D1", 1, Cause("issue", f"{number}-{turn}"), "x", "", "a", True)
            issued += _unless_empty(lambda out=out: take(shared_store, now, here, out))
        return issued

    issued, brought = together(bring), signed(shared_store, "anheli", "r1")
    assert sum(issued) + len(brought) == 30 and len({each.home for each in brought}) == len(brought) > 0
    assert records.balance(shared_store, "anheli", shelf).amount == 0
    assert prove(shared_store, now + timedelta(hours=18), "anheli") == []


def _unless_empty(act: Callable[[], object]) -> bool:
    try:
        insist(act)
    except Problem as problem:
        assert problem.slug == "nothing-left"
        return False
    return True
