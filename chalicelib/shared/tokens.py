"""Capability links: what they look like, how they are minted, and what is stored of them."""

import base64
import hashlib
import re
import secrets

from chalicelib.shared.ids import CompoundId, is_compound_id

TOKEN_BYTES = 20
"""160 random bits; OWASP ASVS 5.0 11.5.1 asks for at least 128."""

_TOKEN = re.compile(r"([a-z0-9]+)\.([A-Za-z0-9_-]{22,64})")


def mint(compound: str, randomness: bytes | None = None) -> str:
    """A new link for a page's fragment. Locally the randomness derives from the laptop's secret, so that links survive a restart."""
    random = randomness or secrets.token_bytes(TOKEN_BYTES)
    return f"{compound}.{base64.urlsafe_b64encode(random[:TOKEN_BYTES]).decode().rstrip('=')}"


def compound_of(token: str) -> CompoundId | None:
    """The compound a link names, or None if this is no link."""
    match = _TOKEN.fullmatch(token)
    return CompoundId(match[1]) if match and is_compound_id(match[1]) else None


def digest_of(token: str) -> str:
    """What is stored of a link: its SHA-256. It has too many random bits for a slower hash to add anything."""
    return hashlib.sha256(token.encode()).hexdigest()
