"""Who is brought theirs to the door: from the start, or from the day on which that family can no longer come down. Pure."""

from datetime import date

from chalicelib.delivery.rules import Parcel
from chalicelib.register.rules import Home, Register
from chalicelib.shared.tiers import Tier

HARD_TO_WALK = frozenset({"mobility"})


def to_the_door(home: Home, day: date) -> bool:
    """Homes that cannot be asked to come to a shelf: red, yellow, isolated, or with somebody who walks badly."""
    facts = {fact for person in home.people for fact in person.facts}
    return home.tier is not Tier.GREEN or home.isolated_on(day) or bool(facts & HARD_TO_WALK)


def as_of(register: Register, parcel: Parcel, day: date) -> Parcel:
    """A parcel on its way, as its home is on a day: whoever has been isolated since it came in is brought it, too."""
    home = register.home_by_id.get(parcel.home)
    comes = parcel.running and not parcel.door and home is not None and home.tenancy == parcel.tenancy and to_the_door(home, day)
    return parcel._replace(door=True) if comes else parcel
