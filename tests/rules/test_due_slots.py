"""Plans make slots due by arithmetic."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.tasks.rules import Cadence, Days, Opening, Plan, PlanKind, Window, due_slots, expecting, slots_of
from tests.builders import DAY, moment

NEXT = DAY + timedelta(days=1)
REPORT = Plan(PlanKind.SELF_REPORT, (Window("00:00", "10:00"),))
TWICE = Plan(PlanKind.SELF_REPORT, (Window("08:00", "10:00"), Window("16:00", "18:00")))
TO_MIDNIGHT = Plan(PlanKind.SELF_REPORT, (Window("18:00", "24:00"),))
NEVER = Plan(PlanKind.SELF_REPORT, ())


@pytest.mark.parametrize(
    ("plan", "start", "end", "closing"),
    [
        (REPORT, moment("00:00"), moment("10:00"), []),
        (REPORT, moment("00:00"), moment("10:01"), [moment("10:00")]),
        (REPORT, moment("10:00"), moment("10:00:01"), [moment("10:00")]),
        (REPORT, moment("10:00:01"), moment("10:00", NEXT), []),
        (REPORT, moment("09:00"), moment("11:00", NEXT), [moment("10:00"), moment("10:00", NEXT)]),
        (TWICE, moment("09:00"), moment("09:00", NEXT), [moment("10:00"), moment("18:00")]),
        (TWICE, moment("17:00"), moment("17:00"), []),
        (TWICE, moment("17:00"), moment("09:00"), []),
        (TO_MIDNIGHT, moment("12:00"), moment("00:00", NEXT), []),
        (TO_MIDNIGHT, moment("00:00", NEXT), moment("00:01", NEXT), [moment("00:00", NEXT)]),
        (NEVER, moment("00:00"), moment("00:00", NEXT), []),
    ],
)
def test_the_slots_that_close_from_the_start_on_and_before_the_end_are_due(
    plan: Plan, start: datetime, end: datetime, closing: list[datetime]
):
    assert [slot.closes for slot in due_slots(plan, start, end)] == closing


def test_a_slot_that_closes_at_midnight_belongs_to_the_day_it_was_open():
    (slot,) = due_slots(TO_MIDNIGHT, moment("00:00", NEXT), moment("00:01", NEXT))

    assert (slot.day, slot.opens, slot.closes) == (DAY, moment("18:00"), moment("00:00", NEXT))


def test_a_slot_has_the_same_key_whoever_computes_it():
    one, other = slots_of(TWICE, DAY)

    assert one.key("3-502") == "self_report:3-502:2026-11-22"
    assert other.key("3-502") == "self_report:3-502:2026-11-22:1"
    assert slots_of(TWICE, DAY)[0].key("3-502") == one.key("3-502")
    assert len({slot.key(home) for slot in slots_of(TWICE, DAY) for home in ("3-502", "3-503")}) == 4


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 12, 31), date(2027, 1, 1)])
def test_every_day_of_the_calendar_has_its_slots(day: date):
    assert [slot.day for slot in slots_of(TWICE, day)] == [day, day]


def in_february(cadence: Cadence) -> list[int]:
    """The days of a plan around the Spring Festival of 2026: free from the 15th to the 23rd, made up for on the 14th and the 28th."""
    plan = Plan(PlanKind.MEDICINE_RUN, (Window("09:00", "18:00"),), cadence)
    return [day for day in range(1, 29) if slots_of(plan, date(2026, 2, day))]


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        (Cadence(7, date(2026, 2, 3)), [3, 10, 17, 24]),
        (Cadence(7, date(2026, 2, 3), days=Days.WORKDAYS), [3, 10, 24]),
        (Cadence(7, date(2026, 2, 3), days=Days.SHIFTED), [3, 10, 24]),  # two that fall together are one
        (Cadence(14, date(2026, 2, 3), days=Days.SHIFTED), [3, 24]),
        (Cadence(14, date(2026, 2, 1), days=Days.SHIFTED), [2, 24]),  # a Sunday, and the first day of the festival
        (Cadence(days=Days.WORKDAYS), [*range(2, 7), *range(9, 15), *range(24, 29)]),
        (Cadence(days=Days.SHIFTED), [*range(2, 7), *range(9, 15), *range(24, 29)]),
        (Cadence(weekdays=(6,), days=Days.WORKDAYS), [14, 28]),  # Saturdays, worked
        (Cadence(weekdays=(6,), days=Days.SHIFTED), [2, 9, 14, 24, 28]),
        (Cadence(dates=(date(2026, 2, 16), date(2026, 2, 27)), days=Days.SHIFTED), [24, 27]),
    ],
)
def test_what_holidays_do_to_a_plan_is_data_of_the_plan(cadence: Cadence, days: list[int]):
    assert in_february(cadence) == days


VISIT = Opening("o1", moment("09:00"), moment("09:30"), "核酸上门")
DELIVERY = Opening("o2", moment("09:20"), moment("10:00"), "送菜")


@pytest.mark.parametrize(
    ("clock", "reason"),
    [("08:59:59", None), ("09:00", "核酸上门"), ("09:29:59", "核酸上门"), ("09:30", "送菜"), ("09:25", "核酸上门"), ("10:00", None)],
)
def test_an_opening_is_expected_from_the_windows_start_and_before_its_end(clock: str, reason: str | None):
    found = expecting([VISIT, DELIVERY], moment(clock))

    assert (found.reason if found else None) == reason
