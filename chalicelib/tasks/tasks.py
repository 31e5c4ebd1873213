"""One-off work: who owes it, how far it is, when it runs out. Pure.

    open → claimed → done → confirmed        claimed → returned (open again, nobody's)        open, claimed → cancelled, paused

Unassigned is the loudest state: a task that nobody owns climbs to the coordinator at once.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.problems import key_reused
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.clocks import Clock, reopen, stop
from chalicelib.tasks.ladders import Ladder, Progress, acknowledge, begin, to_the_top

MOST_STEPS = 40


class TaskKind(StrEnum):
    """Why somebody has to do something; the word begins the task's id (``errand`` a mediation's too)."""

    NEED = "need"
    MISSED = "missed"
    MISSED_REPORTS = "missed-reports"
    LETTER = "letter"
    NOBODY_HOME = "nobody-home"
    UNASSIGNED = "unassigned"
    DOOR = "door"
    REACH = "reach"
    CALENDAR = "calendar"
    TRIP = "trip"
    TICKET = "ticket"
    PARCEL = "parcel"
    SENSOR_SILENT = "sensor-silent"
    GATEWAYS_SILENT = "gateways-silent"
    BATTERY_LOW = "battery-low"
    WEAK_LINK = "weak-link"
    COLD = "cold"
    LOW_STOCK = "low-stock"
    ENDS_SOON = "ends-soon"
    ERRAND = "errand"
    MEDIATION = "mediation"
    UNDISINFECTED = "undisinfected"
    UNWALKED = "unwalked"
    FAULT = "fault"
    LEFT_OPEN = "left-open"
    TAMPERED = "tampered"
    SMOKE = "smoke"
    SOS = "sos"


ALARMS = {TaskKind.DOOR, TaskKind.LEFT_OPEN, TaskKind.TAMPERED, TaskKind.SMOKE, TaskKind.SOS}  # seen at a home, told at any hour


class TaskState(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    DONE = "done"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


RUNNING = {TaskState.OPEN, TaskState.CLAIMED}


class Act(StrEnum):
    """What people do with a task."""

    CLAIM = "claim"
    ASSIGN = "assign"
    RETURN = "return"
    DONE = "done"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    PRIORITISE = "prioritise"
    SET_OUT = "set_out"


class Line(NamedTuple):
    """One line of a task's history. ``key`` is the request's, so that a repeat is known; ``to`` whom it was given to."""

    at: datetime
    by: str
    act: str
    note: str = ""
    key: str = ""
    to: str = ""


class Task(NamedTuple):
    """``owners`` are usernames or volunteer ids, first who owes it; none is the loudest state. ``tenancy``: of which family, if it matters."""

    id: str
    kind: TaskKind
    home: str
    tier: Tier
    category: str
    about: str
    owners: tuple[str, ...]
    state: TaskState
    ladder: str
    progress: Progress
    respond: Clock
    solve: Clock
    lines: tuple[Line, ...]
    version: int = 0
    tenancy: str = ""

    @property
    def running(self) -> bool:
        return self.state in RUNNING

    @property
    def unassigned(self) -> bool:
        return self.running and not self.owners


class Allowance(NamedTuple):
    """How long a first response and a solution may take."""

    respond: timedelta
    solve: timedelta


def opened(
    identity: str, kind: TaskKind, ladder: tuple[str, Ladder], now: datetime, allowance: Allowance, owners: tuple[str, ...], **about: str
) -> Task:
    """A new task at the foot of its ladder, to be looked at when the first step's wait is over."""
    clocks = Clock(now, allowance.respond), Clock(now, allowance.solve)
    said = (about.get("home", ""), Tier(about.get("tier", Tier.GREEN)), about.get("category", ""), about.get("about", ""))
    lines, progress = (Line(now, "", "opened"),), begin(ladder[1], now)
    return Task(identity, kind, *said, owners, TaskState.OPEN, ladder[0], progress, *clocks, lines, 0, about.get("tenancy", ""))


def claim(task: Task, ladder: Ladder, now: datetime, line: Line) -> Task:
    """Somebody takes it on: the first response is given, and the ladder falls silent as long as that holds."""
    progress = acknowledge(ladder, task.progress, now, line.by)
    owners = (line.by, *(owner for owner in task.owners if owner != line.by))
    return noted(task, line)._replace(state=TaskState.CLAIMED, owners=owners, progress=progress, respond=stop(task.respond, now))


def assign(task: Task, ladder: Ladder, now: datetime, line: Line, owner: str) -> Task:
    """The coordinator gives it to somebody: the ladder starts again at its foot, for that person."""
    progress = begin(ladder, now)._replace(told=task.progress.told, told_at=task.progress.told_at)
    return noted(task, line._replace(to=owner))._replace(state=TaskState.OPEN, owners=(owner,), progress=progress)


def give_back(task: Task, ladder: Ladder, now: datetime, line: Line) -> Task:
    """With whoever else owes it, who is told first now; or nobody's again, and then it goes to the coordinator at once."""
    owners = tuple(owner for owner in task.owners if owner != line.by)
    progress = task.progress._replace(acked_by="", acked_until=None)
    loud = progress._replace(step=0, repeats=0, look=now) if owners else to_the_top(progress, ladder, now)
    return noted(task, line)._replace(state=TaskState.OPEN, owners=owners, progress=loud)


def step_back(task: Task, line: Line) -> Task:
    """One who owes it too is off it, on leave perhaps: whoever has taken it on goes on undisturbed."""
    return noted(task, line)._replace(owners=tuple(owner for owner in task.owners if owner != line.by))


def finish(task: Task, now: datetime, line: Line, state: TaskState) -> Task:
    """Done, confirmed or cancelled: both clocks stop; the first stop counts."""
    return noted(task, line)._replace(state=state, respond=stop(task.respond, now), solve=stop(task.solve, now))


def run_again(task: Task, ladder: Ladder, now: datetime, line: Line, least: timedelta) -> Task:
    """Reopened: a stated minimum is left, and nothing escalates at once."""
    progress = begin(ladder, now)._replace(told=task.progress.told, told_at=task.progress.told_at)
    return noted(task, line)._replace(state=TaskState.OPEN, solve=reopen(task.solve, now, least), progress=progress)


def answered(task: Task, key: str) -> bool:
    """Was this request carried out before? ``key`` is ``<request>:<digest of its payload>``; Problem 422 if the payload was another."""
    request = key.partition(":")[0]
    known = [line.key for line in task.lines if request and line.key.partition(":")[0] == request]
    if known and key not in known:
        raise key_reused()
    return bool(known)


def holder(task: Task) -> str:
    """Who has claimed it, "" if nobody."""
    return next((line.by for line in reversed(task.lines) if line.act == Act.CLAIM), "") if task.state is TaskState.CLAIMED else ""


def doer(task: Task) -> str:
    """Who said that it is done, "" where a visit settled it."""
    return next((line.by for line in reversed(task.lines) if line.act == Act.DONE), "")


def noted(task: Task, line: Line) -> Task:
    """One line of history more."""
    return task._replace(lines=(*task.lines, line)[-MOST_STEPS:])
