"""The keys of what volunteers get for their work. The first part of every partition is the compound."""

from datetime import date

from chalicelib.store.keys import Key


def points_day(compound: str, volunteer: str, day: date) -> Key:
    """What a volunteer was credited with on a day, so that it is never more than the policy's figure."""
    return Key(f"{compound}#POINTS#{volunteer}", f"DAY#{day.isoformat()}")


def shares(compound: str) -> str:
    """What everybody did, by the day: one partition, so that four weeks of a compound are one query."""
    return f"{compound}#SHARE"


def share(compound: str, day: date, volunteer: str) -> Key:
    return Key(shares(compound), f"{day.isoformat()}#{volunteer}")


def reservations(compound: str) -> str:
    """Rewards that wait to be handed over, and those that were; like tasks, the closed ones sort by day before the open ones."""
    return f"{compound}#REWARD"


def open_reservation(compound: str, reservation: str) -> Key:
    return Key(reservations(compound), f"OPEN#{reservation}")


def closed_reservation(compound: str, day: date, reservation: str) -> Key:
    return Key(reservations(compound), f"DAY#{day.isoformat()}#{reservation}")


def hours(compound: str, reward: str) -> str:
    """The hours of a service that may be booked."""
    return f"{compound}#HOURS#{reward}"


def hour(compound: str, reward: str, starts: str) -> Key:
    """``starts`` is UTC."""
    return Key(hours(compound, reward), starts)
