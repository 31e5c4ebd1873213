"""Letters of the tree-hole mailbox: what they are called, how urgent they are, what may be done with them. Pure.

A letter knows nobody. The only time there is, is the half-day.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.mailbox.urgency import Urgency, worry, worse
from chalicelib.shared.half_days import HalfDay, read_half_day
from chalicelib.shared.problems import Problem

MOST_LINES = 40
TO_A_RESULT = timedelta(hours=24)


def due(half: HalfDay) -> datetime:
    """When the result of a letter of this half-day is owed: 24 hours from its beginning."""
    return half.begins + TO_A_RESULT


class LetterKind(StrEnum):
    """Something to be solved, or something to be said."""

    PROBLEM = "problem"
    FEELINGS = "feelings"


class LetterState(StrEnum):
    WAITING = "waiting"
    ANSWERED = "answered"


class Source(StrEnum):
    """Written on the page, or copied in from the box in the square."""

    ONLINE = "online"
    BOX = "box"


class Line(NamedTuple):
    """One thing said. ``by`` is a member of staff, or "" for the writer. ``key`` tells a repeat from another line."""

    half_day: str
    by: str
    text: str
    key: str = ""


class Letter(NamedTuple):
    """``worry`` is what the words of the letter made us look for; ``urgency`` what a person said, None until then.

    ``turn`` counts the results before this one, and ``since`` is the half-day from which the next is owed: a writer may go on.
    """

    receipt: str
    secret: str
    kind: LetterKind
    source: Source
    half_day: HalfDay
    worry: Urgency | None
    urgency: Urgency | None
    state: LetterState
    result: str
    lines: tuple[Line, ...]
    since: HalfDay
    turn: int = 0
    version: int = 0

    @property
    def known_urgency(self) -> Urgency:
        """The worst of what a person said and, until somebody has, of what the words say."""
        return self.urgency or self.worry or Urgency.SOON


def written(receipt: str, secret: str, kind: LetterKind, source: Source, half: HalfDay, text: str) -> Letter:
    """A new letter. ``secret`` is the digest of the writer's secret."""
    first = Line(str(half), "", text, "")
    return Letter(receipt, secret, kind, source, half, worry(text), None, LetterState.WAITING, "", (first,), half)


def judged(letter: Letter, urgency: Urgency) -> Letter:
    """A person says how urgent it is. Words may make somebody look; they never lower anything."""
    return letter._replace(urgency=urgency)


def said(letter: Letter, line: Line) -> Letter:
    """Another line; the same under the same key is there already. A writer who goes on after the result opens the letter again."""
    if any(each.key and each.key == line.key and each.by == line.by for each in letter.lines):
        return letter
    if len(letter.lines) >= MOST_LINES:
        raise Problem(409, "too-long", "这封信已经很长了，请另写一封。", "This letter has become very long. Please write another.")
    longer = letter._replace(lines=(*letter.lines, line))
    if line.by:
        return longer
    longer = longer._replace(worry=worse(letter.worry, worry(line.text)))
    if letter.state is LetterState.WAITING:
        return longer
    return longer._replace(state=LetterState.WAITING, result="", turn=letter.turn + 1, since=read_half_day(line.half_day), urgency=None)


def answered(letter: Letter, line: Line) -> Letter:
    """The result. Problem 409 while nobody has said how urgent the letter is: what is not judged is not set aside."""
    if letter.urgency is None:
        raise Problem(409, "not-judged", "请先标明紧急程度，再写结果。", "Please say how urgent it is before you close it.")
    return said(letter, line)._replace(state=LetterState.ANSWERED, result=line.half_day)
