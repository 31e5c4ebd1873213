"""The keys of solved cases. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def cases(compound: str) -> str:
    """What waits and what is published, side by side: a card for each thing somebody chose to tell, so there are never many."""
    return f"{compound}#CASE"


def case_draft(compound: str, case: str) -> Key:
    return Key(cases(compound), f"DRAFT#{case}")


def published_case(compound: str, month: str, case: str) -> Key:
    """By the month that stands on it, ``2026-11``; these sort after all drafts."""
    return Key(cases(compound), f"OUT#{month}#{case}")


def cases_changed(compound: str) -> Key:
    """Written with everything that changes what the public reads: it carries the news, so a release of forty cards is told once."""
    return Key(cases(compound), "CHANGED")
