"""What people do with notices: write one, change it, publish it, take it back."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from chalicelib.notices import records
from chalicelib.notices.rules import Line, Notice, State, Words, answered, changed, check, cleaned, corrected, published, withdrawn
from chalicelib.register.audience import homes_in, unknown
from chalicelib.register.rules import Register, Staff
from chalicelib.shared.calendar import local, months_of_repeat
from chalicelib.shared.news import News
from chalicelib.shared.problems import Problem, absent, bad, busy, key_reused, not_now
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8
CORRECTED = "corrected"
NEWS = {State.PUBLISHED: News.NOTICE_PUBLISHED, State.WITHDRAWN: News.NOTICE_WITHDRAWN}


def draft(store: Store, now: datetime, register: Register, staff: Staff, words: Words, key: str) -> Notice:
    """Keep what somebody writes; its key makes a repeat harmless. Problem 400 as the rules say, 403 beyond her scope."""
    *earlier, identity = (f"{local(month):%y%m}-{key[:10]}" for month in months_of_repeat(now))
    known = next((found for each in (*earlier, identity) if (found := records.find(store, register.compound, each))), None)
    if known is None:
        notice = Notice(
            identity, _fit(store, now, register, staff, words), State.DRAFT, (Line(now, State.DRAFT.value, staff.username, key),)
        )
        try:
            store.write(records.added(register.compound, notice))
            return notice._replace(version=1)
        except Conflict:
            known = records.find(store, register.compound, identity)
    if known is None:
        raise busy()
    if known.lines[0].key != key:
        raise key_reused()
    return known


def change(store: Store, now: datetime, register: Register, staff: Staff, identity: str, seen: int, words: Words, key: str) -> Notice:
    """Other words for a draft, on the version that was ``seen``; Problem 409 if somebody else has changed it since."""
    line = Line(now, "changed", staff.username, key)

    def apply(notice: Notice) -> Notice:
        _same_version(notice, seen)
        return changed(notice, _fit(store, now, register, staff, words), line)

    return _done(store, register, staff, identity, key, apply)


def publish(store: Store, now: datetime, register: Register, staff: Staff, identity: str, seen: int, key: str) -> Notice:
    """Say it, exactly as it was ``seen``; the notice it puts right says so in the same transaction."""
    line = Line(now, State.PUBLISHED.value, staff.username, key)

    def apply(notice: Notice) -> Notice:
        _same_version(notice, seen)
        check(notice.words, now)
        return published(notice, line)

    return _done(store, register, staff, identity, key, apply)


def withdraw(store: Store, now: datetime, register: Register, staff: Staff, identity: str, reason: str, key: str) -> Notice:
    """Take it back; of a draft nobody hears."""
    line = Line(now, State.WITHDRAWN.value, staff.username, key, reason)
    return _done(store, register, staff, identity, key, lambda notice: withdrawn(notice, line))


def _done(store: Store, register: Register, staff: Staff, identity: str, key: str, apply: Callable[[Notice], Notice]) -> Notice:
    for _ in range(ROUNDS):
        notice = records.running(store, register.compound, identity)
        if notice is None:
            raise absent()
        _in_scope(register, staff, notice.words)
        if answered(notice, key):
            return notice
        after = apply(notice)
        news = NEWS.get(after.state) if notice.says or after.says else None
        changes = [records.moved(register.compound, after, news), *_putting_right(store, register, notice, after)]
        try:
            store.write(*changes)
            return after._replace(version=after.version + 1)
        except Conflict:
            continue
    raise busy()


def _putting_right(store: Store, register: Register, before: Notice, after: Notice) -> list[Change]:
    """What goes with a correction that is published, or taken back: then another may put the same right."""
    if before.says is after.says or not after.words.corrects:
        return []
    wrong = records.running(store, register.compound, after.words.corrects)
    if not after.says:
        return [records.moved(register.compound, wrong._replace(corrected_by=""))] if wrong and wrong.corrected_by == after.id else []
    if wrong is None:
        raise absent()
    line = after.lines[-1]._replace(what=CORRECTED)
    return [records.moved(register.compound, corrected(wrong, after.id, line))]


def _fit(store: Store, now: datetime, register: Register, staff: Staff, words: Words) -> Words:
    """The words as they are kept. A correction is for whoever was told the wrong thing."""
    words = cleaned(words)
    if words.corrects:
        wrong = records.running(store, register.compound, words.corrects)
        if wrong is None or not wrong.says or wrong.corrected_by:
            raise bad("corrects", "要更正的通知不在了，或者已经更正过。", "That notice is gone, or was put right before.", field="corrects")
        words = msgspec.structs.replace(words, audience=wrong.words.audience, open=wrong.words.open)
    check(words, now)
    where = unknown(register, words.audience)
    if where or not homes_in(register, words.audience):
        raise bad(
            "audience", "没有这个地方，或者那里没有住户。", "There is no such place, or nobody lives there.", field=where or "audience"
        )
    _in_scope(register, staff, words)
    return words


def _in_scope(register: Register, staff: Staff, words: Words) -> None:
    """Problem 403 for whoever does not look after everybody it is meant for."""
    if not all(staff.covers(home) for home in homes_in(register, words.audience)):
        raise Problem(
            403,
            "not-your-places",
            "这里面有您不管的楼或网格，请只选自己管的，或者请经理发。",
            "Some of these places are not yours. Choose only your own, or ask the manager to publish it.",
            field="audience",
        )


def _same_version(notice: Notice, seen: int) -> None:
    if notice.version != seen:
        raise not_now()
