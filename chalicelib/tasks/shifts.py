"""Who is on duty when: shifts, what is wrong with a roster, and who takes over next. Pure; instants carry an offset."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

MOST_IN_A_ROW = timedelta(hours=12)


class Shift(NamedTuple):
    """``staff`` is on duty from ``starts`` on and before ``ends``; a night shift ends on the next day."""

    staff: str
    starts: datetime
    ends: datetime

    def covers(self, moment: datetime) -> bool:
        return self.starts <= moment < self.ends


class Span(NamedTuple):
    """From one instant on and before another."""

    starts: datetime
    ends: datetime


class Handover(NamedTuple):
    """When the next people come on duty, and who."""

    at: datetime
    staff: tuple[str, ...]


class Wrong(StrEnum):
    """What a roster must not have."""

    EMPTY = "empty"
    OVERLAP = "overlap"
    TOO_LONG = "too_long"


class Fault(NamedTuple):
    """What is wrong with whose hours."""

    wrong: Wrong
    staff: str
    starts: datetime
    ends: datetime


def on_duty(shifts: Iterable[Shift], moment: datetime) -> list[str]:
    """Everybody on duty at this moment, each once, whoever began first at the front."""
    standing = sorted((shift for shift in shifts if shift.covers(moment)), key=lambda shift: (shift.starts, shift.staff))
    return list(dict.fromkeys(shift.staff for shift in standing))


def handover(shifts: Sequence[Shift], moment: datetime) -> Handover | None:
    """The next time somebody comes who is not on duty already; None if nobody is to come. Going on in a shift of one's own is none."""
    coming = [stretch for stretch in stretches(shifts) if stretch.starts > moment]
    if not coming:
        return None
    first = min(stretch.starts for stretch in coming)
    return Handover(first, tuple(sorted({stretch.staff for stretch in coming if stretch.starts == first})))


def stretches(shifts: Iterable[Shift]) -> list[Shift]:
    """Hours in a row: the shifts of one person that touch or overlap count as one."""
    joined: list[Shift] = []
    for shift in sorted(shift for shift in shifts if shift.starts < shift.ends):
        last = joined[-1] if joined else None
        if last is not None and last.staff == shift.staff and shift.starts <= last.ends:
            joined[-1] = last._replace(ends=max(last.ends, shift.ends))
        else:
            joined.append(shift)
    return joined


def faults(shifts: Iterable[Shift], most: timedelta = MOST_IN_A_ROW) -> list[Fault]:
    """What must not be: shifts that end before they begin, one person twice at a time, more than ``most`` in a row."""
    ordered = sorted(shifts)
    empty = [Fault(Wrong.EMPTY, *shift) for shift in ordered if shift.starts >= shift.ends]
    proper = [shift for shift in ordered if shift.starts < shift.ends]
    long = [Fault(Wrong.TOO_LONG, *stretch) for stretch in stretches(proper) if stretch.ends - stretch.starts > most]
    return [*empty, *_overlaps(proper), *long]


def _overlaps(ordered: list[Shift]) -> list[Fault]:
    found: list[Fault] = []
    until: dict[str, datetime] = {}
    for shift in ordered:
        end = until.get(shift.staff)
        if end is not None and shift.starts < end:
            found.append(Fault(Wrong.OVERLAP, shift.staff, shift.starts, min(end, shift.ends)))
        until[shift.staff] = shift.ends if end is None else max(end, shift.ends)
    return found


def gaps(shifts: Iterable[Shift], start: datetime, end: datetime) -> list[Span]:
    """When nobody at all is on duty in ``[start, end)``: together with the shifts they fill it."""
    edges = sorted((max(start, shift.starts), min(end, shift.ends)) for shift in shifts if shift.starts < end and shift.ends > start)
    reached = [start]
    for _, ends in edges:
        reached.append(max(reached[-1], ends))
    begins = [*(starts for starts, _ in edges), end]
    return [Span(since, until) for since, until in zip(reached, begins, strict=True) if since < until]
