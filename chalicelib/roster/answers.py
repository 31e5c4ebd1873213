"""What the routes of changes between imports take and give."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import name_of
from chalicelib.register.changes import Absence, HomePause, Leave, TierChange
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import stamp
from chalicelib.shared.tiers import Tier

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
    name: str
    first: date
    last: date
    ended: bool
    by: str


def tier_answer(change: TierChange) -> TierAnswer:
    said = (change.id, change.home, change.tier, change.reason, change.since, change.by, change.approved_by)
    return TierAnswer(*said, change.approved is None)


def pause_answer(pause: HomePause) -> PauseAnswer:
    return PauseAnswer(pause.id, pause.home, pause.why, pause.first, pause.last, stamp(pause.ends), pause.by)


def leave_answer(register: Register, leave: Leave) -> LeaveAnswer:
    return LeaveAnswer(leave.id, leave.person, name_of(register, leave.person), leave.first, leave.last, leave.ended is not None, leave.by)
