"""A ticket's number: short enough to be said on the phone, its month first, its last letter a check. Pure."""

import hashlib
import re
from datetime import datetime

from chalicelib.shared.calendar import local
from chalicelib.shared.letters import LETTERS, check_letter, heard, spelled

_NUMBER = re.compile(rf"(\d\d(?:0[1-9]|1[0-2]))([{LETTERS}]{{5}})")
DRAWN = 4


def number_of(asked: str, now: datetime, salt: int = 0) -> str:
    """``2611-K7Q3M``: the same for the same request in the same month. ``salt`` gives another where somebody else has it."""
    digest = int.from_bytes(hashlib.sha256(f"{asked}:{salt}".encode()).digest()[:4])
    month, drawn = f"{local(now):%y%m}", spelled(digest, DRAWN)
    return f"{month}-{drawn}{check_letter(month + drawn)}"


def read_number(text: str) -> str:
    """A number as typed or said, with or without its dash, in any letters; "" if it cannot be one."""
    found = _NUMBER.fullmatch(heard(text))
    return f"{found[1]}-{found[2]}" if found and check_letter(found[1] + found[2][:DRAWN]) == found[2][DRAWN:] else ""
