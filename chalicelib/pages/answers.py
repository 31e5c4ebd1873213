"""What the reading routes answer: every member as the pages and other callers may rely on it."""

from datetime import date
from typing import Any

import msgspec

from chalicelib.care.rules import Feeling, Need, Source, State
from chalicelib.register.answers import Contact, Named, Phones
from chalicelib.sensors.rules import AlertState
from chalicelib.shared.tiers import Tier


class StaffAnswer(msgspec.Struct):
    username: str
    name: str
    roles: list[str]


class SelfReportFigures(msgspec.Struct):
    """``owed`` homes owe a report today; ``reported`` of them have sent one, in time or late."""

    closes: str
    owed: int
    reported: int


class Owing(msgspec.Struct):
    """A home that owes a self-report: ``waiting`` since the window opened, ``missed`` since it closed."""

    id: str
    home: str
    kind: str
    since: str
    state: State
    label: str
    tier: Tier
    grid: str
    tags: list[str]
    contact: Contact | None


class Reported(msgspec.Struct):
    id: str
    home: str
    kind: str
    since: str
    state: State
    label: str
    tier: Tier
    grid: str
    feeling: Feeling
    needs: list[Need]
    note: str
    source: Source
    contact: Contact | None


class AlertLine(msgspec.Struct):
    id: str
    home: str
    kind: str
    since: str
    state: AlertState
    label: str
    reason: str
    by: str
    by_name: str
    note: str
    isolation_day: int | None
    contact: Contact | None


class DutyAnswer(msgspec.Struct):
    """The steward's desk: open alerts and the ones cleared today, newest first; homes worst tier first."""

    compound: Named
    staff: StaffAnswer
    now: str
    day: date
    self_report: SelfReportFigures
    missed: list[Owing]
    waiting: list[Owing]
    reported: list[Reported]
    alerts: list[AlertLine]


class HomeLine(msgspec.Struct):
    home: str
    label: str
    building: str
    floor: int


class HomesAnswer(msgspec.Struct):
    """The lived-in homes within the caller's scope, building by building: for choosing whose cards to print."""

    homes: list[HomeLine]


class SelfReport(msgspec.Struct):
    owed: bool
    closes: str
    state: State
    at: str | None = None
    feeling: Feeling | None = None
    needs: list[Need] = []
    note: str = ""


class Promise(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    """An announced visit or delivery; ``state`` is ``coming``, ``now`` or ``past``."""

    id: str
    kind: str
    starts: str
    ends: str
    reason: str
    state: str


class HomeAnswer(msgspec.Struct):
    """What a home's own page shows."""

    compound: Named
    home: str
    label: str
    now: str
    day: date
    self_report: SelfReport
    promises: list[Promise]
    phones: Phones
    steward: Contact | None


class HealthAnswer(msgspec.Struct):
    status: str
    stage: str


Document = dict[str, Any]
