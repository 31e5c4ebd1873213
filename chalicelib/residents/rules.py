"""Capability links and card codes: what they look like and what is stored of them. Pure."""

import hashlib
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.letters import heard, is_spelled, spelled

CODE_LENGTH = 10
"""Ten letters carry 50 bits and can be read out on the phone."""

CODE_FAILURES = 5
LIVE_LINKS = 4


class LinkState(StrEnum):
    """``issued`` until first used, then ``active``; ``revoked`` for good."""

    ISSUED = "issued"
    ACTIVE = "active"
    REVOKED = "revoked"


class HomeLink(NamedTuple):
    """What is known of a home's link; the link itself is known to nobody but its holder."""

    digest: str
    home: str
    tenancy: str
    state: LinkState
    replaces: tuple[str, ...]
    version: int


class Card(NamedTuple):
    """One printed card: the digest of its link and the hash of its code."""

    digest: str
    code_hash: str
    key: str = ""
    """The idempotency key it was printed under, so that a repeat prints no second one."""


class HomeCards(NamedTuple):
    """The cards of a home that still open the door, oldest first; ``edition`` counts all ever printed."""

    cards: tuple[Card, ...]
    edition: int
    version: int
    revoked: tuple[str, int] = ("", 0)
    """The key of the last revocation and how many cards it ended: the answer to its repeat."""


def read_code(text: str) -> str:
    """A code as typed or read out → its ten letters, or "" if it cannot be one."""
    code = heard(text)
    return code if is_spelled(code, CODE_LENGTH) else ""


def code_from(random_bytes: bytes) -> str:
    """Ten letters from at least 50 random bits."""
    return spelled(int.from_bytes(random_bytes, "big"), CODE_LENGTH)


def shown(code: str) -> str:
    """As printed: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def hash_code(compound: str, home: str, code: str) -> str:
    """scrypt (RFC 7914), since 50 bits alone would not outlast a stolen table; salted by the home it belongs to."""
    return hashlib.scrypt(code.encode(), salt=f"{compound}#{home}".encode(), n=2**12, r=8, p=1, dklen=16).hex()
