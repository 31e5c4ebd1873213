"""What hangs at a home's door, word by word, and whether it is still what would be printed today. Pure.

Nothing is marked when a number changes: a copy is out of date as soon as its lines are not those of now, however they came to change.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.register.contents import Line, text_of
from chalicelib.register.rules import Home, Register
from chalicelib.shared.problems import Problem, key_reused, not_now

Lines = Mapping[str, str]
MOST_KEYS = 6
UNDONE_WITHIN = timedelta(days=7)
"""So long a tick is shown, and can be taken back."""


class Kind(StrEnum):
    CARD = "card"
    SHEET = "sheet"


class Mark(StrEnum):
    """What somebody says at the door: the new one hangs there, or she was wrong."""

    DONE = "done"
    UNDO = "undo"


class CopyState(StrEnum):
    """``printed``: a new one is there, and has not been brought yet."""

    OLD = "old"
    PRINTED = "printed"
    CURRENT = "current"


STEWARD = "steward"
PRINTED_ON = {
    Kind.CARD: (Line.DUTY, Line.EMERGENCY, Line.TEST_SITE),
    Kind.SHEET: (Line.DUTY, Line.EMERGENCY, Line.HOURS, Line.WORDS),
}


class Hung(NamedTuple):
    """These lines, since when, by whom; ``ticked`` by somebody at the door, else printed."""

    lines: Lines
    at: datetime
    by: str
    ticked: bool = False


class Copy(NamedTuple):
    """One kind at one door: what hangs there, a newer one that was printed, and what hung there before the last tick."""

    door: Hung
    newer: Hung | None = None
    before: Hung | None = None
    keys: tuple[str, ...] = ()
    """The last requests that changed it, so that a repeat is known."""

    def state(self, lines: Lines) -> CopyState:
        """``lines`` are those that would be printed now."""
        if self.door.lines == lines:
            return CopyState.CURRENT
        return CopyState.PRINTED if self.newer and self.newer.lines == lines else CopyState.OLD

    def undoable(self, now: datetime) -> bool:
        return self.door.ticked and self.before is not None and now - self.door.at <= UNDONE_WITHIN


class Copies(NamedTuple):
    """Both kinds at one family's door."""

    home: str
    tenancy: str
    of: Mapping[Kind, Copy]
    version: int = 0


def lines_of(register: Register, home: Home, kind: Kind) -> dict[str, str]:
    """What would be printed for a home today; a line that says nothing is none."""
    lines = {line.value: text_of(register.policy, line) for line in PRINTED_ON[kind]}
    steward = register.staff_by_username.get(home.steward)
    lines[STEWARD] = f"{steward.name} {steward.phone}" if steward else ""
    return {line: text for line, text in lines.items() if text}


def version_of(lines: Lines) -> str:
    """Eight letters that change when a line does."""
    return hashlib.sha256("\n".join(f"{line}={lines[line]}" for line in sorted(lines)).encode()).hexdigest()[:8]


def printed(known: Copy | None, lines: Lines, now: datetime, by: str, key: str) -> Copy:
    """After it was printed. The first goes to the door; a later one has to be brought, which is ticked."""
    new = Hung(lines, now, by)
    if known is None:
        return Copy(new, keys=(key,))
    return known._replace(newer=new, keys=_kept(known, key))


def marked(known: Copy | None, mark: Mark, lines: Lines, seen: str, now: datetime, by: str, key: str) -> Copy | None:
    """After somebody ticked, or took it back; None if this very request did it before.

    ``seen`` is the version of the lines she was shown. Problem 409 if they have changed meanwhile, if somebody was faster (``by``), or
    if there is nothing to take back.
    """
    if known is None:
        raise not_now()
    if _answered(known, key):
        return None
    if mark is Mark.UNDO:
        if known.before is None or not known.undoable(now):
            raise not_now()
        return known._replace(door=known.before, before=None, keys=_kept(known, key))
    if seen != version_of(lines):
        raise Problem(
            409, "rewritten", "卡上的内容刚刚又改了，请刷新再看。", "What is printed has just changed again. Please refresh.", by=""
        )
    if known.door.lines == lines:
        raise Problem(409, "ticked-already", "这一户已经换好了。", "This door has the new one already.", by=known.door.by)
    return known._replace(door=Hung(lines, now, by, ticked=True), before=known.door, keys=_kept(known, key))


def _answered(known: Copy, key: str) -> bool:
    """Was this request carried out before? Problem 422 if it said something else then."""
    same = [each for each in known.keys if each.partition(":")[0] == key.partition(":")[0]]
    if same and key not in same:
        raise key_reused()
    return bool(same)


def _kept(known: Copy, key: str) -> tuple[str, ...]:
    return (*known.keys, key)[-MOST_KEYS:]
