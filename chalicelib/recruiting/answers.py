"""What the routes of recruiting take and give."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chalicelib.recruiting.rules import State
from chalicelib.register.answers import Named
from chalicelib.register.helping import LONGEST_SKILL, MOST_SKILLS, TIMES, Skill

Time = Literal[TIMES]  # type: ignore[valid-type]
Skills = Annotated[list[Skill], Meta(max_length=MOST_SKILLS)]
Times = Annotated[list[Time], Meta(max_length=len(TIMES))]
"""``2am`` is Tuesday morning; ``pm`` from noon, ``ev`` from six."""


class JoinBody(msgspec.Struct, forbid_unknown_fields=True):
    """``where`` is a home or a building, as people write it; ``words`` what else she can do."""

    compound: Annotated[str, Meta(max_length=20)]
    name: Annotated[str, Meta(min_length=1, max_length=30)]
    phone: Annotated[str, Meta(min_length=3, max_length=24)]
    where: Annotated[str, Meta(min_length=1, max_length=20)]
    skills: Skills = []
    words: Annotated[str, Meta(max_length=LONGEST_SKILL)] = ""
    times: Times = []
    why: Annotated[str, Meta(max_length=200)] = ""


class JoinedAnswer(msgspec.Struct):
    """The same for everybody: whether we know her, her home or her phone, is not said."""

    received: str


class DecisionBody(msgspec.Struct, forbid_unknown_fields=True):
    """``grid`` where she is approved for one, ``reason`` where she is not."""

    approve: bool
    grid: Annotated[str, Meta(max_length=40)] = ""
    reason: Annotated[str, Meta(max_length=100)] = ""


class ApplicationLine(msgspec.Struct):
    """``grids`` are those that her place points to; ``home`` "" if what she wrote is none of ours; ``known``: her phone is a volunteer's.

    ``volunteer`` is her id once she is one."""

    id: str
    made: str
    name: str
    phone: str
    where: str
    home: str
    grids: list[str]
    skills: list[str]
    times: list[str]
    why: str
    known: bool
    state: State
    decided: str = ""
    by: str = ""
    reason: str = ""
    volunteer: str = ""


class GridLine(msgspec.Struct):
    """How many volunteers a grid has, and how many it lacks to the fewest it should have."""

    id: str
    name: str
    has: int
    lacks: int


class ApplicationsAnswer(msgspec.Struct):
    """The caller's grids, and who would like to help there: those who wait first. ``link`` is where one applies, ``qr`` the same as an image."""

    now: str
    link: str
    qr: str
    grids: list[GridLine]
    applications: list[ApplicationLine]


class ProfileBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a volunteer can do, ``words`` of her own among it, and when she is free."""

    skills: Skills = []
    words: Annotated[str, Meta(max_length=LONGEST_SKILL)] = ""
    times: Times = []


class ProfileAnswer(msgspec.Struct):
    volunteer: Named
    skills: list[str]
    times: list[str]
