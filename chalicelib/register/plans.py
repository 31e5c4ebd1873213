"""What a compound promises its homes over and over, as data of its policy: the tiers it is for, when, by whom, up which ladder."""

from datetime import date
from enum import StrEnum

import msgspec

from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Days


class OwnerRule(StrEnum):
    """Whose a visit is: the home's steward and volunteer together, or one of them."""

    PAIR = "pair"
    STEWARD = "steward"
    VOLUNTEER = "volunteer"


class PlanPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """One promise. Windows are local ``HH:MM``–``HH:MM``; the days are every day, every ``every`` days from ``anchor``, ``weekdays`` or ``dates``; ``days``
    says what holidays do to them."""

    kind: str
    tiers: tuple[Tier, ...]
    windows: tuple[tuple[str, str], ...]
    owner: OwnerRule
    ladder: str = "visit"
    every: int = 1
    anchor: date = date(2026, 1, 1)
    weekdays: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    days: Days = Days.EVERY

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError(f"the plan {self.kind} has no windows")
        if self.every < 1 or any(not 1 <= weekday <= 7 for weekday in self.weekdays):
            raise ValueError(f"the plan {self.kind} falls on no day")


DEFAULT_PLANS = (
    PlanPolicy("home_visit", (Tier.RED,), (("08:00", "10:00"), ("16:00", "18:00")), OwnerRule.PAIR),
    PlanPolicy("medicine_run", (Tier.YELLOW,), (("09:00", "18:00"),), OwnerRule.STEWARD, every=14),
)
