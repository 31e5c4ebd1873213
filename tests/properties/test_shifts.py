"""Rosters: nobody is counted twice, no hour is lost."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.register.changes import Changes, Leave
from chalicelib.tasks.shifts import MOST_IN_A_ROW, Shift, Wrong, faults, gaps, handover, on_duty, stretches

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
HOURS = st.integers(0, 72)
SHIFTS = st.builds(
    lambda staff, start, long: Shift(staff, MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=start + long)),
    st.sampled_from("abc"),
    HOURS,
    st.integers(1, 14),
)
ROSTERS = st.lists(SHIFTS, max_size=12)
QUARTERS = [MONDAY + timedelta(minutes=15 * number) for number in range(4 * 96)]


@given(ROSTERS)
def test_a_stretch_is_as_long_as_the_quarters_somebody_is_on_duty(shifts: list[Shift]):
    for staff in "abc":
        stood = [quarter for quarter in QUARTERS if staff in on_duty(shifts, quarter)]
        joined = [stretch for stretch in stretches(shifts) if stretch.staff == staff]

        assert sum((stretch.ends - stretch.starts for stretch in joined), timedelta()) == len(stood) * timedelta(minutes=15)


@given(ROSTERS)
def test_too_long_is_found_exactly_where_somebody_stands_longer_than_twelve_hours_in_a_row(shifts: list[Shift]):
    found = {fault.staff for fault in faults(shifts) if fault.wrong is Wrong.TOO_LONG}
    needed = int(MOST_IN_A_ROW / timedelta(minutes=15))
    stood = {staff: [staff in on_duty(shifts, quarter) for quarter in QUARTERS] for staff in "abc"}

    assert found == {staff for staff, line in stood.items() if any(all(line[at : at + needed + 1]) for at in range(len(line) - needed))}


@given(ROSTERS)
def test_gaps_are_the_quarters_in_which_nobody_is_on_duty(shifts: list[Shift]):
    end = MONDAY + timedelta(hours=96)
    found = gaps(shifts, MONDAY, end)

    for quarter in QUARTERS:
        assert any(gap.starts <= quarter < gap.ends for gap in found) is not bool(on_duty(shifts, quarter))


@given(ROSTERS, st.sampled_from(QUARTERS))
def test_before_the_next_handover_nobody_new_comes(shifts: list[Shift], now: datetime):
    found = handover(shifts, now)
    until = found.at if found else MONDAY + timedelta(hours=96)
    seen = [set(on_duty(shifts, quarter)) for quarter in QUARTERS if now <= quarter < until]

    assert all(later <= earlier for earlier, later in pairwise(seen))
    if found:
        assert set(found.staff) <= set(on_duty(shifts, found.at))


LEAVES = st.lists(
    st.builds(
        lambda person, first, long: Leave("l", person, first, first + timedelta(days=long), "x", MONDAY),
        st.sampled_from("abc"),
        st.dates(MONDAY.date(), MONDAY.date() + timedelta(days=4)),
        st.integers(0, 2),
    ),
    max_size=4,
)


@given(ROSTERS, LEAVES)
def test_who_is_on_duty_is_whoever_really_stands_a_shift(shifts: list[Shift], leaves: list[Leave]):
    changes = Changes(shifts=tuple(shifts), leaves=tuple(leaves))

    assert [changes.on_duty(quarter) for quarter in QUARTERS] == [on_duty(changes.duty(), quarter) for quarter in QUARTERS]
