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


FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs by their category that are blank to the eye."""


def clean(note: str) -> str:
    """Without the invisible characters that garble a list or forge a log line; "" if nothing is left that can be seen."""
    kept = (letter if letter not in "\r\n\t" else " " for letter in note)
    shown = "".join(letter for letter in kept if letter == JOINER or unicodedata.category(letter) not in INVISIBLE).strip()
    return shown if any(is_seen(letter) for letter in shown) else ""


def is_seen(letter: str) -> bool:
    """Does it show by itself? No blank does, nor a mark without its letter."""
    return unicodedata.category(letter)[0] not in "CZM" and letter not in FILLERS


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
