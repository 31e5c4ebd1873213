"""Quiet hours partition the day: with their opposite they fill it, and nothing is in both."""

from datetime import UTC, datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from chalicelib.shared.calendar import quiet, quiet_ends

CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
INSTANTS = st.datetimes(datetime(2026, 2, 20), datetime(2026, 3, 10), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside


@given(CLOCKS, CLOCKS, INSTANTS)
def test_a_moment_is_in_the_window_or_in_its_opposite(opens: str, closes: str, now: datetime):
    assume(opens != closes)

    assert quiet((opens, closes), now) is not quiet((closes, opens), now)


@given(CLOCKS, CLOCKS, INSTANTS)
def test_quiet_ends_within_a_day_and_then_it_is_not_quiet(opens: str, closes: str, now: datetime):
    ends = quiet_ends((opens, closes), now)

    assert 0 <= (ends - now).total_seconds() <= 24 * 3600
    assert not quiet((opens, closes), ends)
