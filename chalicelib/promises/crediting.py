"""What volunteers' work brings them: a task's points once it is done, or once somebody else has confirmed it, taken back if it is reopened; a
visit's once somebody was met at the door."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.ledger.rules import Cause, Short
from chalicelib.points.actions import credit, take_back
from chalicelib.points.rules import Work
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, ms_of
from chalicelib.shared.log import log
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Store
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tasks.work import find
from chalicelib.visits.rules import Outcome, Visit

VISIT = "visit"
MET = (Outcome.DONE, Outcome.REFUSED)


class Deed(NamedTuple):
    """Somebody said that a task is done; ``cause`` is this very time, since a task that is reopened may be done again."""

    task: Task
    line: Line

    @property
    def cause(self) -> Cause:
        return Cause("task", f"{self.task.id}@{ms_of(self.line.at)}")

    @property
    def confirmed_by(self) -> str:
        return next((line.by for line in reversed(self.task.lines) if line.act == Act.CONFIRM), "")


def deed_of(task: Task, compound: str) -> Deed | None:
    """Who did it last, if that was no member of staff, whose names begin with the compound's."""
    done = next((line for line in reversed(task.lines) if line.act == Act.DONE), None)
    return Deed(task, done) if done and done.by and not done.by.startswith(f"{compound}.") else None


def hear_of_work(store: Store, now: datetime, standing: Standing, deed: Deed) -> None:
    """News of a task that a volunteer has done. News may come late and in any order: what counts is how the task stands by now."""
    register, line = standing.register, deed.line
    stands = _now(store, now, register.compound, deed)
    if stands is None:
        take_credit_back(store, now, register.compound, line.by, deed.cause)
        return
    work = Work(deed.task.kind.value, deed.cause, day_of(line.at), deed.task.home)
    credit(store, now, register, line.by, work, stands.confirmed_by)


def hear_of_visit(store: Store, now: datetime, standing: Standing, visit: Visit) -> None:
    """A visit brings a point to the first who met somebody at the door, once a slot and family. What is entered stays: nothing is taken back.

    Nobody home brings none, nor what was not needed, which may be said on the phone. Of a visit by the staff nothing is read.
    """
    made = next((entry for entry in visit.entries if entry.outcome in MET), None)
    if made is None or all(each.id != made.by for each in standing.register.volunteers):
        return
    work = Work(VISIT, Cause(VISIT, f"{visit.slot}:{visit.tenancy}"), day_of(made.at), visit.home)
    credit(store, now, standing.register, made.by, work)


def _now(store: Store, now: datetime, compound: str, deed: Deed) -> Deed | None:
    """The same deed as it stands by now; None if the task was opened again since. One that is forgotten stands as it was told."""
    try:
        task = find(store, now, compound, deed.task.id)
    except Problem:
        return None if deed.task.running else deed
    current = deed_of(task, compound)
    return current if current and not task.running and current.cause == deed.cause else None


def take_credit_back(store: Store, now: datetime, compound: str, volunteer: str, cause: Cause) -> None:
    """What a deed brought her that has turned out not to be done. Whoever has spent it keeps it."""
    try:
        take_back(store, now, compound, volunteer, cause, "", Act.REOPEN.value)
    except Short:
        log().warning("points spent", extra={"compound": compound, "cause": cause.kind})
