"""Due slots by arithmetic: nothing falls between two looks, and nothing is seen twice."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.tasks.rules import Plan, PlanKind, Window, due_slots, slots_of

MINUTES = st.integers(0, 24 * 60).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
WINDOWS = st.lists(st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Window(*pair)), max_size=5)
PLANS = WINDOWS.map(lambda windows: Plan(PlanKind.SELF_REPORT, tuple(windows)))
INSTANTS = st.datetimes(datetime(2026, 2, 20), datetime(2026, 3, 10), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside


@given(PLANS, st.lists(INSTANTS, min_size=2, max_size=8).map(sorted))
def test_adjacent_ranges_partition_the_whole(plan: Plan, cuts: list[datetime]):
    parts = [slot for start, end in pairwise(cuts) for slot in due_slots(plan, start, end)]

    assert parts == due_slots(plan, cuts[0], cuts[-1])
    assert len({(slot.day, slot.number) for slot in parts}) == len(parts)


@given(PLANS, INSTANTS, st.integers(1, 10))
def test_every_slot_of_every_day_becomes_due_exactly_once(plan: Plan, start: datetime, days: int):
    end = start + timedelta(days=days)
    found = [(slot.day, slot.number) for slot in due_slots(plan, start, end)]

    wanted = [
        (slot.day, slot.number)
        for offset in range(-2, days + 3)
        for slot in slots_of(plan, (start + timedelta(days=offset)).date())
        if start <= slot.closes < end
    ]
    assert sorted(found) == sorted(wanted)


@given(PLANS, st.lists(INSTANTS, min_size=2, max_size=2).map(sorted))
def test_keys_tell_homes_days_and_windows_apart(plan: Plan, cuts: list[datetime]):
    slots = due_slots(plan, *cuts)
    keys = {slot.key(home) for slot in slots for home in ("3-502", "3-50", "13-502")}

    assert len(keys) == 3 * len(slots)
