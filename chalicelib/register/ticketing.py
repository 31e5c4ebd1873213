"""What tickets are about and how soon each kind is answered and solved, as data of a compound's policy."""

from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Days
from chalicelib.tasks.service import Hours


class TicketKind(StrEnum):
    REPAIR = "repair"
    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    QUESTION = "question"
    NEED = "need"


class Subkind(StrEnum):
    """What is broken; every other kind has none."""

    LEAK = "leak"
    POWER = "power"
    HEATING = "heating"
    GAS = "gas"
    LIFT = "lift"
    OTHER = "other"
    NONE = ""


URGENT = {Subkind.LEAK, Subkind.POWER, Subkind.HEATING, Subkind.GAS}
"""What cannot wait for the morning: somebody is there 24 hours a day."""


class Limits(NamedTuple):
    """How long a response and a solution may take: service time, or wall time for what is ``urgent``."""

    respond: timedelta
    solve: timedelta
    urgent: bool = False


class TicketPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Minutes to a response, hours to a solution. But for urgent kinds they count in service hours, 24 hours as one day of service.

    ``answers`` are what a steward often says to a question.
    """

    hours: tuple[str, str] = ("08:30", "17:30")
    days: Days = Days.WORKDAYS
    urgent_respond: int = 15
    urgent_solve: int = 24
    repair_respond: int = 30
    repair_solve: int = 48
    complaint_respond: int = 240
    complaint_solve: int = 72
    suggestion_respond: int = 480
    suggestion_solve: int = 168
    question_respond: int = 5
    question_solve: int = 24
    need_respond: int = 240
    need_solve: int = 48
    answers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.hours[0] >= self.hours[1]:
            raise ValueError("service opens before it closes, on one day")

    @property
    def service(self) -> Hours:
        return Hours(*self.hours, self.days)

    @staticmethod
    def is_urgent(tier: Tier) -> bool:
        """A red ticket is an urgent one, whatever it is about."""
        return tier is Tier.RED

    def limits(self, kind: TicketKind, urgent: bool) -> Limits:
        """What is promised for a kind."""
        word = "urgent" if urgent else kind.value
        respond, hours = timedelta(minutes=getattr(self, f"{word}_respond")), getattr(self, f"{word}_solve")
        return Limits(respond, timedelta(hours=hours) if urgent else self.service.day * hours / 24, urgent)
