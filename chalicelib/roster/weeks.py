"""The duty roster as it is shown: who is on duty, who comes next, and week by week who stands when and when nobody does."""

from datetime import date, datetime, timedelta

import msgspec

from chalicelib.register.answers import Named
from chalicelib.register.changes import Changes
from chalicelib.register.rosters import WEEK, edition, monday, week_gaps, week_shifts
from chalicelib.register.rules import Register
from chalicelib.roster.answers import FROM, LeaveAnswer
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.holidays import holiday, is_workday, table_ends
from chalicelib.tasks.shifts import Shift, Span, handover, on_duty

FRIDAY = 5


class OnDuty(msgspec.Struct):
    username: str
    name: str
    phone: str


class HandoverAnswer(msgspec.Struct):
    at: str
    staff: list[OnDuty]


class ShiftAnswer(msgspec.Struct, rename=FROM):
    """``missing``: the person is on leave, so nobody stands this shift."""

    staff: str
    name: str
    starts: str
    ends: str
    missing: bool


class SpanAnswer(msgspec.Struct, rename=FROM):
    starts: str
    ends: str


class DayAnswer(msgspec.Struct):
    """A day unlike its weekday: ``holiday`` is what is celebrated, "" on a make-up day, which is worked."""

    day: date
    holiday: str


class WeekAnswer(msgspec.Struct):
    """``edition`` is what a change has to name as seen; ``gaps`` are the hours in which nobody is on duty; ``days`` the special ones."""

    week: date
    edition: str
    shifts: list[ShiftAnswer]
    gaps: list[SpanAnswer]
    days: list[DayAnswer]


class RosterAnswer(msgspec.Struct):
    """Who is on duty, who comes next, and this week with the ones that are planned, at least the next; ``staff`` can stand shifts.

    ``table_ends`` is the last day of the table of holidays, once that is less than a month away. ``leaves`` are those not over yet;
    ``people`` those whose leave the caller may enter and take back.
    """

    now: str
    on_duty: list[OnDuty]
    handover: HandoverAnswer | None
    weeks: list[WeekAnswer]
    staff: list[Named]
    table_ends: date | None
    leaves: list[LeaveAnswer]
    people: list[Named]


def roster_answer(register: Register, changes: Changes, now: datetime, leaves: list[LeaveAnswer], people: list[Named]) -> RosterAnswer:
    shifts = changes.duty()
    coming = handover(shifts, now)
    standing = [_person(register, staff) for staff in on_duty(shifts, now)]
    following = HandoverAnswer(stamp(coming.at), [_person(register, staff) for staff in coming.staff]) if coming else None
    this = monday(day_of(now))
    weeks = sorted({this, this + WEEK, *(week.first for week in changes.weeks if week.first >= this)})
    staff = [Named(each.username, each.name) for each in register.staff]
    lists = ([_week(register, changes, first) for first in weeks], staff, table_ends(day_of(now)), leaves, people)
    return RosterAnswer(stamp(now), standing, following, *lists)


def _week(register: Register, changes: Changes, first: date) -> WeekAnswer:
    current = edition(changes, first)
    ordered = sorted(week_shifts(changes, first), key=lambda shift: (shift.starts, shift.staff))
    shifts = [_shift(register, changes, shift) for shift in ordered]
    gaps = [_span(gap) for gap in week_gaps(changes, first)]
    return WeekAnswer(first, current.id if current else "", shifts, gaps, _special(first))


def _special(first: date) -> list[DayAnswer]:
    days = (first + timedelta(days=number) for number in range(WEEK.days))
    found = ((day, holiday(day), is_workday(day) and day.isoweekday() > FRIDAY) for day in days)
    return [DayAnswer(day, named) for day, named, made_up in found if named or made_up]


def _shift(register: Register, changes: Changes, shift: Shift) -> ShiftAnswer:
    name = _person(register, shift.staff).name
    return ShiftAnswer(shift.staff, name, stamp(shift.starts), stamp(shift.ends), changes.missing(shift))


def _span(span: Span) -> SpanAnswer:
    return SpanAnswer(stamp(span.starts), stamp(span.ends))


def _person(register: Register, username: str) -> OnDuty:
    """Somebody who has left since is still named, by the username."""
    found = register.staff_by_username.get(username)
    return OnDuty(username, found.name, found.phone) if found else OnDuty(username, username, "")
