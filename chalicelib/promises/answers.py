"""What the routes of promises answer and take."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.care.rules import Need
from chalicelib.promises.task_answers import TaskLine
from chalicelib.register.answers import AwayLine, Contact, Named
from chalicelib.roster.answers import PauseAnswer, TierAnswer
from chalicelib.sensors.in_a_word import DoorWord
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Days
from chalicelib.trips.answers import TripAnswer
from chalicelib.visits.rules import Mood, Outcome, State


class VisitBody(msgspec.Struct, forbid_unknown_fields=True):
    """What came of a visit. ``visit`` is its id from the list; ``temperature`` in °C; ``paper`` for what came back on a round sheet."""

    visit: Annotated[str, Meta(max_length=80)]
    home: Annotated[str, Meta(max_length=30)]
    outcome: Outcome
    temperature: float | None = None
    mood: Mood | None = None
    needs: Annotated[list[Need], Meta(max_length=6)] = []
    note: Annotated[str, Meta(max_length=200)] = ""
    paper: bool = False


class VisitLine(msgspec.Struct):
    """One visit owed on a day. ``owners`` empty is the loudest thing on any list; ``away`` says why it is paused, until ``away_until``.

    ``goods`` are brought along; ``over`` would owe it too, had their day not been full.
    """

    id: str
    kind: str
    home: str
    label: str
    tier: Tier
    tags: list[str]
    opens: str
    closes: str
    state: State
    owners: list[Named]
    contact: Contact | None
    away: str = ""
    away_until: str = ""
    temperature: float | None = None
    mood: Mood | None = None
    needs: list[str] = []
    note: str = ""
    by: str = ""
    by_name: str = ""
    at: str = ""
    goods: list[str] = []
    over: list[Named] = []


class RoundVisit(msgspec.Struct, rename={"opens": "from", "closes": "until"}):
    """A visit owed today to a home in her care; ``id`` is what its record has to name. ``at`` is when somebody came, "" if nobody did."""

    id: str
    kind: str
    opens: str
    closes: str
    state: State
    away: str = ""
    away_until: str = ""
    by: str = ""
    at: str = ""
    goods: list[str] = []


class RoundStop(msgspec.Struct):
    """Tier, tags, contact and visits only where the home is in her care today; ``own`` is her own household, which others visit."""

    home: str
    label: str
    assigned: bool
    tier: Tier | None = None
    tags: list[str] = []
    contact: Contact | None = None
    own: bool = False
    visits: list[RoundVisit] = []
    door: DoorWord = DoorWord.NONE


class RoundAnswer(msgspec.Struct):
    """The lived-in homes of a volunteer's grid, those in her care first; and the trips she goes along on, wherever that home is."""

    volunteer: Named
    grid: Named
    now: str
    day: date
    homes: list[RoundStop]
    trips: list[TripAnswer]


class TodayAnswer(msgspec.Struct):
    """What this person owes today, and what nobody owes in the homes she sees; of an earlier day, all visits to the homes she sees."""

    now: str
    day: date
    visits: list[VisitLine]
    tasks: list[TaskLine]


class Assignable(msgspec.Struct):
    """Somebody a task can be given to, staff by username or a volunteer by id; ``duty``: on duty now."""

    id: str
    name: str
    duty: bool


class BoardAnswer(msgspec.Struct):
    """The coordinator's board: what nobody owns first, then what is late, what soon will be, and the rest.

    ``people`` are those who are there today, who is on duty first.
    """

    now: str
    day: date
    unassigned_visits: list[VisitLine]
    missed_visits: list[VisitLine]
    unassigned: list[TaskLine]
    overdue: list[TaskLine]
    soon: list[TaskLine]
    open: list[TaskLine]
    closed: list[TaskLine]
    closed_today: int
    visits_owed: int
    visits_kept: int
    away: list[AwayLine]
    people: list[Assignable]


class DayMarks(msgspec.Struct):
    """One day of a home's file: how its self-report and each of its visits stood when the day was over, or stand now."""

    day: date
    report: str
    visits: list[str]


class PlanLine(msgspec.Struct):
    kind: str
    windows: list[str]
    every: int
    days: Days
    goods: list[str] = []


class HomeFile(msgspec.Struct):
    """A home's file: tier and why, what is promised to it, how the last fourteen days went, what is open.

    ``pause`` is the one in force or the next to come; ``companions`` are those who may go along on a trip;
    ``tier_changes`` those that wait for approval, then those approved; ``people`` are those who made and approved them.
    ``thermometers`` is how many there are: what they say is asked for by itself. ``watched``: is there a sensor at its door?
    """

    now: str
    home: str
    label: str
    tier: Tier
    why: list[str]
    away: str
    tags: list[str]
    contact: Contact | None
    steward: Contact | None
    plans: list[PlanLine]
    days: list[DayMarks]
    tasks: list[TaskLine]
    pause: PauseAnswer | None
    companions: list[Assignable]
    tier_changes: list[TierAnswer]
    people: list[Named]
    thermometers: int
    watched: bool = False
