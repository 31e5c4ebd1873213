"""What the roster's routes take and give."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Named
from chalicelib.register.changes import Absence, Changes, HomePause, Leave, TierChange
from chalicelib.register.rosters import WEEK, edition, monday, week_gaps, week_shifts
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.shifts import Shift, Span, handover, on_duty

FROM = {"starts": "from", "ends": "until"}
Identity = Annotated[str, Meta(min_length=1, max_length=64)]
Instant = Annotated[datetime, Meta(tz=True)]


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class TierBody(msgspec.Struct, forbid_unknown_fields=True):
    tier: Tier
    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    since: date


class PauseBody(msgspec.Struct, forbid_unknown_fields=True):
    why: Absence
    first: date
    last: date


class LeaveBody(msgspec.Struct, forbid_unknown_fields=True):
    """``person`` is a staff username or a volunteer's id."""

    person: Identity
    first: date
    last: date


class ShiftBody(msgspec.Struct, forbid_unknown_fields=True, rename=FROM):
    staff: Identity
    starts: Instant
    ends: Instant


class RosterBody(msgspec.Struct, forbid_unknown_fields=True):
    """A week by its Monday with all its shifts; ``seen`` is the edition that was on the screen."""

    week: date
    shifts: Annotated[list[ShiftBody], Meta(max_length=120)]
    seen: Annotated[str, Meta(max_length=64)] = ""


class TierAnswer(msgspec.Struct):
    """Pending while nobody approved it."""

    id: str
    home: str
    tier: Tier
    reason: str
    since: date
    by: str
    approved_by: str
    pending: bool


class PauseAnswer(msgspec.Struct):
    """``until`` is when plans count again."""

    id: str
    home: str
    why: Absence
    first: date
    last: date
    until: str
    by: str


class LeaveAnswer(msgspec.Struct):
    id: str
    person: str
    first: date
    last: date
    ended: bool
    by: str


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


class WeekAnswer(msgspec.Struct):
    """``edition`` is what a change has to name as seen; ``gaps`` are the hours in which nobody is on duty."""

    week: date
    edition: str
    shifts: list[ShiftAnswer]
    gaps: list[SpanAnswer]


class RosterAnswer(msgspec.Struct):
    """Who is on duty, who comes next, and this week with the ones that are planned, at least the next; ``staff`` can stand shifts."""

    now: str
    on_duty: list[OnDuty]
    handover: HandoverAnswer | None
    weeks: list[WeekAnswer]
    staff: list[Named]


def tier_answer(change: TierChange) -> TierAnswer:
    said = (change.id, change.home, change.tier, change.reason, change.since, change.by, change.approved_by)
    return TierAnswer(*said, change.approved is None)


def pause_answer(pause: HomePause) -> PauseAnswer:
    return PauseAnswer(pause.id, pause.home, pause.why, pause.first, pause.last, stamp(pause.ends), pause.by)


def leave_answer(leave: Leave) -> LeaveAnswer:
    return LeaveAnswer(leave.id, leave.person, leave.first, leave.last, leave.ended is not None, leave.by)


def roster_answer(register: Register, changes: Changes, now: datetime) -> RosterAnswer:
    shifts = changes.duty()
    coming = handover(shifts, now)
    people = [_person(register, staff) for staff in on_duty(shifts, now)]
    following = HandoverAnswer(stamp(coming.at), [_person(register, staff) for staff in coming.staff]) if coming else None
    this = monday(day_of(now))
    weeks = sorted({this, this + WEEK, *(week.first for week in changes.weeks if week.first >= this)})
    staff = [Named(each.username, each.name) for each in register.staff]
    return RosterAnswer(stamp(now), people, following, [_week(register, changes, first) for first in weeks], staff)


def _week(register: Register, changes: Changes, first: date) -> WeekAnswer:
    current = edition(changes, first)
    ordered = sorted(week_shifts(changes, first), key=lambda shift: (shift.starts, shift.staff))
    shifts = [_shift(register, changes, shift) for shift in ordered]
    return WeekAnswer(first, current.id if current else "", shifts, [_span(gap) for gap in week_gaps(changes, first)])


def _shift(register: Register, changes: Changes, shift: Shift) -> ShiftAnswer:
    name = _person(register, shift.staff).name
    return ShiftAnswer(shift.staff, name, stamp(shift.starts), stamp(shift.ends), changes.missing(shift))


def _span(span: Span) -> SpanAnswer:
    return SpanAnswer(stamp(span.starts), stamp(span.ends))


def _person(register: Register, username: str) -> OnDuty:
    """Somebody who has left since is still named, by the username."""
    found = register.staff_by_username.get(username)
    return OnDuty(username, found.name, found.phone) if found else OnDuty(username, username, "")
