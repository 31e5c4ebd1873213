"""Where what is reported: tickets of a month by building and by what they are about, as far as the caller sees them one by one. Pure."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from chalicelib.register.answers import Named
from chalicelib.register.rules import Register, Staff
from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.tickets.rules import Ticket, TicketState

WORDS = [each.value for each in Subkind if each] + [each.value for each in TicketKind if each is not TicketKind.REPAIR]


class Spot(msgspec.Struct):
    """``place`` is a building, "" for the whole compound; ``open`` of the ``count`` still run."""

    place: str
    word: str
    count: int
    open: int


class Spots(msgspec.Struct):
    """Places and words in the order in which they are shown; what is not listed is nothing."""

    places: list[Named]
    words: list[str]
    spots: list[Spot]


def spots(register: Register, staff: Staff, month: str, tickets: Iterable[Ticket]) -> Spots:
    """Nothing is hidden that is small: she sees each of these tickets on her desk. What was called off is left out."""
    homes = [home for home in register.homes if staff.covers(home)]
    seen = {home.id for home in homes}
    counted = [each for each in tickets if _of(month, each) and (not each.home or each.home in seen)]
    every, running = (Counter((each.place, each.word) for each in some) for some in (counted, [one for one in counted if one.running]))
    buildings = {home.building for home in homes} | {each.place for each in counted if each.place}
    names = {each.id: each.name for each in register.buildings}
    places = [Named(each, names.get(each, each)) for each in sorted(buildings, key=lambda name: (len(name), name))]
    found = [Spot(place, word, count, running[place, word]) for (place, word), count in sorted(every.items())]
    return Spots([*places, Named("", "")], WORDS, found)


def _of(month: str, ticket: Ticket) -> bool:
    """A ticket's number begins with the month it was opened in."""
    return ticket.state is not TicketState.CANCELLED and f"20{ticket.id[:2]}-{ticket.id[2:4]}" == month
