"""When a room is cold, when it is warm again, and what an hour was like."""

from datetime import datetime, timedelta

import pytest

from chalicelib.sensors.warmth import Hour, Room, Side, Standard, hours, joined, latest, next_day, noted, readings, side
from tests.builders import DAY, moment

STANDARD, WARM = Standard(), Side()


def day(*said: tuple[str, int], began: Side = WARM) -> Room:
    room = Room(DAY, began=began)
    for clock, tenths in said:
        room = noted(room, moment(clock), tenths)
    return room


def every(minutes: int, start: str, *tenths: int) -> list[tuple[str, int]]:
    first = moment(start)
    return [(f"{first + timedelta(minutes=minutes * number):%H:%M}", value) for number, value in enumerate(tenths)]


COLD = Side(cold=True, since=moment("00:00"))


@pytest.mark.parametrize(
    ("said", "began", "cold"),
    [
        pytest.param([], Side(), False, id="nothing read, nothing known"),
        pytest.param([("09:00", 150)], Side(), False, id="one reading proves nothing"),
        pytest.param([("09:00", 179), ("09:29", 179)], Side(), False, id="not yet half an hour"),
        pytest.param([("09:00", 179), ("09:35", 179)], Side(), True, id="half an hour below"),
        pytest.param([("09:04", 179), ("09:34", 179)], Side(), False, id="four past to 9:34 may be thirty minutes, and may be less"),
        pytest.param([("09:00", 180), ("09:35", 180)], Side(), False, id="the standard itself is kept"),
        pytest.param([("09:00", 170), ("09:20", 181), ("09:40", 170)], Side(), False, id="one that was warm begins it anew"),
        pytest.param([("09:00", 170), ("12:00", 170)], Side(), True, id="few readings, all of them cold"),
        pytest.param([("09:00", 184), ("09:40", 184)], COLD, True, id="within the band it stays cold"),
        pytest.param([("09:00", 185)], COLD, True, id="one warm reading proves nothing either"),
        pytest.param([("09:00", 185), ("09:35", 190)], COLD, False, id="warm by the margin, for half an hour"),
        pytest.param([("09:00", 185), ("09:20", 184), ("09:40", 185)], COLD, True, id="a dip begins it anew"),
    ],
)
def test_a_room_is_cold_after_half_an_hour_below_and_warm_after_half_an_hour_above(said: list[tuple[str, int]], began: Side, cold: bool):
    assert side(STANDARD, day(*said, began=began)).cold is cold


def test_it_is_cold_since_the_first_reading_below():
    assert side(STANDARD, day(*every(10, "09:00", 182, 175, 174, 173, 172, 171))).since == moment("09:10")


def test_another_standard_is_another_answer():
    said = every(10, "09:00", 190, 190, 190, 190)

    assert [side(Standard(least, minutes), day(*said)).cold for least, minutes in ((200, 20), (200, 60), (190, 20))] == [True, False, False]


def test_a_day_goes_on_where_the_last_one_ended():
    evening = day(("23:50", 175))
    night = noted(next_day(STANDARD, evening, DAY + timedelta(days=1)), moment("00:25", DAY + timedelta(days=1)), 175)

    assert side(STANDARD, night) == Side(True, moment("23:50"))


def test_of_what_is_read_within_five_minutes_the_lowest_counts_and_another_days_reading_does_not():
    room = day(("09:00", 180), ("09:04", 176), ("09:03", 178), ("09:05", 190))
    other = noted(room, moment("09:00", DAY - timedelta(days=1)), 100)

    assert list(readings(room)) == [(moment("09:00"), 176), (moment("09:05"), 190)]
    assert other == room
    assert latest(room) == (moment("09:05"), 190)
    assert latest(Room(DAY)) is None


def test_an_hour_has_its_lowest_mean_and_highest_and_an_hour_without_a_reading_has_none():
    found = hours(day(*every(20, "09:00", 170, 180, 190, 200)).values)

    assert (found[8], found[9], found[10], len(found)) == (None, Hour(170, 180, 190, 3), Hour(200, 200, 200, 1), 24)


def test_a_whole_day_of_readings_takes_no_more_than_576_bytes():
    room = day(*every(5, "00:00", *[-300 + each for each in range(288)]))

    assert len(room.values) == 576
    assert [value for _, value in readings(room)] == [-300 + each for each in range(288)]


def test_two_records_of_a_day_become_one():
    early, late = day(("09:00", 180), ("10:00", 170)), day(("09:00", 176), ("11:00", 190))

    assert joined(early.values, late.values) == joined(late.values, early.values)
    assert list(readings(early._replace(values=joined(early.values, late.values)))) == [
        (moment("09:00"), 176),
        (moment("10:00"), 170),
        (moment("11:00"), 190),
    ]


def test_a_moment_is_counted_on_the_compounds_clock():
    utc = datetime.fromisoformat("2026-11-21T16:00:00+00:00")

    assert list(readings(noted(Room(DAY), utc, 180))) == [(moment("00:00"), 180)]
