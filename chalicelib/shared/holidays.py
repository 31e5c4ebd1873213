"""Statutory holidays and make-up workdays 调休, from one data file a year that names the State Council's notice it was copied from.

The notice for a year comes out in November of the year before. Where no file is, weekends are free and every other
day is a workday; ``table_ends`` warns before that comes.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec

DATA = Path(__file__).parent / "data"
AHEAD = timedelta(days=31)
"""How long before the end of the table somebody is warned."""

SATURDAY = 6


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The notice: its title, number and date, and where it was published."""

    title: str
    number: str
    date: date
    published: str


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Free from ``first`` to ``last``, both included; paid for by the weekend days of ``make_up``."""

    name: str
    first: date
    last: date
    make_up: tuple[date, ...]


class Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is special about one calendar year."""

    year: int
    source: Source
    holidays: tuple[Holiday, ...]


@cache
def table() -> dict[int, Year]:
    """Every year there is a file for, read once."""
    years = (msgspec.json.decode(path.read_bytes(), type=Year) for path in sorted(DATA.glob("holidays-*.json")))
    return {each.year: each for each in years}


def holiday(day: date) -> str:
    """What is celebrated, in Chinese, or "" on any other day."""
    return next((each.name for each in _near(day) if each.first <= day <= each.last), "")


def is_workday(day: date) -> bool:
    if holiday(day):
        return False
    return day.isoweekday() < SATURDAY or any(day in each.make_up for each in _near(day))


def free_days_before(day: date) -> Iterator[date]:
    """The free days that a workday follows on, the nearest first."""
    before = day - timedelta(days=1)
    while not is_workday(before):
        yield before
        before -= timedelta(days=1)


def last_day() -> date:
    """The last day the table covers."""
    return date(max(table()), 12, 31)


def table_ends(today: date) -> date | None:
    """The last day of the table, from a month before until a new year is added; None before."""
    end = last_day()
    return None if today < end - AHEAD else end


def _near(day: date) -> tuple[Holiday, ...]:
    """The holidays of the day's year and of the next, whose first holiday may begin, or be made up for, in the last days of this one."""
    years = table()
    return tuple(each for year in (day.year, day.year + 1) if year in years for each in years[year].holidays)
