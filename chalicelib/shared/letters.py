"""Codes that people read out, write down and type: Crockford's base 32 (Douglas Crockford, 2002). Pure."""

import re
import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U, which are heard and read as other letters; each letter carries five bits."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\-–—·.]")


def spelled(number: int, length: int) -> str:
    """The lowest ``5 * length`` bits of a number as letters."""
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(length))


def heard(text: str) -> str:
    """A code as typed or said → its letters as they were spelled, without what people put between groups; what is no letter of ours stays."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).upper().translate(_READ_AS))


def is_spelled(code: str, length: int) -> bool:
    return len(code) == length and set(code) <= set(LETTERS)


def check_letter(code: str) -> str:
    """One wrong letter always shows: every weight is odd, so that none is lost modulo 32."""
    return LETTERS[sum(LETTERS.find(letter) * (2 * place + 1) for place, letter in enumerate(code)) % 32]
