"""How case cards are stored: those that wait and those that are published side by side, under one key a compound."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from chalicelib.cases.cards import Card, CardState, Draft, Origin
from chalicelib.cases.rules import CaseKind, Label
from chalicelib.shared.calendar import at
from chalicelib.shared.half_days import read_half_day
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.news import News, told
from chalicelib.store import case_keys, keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import TaskState

SHOWN_DAYS = 365
KEPT_DAYS, GONE_DAYS = 400, 30


def waiting(store: Store, compound: str) -> list[Card]:
    """What is not published: drafts, what was approved, and for a month what was taken back. One query."""
    return [_card(item) for item in store.under(case_keys.cases(compound), prefix="DRAFT#", consistent=True)]


def published(store: Store, compound: str, today: date) -> list[Card]:
    """What the public reads: the cases of this month and the twelve before. One query."""
    first = (today - timedelta(days=SHOWN_DAYS)).isoformat()[:7]
    return [_card(item) for item in store.under(case_keys.cases(compound), start=f"OUT#{first}", consistent=True)]


def find(store: Store, compound: str, identity: str, today: date) -> Card | None:
    """A card wherever it lies. One read, and a query where it is no draft any more."""
    item = store.get(case_keys.case_draft(compound, identity), consistent=True)
    if item is not None:
        return _card(item)
    return next((card for card in published(store, compound, today) if card.id == identity), None)


def solved_on(store: Store, compound: str, half_days: Iterable[date], origin: Origin, number: str) -> bool:
    """Was this letter or ticket solved on one of these days? Asked of its task; nothing of the number is kept."""
    wanted = f"{origin}:{number}"
    for day in half_days:
        for item in store.under(keys.tasks(compound), prefix=f"DAY#{day.isoformat()}#{wanted}"):
            task = board.from_item(item)
            if task.state is not TaskState.CANCELLED and (task.id == wanted or task.id.startswith(f"{wanted}:")):
                return True
    return False


def added(compound: str, card: Card) -> Change:
    return Add(_item(compound, card))


def changed(compound: str, card: Card) -> Change:
    """A card that stays where it lies, at the version it was read."""
    return Replace(_item(compound, card), card.version)


def moved(compound: str, card: Card) -> list[Change]:
    """A draft that is published."""
    return [Remove(case_keys.case_draft(compound, card.id), card.version), Add(_item(compound, card))]


def announced(store: Store, compound: str) -> Change:
    """What must be written with everything that changes what the public reads. One read."""
    seen = (store.get(case_keys.cases_changed(compound), consistent=True) or {}).get("v", 0)
    news = told(f"{compound}:cases:{seen + 1}", News.CASES_CHANGED)
    item: Item = {**case_keys.cases_changed(compound).as_item(), "v": seen + 1, "news": news}
    return Replace(item, seen) if seen else Add(item)


def compound_of(item: Item) -> CompoundId:
    return CompoundId(item["pk"].partition("#")[0])


def _item(compound: str, card: Card) -> Item:
    draft, label = card.draft, card.label
    key = case_keys.published_case(compound, label.month, card.id) if label else case_keys.case_draft(compound, card.id)
    more = {name: getattr(card, name) for name in ("approved_by", "withdrawn_by", "why") if getattr(card, name)}
    if card.approved_on:
        more["approved_on"] = card.approved_on.isoformat()
    if label:
        more["label"] = {"kind": label.kind.value, "place": label.place}
    return {**key.as_item(), "v": card.version + 1, "state": card.state.value, "draft": _row(draft), **more, **_ends(card)}


def _ends(card: Card) -> dict[str, int]:
    """Published cards end after the year in which they are shown, taken-back drafts after a month."""
    if card.label is None and card.state is not CardState.WITHDRAWN:
        return {}
    days = KEPT_DAYS if card.label else GONE_DAYS
    return {"ttl": int(at(card.approved_on or card.draft.half_day.day, "00:00").timestamp()) + days * 86400}


def _row(draft: Draft) -> dict[str, Any]:
    said = {"kind": draft.kind.value, "half_day": str(draft.half_day), "origin": draft.origin.value, "ticked": list(draft.ticked)}
    return {**said, **{name: getattr(draft, name) for name in ("building", "text", "result", "by", "key")}}


def _draft(row: dict[str, Any]) -> Draft:
    told = CaseKind(row["kind"]), row["building"], row["text"], row["result"], read_half_day(row["half_day"]), Origin(row["origin"])
    return Draft(*told, row["by"], tuple(row["ticked"]), row["key"])


def _card(item: Item) -> Card:
    where, _, rest = item["sk"].partition("#")
    month, _, identity = rest.rpartition("#")
    label = Label(CaseKind(item["label"]["kind"]), month, item["label"]["place"]) if where == "OUT" else None
    on = date.fromisoformat(item["approved_on"]) if "approved_on" in item else None
    by, withdrawn = item.get("approved_by", ""), (item.get("withdrawn_by", ""), item.get("why", ""))
    return Card(identity, _draft(item["draft"]), CardState(item["state"]), by, on, label, *withdrawn, item["v"])
