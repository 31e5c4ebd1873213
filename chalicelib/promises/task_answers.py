"""What the routes of tasks answer and take."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Behind, Contact, Named
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.tasks import Act, TaskKind, TaskState
from chalicelib.trips.answers import TripAnswer


class ActBody(msgspec.Struct, forbid_unknown_fields=True):
    """``owner`` is for ``assign`` only: a username or a volunteer's id; ``until`` for ``pause``; ``tier`` for ``prioritise``."""

    act: Act
    note: Annotated[str, Meta(max_length=200)] = ""
    owner: Annotated[str, Meta(max_length=100)] = ""
    until: Annotated[datetime, Meta(tz=True)] | None = None
    tier: Tier | None = None


class TaskStep(msgspec.Struct):
    """One line of a task's history; ``by_name`` is "" where nobody did it, ``to_name`` whom it was given to, or the
    tier it was given."""

    at: str
    by: str
    by_name: str
    act: str
    note: str
    to_name: str


class PauseLine(msgspec.Struct, rename={"starts": "from", "ends": "until"}):
    starts: str
    ends: str
    reason: str


class ClockLine(msgspec.Struct, rename={"starts": "from"}):
    """A clock in segments, so that its deadline can be recomputed: ``from`` + ``minutes`` + the pauses. ``stopped`` "" while it runs."""

    starts: str
    minutes: int
    pauses: list[PauseLine]
    stopped: str


class TaskLine(msgspec.Struct):
    """One task. ``told`` counts the tellings so far; ``respond_by`` and ``solve_by`` are empty while that clock stands still.

    ``paused_until`` is when the pause ends, "" if there is none; ``pause_hours`` how long one may last now, 0 if it cannot wait;
    ``doer`` who said that it is done; ``away`` why its home's plans stand still, until ``away_until``; ``people`` whom no channel reaches;
    ``over`` who would owe it, had they not enough to do.
    """

    id: str
    kind: TaskKind
    category: str
    about: str
    home: str
    label: str
    tier: Tier
    state: TaskState
    owners: list[Named]
    holder: str
    since: str
    respond_by: str
    solve_by: str
    overdue: bool
    told: int
    steps: list[TaskStep]
    respond: ClockLine
    solve: ClockLine
    paused_until: str
    pause_hours: int
    doer: str
    contact: Contact | None
    away: str = ""
    away_until: str = ""
    people: list[Named] = []
    trip: TripAnswer | None = None
    over: list[Named] = []
    behind: Behind | None = None
