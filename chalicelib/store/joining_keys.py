"""The keys of those who would like to be volunteers. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def applications(compound: str) -> str:
    return f"{compound}#JOIN"


def application(compound: str, identity: str) -> Key:
    return Key(applications(compound), f"BY#{identity}")


def application_tries(compound: str) -> Key:
    """How many applied within the hour: the page is open to everybody."""
    return Key(applications(compound), "HOUR")
