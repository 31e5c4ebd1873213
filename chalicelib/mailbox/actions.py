"""What writers and staff do with letters. What the rest must know goes out as a signal: receipt, urgency, when the result is due.

A letter is stored, then told of, then marked as told: a crash in between leaves it to be told of by whoever asks next.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from secrets import randbelow
from typing import Any, NamedTuple

from chalicelib.mailbox import receipts, records
from chalicelib.mailbox.receipts import Bucket
from chalicelib.mailbox.rules import Letter, LetterKind, LetterState, Line, Source, answered, due, judged, said, written
from chalicelib.mailbox.urgency import Urgency
from chalicelib.shared.calendar import stamp
from chalicelib.shared.half_days import HalfDay, half_day
from chalicelib.shared.problems import Problem, absent, busy, key_reused
from chalicelib.store.contract import Conflict, Store

ROUNDS = 8
Tell = Callable[[dict[str, Any]], None]


class Desk(NamedTuple):
    """What a signal needs: the letters' table, the moment, the compound, and how the rest is told."""

    store: Store
    now: datetime
    compound: str
    tell: Tell


def write(desk: Desk, secret: str, kind: LetterKind, source: Source, text: str, half: HalfDay | None = None) -> Letter:
    """A letter under a secret of the writer's; the same secret and text again is the same letter. Problem 422 for another text.

    ``half`` is the half-day in which the box was opened, for letters that are copied in.
    """
    digest = receipts.digest_of(desk.compound, secret)
    for _ in range(ROUNDS):
        there = records.opened_by(desk.store, desk.compound, digest)
        if there is not None:
            if (there.kind, there.lines[0].text) != (kind, text):
                raise key_reused()
            return tell(desk, there)
        letter = written(
            receipts.receipt_from(randbelow(10**receipts.RECEIPT_DIGITS)), digest, kind, source, half or half_day(desk.now), text
        )
        try:
            desk.store.write(*records.added(desk.compound, letter))
        except Conflict:
            continue
        return tell(desk, letter._replace(version=1))
    raise busy()


def tell(desk: Desk, letter: Letter) -> Letter:
    """Say what the rest must know of a letter, unless it has been said; an answered letter then leaves the list of those that wait."""
    return _told(desk, letter, records.waiting_one(desk.store, desk.compound, letter))


def _told(desk: Desk, letter: Letter, waiting: records.Waiting | None) -> Letter:
    news = f"{letter.turn}:{letter.state}:{letter.known_urgency}"
    if waiting is None or waiting.told == news:
        return letter
    named = {"compound": desk.compound, "receipt": letter.receipt, "turn": letter.turn}
    said = {"urgency": letter.known_urgency.value, "state": letter.state.value, "due": stamp(due(letter.since)), "version": letter.version}
    desk.tell({"letter": named | said})
    over = letter.state is LetterState.ANSWERED
    mark = records.no_longer_waiting(desk.compound, waiting) if over else records.marked_told(desk.compound, waiting, news)
    with suppress(Conflict):  # somebody else has said it, or says something newer
        desk.store.write(mark)
    return letter


def state(desk: Desk, receipt: str) -> Letter:
    """The letter of a receipt, for its state alone. Problem 404 if there is none, 429 once too many were tried."""
    return _found(desk, records.letter(desk.store, desk.compound, receipt) if receipt else None)


def thread(desk: Desk, secret: str) -> Letter:
    """The letter that a secret opens. Problem 404 if it opens none, 429 once too many were tried."""
    digest = receipts.digest_of(desk.compound, secret)
    return _found(desk, records.opened_by(desk.store, desk.compound, digest) if secret else None)


def _found(desk: Desk, letter: Letter | None) -> Letter:
    """Only what finds nothing draws on the tries that all share, so nobody is kept from her own letter by a guesser."""
    if letter is not None:
        return letter
    for _ in range(ROUNDS):
        full = Bucket(receipts.TRIES, receipts.slot_of(desk.now))
        drawn = receipts.taken(records.bucket(desk.store, desk.compound, full), desk.now)
        if drawn is None:
            raise Problem(429, "too-many", "试的次数太多了，请过十分钟再试。", "Too many tries. Please wait ten minutes.", retry_after=600)
        try:
            desk.store.write(records.drawn(desk.compound, drawn))
        except Conflict:
            continue
        raise absent()
    raise busy()


def add(desk: Desk, secret: str, text: str, key: str) -> Letter:
    """The writer goes on."""
    return _change(desk, thread(desk, secret).receipt, lambda letter: said(letter, Line(str(half_day(desk.now)), "", text, key)))


def judge(desk: Desk, receipt: str, urgency: Urgency) -> Letter:
    """Staff say how urgent it is."""
    return _change(desk, receipt, lambda letter: judged(letter, urgency))


def reply(desk: Desk, receipt: str, by: str, text: str, key: str, result: bool) -> Letter:
    """Staff answer; with ``result`` the letter is done."""
    line = Line(str(half_day(desk.now)), by, text, key)
    return _change(desk, receipt, lambda letter: (answered if result else said)(letter, line))


def _change(desk: Desk, receipt: str, change: Callable[[Letter], Letter]) -> Letter:
    for _ in range(ROUNDS):
        letter = records.letter(desk.store, desk.compound, receipt)
        if letter is None:
            raise absent()
        after = change(letter)
        if after == letter:
            return tell(desk, letter)
        try:
            desk.store.write(*records.changed(desk.compound, after, letter, records.waiting_one(desk.store, desk.compound, letter)))
        except Conflict:
            continue
        return tell(desk, after._replace(version=letter.version + 1))
    raise busy()


def open_letters(desk: Desk) -> list[Letter]:
    """Every letter without a result, in the order of their receipts, which dice gave; what has not been told of yet, is now."""
    waiting = {each.receipt: each for each in records.waiting(desk.store, desk.compound)}
    found = [_told(desk, letter, waiting[letter.receipt]) for letter in records.letters(desk.store, desk.compound, list(waiting))]
    return sorted((letter for letter in found if letter.state is LetterState.WAITING), key=lambda letter: letter.receipt)


def open_box(desk: Desk, by: str, letters: int) -> records.BoxOpening:
    """The box was opened today, with so many letters in it; said again, the newest count stands."""
    day = half_day(desk.now).day.isoformat()
    for _ in range(ROUNDS):
        there = records.box_opening(desk.store, desk.compound, day)
        opening = records.BoxOpening(day, by, letters, there.version if there else 0)
        try:
            desk.store.write(records.box_opened(desk.compound, opening))
        except Conflict:
            continue
        return opening
    raise busy()
