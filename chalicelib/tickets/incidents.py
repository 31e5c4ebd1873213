"""What several tickets have in common: a lift that is out, a street without water. One word to all of them, and one end. Pure."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.tickets.rules import Said, Ticket

MOST_TOGETHER = 40
"""Told in one transaction, with the incident itself."""


class Cause(StrEnum):
    LIFT = "lift"
    WATER = "water"
    POWER = "power"
    HEATING = "heating"
    GAS = "gas"
    OTHER = "other"


class Incident(NamedTuple):
    """``tickets`` by their numbers; ``place`` is a building, "" where they lie in several; ``lines`` is what all of them were told."""

    id: str
    cause: Cause
    place: str
    tickets: tuple[str, ...]
    homes: tuple[str, ...]
    lines: tuple[Said, ...]
    running: bool = True
    version: int = 0

    @property
    def made(self) -> datetime:
        return self.lines[0].at


def begun(cause: Cause, said: Said) -> Incident:
    """Nothing belongs to it yet. Its id begins with its month, as a ticket's number does, and repeats with the request."""
    digest = hashlib.sha256(said.key.encode()).hexdigest()[:12]
    return Incident(f"{day_of(said.at):%y%m}-{digest}", cause, "", (), (), (said,))


def with_tickets(incident: Incident, tickets: Iterable[Ticket], said: Said) -> Incident:
    """The incident after these have joined it, and all of it has been told a line. Problem 409 where they are too many."""
    joined = [each for each in tickets if each.id not in incident.tickets]
    places = {incident.place} if incident.tickets else set()
    places |= {each.place for each in joined}
    numbers = (*incident.tickets, *(each.id for each in joined))
    if len(numbers) > MOST_TOGETHER:
        raise Problem(409, "too-many", "一件事最多并 40 张单子。", "Forty tickets at most go together.")
    return incident._replace(
        place=places.pop() if len(places) == 1 else "",
        tickets=numbers,
        homes=tuple(dict.fromkeys((*incident.homes, *(each.home for each in joined if each.home)))),
        lines=incident.lines if said in incident.lines else (*incident.lines, said),
    )
