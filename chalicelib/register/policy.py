"""A compound's own figures, and what counts where it says nothing: frozen values, part of its register."""

from datetime import date
from enum import StrEnum

import msgspec

from chalicelib.register.delivering import DeliveryPolicy
from chalicelib.register.giving import PointsPolicy, SupplyPolicy
from chalicelib.register.ladders import with_defaults
from chalicelib.register.patrolling import PatrolPolicy
from chalicelib.register.plans import DEFAULT_PLANS, PlanPolicy, TripPolicy
from chalicelib.register.ticketing import TicketPolicy
from chalicelib.register.tiering import DEFAULT_RULES, TierRule
from chalicelib.register.watching import WatchPolicy
from chalicelib.shared.calendar import at
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.ladders import Ladder, Ladders


class Rhythm(StrEnum):
    """How often solved cases are released: whoever releases seldom may say more of each."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Policy(msgspec.Struct, frozen=True, omit_defaults=True):
    """The compound's own figures. Times are local ``HH:MM``."""

    duty_phone: str
    emergency_phone: str = ""
    test_site: str = ""
    service_hours: str = ""
    door_words: str = ""
    self_report_opens: str = "00:00"
    self_report_closes: str = "10:00"
    self_report_tiers: tuple[Tier, ...] = (Tier.GREEN,)
    robots: dict[str, str] = {}
    """Whom to reach how: a person's, or the duty team's, addresses in the order they are tried, separated by a blank."""
    sms: bool = True
    """Do people with a mobile phone get text messages?"""
    tier_rules: tuple[TierRule, ...] = DEFAULT_RULES
    plans: tuple[PlanPolicy, ...] = DEFAULT_PLANS
    trips: TripPolicy = TripPolicy()
    tickets: TicketPolicy = TicketPolicy()
    points: PointsPolicy = PointsPolicy()
    delivery: DeliveryPolicy = DeliveryPolicy()
    supplies: SupplyPolicy = SupplyPolicy()
    patrols: PatrolPolicy = PatrolPolicy()
    ladders: dict[str, Ladder] = {}
    """Those that are other than the defaults; ``every_ladder`` has them all."""
    watch: WatchPolicy = WatchPolicy()
    open311: tuple[float, float] | None = None
    """Latitude and longitude that stand for every place of the compound in Open311; None where it takes no part."""
    quiet: tuple[str, str] = ("22:00", "07:00")
    daily_check: str = "09:00"
    """When the compound looks at itself: who cannot be reached, whether the table of holidays ends."""
    case_release: Rhythm = Rhythm.MONTHLY
    respond_minutes: dict[Tier, int] = msgspec.field(default_factory=lambda: {Tier.RED: 60, Tier.YELLOW: 240, Tier.GREEN: 480})
    solve_hours: dict[Tier, int] = msgspec.field(default_factory=lambda: {Tier.RED: 24, Tier.YELLOW: 48, Tier.GREEN: 72})
    most_work: int = 30
    """Whoever has so many visits and tasks on a day counts as missing for more."""
    pause_hours: dict[Tier, int] = msgspec.field(default_factory=lambda: {Tier.RED: 24, Tier.YELLOW: 72, Tier.GREEN: 168})

    def __post_init__(self) -> None:
        if at(date(2026, 1, 1), self.self_report_opens) >= at(date(2026, 1, 1), self.self_report_closes):
            raise ValueError("self_report_opens must come before self_report_closes")

    @property
    def every_ladder(self) -> Ladders:
        """The compound's ladders, the defaults among them."""
        return with_defaults(self.ladders)
