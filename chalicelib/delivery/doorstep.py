"""Who is brought theirs to the door from the start. Pure."""

from datetime import date

from chalicelib.register.rules import Home
from chalicelib.shared.tiers import Tier

HARD_TO_WALK = frozenset({"mobility"})


def to_the_door(home: Home, day: date) -> bool:
    """Homes that cannot be asked to come to a shelf: red, yellow, isolated, or with somebody who walks badly."""
    facts = {fact for person in home.people for fact in person.facts}
    return home.tier is not Tier.GREEN or home.isolated_on(day) or bool(facts & HARD_TO_WALK)
