"""How many slots a shelf needs: against what is known of Poisson variables, and on simulated weeks."""

import random
from datetime import date, timedelta

import pytest

from chalicelib.delivery.rules import Act, Parcel, Spot, Step, Trouble
from chalicelib.delivery.shelves import Need, Stay, levels, load_left, needs, outcome, quantile, shortages, stays_of
from chalicelib.register.delivering import Goods
from chalicelib.shared.calendar import at
from tests.builders import DAY, moment

OVERFLOW = 0.02


@pytest.mark.parametrize(
    ("mean", "overflow", "slots"), [(0, 0.02, 0), (1, 0.05, 3), (4, 0.05, 8), (10, 0.05, 15), (10, 0.01, 18), (20, 0.02, 30)]
)
def test_the_quantile_is_that_of_the_tables(mean: float, overflow: float, slots: int):
    assert quantile(mean, overflow) == slots


def test_a_stay_lasts_from_the_shelf_to_the_hand_through_what_is_said_of_it_meanwhile():
    clocks = [("09:00", Act.RECEIVE, Spot.GATE, "G1"), ("09:10", Act.SHELVE, Spot.SHELF, "S3"), ("09:30", Act.DAMAGE, Spot.SHELF, ""),
              ("10:00", Act.TAKE, Spot.VOLUNTEER, "v1"), ("10:20", Act.SHELVE, Spot.SHELF, "S3")]  # fmt: skip
    steps = tuple(Step(moment(clock), act, "x", spot, where, clock) for clock, act, spot, where in clocks)
    start = moment("09:00")
    parcel = Parcel("3-P0000", Goods.FRESH, "3-502", "t1", Spot.SHELF, "S3", Trouble.NONE, False, start, start, steps)

    found = stays_of(parcel, {"S3": "3"}, moment("11:00"))
    assert [(stay.start, stay.end) for stay in found] == [(moment("09:10"), moment("10:00")), (moment("10:20"), moment("11:00"))]
    assert {day: sum(quarter.total() for quarter in quarters) for day, quarters in levels(found).items()} == {DAY: 6}


def test_loads_count_by_what_is_left_of_them():
    spans = [("09:00", "09:15"), ("09:00", "09:15"), ("09:00", "09:30"), ("10:00", "10:15")]
    stays = [Stay("3", Goods.FRESH, moment(start), moment(end)) for start, end in spans]

    assert load_left(stays) == (9 + 1 + 1) / (3 + 1 + 1) and load_left([]) == 1


def test_hours_side_by_side_are_one_shortage():
    hours = [Need(hour, slots, 0, Goods.DAILY) for hour, slots in enumerate([0] * 9 + [30, 40, 0, 30] + [0] * 11)]

    assert [(each.first, each.until, each.need.slots) for each in shortages(hours, 24)] == [(9, 11, 40), (12, 13, 30)]


def simulated(seed: int, days: int) -> tuple[list[Stay], date]:
    """Loads of up to twelve, busiest on weekdays from five to seven; fresh goods go within the hour, daily goods within some."""
    drawn, stays, first = random.Random(seed), [], date(2026, 9, 7)
    for number in range(days):
        day = first + timedelta(days=number)
        for minute in range(8 * 60, 21 * 60, 5):
            busy = (2.2 if 17 * 60 <= minute < 19 * 60 else 1.0) * (0.6 if day.isoweekday() > 5 else 1.0)
            if drawn.random() < 0.09 * busy:
                start = at(day, "00:00") + timedelta(minutes=minute)
                for _ in range(drawn.randint(1, 12)):
                    goods = drawn.choices((Goods.FRESH, Goods.DAILY), (4, 5))[0]
                    stayed = drawn.expovariate(1 / 20) if goods is Goods.FRESH else drawn.lognormvariate(5.2, 0.7)
                    stays.append(Stay("3", goods, start, start + timedelta(minutes=min(stayed, 1440))))
    return stays, first


@pytest.mark.parametrize("seed", [2])
def test_over_thirty_days_what_was_advised_is_too_little_no_oftener_than_the_policy_says(seed: int):
    stays, first = simulated(seed, 28 + 30)
    seen, over, asked = levels(stays), 0, []
    load = load_left(stay for stay in stays if stay.start < at(first + timedelta(days=28), "00:00"))
    for number in range(28, 28 + 30):
        day = first + timedelta(days=number)
        hours = needs(seen, load, day, OVERFLOW)
        found = outcome(seen, hours, day, 10_000)
        assert found
        over += found.over_advice
        asked.append(max(need.slots for need in hours))
    busiest = max(quarter.total() for quarters in seen.values() for quarter in quarters)

    assert over / (30 * 24 * 60) <= OVERFLOW
    assert max(asked) <= 1.6 * busiest, "and it does not ask for shelves without end"


def test_the_rush_is_named_by_its_hours():
    stays, first = simulated(1, 28)
    hours = needs(levels(stays), load_left(stays), first + timedelta(days=29), OVERFLOW)
    quiet, rush = hours[10], max(hours, key=lambda need: need.slots)

    assert 17 <= rush.hour <= 20 and rush.slots > 1.3 * quiet.slots and rush.goods is Goods.DAILY
    assert needs(levels(stays[:50]), 1, first + timedelta(days=40), OVERFLOW) == []
