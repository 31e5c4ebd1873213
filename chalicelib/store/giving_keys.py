"""The keys of what volunteers get for their work. The first part of every partition is the compound."""

from datetime import date

from chalicelib.store.keys import Key


def points_day(compound: str, volunteer: str, day: date) -> Key:
    """What a volunteer was credited with on a day, so that it is never more than the policy's figure."""
    return Key(f"{compound}#POINTS#{volunteer}", f"DAY#{day.isoformat()}")
