"""Applications of those who would like to be volunteers: what they say, whose they are to decide, and how many a grid lacks. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.recruits import digits
from chalicelib.register.rules import Grid, Register, Staff, Volunteer
from chalicelib.shared.problems import Problem

MOST_AN_HOUR, MOST_A_DAY = 30, 120
"""The page is open to everybody, and somebody has to read what comes of it."""
FEWEST, MOST = 5, 8
"""A grid has five to eight volunteers."""


class State(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


class Said(NamedTuple):
    """What somebody wrote on the page. ``where`` is a home or a building as people write it; nothing tells her whether we know it."""

    name: str
    phone: str
    where: str
    skills: tuple[str, ...]
    times: tuple[str, ...]
    why: str


class Decision(NamedTuple):
    at: datetime
    by: str
    grid: str
    reason: str
    key: str


class Application(NamedTuple):
    """``key`` is the request's with its payload's digest; ``version`` 0 before it is stored."""

    id: str
    made: datetime
    said: Said
    key: str
    state: State = State.WAITING
    decision: Decision | None = None
    version: int = 0


def home_of(register: Register, where: str) -> str:
    """The home that is meant, "" if none of ours is."""
    wanted = where.strip().replace("栋", "-").replace("室", "").replace(" ", "").upper()
    return next((home.id for home in register.homes if home.id.upper() == wanted), "")


def grids_of(register: Register, where: str) -> list[Grid]:
    """The grids that what she wrote points to: her home's, or those of her building; all of them, if it points nowhere."""
    home = register.home_by_id.get(home_of(register, where))
    named = "".join(letter for letter in where.split("栋")[0].split("-")[0] if letter.isalnum()).upper()
    met = {home.grid} if home else {each.grid for each in register.homes if each.building.upper() == named}
    return [grid for grid in register.grids if grid.id in met] or list(register.grids)


def may_decide(register: Register, staff: Staff, where: str) -> bool:
    return any(staff.covers_grid(grid.id) for grid in grids_of(register, where))


def known_already(register: Register, phone: str) -> bool:
    """Is somebody with this phone a volunteer?"""
    return bool(digits(phone)) and any(digits(each.phone) == digits(phone) for each in register.volunteers)


def volunteer_of(register: Register, application: Application, grid: str) -> Volunteer:
    """What she is from now on, under an id that the lists may take over."""
    said = application.said
    return Volunteer(recruit_id(application), said.name, said.phone, grid, home_of(register, said.where), said.skills, said.times)


def recruit_id(application: Application) -> str:
    return f"r-{application.id}"


def decided(application: Application, decision: Decision, approve: bool) -> Application:
    return application._replace(state=State.APPROVED if approve else State.DECLINED, decision=decision)


def refused(decision: Decision) -> Problem:
    return Problem(409, "decided-already", "这份报名已经有人定了。", "Somebody has decided this already.", by=decision.by)


def too_many() -> Problem:
    zh, en = (
        "报名的人太多了，请过些时候再试，或打值班电话。",
        "Too many have applied lately. Try later, or call the duty phone.",
    )
    return Problem(429, "too-many", zh, en, retry_after=3600)


def lacks(has: int) -> int:
    """How many volunteers a grid with so many still lacks."""
    return max(0, FEWEST - has)
