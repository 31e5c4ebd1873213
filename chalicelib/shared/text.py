"""Text as people type it, fit to be stored, listed and sent on."""

import re
import unicodedata

INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
JOINER = "\u200d"
"""Holds the parts of one emoji together."""
_CALLS = str.maketrans("@<>", "＠＜＞")
_point = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_])|(?<=[^\W\d_])\.(?=\w)")
_slashes = re.compile(r":?//")
_gaps = re.compile(r"\n{3,}")


def clean(note: str) -> str:
    """Without the invisible characters that garble a list or forge a log line."""
    kept = (letter if letter not in "\r\n\t" else " " for letter in note)
    return "".join(letter for letter in kept if letter == JOINER or unicodedata.category(letter) not in INVISIBLE).strip()


_PHONE = re.compile(r"\+?\d[\d -]{1,22}\d(?:\s?转\s?\d{1,6})?")


def is_phone(text: str) -> bool:
    """Digits as people group them, with an optional ``+86`` and extension."""
    return bool(_PHONE.fullmatch(text)) and 3 <= sum(character.isdigit() for character in text) <= 20


def paragraphs(text: str) -> str:
    """The same for a text of several lines: none of them blank at either end, and no two blank ones in a row."""
    return _gaps.sub("\n\n", "\n".join(clean(line) for line in text.splitlines())).strip()


def harmless(text: str) -> str:
    """Text as a group robot may carry it: nobody is called by it, and nothing in it can be opened.

    Signs that a chat acts upon become their wide twins, which read the same: ``@all``, Feishu's ``<at>`` tags, the points of an address.
    """
    return _slashes.sub("：／／", _point.sub("．", text.translate(_CALLS)))
