"""What the routes of incidents take and give."""

from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.tickets.incidents import Cause

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Number = Annotated[str, Meta(max_length=20)]


class IncidentBody(msgspec.Struct, forbid_unknown_fields=True):
    """Tickets of one cause, what it is, and the line that all of them are told."""

    tickets: Annotated[list[Number], Meta(min_length=1, max_length=40)]
    text: Line
    cause: Cause = Cause.OTHER


class NoticeBody(msgspec.Struct, forbid_unknown_fields=True):
    """What every ticket of an incident is told."""

    text: Line


class IncidentAnswer(msgspec.Struct):
    """``homes`` and ``tickets`` are how many; ``open`` how many of the tickets still are; ``text`` what they were told last."""

    id: str
    cause: Cause
    place: str
    homes: int
    tickets: int
    open: int
    made: str
    text: str
    said: str
