"""Statutory holidays and make-up workdays: as the State Council has them, and honest about what is not known."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from chalicelib.shared import holidays
from chalicelib.shared.holidays import holiday, is_workday, last_day, table, table_ends

YEARS = sorted(table())


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_what_an_independent_calendar_says(year: int):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]

    assert [day for day in days if is_workday(day) is not chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("day", "named", "works"),
    [
        (date(2026, 1, 1), "元旦", False),
        (date(2026, 1, 4), "", True),  # a Sunday, made up for
        (date(2026, 2, 14), "", True),
        (date(2026, 2, 17), "春节", False),
        (date(2026, 2, 24), "", True),
        (date(2026, 9, 20), "", True),  # made up for a holiday eleven days later
        (date(2026, 10, 7), "国庆节", False),
        (date(2026, 10, 8), "", True),
        (date(2026, 11, 22), "", False),  # a Sunday like any other
        (date(2026, 11, 23), "", True),
    ],
)
def test_days_people_remember(day: date, named: str, works: bool):
    assert (holiday(day), is_workday(day)) == (named, works)


@pytest.mark.parametrize("year", YEARS)
def test_a_year_names_the_notice_it_was_copied_from(year: int):
    source = table()[year].source

    assert source.title == f"国务院办公厅关于{year}年部分节假日安排的通知"
    assert source.number.startswith("国办发明电〔") and source.date.year == year - 1


@pytest.mark.parametrize("year", YEARS)
def test_a_make_up_day_is_a_day_of_the_weekend_and_of_no_holiday(year: int):
    made_up = [day for each in table()[year].holidays for day in each.make_up]

    assert all(day.isoweekday() >= 6 and not holiday(day) for day in made_up)
    assert len(set(made_up)) == len(made_up)


def test_after_the_table_weekends_are_free():
    after = last_day() + timedelta(days=1)
    week = [after + timedelta(days=number) for number in range(7)]

    assert [is_workday(day) for day in week] == [day.isoweekday() <= 5 for day in week]


def test_somebody_is_warned_a_month_ahead_and_until_a_year_is_added(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(holidays, "table", lambda: {2026: table()[2026]})

    assert table_ends(date(2026, 11, 29)) is None
    assert table_ends(date(2026, 11, 30)) == date(2026, 12, 31)
    assert table_ends(date(2027, 6, 1)) is not None
