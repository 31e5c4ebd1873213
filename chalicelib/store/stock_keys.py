"""The keys of stock beside the ledger: what was used up, and hand-out rounds. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def uses(compound: str) -> str:
    return f"{compound}#USE"


def use(compound: str, month: str, good: str) -> Key:
    """What was used of a good on each day of a month, ``2026-11``."""
    return Key(uses(compound), f"{month}#{good}")


def rounds(compound: str) -> str:
    """Hand-out rounds; like tasks, the closed ones sort by day before the open ones."""
    return f"{compound}#HANDOUT"


def open_round(compound: str, identity: str) -> Key:
    return Key(rounds(compound), f"OPEN#{identity}")


def closed_round(compound: str, day: str, identity: str) -> Key:
    return Key(rounds(compound), f"DAY#{day}#{identity}")


def receipts(compound: str, identity: str) -> str:
    """The homes that have had their part in a round."""
    return f"{compound}#HANDOUT#{identity}"


def receipt(compound: str, identity: str, home: str, tenancy: str) -> Key:
    return Key(receipts(compound, identity), f"{home}#{tenancy}")
