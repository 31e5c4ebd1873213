"""What the routes of cases take and give, and how a card is shown to the staff."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.cases.cards import Card, CardState, Origin
from chalicelib.cases.rules import CaseKind
from chalicelib.register.answers import Named, name_of
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import stamp

Words = Annotated[str, Meta(min_length=1, max_length=300)]
NUMBER = r"^(\d{9}|\d{4}-[0-9A-Z]{5})$"


class CaseBody(msgspec.Struct, forbid_unknown_fields=True):
    """A card to be kept. ``number`` is the letter's receipt or the ticket's number, ``half_day`` that of its result; the number is not kept.

    ``ticked`` are the words that may have been a name and are none.
    """

    kind: CaseKind
    text: Words
    result: Words
    origin: Origin
    number: Annotated[str, Meta(pattern=NUMBER)]
    half_day: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d-(am|pm)$")]
    building: Annotated[str, Meta(max_length=20)] = ""
    ticked: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=60)] = []


class ApprovalBody(msgspec.Struct, forbid_unknown_fields=True):
    """``at_once``: published now, with nothing said of kind and place, instead of waiting for the release."""

    at_once: bool = False


class WithdrawalBody(msgspec.Struct, forbid_unknown_fields=True):
    why: Annotated[str, Meta(min_length=1, max_length=200)]


class CaseAnswer(msgspec.Struct, kw_only=True):
    """``may_from`` is when it may be approved at the earliest; ``label_*`` what stands on it in public, "" until it is released."""

    id: str
    state: CardState
    kind: CaseKind
    building: str
    text: str
    result: str
    half_day: str
    origin: Origin
    ticked: list[str]
    by: str
    by_name: str
    approved_by_name: str
    may_from: str
    label_kind: str
    label_month: str
    label_place: str
    why: str


class CasesAnswer(msgspec.Struct):
    """Drafts, what waits for the release, and what is published, the newest month first."""

    now: str
    me: str
    drafts: list[CaseAnswer]
    approved: list[CaseAnswer]
    published: list[CaseAnswer]
    release: str
    buildings: list[Named]


def case_answer(register: Register, card: Card) -> CaseAnswer:
    draft, label = card.draft, card.label
    return CaseAnswer(
        id=card.id,
        state=card.state,
        **{name: getattr(draft, name) for name in ("kind", "building", "text", "result", "origin", "by")},
        half_day=str(draft.half_day),
        ticked=list(draft.ticked),
        by_name=name_of(register, draft.by),
        approved_by_name=name_of(register, card.approved_by) if card.approved_by else "",
        may_from=stamp(card.may_be_approved_from),
        label_kind=label.kind if label else "",
        label_month=label.month if label else "",
        label_place=label.place if label else "",
        why=card.why,
    )


def cases_answer(register: Register, me: str, now: datetime, waiting: list[Card], published: list[Card], release: str) -> CasesAnswer:
    def shown(cards: list[Card], state: CardState) -> list[CaseAnswer]:
        return [case_answer(register, card) for card in cards if card.state is state]

    newest = sorted(published, key=lambda card: (card.label.month if card.label else "", card.id), reverse=True)
    return CasesAnswer(
        stamp(now),
        me,
        sorted(shown(waiting, CardState.DRAFT), key=lambda each: each.may_from),
        sorted(shown(waiting, CardState.APPROVED), key=lambda each: each.half_day),
        [case_answer(register, card) for card in newest],
        release,
        [Named(each.id, each.name) for each in register.buildings],
    )
