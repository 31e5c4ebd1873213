"""How answers say what somebody did."""

from collections import Counter

import msgspec


class Did(msgspec.Struct):
    """So many pieces of work of one kind."""

    what: str
    n: int


def dids(did: Counter[str]) -> list[Did]:
    """The most frequent first."""
    return [Did(kind, n) for kind, n in did.most_common()]
