"""A case card from the draft to the page: who wrote it, who let it go, what stands on it. Pure.

A card keeps neither the number of the letter or ticket it came from nor an hour: whoever reads all of the table finds no way back.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.cases.rules import WAIT, Case, CaseKind, Label, may_be_approved
from chalicelib.register.rules import Register
from chalicelib.register.widening import COMPOUND, places_of
from chalicelib.shared.calendar import stamp
from chalicelib.shared.half_days import HalfDay
from chalicelib.shared.problems import Problem, not_now


class Origin(StrEnum):
    """What was solved."""

    LETTER = "letter"
    TICKET = "ticket"


class CardState(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Draft(NamedTuple):
    """A card as it is handed in. ``building`` is "" for the whole compound, ``half_day`` that of the result, ``key`` ``<request>:<digest>``.

    ``ticked`` are the words that might have been a name, each judged by the writer to be none.
    """

    kind: CaseKind
    building: str
    text: str
    result: str
    half_day: HalfDay
    origin: Origin
    by: str
    ticked: tuple[str, ...]
    key: str


class Card(NamedTuple):
    """``half_day`` is when the result was given: the earliest hour at which it can be known to be a day old is its end plus a day."""

    id: str
    draft: Draft
    state: CardState = CardState.DRAFT
    approved_by: str = ""
    approved_on: date | None = None
    label: Label | None = None
    withdrawn_by: str = ""
    why: str = ""
    version: int = 0

    @property
    def may_be_approved_from(self) -> datetime:
        return self.draft.half_day.ends + WAIT


def approved(card: Card, by: str, now: datetime, today: date) -> Card:
    """Let go by somebody else. Problem 403 for the writer herself, 409 before a day has passed, and where somebody was faster."""
    if card.state is not CardState.DRAFT:
        raise not_now()
    if by == card.draft.by:
        raise Problem(403, "another-person", "自己写的要请另一位同事看过才能发。", "Somebody else has to read and approve what you wrote.")
    if not may_be_approved(card.draft.by, by, card.draft.half_day.ends, now):
        first = card.may_be_approved_from
        raise Problem(
            409,
            "too-early",
            f"结果出来满一天才能发，{first:%m-%d %H:%M} 起可以。",
            f"A day must have passed since the result. It can be approved from {first:%d %B, %H:%M}.",
            first=stamp(first),
        )
    return card._replace(state=CardState.APPROVED, approved_by=by, approved_on=today)


def labelled(card: Card, label: Label) -> Card:
    return card._replace(state=CardState.PUBLISHED, label=label)


def vague(card: Card) -> Label:
    """What may always stand on a card, whoever else is published."""
    return Label(CaseKind.OTHER, card.draft.half_day.day.isoformat()[:7], COMPOUND)


def withdrawn(card: Card, by: str, why: str) -> Card:
    """Taken back: its words are gone. Its label stays, since a group that lost a member would be smaller than five."""
    if card.state is CardState.WITHDRAWN:
        raise not_now()
    draft = card.draft._replace(text="", result="", ticked=())
    return card._replace(draft=draft, state=CardState.WITHDRAWN, withdrawn_by=by, why=why)


def case_of(register: Register, card: Card) -> Case:
    """What a release decides on."""
    return Case(card.id, card.draft.kind, card.draft.half_day.day, places_of(register, card.draft.building))
