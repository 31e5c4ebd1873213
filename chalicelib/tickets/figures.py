"""How the tickets of a month were judged, by who solved them and together. Nothing that a few families could be told from. Pure."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from chalicelib.register.answers import name_of
from chalicelib.register.rules import Register
from chalicelib.shared.counts import MANY, Hidden, countable, sayable
from chalicelib.shared.problems import bad
from chalicelib.tickets.rules import Ticket, TicketState
from chalicelib.tickets.spots import Spots

JUDGED = {TicketState.GOOD, TicketState.BAD}
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


class Rated(msgspec.Struct):
    """``solved`` and ``rated`` are counts, or why they are not said; ``mean`` of the ratings in tenths, None below five of them."""

    solved: int | Hidden
    rated: int | Hidden
    mean: int | None


class PersonFigures(Rated):
    id: str
    name: str


class TicketFigures(msgspec.Struct):
    """What was reported in a month and is closed: of each who solved any, and of the team; and what was reported where."""

    now: str
    month: str
    people: list[PersonFigures]
    team: Rated
    spots: Spots


def asked_month(text: str | None, today: date) -> str:
    """The month a caller asks for; Problem 400 for what is none."""
    if text is not None and not _MONTH.fullmatch(text):
        raise bad("month", "月份要写成 2026-11。", "A month is written 2026-11.")
    return text or f"{today:%Y-%m}"


def rated_by(register: Register, tickets: Sequence[Ticket]) -> tuple[list[PersonFigures], Rated]:
    """Of each who solved any, and of all together. No mean where its count is not said: with the team's it would tell of the rest."""
    done = [each for each in tickets if each.state in {TicketState.SOLVED, *JUDGED} and each.doer]
    rated = [each for each in done if each.rating]
    counts, votes = (countable(Counter(each.doer for each in some)) for some in (done, rated))
    people = [
        PersonFigures(counts[doer], votes.get(doer, 0), _mean(rated, doer, votes), doer, name_of(register, doer)) for doer in sorted(counts)
    ]
    return people, Rated(sayable(len(done)), sayable(len(rated)), _of(rated))


def _mean(rated: Sequence[Ticket], doer: str, votes: Mapping[str, int | Hidden]) -> int | None:
    return None if isinstance(votes.get(doer), Hidden) else _of([each for each in rated if each.doer == doer])


def _of(rated: Sequence[Ticket]) -> int | None:
    return round(10 * sum(each.rating for each in rated) / len(rated)) if len(rated) >= MANY else None
