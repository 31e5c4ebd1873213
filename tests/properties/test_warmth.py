"""Temperatures that come late, twice or out of order do no harm, and what wavers within the band turns nothing."""

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.sensors.warmth import SLOT, Room, Side, Standard, hours, joined, noted, readings, side, unpacked
from tests.builders import DAY, moment

STANDARD = Standard()
START = moment("00:00")
WARM = Side()
SAID = st.lists(st.tuples(st.integers(0, 24 * 60 - 1), st.integers(150, 210)), max_size=40)
BEGAN = st.sampled_from([Side(), Side(True, START), Side(False, None, START - timedelta(minutes=10))])


def after(said: list[tuple[int, int]], began: Side = WARM) -> Room:
    room = Room(DAY, began=began)
    for minute, tenths in said:
        room = noted(room, START + timedelta(minutes=minute), tenths)
    return room


def turns(room: Room) -> list[datetime]:
    """When the room turned cold or warm, reading by reading."""
    stood, found = room.began.cold, []
    for moment_, _ in readings(room):
        now = side(STANDARD, room._replace(values=room.values[: 2 * ((moment_ - START) // SLOT + 1)])).cold
        found += [moment_] if now is not stood else []
        stood = now
    return found


@given(SAID, BEGAN, st.randoms(use_true_random=False))
def test_the_order_and_the_number_of_times_of_a_days_readings_change_nothing(said: list[tuple[int, int]], began: Side, dice):
    other = said + dice.sample(said, dice.randint(0, len(said)))
    dice.shuffle(other)

    assert after(other, began) == after(said, began)


@given(SAID, BEGAN)
def test_no_two_turns_are_less_than_half_an_hour_apart(said: list[tuple[int, int]], began: Side):
    found = turns(after(said, began))

    assert all(later - earlier > timedelta(minutes=STANDARD.minutes) for earlier, later in pairwise(found))


@given(st.lists(st.tuples(st.integers(0, 24 * 60 - 1), st.integers(180, 184)), max_size=40), BEGAN)
def test_what_wavers_within_the_band_turns_nothing(said: list[tuple[int, int]], began: Side):
    assert turns(after(said, began)) == []


@given(SAID, BEGAN)
def test_a_day_handed_on_at_any_reading_ends_as_one_that_was_not(said: list[tuple[int, int]], began: Side):
    """The side a day begins with stands for everything before it."""
    whole = after(said, began)
    for moment_, _ in readings(whole):
        place = 2 * ((moment_ - START) // SLOT)
        before = side(STANDARD, whole._replace(values=whole.values[:place]))
        after_it = whole.values[:0] + b"\x80\x00" * (place // 2) + whole.values[place:]
        assert side(STANDARD, Room(DAY, after_it, before)) == side(STANDARD, whole)


@given(SAID, SAID)
def test_joining_two_records_is_the_record_of_all_readings(one: list[tuple[int, int]], other: list[tuple[int, int]]):
    assert joined(after(one).values, after(other).values) == after(one + other).values


@given(SAID)
def test_the_hours_hold_every_value_once_between_their_lowest_and_highest(said: list[tuple[int, int]]):
    room = after(said)
    found = hours(room.values)

    assert sum(hour.known for hour in found if hour) == sum(1 for _ in readings(room))
    assert all(hour.low <= hour.mean <= hour.high for hour in found if hour)
    assert len(unpacked(room.values)) <= 288
