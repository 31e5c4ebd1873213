"""What a locker or a barcode gun says of a shelf: put in, taken out. It means what the scan means, and is refused with a reason."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.delivery import actions
from chalicelib.delivery.actions import Order
from chalicelib.delivery.numbers import read_number
from chalicelib.delivery.rules import Act, Parcel
from chalicelib.register import records as registers
from chalicelib.register.places import PlaceKind
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import Problem, Rejected
from chalicelib.store.contract import Store

Word = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[\w.\-]+$")]


class ShelfEvent(StrEnum):
    IN = "in"
    OUT = "out"


class ShelfWord(msgspec.Struct, forbid_unknown_fields=True):
    """What is published on ``care/<thing>/shelf/<place>``. ``id`` is the event's own: said again, it counts once."""

    event: ShelfEvent
    parcel: Word
    id: Word


class ShelfSaid(ShelfWord):
    """The same from a sender of its own, which says where as well."""

    compound: Word
    place: Word


ACTS = {ShelfEvent.IN: Act.SHELVE, ShelfEvent.OUT: Act.PICK_UP}


def read_word(data: bytes) -> ShelfWord:
    """Rejected if it is not of this shape."""
    try:
        return msgspec.json.decode(data, type=ShelfWord)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejected(f"unreadable word about a shelf: {type(error).__name__}") from None


def shelf_told(store: Store, now: datetime, compound: str, place: str, by: str, said: ShelfWord) -> Parcel:
    """Put on the shelf, or taken from it. Rejected, with a reason that names nobody, for what nothing here knows, and what cannot be.

    A parcel put on another building's shelf is there all the same, and somebody's trouble.
    """
    standing = registers.standing(store, now, CompoundId(compound)) if is_compound_id(compound) else None
    if standing is None:
        raise Rejected("no such compound")
    shelf = standing.register.place_by_id.get(place.lower())
    if shelf is None or shelf.kind is not PlaceKind.SHELF:
        raise Rejected("no such shelf")
    number = read_number(said.parcel)
    if not number:
        raise Rejected("not the number of a parcel")
    act = ACTS[said.event]
    order = Order(act, by, f"{by}.{said.id}:{said.event}", shelf if act is Act.SHELVE else None, said=True)
    (done,) = actions.hand_over(store, now, standing, order, [number])
    if isinstance(done, Problem):
        raise Rejected(f"cannot be: {done.slug}")
    return done
