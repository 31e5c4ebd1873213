"""A hand-out round: how much of a good each home gets, by tier and family size, and which homes have signed for it. Pure."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.register.rules import Home, Register
from chalicelib.shared.tiers import Tier


class Round(NamedTuple):
    """``each`` so much a home of a tier and ``head`` more for each of its people; from one place, for some ``grids`` or, without any, for all."""

    id: str
    good: str
    place: str
    name: str
    each: dict[Tier, int]
    head: int
    grids: tuple[str, ...]
    by: str
    made: datetime
    asked: str
    closed: datetime | None = None
    closed_by: str = ""
    closed_key: str = ""
    version: int = 0

    def owed(self, home: Home) -> int:
        """0 for a home that gets nothing."""
        if not home.lived_in or (self.grids and home.grid not in self.grids):
            return 0
        base = self.each.get(home.tier, 0)
        return base + self.head * len(home.people) if base or self.head else 0


class Signed(NamedTuple):
    """A home has had its part: ``card`` if its card was scanned for it, else by word."""

    home: str
    tenancy: str
    amount: int
    by: str
    at: datetime
    card: bool
    key: str


def owed_homes(register: Register, wanted: Round) -> list[Home]:
    """As one walks past them."""
    return sorted((home for home in register.homes if wanted.owed(home)), key=lambda home: home.place)
