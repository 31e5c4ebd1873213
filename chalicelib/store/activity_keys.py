"""The keys of activities. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def activities(compound: str) -> str:
    return f"{compound}#ACTIVITY"


def activity(compound: str, identity: str) -> Key:
    """An id begins with when the activity does, so that what is still to come is one range."""
    return Key(activities(compound), identity)
