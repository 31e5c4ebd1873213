"""What the routes of notices take and give, and what is hung on the site."""

from typing import Annotated

import msgspec
from msgspec import Meta, field

from chalicelib.notices.rules import Kind, Progress, Rumour, State, Words
from chalicelib.post.rules import MessageState
from chalicelib.register.answers import Contact, Named
from chalicelib.register.audience import Audience

Version = Annotated[int, Meta(ge=1)]


class ChangeBody(msgspec.Struct, forbid_unknown_fields=True):
    """Other words for a draft; ``version`` is the one that was changed."""

    words: Words
    version: Version


class PublicationBody(msgspec.Struct, forbid_unknown_fields=True):
    """``version`` is the one that somebody looked at before saying yes."""

    version: Version


class WithdrawalBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why it is taken back; whoever was told reads it."""

    reason: Annotated[str, Meta(max_length=80)] = ""


class Linked(msgspec.Struct):
    """Another notice, by its title."""

    id: str
    title: str
    title_en: str


class NoticeAnswer(msgspec.Struct, kw_only=True):
    """A notice as residents read it. ``places`` are those it is for as people call them, ``buildings`` where they are; none for everybody.

    ``corrects`` is the notice it puts right, ``corrected_by`` the one that puts it right.
    """

    id: str
    kind: Kind
    title: str
    text: str
    title_en: str
    text_en: str
    starts: str = field(name="from")
    ends: str = field(name="until")
    published: str
    urgent: bool
    places: list[str]
    buildings: list[str]
    rumour: Rumour | None
    progress: Progress | None
    corrects: Linked | None
    corrected_by: Linked | None


class HomeNoticesAnswer(msgspec.Struct):
    """What is meant for a home, its own and everybody's, the newest first."""

    compound: Named
    now: str
    notices: list[NoticeAnswer]


class Delivery(msgspec.Struct):
    """Floor groups by what became of their message: there, waiting to leave, refused and tried again, not to be reached."""

    arrived: int = 0
    waiting: int = 0
    trying: int = 0
    failed: int = 0


class StaffNotice(NoticeAnswer, kw_only=True):
    """A notice as the staff sees it. ``groups`` and ``homes`` are how many it is for, ``robot`` what a floor group reads.

    ``by`` wrote, published or took it back last, ``reason`` says why. ``delivery`` is there for what was published today or yesterday.
    """

    state: State
    version: int
    open: bool
    audience: Audience
    groups: int
    homes: int
    robot: str
    by: str
    at: str
    reason: str
    mine: bool
    delivery: Delivery | None


class FloorPlace(msgspec.Struct):
    id: str
    name: str
    building: str


class NoticesAnswer(msgspec.Struct):
    """Drafts and notices, the newest first, and the places of the caller's scope that one can be for. ``whole`` says that she may tell all."""

    now: str
    notices: list[StaffNotice]
    buildings: list[Named]
    floors: list[FloorPlace]
    grids: list[Named]
    whole: bool


class MissedGroup(msgspec.Struct):
    """A floor group that has not got it, why, how many homes it has, and whom to phone about it."""

    group: str
    state: MessageState
    why: str
    since: str
    homes: int
    contacts: list[Contact]


class NoticeFile(msgspec.Struct):
    """One notice, and the floor groups that have not got it. ``kept`` is false once the delivery ledger of its day is gone."""

    now: str
    notice: StaffNotice
    missed: list[MissedGroup]
    kept: bool
