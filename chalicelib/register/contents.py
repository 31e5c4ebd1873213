"""What is printed on the cards and sheets at people's doors: lines of the compound's policy that its staff may rewrite. Pure."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec

from chalicelib.register.policy import Policy
from chalicelib.shared.problems import bad
from chalicelib.shared.text import is_phone

LONGEST_LINE = 100


class Line(StrEnum):
    """``words`` is a sentence of the compound's own."""

    DUTY = "duty"
    EMERGENCY = "emergency"
    TEST_SITE = "test_site"
    HOURS = "hours"
    WORDS = "words"


MEMBERS = {
    Line.DUTY: "duty_phone",
    Line.EMERGENCY: "emergency_phone",
    Line.TEST_SITE: "test_site",
    Line.HOURS: "service_hours",
    Line.WORDS: "door_words",
}
PHONES = {Line.DUTY, Line.EMERGENCY}


class Rewritten(msgspec.Struct, frozen=True):
    """A line as the staff wrote it. It counts for as long as the lists say what they said then, ``was``: a later import is newer."""

    id: str
    line: Line
    was: str
    now: str
    by: str
    made: datetime


def text_of(policy: Policy, line: Line) -> str:
    """As it is printed. Where no hours are written, those in which tickets are worked on."""
    text = str(getattr(policy, MEMBERS[line]))
    return "–".join(policy.tickets.hours) if line is Line.HOURS and not text else text


def newest(lines: Iterable[Rewritten]) -> dict[Line, Rewritten]:
    """Of each line the one that was written last."""
    return {each.line: each for each in sorted(lines, key=lambda each: each.made)}


def in_force(imported: Policy, lines: Iterable[Rewritten]) -> dict[Line, Rewritten]:
    """Of each line what the staff wrote last, unless the lists have changed it since."""
    return {line: each for line, each in newest(lines).items() if text_of(imported, line) == each.was}


def rewritten(imported: Policy, lines: Iterable[Rewritten]) -> Policy:
    """The policy with what counts of it."""
    changed = {MEMBERS[line]: each.now for line, each in in_force(imported, lines).items()}
    return msgspec.structs.replace(imported, **changed) if changed else imported


def check_line(line: Line, text: str) -> None:
    """Problem 400 for a phone number that is none, and for a duty phone that would be nobody's."""
    if line is Line.DUTY and not text:
        raise bad("text", "值班电话不能空着。", "The duty phone cannot be left out.", field="text")
    if line in PHONES and text and not is_phone(text):
        raise bad(
            "text", "电话号码只能有数字、空格和 -，至少 3 位。", "A phone number has digits, spaces and - only, 3 at least.", field="text"
        )
