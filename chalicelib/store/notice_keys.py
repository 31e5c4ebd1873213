"""The keys of notices. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def notices(compound: str) -> str:
    """Drafts, and what is said now or was lately; what is over lies under the month it was drafted in."""
    return f"{compound}#NOTICE"


def notice(compound: str, notice: str) -> Key:
    return Key(notices(compound), notice)


def past_notices(compound: str, month: str) -> str:
    """``month`` is ``2026-11``."""
    return f"{compound}#NOTICE#{month}"


def past_notice(compound: str, notice: str) -> Key:
    """A notice's id begins with its month: ``2611-9f3c…``."""
    return Key(past_notices(compound, f"20{notice[:2]}-{notice[2:4]}"), notice)
