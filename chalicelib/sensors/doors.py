"""A door as its messages tell it, in whatever order they are handled. Pure.

Kept are the last words on the door, each with when AWS received it and the time it bore itself. Whether it is open, and which of the
words are openings, is worked out from them in order of (received, said): it depends on what was heard, and not on when it was handled.
Two words of one millisecond have no order, if neither bears a time of its own: see ``_in_turn``.
"""

from itertools import groupby, pairwise
from typing import NamedTuple

MOST = 16
RESENT_MS = 5_000
"""The same word with the same time of its own, so much later, is the old one sent again: after a reconnection, or from a cache."""
AHEAD_MS = 300_000
"""Nothing can be said after it was heard: a clock that is further ahead than this is wrong."""


def is_ahead(said_ms: int, received_ms: int) -> bool:
    """Was it said by a clock that is ahead? Its time tells which of two words is the older only where the other's clock was so too."""
    return said_ms > received_ms + AHEAD_MS


PASSED, WATCHED = "!", "*"
"""It was looked at, and means nothing; or the home was under isolation, so that it was written down."""


class Word(NamedTuple):
    """``said_ms`` is 0 where it bore no time. ``mark`` says whether what it means was found out: see ``PASSED`` and ``WATCHED``."""

    received_ms: int
    said_ms: int
    is_open: bool
    mark: str = ""

    @property
    def ahead(self) -> bool:
        return is_ahead(self.said_ms, self.received_ms)


class Door(NamedTuple):
    """``words`` in order; ``before`` is what was said before them, last at ``before_ms``."""

    words: tuple[Word, ...] = ()
    before: bool | None = None
    before_ms: int = 0
    before_said_ms: int = 0


class Run(NamedTuple):
    """Words in a row that say the same. ``sure``: it is known what the door was before, and nothing in between can have been missed."""

    first: Word
    last: Word
    sure: bool
    mark: str

    @property
    def is_open(self) -> bool:
        return self.first.is_open


def hear(door: Door, word: Word) -> Door:
    """The door after one more word, wherever it belongs. The same door for a word that is known, sent again, or too old to be placed."""
    if word.received_ms <= door.before_ms or any(_again(word, known) for known in door.words):
        return door
    again = [known for known in door.words if _again(known, word)]
    placed = word._replace(mark=_mark(again))
    return _trimmed(door._replace(words=tuple(sorted([*(known for known in door.words if known not in again), placed]))))


def runs(door: Door, limit_ms: int | None = None, blind_ms: int = 0) -> list[Run]:
    """What the door did, oldest first. A silence longer than ``limit_ms``, or one that ended at ``blind_ms``, may have hidden anything.

    An opening heard after a silence is one only if the door was closed when it was heard of last.
    """
    found: list[Run] = []
    last_ms, last_open = door.before_ms, door.before
    in_time, outdated = _by_time(door)
    for word in in_time:
        hidden = limit_ms is not None and word.received_ms - last_ms > limit_ms
        if found and found[-1].is_open is word.is_open:
            found[-1] = found[-1]._replace(last=word, mark=max(found[-1].mark, word.mark))
        else:
            sure = last_open is not None and not hidden and not last_ms < blind_ms <= word.received_ms
            goes_on = PASSED if not found and door.before is word.is_open else ""
            found.append(Run(word, word, sure, max(word.mark, goes_on)))
        last_ms, last_open = word.received_ms, word.is_open
    return _looked_at(found, [word for word in outdated if word.mark])


def _looked_at(found: list[Run], outdated: list[Word]) -> list[Run]:
    """An opening sent again may be handled, and looked at, before the word it repeats has come: then that is looked at too."""
    for word in outdated:
        older = (place for place, run in enumerate(found) if run.first.ahead is word.ahead and 0 < run.first.said_ms <= word.said_ms)
        place = max(older, default=-1)
        if place >= 0 and found[place].is_open:
            found[place] = found[place]._replace(mark=max(found[place].mark, word.mark))
    return found


def is_open(door: Door) -> bool | None:
    """As it was heard of last; None while nothing was."""
    in_time, _ = _by_time(door)
    return in_time[-1].is_open if in_time else door.before


def unjudged(known: list[Run]) -> Run | None:
    """The opening that nobody has looked at yet: one word can bring to light no more than one."""
    return next((run for run in known if run.is_open and not run.mark), None)


def unwritten(known: list[Run]) -> list[Run]:
    """Closings that end an opening which was written down, and are not yet."""
    return [after for before, after in pairwise(known) if before.is_open and before.mark == WATCHED and not after.mark]


def look_at(door: Door, run: Run, mark: str) -> Door:
    """The door with this opening, or closing, looked at."""
    return door._replace(words=tuple(word._replace(mark=mark) if word == run.first else word for word in door.words))


def moment_ms(door: Door, word: Word) -> int:
    """When it happened: by its own time where that clock was right about another word, else when AWS received it."""
    right = any(0 <= known.received_ms - known.said_ms <= AHEAD_MS for known in door.words if known.said_ms and known != word)
    return min(word.said_ms, word.received_ms) if word.said_ms and right else word.received_ms


def _again(word: Word, first: Word) -> bool:
    """Is ``word`` what ``first`` said already?"""
    if word[:3] == first[:3]:
        return True
    same = word.said_ms and (word.said_ms, word.is_open) == (first.said_ms, first.is_open)
    return bool(same) and word.received_ms - first.received_ms >= RESENT_MS


def _mark(words: list[Word]) -> str:
    return max((word.mark for word in words), default="")


def _by_time(door: Door) -> tuple[list[Word], list[Word]]:
    """The words in order; and those that were out of date when they came: states from a cache, older than what was heard before them."""
    in_time, outdated = list[Word](), list[Word]()
    newest = {False: door.before_said_ms, True: 0}
    for word in door.words:
        (outdated if 0 < word.said_ms < newest[word.ahead] else in_time).append(word)
        newest[word.ahead] = max(newest[word.ahead], word.said_ms)
    return _in_turn(door, in_time), outdated


def _in_turn(door: Door, words: list[Word]) -> list[Word]:
    """A gateway that was cut off, or a broker that could not keep up, squeezes into a millisecond what took seconds.

    What is not known yet goes first: of a closed door its opening and then its closing, of an open one its closing and the next opening.
    But just after an opening it is that opening sent again, and its closing.
    """
    found, is_open, last_ms = list[Word](), door.before, door.before_ms
    for (received_ms, _), moment in groupby(words, key=lambda word: word[:2]):
        closing_first = is_open is None or (is_open and received_ms - last_ms >= RESENT_MS)
        found += sorted(moment, key=lambda word: word.is_open, reverse=not closing_first)
        is_open, last_ms = found[-1].is_open, received_ms
    return found


def _trimmed(door: Door) -> Door:
    """At most so many words: the oldest that only repeats its neighbours goes first, else the oldest of all."""
    words = door.words
    if len(words) <= MOST:
        return door
    for place in range(1, len(words) - 1):
        before, word, after = words[place - 1 : place + 2]
        if before.is_open is word.is_open is after.is_open:
            kept = before._replace(mark=_mark([before, word]))
            return door._replace(words=(*words[: place - 1], kept, *words[place + 1 :]))
    oldest = words[0]
    said_ms = 0 if oldest.ahead else oldest.said_ms
    return Door(words[1:], oldest.is_open, oldest.received_ms, max(door.before_said_ms, said_ms))
