"""What the reading routes answer: every member as the pages and other callers may rely on it."""

from datetime import date
from enum import StrEnum
from typing import Any

import msgspec

from chalicelib.care.rules import Feeling, Need, Source, State
from chalicelib.delivery.answers import HomeParcel
from chalicelib.pages.troubles import TroubleLine, UntakenTicket
from chalicelib.pages.warmth_answers import HomeWarmth
from chalicelib.post.rules import MessageState
from chalicelib.register.answers import AwayLine, Contact, Named, Phones
from chalicelib.sensors.in_a_word import DoorWord
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


class ReportLine(msgspec.Struct):
    """A home and how it stands with its self-report."""

    id: str
    home: str
    kind: str
    since: str
    state: State
    label: str
    tier: Tier
    grid: str
    contact: Contact | None


class Owing(ReportLine):
    """A home that owes a self-report: ``waiting`` since the window opened, ``missed`` since it closed."""

    tags: list[str]


class Reported(ReportLine):
    """What a home has said, and when it first did."""

    feeling: Feeling
    needs: list[Need]
    note: str
    source: Source


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


class Handover(msgspec.Struct):
    """Who comes on duty next, by name, and when."""

    at: str
    staff: list[str]


class DutyAnswer(msgspec.Struct):
    """The steward's desk: open alerts and the ones cleared today, newest first; homes worst tier first. ``troubles`` and ``tickets`` where asked for."""

    compound: Named
    staff: StaffAnswer
    now: str
    day: date
    self_report: SelfReportFigures
    missed: list[Owing]
    waiting: list[Owing]
    reported: list[Reported]
    alerts: list[AlertLine]
    troubles: list[TroubleLine] | None
    tickets: list[UntakenTicket] | None
    away: list[AwayLine]
    on_duty: list[str]
    handover: Handover | None


class SelfReport(msgspec.Struct):
    owed: bool
    closes: str
    state: State
    at: str | None = None
    feeling: Feeling | None = None
    needs: list[Need] = []
    note: str = ""


class PromiseState(StrEnum):
    """Where a promise to a home stands; ``past`` is for what was announced and nobody keeps book of."""

    COMING = "coming"
    NOW = "now"
    PAST = "past"
    KEPT = "kept"
    MISSED = "missed"
    NOBODY_HOME = "nobody_home"
    PAUSED = "paused"
    OUT = "out"
    CALLED_OFF = "called_off"


class Promise(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    """An announced opening, a visit owed today, or a trip to a hospital (``reason``) of today or the coming week.

    ``who`` comes, or goes along, by name, and brings ``goods``; ``at`` is when somebody came, or when they set out or were home again, "" if not yet.
    """

    id: str
    kind: str
    starts: str
    ends: str
    reason: str
    state: PromiseState
    who: list[str] = []
    at: str = ""
    goods: list[str] = []


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
    warmth: HomeWarmth | None = None
    door: DoorWord = DoorWord.NONE
    parcels: list[HomeParcel] = []


class MessageLine(msgspec.Struct):
    """One message of the delivery ledger. ``at`` is the event's time; ``due`` the next look while it waits, else when it was settled.

    ``channel`` names the way in use and never the address. ``text`` is there for managers and for the person it was meant for;
    without it, ``event`` is only a kind and ``id`` tells nothing.
    """

    id: str
    event: str
    person: str
    name: str
    at: str
    state: MessageState
    channel: str
    tries: int
    why: str
    due: str
    repeat: bool
    text: str | None


class MessagesAnswer(msgspec.Struct):
    """Who was told what on a day, and what became of it, newest first; ``counts`` by state."""

    compound: Named
    now: str
    day: date
    counts: dict[str, int]
    messages: list[MessageLine]


class HealthAnswer(msgspec.Struct):
    status: str
    stage: str


Document = dict[str, Any]
