"""What the routes of tickets take and give."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.register.answers import Contact, Named
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.tiers import Tier
from chalicelib.tickets.incident_answers import IncidentAnswer
from chalicelib.tickets.rules import LONGEST_TEXT, Origin, TicketState, Verdict

Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Number = Annotated[str, Meta(max_length=20)]


class TicketBody(msgspec.Struct, forbid_unknown_fields=True):
    """What a family reports. ``subkind`` says what is broken, for a repair only; ``same`` the ticket that somebody else has on it."""

    kind: TicketKind
    subkind: Subkind = Subkind.NONE
    text: Text = ""
    same: Number = ""


class DeskOrigin(StrEnum):
    PHONE = Origin.PHONE.value
    DESK = Origin.DESK.value
    GROUP = Origin.GROUP.value


class DeskBody(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody said on the phone, at the desk or in a floor group, about a home, a building, or, both left out, the compound."""

    kind: TicketKind
    subkind: Subkind = Subkind.NONE
    text: Text = ""
    origin: DeskOrigin = DeskOrigin.PHONE
    home: Annotated[str, Meta(max_length=20)] = ""
    building: Annotated[str, Meta(max_length=20)] = ""
    group: Annotated[str, Meta(max_length=40)] = ""
    same: Number = ""


class JudgeBody(msgspec.Struct, forbid_unknown_fields=True):
    """``rating`` is 1 to 5, 0 for none."""

    verdict: Verdict
    rating: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Annotated[str, Meta(max_length=200)] = ""


class PhotoBody(msgspec.Struct, forbid_unknown_fields=True):
    """Nothing to say: the ticket stands in the address."""


class Next(StrEnum):
    """What happens next: somebody answers, it is done, it waits, the family says how it was; or nothing more."""

    RESPOND = "respond"
    SOLVE = "solve"
    WAIT = "wait"
    JUDGE = "judge"
    NOTHING = "nothing"


class TicketLine(msgspec.Struct):
    """One line of feedback; ``who`` is "" for the family itself and for what happened by itself."""

    at: str
    what: str
    who: str
    note: str


class TicketAnswer(msgspec.Struct, kw_only=True):
    """A ticket as its family reads it. ``by`` is when what happens next is due, "" where nothing is; ``late`` says that it is past.

    ``photos`` is how many there are to see.
    """

    id: str
    kind: TicketKind
    subkind: Subkind
    text: str
    state: TicketState
    made: str
    lines: list[TicketLine]
    next: Next
    by: str
    late: bool
    rating: int
    same: str
    incident: str
    photos: int


class PhotoForm(msgspec.Struct):
    """A place for one photo: post the fields, and the picture last as ``file``, to ``to`` within ten minutes; then say that it is there."""

    photo: str
    to: str
    fields: dict[str, str]
    largest: int


class PhotoAnswer(msgspec.Struct):
    """``url`` shows the picture for five minutes; ``who`` is "" for the family itself."""

    id: str
    at: str
    who: str
    url: str


class PhotosAnswer(msgspec.Struct):
    """The photos of one ticket, the oldest first; ``room`` for how many more."""

    photos: list[PhotoAnswer]
    room: int


class LikelyAnswer(msgspec.Struct):
    """Somebody in the same building has reported the same within three days: what and in which half-day, never who.

    ``2026-11-22-am``: a neighbour who heard a door at 9:05 learns nothing from it.
    """

    id: str
    subkind: Subkind
    half_day: str
    taken: bool


class HomeTicketsAnswer(msgspec.Struct):
    """A family's tickets, the newest first, and what may be the same as what it is about to report."""

    now: str
    tickets: list[TicketAnswer]
    likely: list[LikelyAnswer]


class StaffTicketAnswer(TicketAnswer, kw_only=True):
    """A ticket as the staff reads it. ``task`` is its work; ``like`` are earlier complaints of the same."""

    task: str
    home: str
    label: str
    place: str
    origin: Origin
    group: str
    tier: Tier
    owners: list[Named]
    holder: str
    holder_name: str
    contact: Contact | None
    like: list[str]


class QuestionFigures(msgspec.Struct):
    """Today's questions: how many, how many are answered, and how long they took or have taken, in seconds of service time."""

    count: int
    answered: int
    median: int
    worst: int
    limit: int


class TicketsAnswer(msgspec.Struct):
    """The tickets of the caller's scope: open ones, the most pressing first, and those closed today. ``answers`` are what is often said."""

    now: str
    open: list[StaffTicketAnswer]
    closed: list[StaffTicketAnswer]
    questions: QuestionFigures
    answers: list[str]
    incidents: list[IncidentAnswer]
    buildings: list[Named]
