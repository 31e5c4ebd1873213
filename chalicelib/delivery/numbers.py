"""A parcel's number: written on it with a pen, read out and typed. Its building first, its last letter a check. Pure."""

import hashlib
import re
import unicodedata
from datetime import date, timedelta

from chalicelib.shared.letters import LETTERS, check_letter, heard, is_spelled, spelled

NOWHERE = "0"
"""Stands for the building while nobody knows it."""
DRAWN = 3


def number_of(building: str, day: date, seed: str) -> str:
    """``3-P7Q3M``: the same for the same seed on the same day. The first letter after the building is the day of the month."""
    digest = int.from_bytes(hashlib.sha256(f"{building}:{seed}".encode()).digest()[:4])
    letters = LETTERS[day.day] + spelled(digest, DRAWN)
    return f"{building or NOWHERE}-{letters}{_check(building or NOWHERE, letters)}"


def read_number(text: str) -> str:
    """A number as typed, with or without its dash, in any letters; "" if it cannot be one."""
    plain = re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper())
    building, letters = plain[:-5], heard(plain[-5:])
    fits = 1 <= len(building) <= 8 and is_spelled(letters, 5) and _check(building, letters[:-1]) == letters[-1]
    return f"{building}-{letters}" if fits else ""


def building_of(number: str) -> str:
    """The building a parcel goes to, "" while nobody knows it."""
    building = number.rpartition("-")[0]
    return "" if building == NOWHERE else building


def day_of_arrival(number: str, today: date) -> date:
    """The latest day up to today that its letter may mean: right for a month."""
    wanted = LETTERS.index(number[-5])
    return next((day for back in range(62) if (day := today - timedelta(days=back)).day == wanted), today)


def _check(building: str, letters: str) -> str:
    return check_letter(heard(building) + letters)
