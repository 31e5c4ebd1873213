"""Counts of people as they may be shown: none from which a few could be told. Pure."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

MANY = 5
"""Fewer are never said."""


class Hidden(StrEnum):
    """Why a count is not shown: it is small, or a small one could be reckoned from it."""

    FEW = "few"
    WITHHELD = "withheld"


def countable(counts: Mapping[str, int]) -> dict[str, int | Hidden]:
    """A column of counts without the small ones, from which nobody who knows its total can reckon a small one.

    Counts of 1 to 4 are few. Where a reader who knows the total, and these rules, could say of one of them what it is, the next
    smallest is withheld as well, until nobody can or nothing is left (complementary suppression; Willenborg & de Waal, Elements of
    Statistical Disclosure Control, 2001, ch. 6).
    """
    few = [count for count in counts.values() if 0 < count < MANY]
    others = sorted((count, name) for name, count in counts.items() if count >= MANY)
    withheld = next((number for number in range(len(others) + 1) if not _told(few, others[:number])), len(others))
    hidden = {name for _, name in others[:withheld]}
    return {name: _shown(count, name in hidden) for name, count in counts.items()}


def sayable(count: int) -> int | Hidden:
    """A count that stands alone."""
    return _shown(count, False)


def _shown(count: int, withheld: bool) -> int | Hidden:
    if 0 < count < MANY:
        return Hidden.FEW
    return Hidden.WITHHELD if withheld else count


def _told(few: Sequence[int], withheld: Sequence[tuple[int, str]]) -> bool:
    """Does the sum of what is hidden leave a small count but one value?"""
    if not few:
        return False
    rest = sum(few) + sum(count for count, _ in withheld)
    most = min(MANY - 1, rest - (len(few) - 1) - MANY * len(withheld))
    least = 1 if withheld else max(1, rest - (MANY - 1) * (len(few) - 1))
    return least >= most
