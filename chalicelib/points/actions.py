"""Points for work: credited once a cause, with whatever the work itself has to write; taken back by a counter-entry."""

from datetime import datetime

from chalicelib.ledger.actions import post
from chalicelib.ledger.records import entry_of
from chalicelib.ledger.rules import Cause, Entry, Posting, Short, give, undo
from chalicelib.points import records
from chalicelib.points.rules import Credited, Day, Why, Work, account, granted
from chalicelib.points.shares import Share, changed, key_of
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, busy
from chalicelib.store import giving_keys as keys
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 24
NOT_WORK = {"undo", "reserve"}
"""Entries that are undone in their own way: a reward is released."""


def credit(
    store: Store, now: datetime, register: Register, volunteer: str, work: Work, confirmed_by: str = "", *others: Change
) -> Credited:
    """Credit a piece of work once. Two reads and one transaction, which counts the day and her share as well.

    ``others`` (the patrol, the hand-over) are written in it too, also where it brings no points; a cause that is known changes nothing,
    ``others`` included. Conflict if one of ``others`` is refused; Problem 422 if the cause was credited to somebody else.
    """
    compound = register.compound
    for _ in range(ROUNDS):
        day, share = records.day_and_share(store, compound, volunteer, work.day, day_of(now))
        if work.cause.key in day.causes:
            return Credited(day.causes[work.cause.key], Why.KNOWN)
        found = granted(register, volunteer, work, day, confirmed_by)
        try:
            return _written(store, now, compound, share.with_one(work.kind, 1), work, found, day, others)
        except Conflict as conflict:
            if conflict.key not in (keys.points_day(compound, volunteer, work.day), key_of(compound, share)):
                raise
    raise busy()


def _written(
    store: Store, now: datetime, compound: str, share: Share, work: Work, found: Credited, day: Day, others: tuple[Change, ...]
) -> Credited:
    causes = {**day.causes, work.cause.key: found.points}
    counted = records.day_changed(compound, share.volunteer, day._replace(causes=causes)), changed(compound, share)
    if found.points:
        entry = give(work.cause, now, "", Posting(account(share.volunteer), found.points), note=work.kind)
        stored, new = post(store, compound, entry, *counted, *others)
        return found if new else Credited(sum(amount for holder, amount in stored.postings if holder.kept), Why.KNOWN)
    changes = (*counted, *others) if found.why is Why.DAY_FULL else others
    if changes:
        store.write(*changes)
    return found


def take_back(store: Store, now: datetime, compound: str, volunteer: str, cause: Cause, by: str, note: str) -> Entry | None:
    """The counter-entry of what a cause brought her; None if it brought nothing. A repeat changes nothing. Short if she has spent it."""
    entry = entry_of(store, compound, cause)
    if entry is None or cause.kind in NOT_WORK or account(volunteer) not in dict(entry.postings):
        return None
    for _ in range(ROUNDS):
        share = records.share(store, compound, volunteer, day_of(entry.at))
        less = [changed(compound, share.with_one(entry.note, -1))] if share.version else []
        try:
            return post(store, compound, undo(entry, now, by, note), *less)[0]
        except Conflict as conflict:
            if conflict.key != key_of(compound, share):
                raise
    raise busy()


def correct(store: Store, now: datetime, compound: str, volunteer: str, cause: Cause, by: str, note: str) -> Entry:
    """The same by a person. Problem 404 for no such credit, 409 if she has spent the points already."""
    try:
        entry = take_back(store, now, compound, volunteer, cause, by, note)
    except Short:
        raise Problem(
            409,
            "points-spent",
            "这几分已经用掉了，先请她退掉兑换的东西。",
            "These points have been spent. Let her give back what she reserved first.",
        ) from None
    if entry is None:
        raise absent()
    return entry
