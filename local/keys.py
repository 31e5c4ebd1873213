"""Passwords, links and codes of the local stack: derived from its secret, so that every start shows the same ones."""

import base64

from local.place import Place


def staff_password(place: Place, username: str) -> str:
    """Twelve and more characters with letters and a digit, as the pool asks for."""
    letters = base64.b32encode(place.derive(f"password {username}"))[:12].decode().lower()
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}-7"


def home_randomness(place: Place, compound: str, home: str, tenancy: str) -> bytes:
    """What the link of a home's card is minted from; another tenancy gets another."""
    return place.derive(f"link {compound} {home} {tenancy}")


def code_randomness(place: Place, compound: str, home: str, tenancy: str) -> bytes:
    return place.derive(f"code {compound} {home} {tenancy}")
