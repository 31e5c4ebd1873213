"""What a compound promises its homes over and over, as data of its policy: the tiers it is for, when, by whom, up which ladder."""

from datetime import date, timedelta
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
    says what holidays do to them.

    ``goods`` are brought along: words of ours such as ``rice``, or what the compound calls them.
    """

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
    goods: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.windows:
            raise ValueError(f"the plan {self.kind} has no windows")
        if self.every < 1 or any(not 1 <= weekday <= 7 for weekday in self.weekdays):
            raise ValueError(f"the plan {self.kind} falls on no day")


class TripPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Accompanied trips: minutes, but for ``eve``, the local time at which a companion is reminded on the day before.

    ``margin``: the door is expected to open so long before the outing and after it. ``lead``: she is reminded so long before she
    sets out. ``setting_out``, ``coming_back``: so late, and the coordinator is told; ``manager``: so much later the manager.
    """

    margin: int = 30
    eve: str = "20:00"
    lead: int = 60
    setting_out: int = 15
    coming_back: int = 30
    manager: int = 30

    @property
    def margin_time(self) -> timedelta:
        return timedelta(minutes=self.margin)


DEFAULT_PLANS = (
    PlanPolicy("home_visit", (Tier.RED,), (("08:00", "10:00"), ("16:00", "18:00")), OwnerRule.PAIR),
    PlanPolicy("medicine_run", (Tier.YELLOW,), (("09:00", "18:00"),), OwnerRule.STEWARD, every=14),
)
GOODS_VISIT = PlanPolicy(
    "goods_visit", (Tier.RED, Tier.YELLOW), (("09:00", "18:00"),), OwnerRule.PAIR, every=28, goods=("rice", "flour", "oil")
)
"""For a compound that has goods to give: it says so in its policy."""
