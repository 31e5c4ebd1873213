"""Service time: when so much of it has passed, by the hours of the day and the table of workdays."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.tasks.clocks import Clock, Pause
from chalicelib.tasks.rules import Days
from chalicelib.tasks.service import Hours, due, fitted, runs_out, served
from tests.builders import moment

FRIDAY, SATURDAY, MONDAY, TUESDAY = (date(2026, 11, day) for day in (20, 21, 23, 24))
OFFICE = Hours("08:30", "17:30")
HALF, DAY = timedelta(minutes=30), timedelta(hours=9)


@pytest.mark.parametrize(
    ("start", "allowed", "end"),
    [
        (moment("10:00", MONDAY), HALF, moment("10:30", MONDAY)),
        (moment("17:00", MONDAY), HALF, moment("17:30", MONDAY)),
        (moment("17:10", MONDAY), HALF, moment("08:40", TUESDAY)),
        (moment("03:00", MONDAY), HALF, moment("09:00", MONDAY)),
        (moment("17:30", FRIDAY), HALF, moment("09:00", MONDAY)),
        (moment("12:00", SATURDAY), HALF, moment("09:00", MONDAY)),
        (moment("10:00", FRIDAY), DAY, moment("10:00", MONDAY)),
        (moment("08:30", MONDAY), DAY, moment("17:30", MONDAY)),
        (moment("10:00", date(2026, 9, 30)), DAY, moment("10:00", date(2026, 10, 8))),  # the National Day holidays
        (moment("10:00", date(2026, 10, 9)), DAY, moment("10:00", date(2026, 10, 10))),  # a Saturday made up for them
    ],
)
def test_so_much_service_time_has_passed(start: datetime, allowed: timedelta, end: datetime):
    assert due(OFFICE, start, allowed) == end


def test_a_desk_that_serves_every_day_serves_on_a_sunday():
    assert due(Hours("08:00", "20:00", Days.EVERY), moment("19:50"), HALF) == moment("08:20", MONDAY)


def test_what_stands_still_over_night_loses_no_service_time():
    paused = Clock(moment("16:30", MONDAY), DAY, (Pause(moment("17:00", MONDAY), moment("09:00", TUESDAY), "等配件"),))

    assert runs_out(OFFICE, paused, timedelta(hours=1)) == moment("09:30", TUESDAY)
    assert fitted(OFFICE, paused, timedelta(hours=1)).deadline(moment("09:10", TUESDAY)) == moment("09:30", TUESDAY)
    assert served(OFFICE, paused, moment("09:10", TUESDAY)) == timedelta(minutes=40)


def test_a_clock_that_has_stopped_has_had_what_it_had():
    stopped = Clock(moment("16:30", FRIDAY), DAY, (), moment("09:00", MONDAY))

    assert served(OFFICE, stopped, moment("17:00", TUESDAY)) == timedelta(hours=1, minutes=30)
