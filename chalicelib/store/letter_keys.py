"""Every key of the letters' own table on one page. The first part of every partition is the compound."""

from chalicelib.shared.ids import RESERVED
from chalicelib.store.keys import Key


def letters_table(table: str) -> str:
    """The name of the letters' own table, which only the mailbox's function reads."""
    return f"{table}-letters"


def letter(compound: str, receipt: str) -> Key:
    return Key(f"{compound}#LETTER#{receipt}", "LETTER")


def letter_secret(compound: str, digest: str) -> Key:
    return Key(f"{compound}#SECRET#{digest}", "SECRET")


def waiting_letters(compound: str) -> str:
    return f"{compound}#WAITING"


def waiting_letter(compound: str, half_day: str, receipt: str) -> Key:
    """Letters without a result, so that a list of them never grows with what was answered."""
    return Key(waiting_letters(compound), f"{half_day}#{receipt}")


def answered_letters(compound: str, month: str) -> str:
    return f"{compound}#ANSWERED#{month}"


def answered_letter(compound: str, half_day: str, receipt: str) -> Key:
    """By the month of its result."""
    return Key(answered_letters(compound, half_day[:7]), f"{half_day}#{receipt}")


def box_openings(compound: str, month: str) -> str:
    return f"{compound}#BOX#{month}"


def box_opening(compound: str, day: str) -> Key:
    return Key(box_openings(compound, day[:7]), day)


def lookups(compound: str) -> Key:
    """The bucket of tries that everybody in a compound shares, so that slowing a guesser tells of nobody."""
    return Key(f"{compound}#LOOKUPS", "BUCKET")


def mailbox(compound: str) -> Key:
    """What the mailbox knows of a compound, written by the import: that it is there, and whom to call."""
    return Key(f"{RESERVED}#MAILBOX", compound)
