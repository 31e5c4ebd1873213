"""Errands for a grid's volunteers: who may put one on the board, what it is, and what a volunteer may do with it. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.policy import Policy
from chalicelib.register.rules import Grid, Home, Register, Staff, Volunteer
from chalicelib.shared.problems import Problem, absent
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.errands import KINDS, LADDER, grid_of, hers_to_finish, hung, id_of
from chalicelib.tasks.tasks import Act, Allowance, Line, Task, TaskKind, opened


class Want(StrEnum):
    """What is wanted. ``mediation`` is neighbours who do not get on; it counts once somebody else has confirmed it."""

    HANDING_OUT = "handing_out"
    SHOPPING = "shopping"
    COMPANY = "company"
    MEDIATION = "mediation"
    OTHER = "other"


class Draft(NamedTuple):
    """``home`` where it is for one family; ``key`` ends in the payload's digest."""

    grid: str
    want: Want
    text: str
    home: Home | None
    by: str
    key: str


def open_to(register: Register, staff: Staff) -> list[Grid]:
    """The grids on whose boards this person may put something: those she leads, and those in which she sees a home."""
    seen = {home.grid for home in register.homes if staff.covers(home)}
    return [grid for grid in register.grids if staff.covers_grid(grid.id) or grid.id in seen]


def in_scope(register: Register, staff: Staff, task: Task) -> bool:
    """Does it hang on a board on which she may put something herself? True for every other task."""
    return task.kind not in KINDS or any(grid.id == grid_of(task) for grid in open_to(register, staff))


def made(policy: Policy, draft: Draft, now: datetime) -> Task:
    """On the board, nobody's yet."""
    kind = TaskKind.MEDIATION if draft.want is Want.MEDIATION else TaskKind.ERRAND
    about = {"category": draft.want.value, "about": draft.text, "tier": Tier.GREEN}
    if draft.home:
        about |= {"home": draft.home.id, "tenancy": draft.home.tenancy}
    ladder = policy.every_ladder[LADDER]
    times = Allowance(timedelta(minutes=policy.respond_minutes[Tier.GREEN]), timedelta(hours=policy.solve_hours[Tier.GREEN]))
    task = opened(id_of(draft.grid, draft.key), kind, (LADDER, ladder), now, times, (), **about)
    return task._replace(progress=hung(ladder, now), lines=(Line(now, draft.by, "opened", key=draft.key),))


def check_hers(volunteer: Volunteer, task: Task) -> None:
    """Problem 404 for what does not hang on her grid's board."""
    if grid_of(task) != volunteer.grid:
        raise absent()


def check_act(moved: Task, volunteer: str, act: Act) -> None:
    """``moved`` is the task after the act. Problem 409 for what somebody else was given, and for what she has not, or no longer, in hand."""
    others = [owner for owner in moved.owners if owner != volunteer]
    if act is Act.CLAIM and others:
        raise Problem(409, "already-taken", "已经有人在做了。", "Somebody is already on it.", by=others[0])
    if act is Act.DONE and not hers_to_finish(moved, volunteer):
        zh, en = "这件事现在不在您名下，请先认领。", "This is not in your hands now. Please take it on first."
        raise Problem(409, "not-yours", zh, en, by=next(iter(others), ""))
