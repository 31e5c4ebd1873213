"""How many points a piece of work is worth to whoever did it. Pure.

None for one's own home; none for complex work that nobody else has confirmed; no more than the policy's figure on a day.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from chalicelib.ledger.rules import Account, Cause
from chalicelib.register.dues import own_home
from chalicelib.register.rules import Register

UNIT = "points"
PERSON = "volunteer/"


def account(volunteer: str) -> Account:
    """What a volunteer has. The word before her id keeps it apart from whatever else holds points."""
    return Account(UNIT, f"{PERSON}{volunteer}")


class Work(NamedTuple):
    """What was done: its ``kind`` (``patrol``, ``trip``), the fact it is credited for once and for good, on which day, for which home."""

    kind: str
    cause: Cause
    day: date
    home: str = ""


class Why(StrEnum):
    """Why a piece of work brought as many points as it did."""

    CREDITED = "credited"
    KNOWN = "known"
    DAY_FULL = "day-full"
    OWN_HOME = "own-home"
    UNCONFIRMED = "unconfirmed"
    NOBODY = "nobody"


class Credited(NamedTuple):
    points: int
    why: Why


class Day(NamedTuple):
    """What a volunteer was credited with on a day, by cause; 0 for what went beyond the day's figure. ``version`` 0 is a day without any."""

    day: date
    causes: dict[str, int]
    version: int = 0

    @property
    def credited(self) -> int:
        return sum(self.causes.values())


def granted(register: Register, volunteer: str, work: Work, day: Day, confirmed_by: str) -> Credited:
    """How many points the work brings, after what the day has brought already."""
    policy = register.policy.points
    if all(each.id != volunteer for each in register.volunteers):
        return Credited(0, Why.NOBODY)
    if work.home and own_home(register, volunteer) == work.home:
        return Credited(0, Why.OWN_HOME)
    if policy.is_complex(work.kind) and confirmed_by in ("", volunteer):
        return Credited(0, Why.UNCONFIRMED)
    points = min(policy.worth(work.kind), policy.a_day - day.credited)
    return Credited(points, Why.CREDITED) if points > 0 else Credited(0, Why.DAY_FULL)
