"""Text as people type it, fit to be stored, listed and sent on."""

import re
import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\u200d"
"""Holds the parts of one emoji together."""


def clean(note: str) -> str:
    """Without the invisible characters that garble a list or forge a log line."""
    kept = (letter if letter not in "\r\n\t" else " " for letter in note)
    return "".join(letter for letter in kept if letter == JOINER or unicodedata.category(letter) not in INVISIBLE).strip()


_PHONE = re.compile(r"\+?\d[\d -]{1,22}\d(?:\s?转\s?\d{1,6})?")


def is_phone(text: str) -> bool:
    """Digits as people group them, with an optional ``+86`` and extension."""
    return bool(_PHONE.fullmatch(text)) and 3 <= sum(character.isdigit() for character in text) <= 20
