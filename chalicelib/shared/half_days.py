"""Half-days: as much of a time as is kept where an hour could tell who it was. Pure."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.shared.calendar import at, day_of, local


class HalfDay(NamedTuple):
    """The morning or the afternoon of a local day: ``2026-11-22-am``."""

    day: date
    part: str

    def __str__(self) -> str:
        return f"{self.day.isoformat()}-{self.part}"

    @property
    def begins(self) -> datetime:
        return at(self.day, "00:00" if self.part == "am" else "12:00")

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(hours=12)


def half_day(moment: datetime) -> HalfDay:
    return HalfDay(day_of(moment), "am" if local(moment).hour < 12 else "pm")


def read_half_day(text: str) -> HalfDay:
    """ValueError for what is none."""
    day, _, part = text.rpartition("-")
    if part not in ("am", "pm"):
        raise ValueError(text)
    return HalfDay(date.fromisoformat(day), part)
