"""What people do with case cards: write one, let one go, take one back; and, once a month, what waits is released."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from chalicelib.cases import records
from chalicelib.cases.cards import Card, CardState, Draft, approved, case_of, labelled, vague, withdrawn
from chalicelib.cases.rules import parcels, release, release_due
from chalicelib.register import records as registers
from chalicelib.register.rules import Register
from chalicelib.register.widening import homes_of
from chalicelib.shared.calendar import day_of
from chalicelib.shared.half_days import half_day
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.problems import absent, bad, busy, key_reused
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8
AT_ONCE = 40
"""Cards of a release in one transaction: two writes each, and DynamoDB takes a hundred."""


def write(store: Store, now: datetime, register: Register, draft: Draft, number: str) -> Card:
    """Keep a draft; its key makes a repeat harmless. ``number`` is the letter's or ticket's: it is looked at and not kept.

    Problem 400 for what points at somebody, an unknown building, or a result that is not on record; 409 for names not ticked off.
    """
    identity = draft.key.partition(":")[0][:16]
    known = records.find(store, register.compound, identity, day_of(now))
    if known is not None:
        return _repeated(known, draft)
    _check_origin(store, now, register, draft, number)
    card = Card(identity, draft._replace(ticked=_checked(register, draft)))
    try:
        store.write(records.added(register.compound, card))
    except Conflict:
        return write(store, now, register, draft, number)
    return card._replace(version=1)


def _repeated(known: Card, draft: Draft) -> Card:
    if known.draft.key != draft.key:
        raise key_reused()
    return known


def _check_origin(store: Store, now: datetime, register: Register, draft: Draft, number: str) -> None:
    if draft.building and draft.building not in {each.building for each in register.homes}:
        raise bad("building", "没有这一栋，请看一下楼号。", "There is no such building. Please check its number.", field="building")
    half = draft.half_day
    if half.begins > half_day(now).begins:
        raise bad("half_day", "结果的日子不能在以后。", "The result cannot lie ahead.", field="half_day")
    days = (half.day, half.day + timedelta(days=1))  # the word about a letter may come after midnight
    if not records.solved_on(store, register.compound, days, draft.origin, number):
        raise bad(
            "not-solved", "那天没有这样一件办好的事，请核对号码和日子。", "Nothing of this number was solved on that day.", field="number"
        )


def _checked(register: Register, draft: Draft) -> tuple[str, ...]:
    from chalicelib.cases.checking import check  # many patterns, and only here

    return check(register, {"text": draft.text, "result": draft.result}, draft.ticked)


def approve(store: Store, now: datetime, register: Register, identity: str, by: str, at_once: bool) -> Card:
    """Let a draft go: it waits for the release, or is published at once with nothing said of kind and place; so may one that waits.

    Problem 403 for the writer, 409 within a day of the result; 409 too if a name has come into the register since it was written.
    """

    def decide(card: Card) -> tuple[Card, list[Change]] | None:
        waits = card.state is CardState.APPROVED
        if card.approved_by == by and (card.state is CardState.PUBLISHED or (waits and not at_once)):
            return None
        after = card if waits and at_once and by != card.draft.by else approved(card, by, now, day_of(now))
        _checked(register, card.draft)
        if not at_once:
            return after, [records.changed(register.compound, after)]
        after = labelled(after, vague(after))
        return after, [*records.moved(register.compound, after), records.announced(store, register.compound)]

    return _change(store, now, register, identity, decide)


def withdraw(store: Store, now: datetime, register: Register, identity: str, by: str, why: str) -> Card:
    """Take a card back, whoever wrote it. Of one that is published the words go at once, and the label stays."""

    def decide(card: Card) -> tuple[Card, list[Change]] | None:
        if card.state is CardState.WITHDRAWN and (card.withdrawn_by, card.why) == (by, why):
            return None
        after = withdrawn(card, by, why)
        public = [records.announced(store, register.compound)] if card.label else []
        return after, [records.changed(register.compound, after), *public]

    return _change(store, now, register, identity, decide)


def _change(
    store: Store, now: datetime, register: Register, identity: str, decide: Callable[[Card], tuple[Card, list[Change]] | None]
) -> Card:
    for _ in range(ROUNDS):
        card = records.find(store, register.compound, identity, day_of(now))
        if card is None:
            raise absent()
        decided = decide(card)
        if decided is None:
            return card
        after, changes = decided
        try:
            store.write(*changes)
        except Conflict:
            continue
        return after._replace(version=card.version + 1)
    raise busy()


def announce(store: Store, compound: str) -> None:
    """Have the public pages made anew; what another change announces meanwhile is as good."""
    with suppress(Conflict):
        store.write(records.announced(store, compound))


def release_waiting(store: Store, now: datetime, compound: CompoundId) -> int:
    """Give what waits its labels, if the month (or week) in which some of it was approved is over. Returns how many cards.

    Written in parts of which each is all or nothing and safe by itself. Conflict where somebody was at one of them: tomorrow, then.
    """
    cards = {card.id: card for card in records.waiting(store, compound) if card.state is CardState.APPROVED}
    days = [card.approved_on for card in cards.values() if card.approved_on]
    register = registers.load(store, compound) if days else None
    if register is None or not release_due(days, day_of(now), register.policy.case_release):
        return 0
    released = release([case_of(register, card) for card in cards.values()], homes_of(register))
    for part in parcels(released, AT_ONCE):
        out = [labelled(cards[case.id], case.label) for case in part if case.label]
        changes = [change for card in out for change in records.moved(compound, card)]
        store.write(*changes, records.announced(store, compound))
    return len(cards)
