"""Quiet hours, also across midnight."""

from datetime import datetime, timedelta

import pytest

from chalicelib.shared.calendar import quiet, quiet_ends
from tests.builders import DAY, moment

NEXT, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)
NIGHT, NOON, LATE, EARLY = ("22:00", "07:00"), ("12:00", "14:00"), ("21:00", "24:00"), ("00:00", "06:00")
ALWAYS, NEVER = ("00:00", "24:00"), ("22:00", "22:00")


@pytest.mark.parametrize(
    ("window", "now", "ends"),
    [
        (NIGHT, moment("21:59:59"), None),
        (NIGHT, moment("22:00"), moment("07:00", NEXT)),
        (NIGHT, moment("23:59:59"), moment("07:00", NEXT)),
        (NIGHT, moment("00:00"), moment("07:00")),
        (NIGHT, moment("06:59:59"), moment("07:00")),
        (NIGHT, moment("07:00"), None),
        (NOON, moment("11:59:59"), None),
        (NOON, moment("12:00"), moment("14:00")),
        (NOON, moment("14:00"), None),
        (LATE, moment("23:00"), moment("00:00", NEXT)),
        (LATE, moment("00:00"), None),
        (EARLY, moment("00:00"), moment("06:00")),
        (EARLY, moment("23:59"), None),
        (ALWAYS, moment("13:00"), moment("00:00", NEXT)),
        (NEVER, moment("22:00"), None),
    ],
)
def test_from_its_start_on_and_before_its_end_it_is_quiet(window: tuple[str, str], now: datetime, ends: datetime | None):
    assert quiet(window, now) is (ends is not None)
    assert quiet_ends(window, now) == (ends or now)
