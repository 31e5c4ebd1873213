"""How much care somebody needs, in three colours."""

from collections.abc import Iterable
from enum import StrEnum


class Tier(StrEnum):
    """Three-colour resident file 三色档案, mildest first."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def order(self) -> int:
        return _ORDER[self]


_ORDER = {tier: order for order, tier in enumerate(Tier)}


def worst(tiers: Iterable[Tier]) -> Tier:
    """The tier that decides when several apply; green for none."""
    return max(tiers, key=lambda tier: tier.order, default=Tier.GREEN)
