"""What people type, made fit to be kept."""

import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\u200d"
"""Holds the parts of one emoji together."""


def cleaned(text: str) -> str:
    """Text as people type it: without the invisible characters that garble a list or forge a log line."""
    kept = (letter if letter not in "\r\n\t" else " " for letter in text)
    return "".join(letter for letter in kept if letter == JOINER or unicodedata.category(letter) not in INVISIBLE).strip()
