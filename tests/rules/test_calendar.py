"""Days and times as the compound says them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from chalicelib.shared.calendar import at, day_of, local, parse, stamp, utc_stamp
from tests.builders import DAY, moment

NEPAL = timezone(timedelta(hours=5, minutes=45))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 16, 0, tzinfo=UTC), DAY),
        (datetime(2026, 11, 22, 15, 59, 59, 999999, tzinfo=UTC), DAY),
        (datetime(2026, 11, 21, 21, 45, tzinfo=NEPAL), DAY),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_the_compound_wherever_the_caller_is(instant: datetime, day: date):
    assert day_of(instant) == day


@pytest.mark.parametrize(("clock", "hours"), [("00:00", 0), ("09:30", 9.5), ("23:59", 23 + 59 / 60), ("24:00", 24)])
def test_a_clock_time_is_that_long_after_the_days_start(clock: str, hours: float):
    assert at(DAY, clock) - at(DAY, "00:00") == timedelta(hours=hours)
    assert at(DAY, clock).utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize("clock", ["", "24:01", "25:00", "9:00", "09:60", "noon", "-1:00", "09:00 "])
def test_a_clock_time_that_is_none_is_refused(clock: str):
    with pytest.raises(ValueError):
        at(DAY, clock)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (moment("09:00"), "2026-11-22T09:00:00+08:00"),
        (datetime(2026, 11, 22, 1, 0, tzinfo=UTC), "2026-11-22T09:00:00+08:00"),
        (moment("09:00").replace(microsecond=123_456), "2026-11-22T09:00:00.123+08:00"),
    ],
)
def test_a_stamp_carries_the_compounds_offset(instant: datetime, text: str):
    assert stamp(instant) == text


def test_utc_stamps_have_one_width_so_that_text_order_is_time_order():
    instants = [moment("07:59"), moment("08:00"), moment("08:00").replace(microsecond=1000), moment("23:59")]

    texts = [utc_stamp(instant) for instant in instants]

    assert texts[:2] == ["2026-11-21T23:59:00.000Z", "2026-11-22T00:00:00.000Z"]
    assert texts == sorted(texts) and {len(text) for text in texts} == {24}


@pytest.mark.parametrize("text", ["2026-11-22T09:00:00+08:00", "2026-11-22T01:00:00Z", "2026-11-22T01:00:00.000Z"])
def test_an_instant_is_read_in_any_offset(text: str):
    assert parse(text) == moment("09:00") == local(parse(text))


@pytest.mark.parametrize("text", ["", "2026-11-22", "2026-11-22T09:00:00", "09:00", "yesterday", "2026-13-01T00:00:00Z"])
def test_what_is_no_instant_is_refused(text: str):
    with pytest.raises(ValueError):
        parse(text)
