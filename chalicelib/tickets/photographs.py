"""What people do with photos of a ticket: ask for a place, say that one is there, see them. None is shown before it was looked at."""

import secrets
from collections.abc import Callable
from datetime import datetime

from chalicelib.register.answers import name_of
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import stamp
from chalicelib.shared.problems import Problem, absent, busy, not_now
from chalicelib.store.bucket import Bucket
from chalicelib.store.contract import Conflict, Store
from chalicelib.tickets import records
from chalicelib.tickets.answers import PhotoAnswer, PhotoForm, PhotosAnswer
from chalicelib.tickets.jpeg import LARGEST, Fault, fault
from chalicelib.tickets.photos import (
    MOST,
    SEEN_FOR,
    SEND_WITHIN,
    Photo,
    PhotoState,
    asked_before,
    check_room,
    enough,
    judged,
    kept,
    kept_at,
    refusal,
    removed,
    sent_to,
)
from chalicelib.tickets.rules import Ticket

ROUNDS = 8
Find = Callable[[], Ticket]
"""Reads the ticket anew; Problem 404 for one that the asker may not see."""


def ask(store: Store, bucket: Bucket, now: datetime, compound: str, find: Find, by: str, key: str) -> PhotoForm:
    """A form for one more photo. Asked again under the same key: a fresh form for the same. Problem 409 when closed, or full."""
    for _ in range(ROUNDS):
        ticket = find()
        photo = asked_before(ticket.photos, key)
        if photo is None:
            if not ticket.running:
                raise not_now()
            check_room(ticket.photos, now)
            photo = Photo(secrets.token_hex(16), now, by, key)
            if not _written(store, compound, ticket, (*ticket.photos, photo)):
                continue
        form = bucket.form(sent_to(compound, ticket.id, photo.id), LARGEST, SEND_WITHIN)
        return PhotoForm(photo.id, form.to, form.fields, LARGEST)
    raise busy()


def arrived(store: Store, bucket: Bucket, now: datetime, register: Register, find: Find, identity: str) -> PhotosAnswer:
    """Look at what was sent: a plain picture is put where nobody can change it and shown from then on, anything else is deleted.

    The sent one stays until the table says what became of it, so that all of this can be done again after a crash.
    """
    compound = register.compound
    for _ in range(ROUNDS):
        ticket = find()
        photo = next((each for each in ticket.photos if each.id == identity), None)
        if photo is None:
            raise absent()
        if photo.state is PhotoState.REMOVED:  # while we looked at it, and may have put it there once more
            bucket.drop(kept_at(compound, ticket.id, photo.id))
            raise absent()
        sent = sent_to(compound, ticket.id, photo.id)
        if photo.state is PhotoState.ASKED:
            if len(kept(ticket.photos, now)) >= MOST:
                raise enough()
            seen = judged(ticket.photos, photo, _looked_at(bucket, sent, kept_at(compound, ticket.id, photo.id)))
            if not _written(store, compound, ticket, seen):
                continue
            ticket = ticket._replace(photos=seen)
            photo = next(each for each in seen if each.id == identity)
        bucket.drop(sent)
        if photo.state is PhotoState.REFUSED:
            raise refusal(photo.fault)
        return shown(bucket, now, register, ticket)
    raise busy()


def _looked_at(bucket: Bucket, sent: str, to: str) -> Fault | None:
    raw = bucket.read(sent, LARGEST)
    if raw is None:
        raise Problem(409, "photo-missing", "照片还没有传到，请再传一次。", "The photo has not arrived. Please send it again.")
    wrong = fault(raw)
    if wrong is None:
        bucket.keep(to, raw)
    return wrong


def remove(store: Store, bucket: Bucket, now: datetime, register: Register, find: Find, identity: str) -> PhotosAnswer:
    """Take one back that should not have been sent, and delete it. Done before: nothing more. Problem 404 for what was never kept."""
    for _ in range(ROUNDS):
        ticket = find()
        photo = next((each for each in ticket.photos if each.id == identity), None)
        if photo is None or photo.state not in (PhotoState.KEPT, PhotoState.REMOVED):
            raise absent()
        gone = removed(ticket.photos, photo)
        if not _written(store, register.compound, ticket, gone):
            continue
        bucket.drop(kept_at(register.compound, ticket.id, photo.id))
        return shown(bucket, now, register, ticket._replace(photos=gone))
    raise busy()


def shown(bucket: Bucket, now: datetime, register: Register, ticket: Ticket) -> PhotosAnswer:
    """Addresses that show each photo for five minutes."""
    seen = kept(ticket.photos, now)
    photos = [
        PhotoAnswer(
            each.id,
            stamp(each.at),
            name_of(register, each.by) if each.by else "",
            bucket.address(kept_at(register.compound, ticket.id, each.id), SEEN_FOR),
        )
        for each in seen
    ]
    return PhotosAnswer(photos, MOST - len(seen) if ticket.running else 0)


def _written(store: Store, compound: str, ticket: Ticket, photos: tuple[Photo, ...]) -> bool:
    if photos == ticket.photos:
        return True
    try:
        store.write(*records.moved(compound, ticket, ticket._replace(photos=photos)))
    except Conflict:
        return False
    return True
