"""How many parcels a building's shelves must hold at which hour, from what came in the last weeks and how long it stayed. Pure.

Method. Loads are put on a shelf at a rate that depends on the hour and the weekday, and each parcel stays until its family comes, whoever
else's lies there. With room for all that is an Mt/G/∞ queue: where parcels come one by one, the number present at any time is Poisson,
with the mean ∫ λ(u) P(S > t − u) du of arrival rate and dwell time, whatever the dwell time's distribution, and independent classes add up
(S. G. Eick, W. A. Massey, W. Whitt, "The physics of the Mt/G/∞ queue", Operations Research 41, 1993, 731–742). The mean is estimated by what
lay there on the same weekday of the last four weeks, which is that integral of the arrivals and dwell times seen, class by class, and a
standard error is added to it. Parcels that come in loads make it burstier: where loads come one by one, the number present has the variance
E[Σk²], k being what is left of each load; so what is counted is what is left of loads, in portions of b = Σk²/Σk as they were seen:
slots = b · q, where a Poisson variable of mean m/b exceeds q no more often than the policy lets the shelves be too few.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from chalicelib.delivery.rules import Parcel, Spot
from chalicelib.register.delivering import Goods
from chalicelib.shared.calendar import at

MINUTES = 15
BINS = 24 * 60 // MINUTES
QUARTER, EPOCH = timedelta(minutes=MINUTES), at(date(2020, 1, 1), "00:00")
WEEKS = 4
LEAST_DAYS = 2
Levels = dict[date, list[Counter[Goods]]]


class Stay(NamedTuple):
    """One parcel on one shelf, from when it was put there until it was taken."""

    building: str
    goods: Goods
    start: datetime
    end: datetime


class Need(NamedTuple):
    """What the shelves must hold in one hour: ``slots``, of which ``mean`` are full on average, most of them with ``goods``."""

    hour: int
    slots: int
    mean: float
    goods: Goods


def stays_of(parcel: Parcel, buildings: dict[str, str], now: datetime) -> list[Stay]:
    """Where it lay and for how long; ``buildings`` of the shelves by their ids. What lies there still, lies there up to now."""
    ends = [*(step.at for step in parcel.steps[1:]), now]
    on = [(step, end) for step, end in zip(parcel.steps, ends, strict=True) if step.spot is Spot.SHELF]
    found: list[Stay] = []
    for step, end in on:
        if found and found[-1].end == step.at and not step.where:  # something was said of it, and it stayed
            found[-1] = found[-1]._replace(end=end)
        elif step.where in buildings:
            found.append(Stay(buildings[step.where], parcel.goods, step.at, end))
    return found


def levels(stays: Iterable[Stay]) -> Levels:
    """How many of each class lay there in the middle of each quarter of an hour, on each day on which any did."""
    found: Levels = {}
    for stay in stays:
        for day, number in _quarters(stay):
            found.setdefault(day, [Counter() for _ in range(BINS)])[number][stay.goods] += 1
    return found


def load_left(stays: Iterable[Stay]) -> float:
    """Σk²/Σk of what is left of the loads in which parcels come: how many of its own load a parcel finds beside it, itself among them."""
    left = Counter((stay.start, quarter) for stay in stays for quarter in _quarters(stay)).values()
    return sum(size * size for size in left) / sum(left) if left else 1.0


def _quarters(stay: Stay) -> Iterator[tuple[date, int]]:
    """The quarters of an hour in whose middle it lay there."""
    first, after = (math.ceil((moment - EPOCH) / QUARTER - 0.5) for moment in (stay.start, stay.end))
    for number in range(first, after):
        days, quarter = divmod(number, BINS)
        yield date.fromordinal(EPOCH.toordinal() + days), quarter


def needs(seen: Levels, load: float, day: date, overflow: float) -> list[Need]:
    """What the 24 hours of a day will need, from the days before it; nothing where too few of its weekday are known."""
    sample = [seen[before] for back in range(1, WEEKS + 1) if (before := day - timedelta(days=7 * back)) in seen]
    if len(sample) < LEAST_DAYS:
        return []
    quarters = [_need(number, [each[number] for each in sample], load, overflow) for number in range(BINS)]
    hours = [quarters[start : start + 60 // MINUTES] for start in range(0, BINS, 60 // MINUTES)]
    return [max(hour, key=lambda each: each.slots) for hour in hours]


def _need(number: int, seen: Sequence[Counter[Goods]], load: float, overflow: float) -> Need:
    together: Counter[Goods] = sum(seen, Counter())
    mean = together.total() / len(seen)
    goods = together.most_common(1)[0][0] if together else Goods.DAILY
    likely = mean + math.sqrt(mean * load / len(seen))
    return Need(number * MINUTES // 60, math.ceil(load * quantile(likely / load, overflow)) if mean else 0, mean, goods)


def quantile(mean: float, overflow: float) -> int:
    """The least number that a Poisson variable exceeds with at most this chance."""
    number, term = 0, math.exp(-mean)
    below = term
    while 1 - below > overflow and number < 10 * mean + 50:
        number += 1
        term *= mean / number
        below += term
    return number


class Shortage(NamedTuple):
    """Adjacent hours in which the shelves are too few: from the first to the end of the last, and the hour that needs most."""

    first: int
    until: int
    need: Need


def shortages(hours: Sequence[Need], room: int) -> list[Shortage]:
    """Hours that need more than there is room for, those side by side together."""
    short = [need for need in hours if need.slots > room]
    breaks = [0, *(number for number, (one, next_one) in enumerate(pairwise(short), 1) if next_one.hour != one.hour + 1), len(short)]
    spans = [short[start:end] for start, end in pairwise(breaks) if end > start]
    return [Shortage(span[0].hour, span[-1].hour + 1, max(span, key=lambda need: need.slots)) for span in spans]


class Outcome(NamedTuple):
    """What a day brought: the most that lay there at once, what had been advised for that hour, and for how many minutes the room, and the
    advice, were too few."""

    most: int
    advised: int
    over_room: int
    over_advice: int


def outcome(seen: Levels, hours: Sequence[Need], day: date, room: int) -> Outcome | None:
    """A day against the advice there would have been for it; None where there was none."""
    if not hours or day not in seen:
        return None
    lay = [(quarter.total(), hours[number * MINUTES // 60].slots) for number, quarter in enumerate(seen[day])]
    most, advised = max(lay)
    return Outcome(most, advised, *(MINUTES * sum(over) for over in ((n > room for n, _ in lay), (n > slots for n, slots in lay))))
