"""Text as people type it, fit to be stored, listed and sent on."""

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\u200d"
"""Holds the parts of one emoji together."""


def clean(note: str) -> str:
    """Without the invisible characters that garble a list or forge a log line."""
    kept = (letter if letter not in "\r\n\t" else " " for letter in note)
    return "".join(letter for letter in kept if letter == JOINER or unicodedata.category(letter) not in INVISIBLE).strip()
