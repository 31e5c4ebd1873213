"""The keys of what is printed and hangs at people's doors. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def copies(compound: str) -> str:
    return f"{compound}#COPY"


def copy(compound: str, home: str, tenancy: str) -> Key:
    """Both kinds of one family's door. A home begins with its building, so that a building's are one range."""
    return Key(copies(compound), f"{home}#{tenancy}")
