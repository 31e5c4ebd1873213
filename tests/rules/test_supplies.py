"""How goods stand: what is low, what is used up when, what ends, who comes first."""

from datetime import date, timedelta

import pytest

from chalicelib.register.goods import Good
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Person
from chalicelib.shared.tiers import Tier
from chalicelib.stock.rules import Batch, batch_of, spare
from chalicelib.supplies.handing import Round, owed_homes
from chalicelib.supplies.rules import runs_low, stand
from tests.builders import DAY, home, moment, register

MASK = Good("mask", "口罩", "个", 20, 60, "anheli.wang")
HERE = register(places=(Place("D1", PlaceKind.DEPOT, "仓库"), Place("D2", PlaceKind.RESERVE, "储备库")), goods=(MASK,))


def batch(amount: int, days: int | None = None, place: str = "D1") -> Batch:
    return Batch("mask", place, None if days is None else DAY + timedelta(days=days), amount)


@pytest.mark.parametrize(
    ("batches", "used", "there", "reserve", "wanted", "days_left", "low", "ends"),
    [
        ([], 0, 0, 0, 60, None, True, 0),
        ([batch(19)], 0, 19, 0, 41, None, True, 0),
        ([batch(20)], 0, 20, 0, 40, None, False, 0),
        ([batch(70)], 0, 70, 0, 0, None, False, 0),
        ([batch(70)], 280, 70, 0, 0, 7, True, 0),  # ten a day: a week is left
        ([batch(71)], 280, 71, 0, 0, 8, False, 0),
        ([batch(20), batch(500, place="D2")], 0, 20, 500, 40, None, False, 0),
        ([batch(30, 30)], 0, 30, 0, 30, None, False, 1),
        ([batch(30, 31)], 0, 30, 0, 30, None, False, 0),
        ([batch(30, 0)], 0, 30, 0, 30, None, False, 1),
        ([batch(30, -1)], 0, 0, 0, 60, None, True, 1),  # what has ended counts for nothing
        ([batch(30, -1, "D2"), batch(25)], 0, 25, 0, 35, None, False, 1),
    ],
)
def test_how_a_good_stands(batches, used, there, reserve, wanted, days_left, low, ends):
    (found,) = stand(HERE, batches, {"mask": used}, DAY)

    assert (found.there, found.reserve, found.wanted, found.days_left, len(found.ends)) == (there, reserve, wanted, days_left, ends)
    assert runs_low(HERE, found) is low


@pytest.mark.parametrize(
    ("front", "batches", "left"),
    [
        (True, [batch(25)], 5),
        (True, [batch(20)], 0),
        (True, [batch(3)], 0),
        (True, [batch(25), batch(100, place="D2")], 5),
        (True, [batch(25), batch(9, -1)], 5),
        (False, [batch(3)], 3),
    ],
)
def test_below_the_minimum_nothing_is_to_spare_for_others(front: bool, batches: list[Batch], left: int):
    assert spare(HERE, Good("mask", "口罩", "个", 20, front=front), batches, DAY) == left


@pytest.mark.parametrize("each", [Batch("mask", "D1", None), Batch("mask", "D1", date(2027, 5, 31)), Batch("a-b_c", "D-2", DAY, 7)])
def test_a_batch_is_read_off_its_account(each: Batch):
    assert batch_of(each.account, each.amount) == each


@pytest.mark.parametrize(
    ("members", "owed"),
    [
        ({}, 2 + 1),
        ({"tier": Tier.RED}, 5 + 1),
        ({"tier": Tier.YELLOW}, 1),
        ({"people": (Person("p1", "安娜"), Person("p2", "小安"))}, 2 + 2),
        ({"tenancy": ""}, 0),
        ({"grid": "g2"}, 0),
    ],
)
def test_a_home_gets_its_part_by_tier_and_family(members: dict, owed: int):
    wanted = Round("r", "mask", "D1", "口罩", {Tier.GREEN: 2, Tier.RED: 5}, 1, ("g1",), "x", moment("09:00"), "")
    here = register(homes=(home("3-502", **members),))

    assert [wanted.owed(each) for each in here.homes] == [owed]
    assert len(owed_homes(here, wanted)) == bool(owed)
