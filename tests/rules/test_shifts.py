"""Who is on duty, what is wrong with a roster, and who takes over."""

from datetime import datetime, timedelta

import pytest

from chalicelib.tasks.shifts import Fault, Handover, Shift, Span, Wrong, faults, gaps, handover, on_duty, stretches
from tests.builders import DAY, moment

NEXT = DAY + timedelta(days=1)


def shift(staff: str, starts: str, ends: str) -> Shift:
    """Times of the day of the story; one that ends before it starts ends on the next day."""
    closes = moment(ends)
    return Shift(staff, moment(starts), closes if ends > starts else closes + timedelta(days=1))


EARLY, LATE, NIGHT = shift("王管家", "06:00", "14:00"), shift("陈敏", "14:00", "22:00"), shift("刘组长", "22:00", "06:00")
WHOLE_DAY = [EARLY, LATE, NIGHT]


@pytest.mark.parametrize(
    ("now", "staff"),
    [
        (moment("05:59:59"), []),
        (moment("06:00"), ["王管家"]),
        (moment("13:59:59"), ["王管家"]),
        (moment("14:00"), ["陈敏"]),
        (moment("23:00"), ["刘组长"]),
        (moment("05:59", NEXT), ["刘组长"]),
        (moment("06:00", NEXT), []),
    ],
)
def test_a_shift_counts_from_its_start_on_and_before_its_end(now: datetime, staff: list[str]):
    assert on_duty(WHOLE_DAY, now) == staff


def test_whoever_began_first_comes_first_and_nobody_twice():
    both = [shift("b", "08:00", "12:00"), shift("a", "09:00", "12:00"), shift("b", "09:00", "11:00")]

    assert on_duty(both, moment("10:00")) == ["b", "a"]


@pytest.mark.parametrize(
    ("shifts", "now", "next_up"),
    [
        (WHOLE_DAY, moment("13:00"), Handover(moment("14:00"), ("陈敏",))),
        (WHOLE_DAY, moment("14:00"), Handover(moment("22:00"), ("刘组长",))),
        (WHOLE_DAY, moment("23:00"), None),
        ([], moment("08:00"), None),
        ([shift("a", "06:00", "10:00"), shift("a", "10:00", "14:00")], moment("08:00"), None),
        ([EARLY, shift("b", "14:00", "18:00"), shift("a", "14:00", "20:00")], moment("08:00"), Handover(moment("14:00"), ("a", "b"))),
        ([shift("a", "06:00", "10:00"), shift("a", "12:00", "14:00")], moment("08:00"), Handover(moment("12:00"), ("a",))),
    ],
)
def test_the_next_handover_is_when_somebody_comes_who_is_not_there_yet(shifts: list[Shift], now: datetime, next_up: Handover | None):
    assert handover(shifts, now) == next_up


@pytest.mark.parametrize(
    ("shifts", "wrong"),
    [
        (WHOLE_DAY, []),
        ([shift("a", "08:00", "20:00")], []),
        ([shift("a", "08:00", "20:01")], [(Wrong.TOO_LONG, moment("08:00"), moment("20:01"))]),
        ([shift("a", "14:00", "22:00"), shift("a", "22:00", "06:00")], [(Wrong.TOO_LONG, moment("14:00"), moment("06:00", NEXT))]),
        ([shift("a", "08:00", "14:00"), shift("a", "14:01", "20:30")], []),
        ([shift("a", "08:00", "12:00"), shift("a", "11:00", "13:00")], [(Wrong.OVERLAP, moment("11:00"), moment("12:00"))]),
        ([shift("a", "08:00", "12:00"), shift("a", "08:00", "12:00")], [(Wrong.OVERLAP, moment("08:00"), moment("12:00"))]),
        ([shift("a", "08:00", "12:00"), shift("b", "08:00", "12:00")], []),
        ([Shift("a", moment("12:00"), moment("12:00"))], [(Wrong.EMPTY, moment("12:00"), moment("12:00"))]),
        ([Shift("a", moment("12:00"), moment("11:00"))], [(Wrong.EMPTY, moment("12:00"), moment("11:00"))]),
    ],
)
def test_what_a_roster_must_not_have(shifts: list[Shift], wrong: list[tuple[Wrong, datetime, datetime]]):
    assert faults(shifts) == [Fault(kind, "a", starts, ends) for kind, starts, ends in wrong]
    assert faults(reversed(shifts)) == faults(shifts)


def test_how_long_in_a_row_is_too_long_can_be_said():
    assert faults([EARLY], timedelta(hours=8)) == []
    assert [fault.wrong for fault in faults([EARLY], timedelta(hours=7))] == [Wrong.TOO_LONG]


def test_shifts_that_touch_are_one_stretch_per_person():
    joined = stretches([LATE, shift("陈敏", "22:00", "23:00"), EARLY])

    assert joined == [EARLY, shift("陈敏", "14:00", "23:00")] or joined == [shift("陈敏", "14:00", "23:00"), EARLY]


@pytest.mark.parametrize(
    ("shifts", "open_hours"),
    [
        ([], [("00:00", "24:00")]),
        (WHOLE_DAY, [("00:00", "06:00")]),
        ([*WHOLE_DAY, Shift("刘组长", moment("22:00") - timedelta(days=1), moment("06:00"))], []),
        ([EARLY, NIGHT], [("00:00", "06:00"), ("14:00", "22:00")]),
        ([shift("a", "00:00", "12:00"), shift("b", "03:00", "04:00")], [("12:00", "24:00")]),
    ],
)
def test_hours_in_which_nobody_is_on_duty_are_listed(shifts: list[Shift], open_hours: list[tuple[str, str]]):
    ends = {"24:00": moment("00:00", NEXT)}
    expected = [Span(moment(starts), ends.get(until) or moment(until)) for starts, until in open_hours]

    assert gaps(shifts, moment("00:00"), moment("00:00", NEXT)) == expected
