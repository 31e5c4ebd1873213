"""Photos of a ticket: who may add how many, and what becomes of one. Pure.

asked → kept → removed        asked → refused        asked and never sent: as if it had not been
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.problems import Problem, key_reused
from chalicelib.tickets.jpeg import Fault

MOST = 3
MOST_ASKED = 12
"""On one ticket, whatever became of them: nobody fills the bucket by asking again."""
SEND_WITHIN = timedelta(minutes=10)
SEEN_FOR = timedelta(minutes=5)
KEPT_FOR = timedelta(days=180)
"""As the bucket's lifecycle has it."""


class PhotoState(StrEnum):
    ASKED = "asked"
    KEPT = "kept"
    REFUSED = "refused"
    REMOVED = "removed"


class Photo(NamedTuple):
    """``by`` is "" for the family; ``key`` the request's that asked for it, ``fault`` why it was refused."""

    id: str
    at: datetime
    by: str
    key: str
    state: PhotoState = PhotoState.ASKED
    fault: str = ""


def sent_to(compound: str, ticket: str, photo: str) -> str:
    """Where a browser may put it, once or again while its form holds. Nothing that lies there is ever shown."""
    return f"photos/new/{compound}/{ticket}/{photo}.jpg"


def kept_at(compound: str, ticket: str, photo: str) -> str:
    """Where it lies once it was looked at. No form is ever signed for here, so it stays what was looked at."""
    return f"photos/kept/{compound}/{ticket}/{photo}.jpg"


def kept(photos: tuple[Photo, ...], now: datetime) -> list[Photo]:
    """Those there are to see."""
    return [each for each in photos if each.state is PhotoState.KEPT and now - each.at < KEPT_FOR]


def asked_before(photos: tuple[Photo, ...], key: str) -> Photo | None:
    """The photo that this request has asked for already. Problem 422 if it said something else then."""
    found = next((each for each in photos if each.key.partition(":")[0] == key.partition(":")[0]), None)
    if found and found.key != key:
        raise key_reused()
    return found


def check_room(photos: tuple[Photo, ...], now: datetime) -> None:
    """Problem 409 where no further one may be asked for."""
    taken = [each for each in photos if each.state is PhotoState.KEPT or _awaited(each, now)]
    if len(taken) >= MOST or len(photos) >= MOST_ASKED:
        raise enough()


def enough() -> Problem:
    return Problem(409, "enough-photos", "一张单子最多三张照片。", "Three photos at most go with one ticket.")


def _awaited(photo: Photo, now: datetime) -> bool:
    return photo.state is PhotoState.ASKED and now - photo.at < SEND_WITHIN


def judged(photos: tuple[Photo, ...], photo: Photo, fault: Fault | None) -> tuple[Photo, ...]:
    """The photos after one was looked at."""
    return _with(photos, photo._replace(state=PhotoState.REFUSED if fault else PhotoState.KEPT, fault=fault or ""))


def removed(photos: tuple[Photo, ...], photo: Photo) -> tuple[Photo, ...]:
    """The photos after one was taken back, for good."""
    return _with(photos, photo._replace(state=PhotoState.REMOVED))


def _with(photos: tuple[Photo, ...], changed: Photo) -> tuple[Photo, ...]:
    return tuple(changed if each.id == changed.id else each for each in photos)


def refusal(fault: str) -> Problem:
    """Why a photo was not taken, to whoever sent it; ``reason`` for who looks into it."""
    if fault == Fault.TOO_LARGE:
        words = (
            "这张照片太大了，没有收。请换一张，或者重新拍。",
            "That photo is too large and was not taken. Please choose or take another.",
        )
    else:
        words = ("这张照片打不开，没有收。请重新拍一张。", "That photo cannot be read and was not taken. Please take another.")
    return Problem(422, "photo-refused", *words, reason=fault)
