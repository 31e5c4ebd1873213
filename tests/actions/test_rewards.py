"""Rewards: reserved, handed over, released, released by themselves. Points, goods and hours go aside and come back together."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.ledger.actions import post
from chalicelib.ledger.records import balances
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.points.rules import account
from chalicelib.register.goods import Good, Reward
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Volunteer
from chalicelib.rewards import records
from chalicelib.rewards.actions import end, open_hour, reserve, run_out
from chalicelib.rewards.rules import Act, Done, Hour, Reservation, State, kept_until
from chalicelib.shared.problems import Problem
from chalicelib.stock.rules import Batch
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, moment, register

NOW, LATER = moment("09:00"), moment("14:00", DAY + timedelta(days=2))
SOON, NEXT_YEAR = DAY + timedelta(days=20), DAY.replace(year=2027)
PACK, HOUSEWORK = Reward("masks", "口罩一包", 3, "mask", 10), Reward("housework", "家政一小时", 5)
HERE = register(
    places=(Place("D1", PlaceKind.DEPOT, "仓库"), Place("D2", PlaceKind.RESERVE, "储备库")),
    goods=(Good("mask", "口罩", "个", 20, 60, "anheli.wang"),),
    rewards=(PACK, HOUSEWORK),
    volunteers=(Volunteer("v1", "老周", "13800000009", "g1"), Volunteer("v2", "老郑", "13800000008", "g1")),
)


@pytest.fixture
def store() -> MemoryStore:
    """老周 has 8 points; there are 42 masks, of which 20 are for those at the front, and 100 in the reserve."""
    built = MemoryStore()
    post(built, "anheli", give(Cause("patrol", "1"), NOW, "", Posting(account("v1"), 8)))
    for number, (batch, amount) in enumerate(((("D1", SOON), 4), (("D1", NEXT_YEAR), 38), (("D2", None), 100))):
        entry = give(Cause("receive", str(number)), NOW, "anheli.wang", Posting(Batch("mask", *batch).account, amount))
        post(built, "anheli", entry)
    return built


def wanted(identity: str = "r1", reward: Reward = PACK, **members: Any) -> Reservation:
    until = kept_until(reward, 3, NOW, members.get("starts"))
    said = (identity, "v1", reward.id, reward.name, reward.points, reward.good, reward.amount, NOW, until, f"asked {identity}")
    return Reservation(*said)._replace(**members)


def held(store: MemoryStore) -> dict[str, int]:
    return {each.account.name: each.amount for each in balances(store, "anheli") if each.amount}


def finish(store: MemoryStore, act: Act, key: str = "k:d", by: str = "anheli.liu", only: str = "", now=NOW) -> Reservation:
    return end(store, now, "anheli", "r1", act, Done(now, by, key), only)


def test_a_reward_goes_aside_with_its_price_the_first_to_end_at_the_front(store: MemoryStore):
    first = reserve(store, NOW, HERE, wanted())
    before = dict(store._items)

    assert reserve(store, NOW, HERE, wanted()) == first and store._items == before
    assert held(store) == {
        "points:held": 3,
        "points:volunteer/v1": 5,
        f"stock/mask:D1/{NEXT_YEAR}": 32,
        "stock/mask:D2/-": 100,
        "stock/mask:held": 10,
    }


def test_what_is_handed_over_is_gone(store: MemoryStore):
    reserve(store, NOW, HERE, wanted())
    done = [finish(store, Act.HAND_OVER) for _ in range(2)]

    assert done[0] == done[1] and done[0].state is State.HANDED_OVER
    assert held(store) == {"points:volunteer/v1": 5, f"stock/mask:D1/{NEXT_YEAR}": 32, "stock/mask:D2/-": 100}


def test_what_is_released_is_back_where_it_came_from(store: MemoryStore):
    before = held(store)
    reserve(store, NOW, HERE, wanted())
    finish(store, Act.RELEASE, by="v1", only="v1")

    assert held(store) == before


def test_whoever_comes_second_is_told_how_it_ended(store: MemoryStore):
    reserve(store, NOW, HERE, wanted())
    finish(store, Act.HAND_OVER)
    before = dict(store._items)

    for act, key in ((Act.RELEASE, "other:d"), (Act.HAND_OVER, "third:d")):
        with pytest.raises(Problem, match="reservation-over") as refused:
            finish(store, act, key)
        assert refused.value.more["state"] is State.HANDED_OVER
    with pytest.raises(Problem, match="422"):
        finish(store, Act.RELEASE, "k:other")
    with pytest.raises(Problem, match="404"):
        finish(store, Act.RELEASE, by="v2", only="v2")
    assert store._items == before


def test_nobody_spends_more_than_she_has(store: MemoryStore):
    post(store, "anheli", give(Cause("receive", "more"), NOW, "anheli.wang", Posting(Batch("mask", "D1", None).account, 50)))
    for number in range(2):
        reserve(store, NOW, HERE, wanted(f"r{number}"))
    before = dict(store._items)

    with pytest.raises(Problem, match="too-few-points"):
        reserve(store, NOW, HERE, wanted("r3"))
    assert store._items == before


def test_below_the_minimum_those_at_the_front_come_first(store: MemoryStore):
    post(store, "anheli", give(Cause("patrol", "2"), NOW, "", Posting(account("v2"), 8)))
    for number, who in enumerate(("v1", "v2")):
        reserve(store, NOW, HERE, wanted(f"r{number}", volunteer=who))

    with pytest.raises(Problem, match="front-line-first"):
        reserve(store, NOW, HERE, wanted("r3"))


def test_what_has_ended_is_given_to_nobody(store: MemoryStore):
    reserve(store, moment("09:00", SOON), HERE, wanted("r1", made=moment("09:00", SOON)))
    assert f"stock/mask:D1/{SOON}" not in held(store)

    reserve(store, moment("09:00", SOON + timedelta(days=1)), HERE, wanted("r2"))
    assert held(store)[f"stock/mask:D1/{NEXT_YEAR}"] == 38 - 6 - 10


def test_an_hour_of_service_is_booked_once_a_seat_and_free_again_when_it_is_released(store: MemoryStore):
    post(store, "anheli", give(Cause("patrol", "2"), NOW, "", Posting(account("v2"), 8)))
    open_hour(store, NOW, "anheli", Hour("housework", LATER, 1, asked="a:b"))
    reserve(store, NOW, HERE, wanted("r1", HOUSEWORK, starts=LATER))
    with pytest.raises(Problem, match="nothing-left"):
        reserve(store, NOW, HERE, wanted("r2", HOUSEWORK, starts=LATER, volunteer="v2"))
    finish(store, Act.RELEASE)
    reserve(store, NOW, HERE, wanted("r2", HOUSEWORK, starts=LATER, volunteer="v2"))

    assert records.hour(store, "anheli", "housework", LATER).taken == ("r2",)
    assert {name: amount for name, amount in held(store).items() if "points" in name} == {
        "points:held": 5,
        "points:volunteer/v1": 8,
        "points:volunteer/v2": 3,
    }


@pytest.mark.parametrize("starts", [LATER, NOW - timedelta(hours=1)])
def test_an_hour_that_is_not_there_or_past_cannot_be_booked(store: MemoryStore, starts):
    with pytest.raises(Problem, match="404"):
        reserve(store, NOW, HERE, wanted("r1", HOUSEWORK, starts=starts))


@pytest.mark.parametrize(("starts", "why"), [(NOW, "starts"), (NOW + timedelta(days=32), "starts"), (LATER.replace(second=1), "starts")])
def test_an_hour_that_makes_no_sense_is_not_opened(store: MemoryStore, starts, why: str):
    with pytest.raises(Problem, match=why):
        open_hour(store, NOW, "anheli", Hour("housework", starts, 1))


def test_an_hour_that_somebody_has_booked_keeps_its_seat(store: MemoryStore):
    open_hour(store, NOW, "anheli", Hour("housework", LATER, 2, asked="a:b"))
    reserve(store, NOW, HERE, wanted("r1", HOUSEWORK, starts=LATER))

    with pytest.raises(Problem, match="booked-already"):
        open_hour(store, NOW, "anheli", Hour("housework", LATER, 0, asked="c:d"))
    assert open_hour(store, NOW, "anheli", Hour("housework", LATER, 1, asked="e:f")).left == 0


def test_what_nobody_fetches_is_released_on_its_last_evening_and_not_before(store: MemoryStore):
    before = held(store)
    reserve(store, NOW, HERE, wanted())
    ends = moment("00:00", DAY + timedelta(days=4))
    early = run_out(store, ends - timedelta(seconds=1), "anheli", "r1")
    late = [run_out(store, ends, "anheli", "r1") for _ in range(2)]

    assert (early, late, held(store)) == (False, [True, False], before)


def test_six_at_a_time_are_enough(store: MemoryStore):
    post(store, "anheli", give(Cause("patrol", "2"), NOW, "", Posting(account("v1"), 40)))
    open_hour(store, NOW, "anheli", Hour("housework", LATER, 9, asked="a:b"))
    for number in range(6):
        reserve(store, NOW, HERE, wanted(f"r{number}", HOUSEWORK, starts=LATER))

    with pytest.raises(Problem, match="too-many-reservations"):
        reserve(store, NOW, HERE, wanted("r7", HOUSEWORK, starts=LATER))
