"""What the routes of errands take and give."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.errands.rules import Want
from chalicelib.register.answers import Contact, Named
from chalicelib.tasks.tasks import TaskKind, TaskState


class ErrandBody(msgspec.Struct, forbid_unknown_fields=True):
    """``text`` is read by every volunteer of the grid; ``door`` is the home it is for, if it is for one."""

    grid: Annotated[str, Meta(max_length=40)]
    want: Want
    text: Annotated[str, Meta(min_length=1, max_length=120)]
    door: Annotated[str, Meta(max_length=30)] = ""


class ErrandAct(StrEnum):
    """What a volunteer does with an errand."""

    CLAIM = "claim"
    RETURN = "return"
    DONE = "done"


class ErrandActBody(msgspec.Struct, forbid_unknown_fields=True):
    """``note`` says what was done, without which nothing is, or why it is given back."""

    act: ErrandAct
    note: Annotated[str, Meta(max_length=200)] = ""


class ErrandLine(msgspec.Struct):
    """One errand. ``place`` is its home where the reader is told it, else the building; ``who`` has it in hand, or did it; ``until`` then
    the claim holds; ``done`` with the words of whoever did it, ``confirmed`` by whom. ``complex``: points only once it is confirmed."""

    id: str
    kind: TaskKind
    want: str
    text: str
    grid: str
    place: str
    home: str
    state: TaskState
    mine: bool
    who: Named | None
    since: str
    until: str = ""
    overdue: bool = False
    done: str = ""
    note: str = ""
    confirmed: str = ""
    complex: bool = False
    contact: Contact | None = None


class Helper(msgspec.Struct):
    """A volunteer whom one may ask: what she can do, and whether she is ``free`` at this time of the week, as far as she has said."""

    id: str
    name: str
    grid: str
    skills: list[str]
    free: str


class OwnBoard(msgspec.Struct):
    """A volunteer's board: what hangs in her grid, and what she did herself within the week; and what is known of her skills and free times."""

    volunteer: Named
    grid: Named
    now: str
    errands: list[ErrandLine]
    skills: list[str]
    times: list[str]


class ErrandsAnswer(msgspec.Struct):
    """The boards of the caller's grids, open ones first; ``grids`` are those she may put something on, ``people`` whom she may ask."""

    now: str
    grids: list[Named]
    errands: list[ErrandLine]
    people: list[Helper]
