"""The two numbers of a letter: a short receipt that shows its state, a long secret that opens it; and how guessing is slowed. Pure."""

import hashlib
from datetime import datetime
from typing import NamedTuple

from chalicelib.shared.letters import heard, is_spelled, spelled

SECRET_LENGTH = 20
"""A hundred random bits in four groups of five letters, to be written down or photographed."""


def read_secret(text: str) -> str:
    """A secret as typed → its twenty letters, or "" if it cannot be one."""
    secret = heard(text)
    return secret if is_spelled(secret, SECRET_LENGTH) else ""


def secret_from(random: bytes) -> str:
    return spelled(int.from_bytes(random, "big"), SECRET_LENGTH)


def digest_of(compound: str, secret: str) -> str:
    """All that is stored of a secret; it has too many random bits for a slower hash to add anything."""
    return hashlib.sha256(f"{compound}.{secret}".encode()).hexdigest()


RECEIPT_DIGITS = 8


def receipt_from(number: int) -> str:
    """Eight digits and a check digit, which sees every wrong digit and every two swapped (Damm, 2004)."""
    digits = f"{number % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"
    return digits + str(_damm(digits))


def read_receipt(text: str) -> str:
    """A receipt as typed or read out → its nine digits, or "" if it cannot be one."""
    digits = "".join(str(int(letter)) for letter in text if letter.isdecimal())
    return digits if len(digits) == RECEIPT_DIGITS + 1 and _damm(digits) == 0 else ""


_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2), (7, 0, 9, 2, 1, 5, 4, 8, 6, 3), (4, 2, 0, 6, 8, 7, 1, 3, 5, 9), (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8), (3, 6, 7, 4, 2, 0, 9, 5, 8, 1), (5, 8, 6, 9, 7, 2, 0, 1, 3, 4), (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5), (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)  # fmt: skip


def _damm(digits: str) -> int:
    row = 0
    for digit in digits:
        row = _DAMM[row][int(digit)]
    return row


class Bucket(NamedTuple):
    """How many tries are left for everybody in a compound together; it fills up again with every slot of ten minutes."""

    left: int
    slot: int
    version: int = 0


TRIES, TRIES_A_SLOT = 30, 5


def slot_of(moment: datetime) -> int:
    return int(moment.timestamp()) // 600


def taken(bucket: Bucket, moment: datetime) -> Bucket | None:
    """The bucket with one try less, or None if it is empty."""
    slot = slot_of(moment)
    left = min(TRIES, bucket.left + TRIES_A_SLOT * max(0, slot - bucket.slot))
    return None if left < 1 else Bucket(left - 1, max(slot, bucket.slot), bucket.version)
