"""The public page of a compound's solved cases: what is published, by month, as HTML that needs no script. Made anew at each change."""

from calendar import month_name
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment

from chalicelib.cases import records
from chalicelib.cases.cards import Card, CardState
from chalicelib.cases.rules import CaseKind
from chalicelib.pages.facts import SiteFacts
from chalicelib.pages.packed import PLACE, unpack
from chalicelib.pages.publish import TYPES, cached
from chalicelib.pages.render import LANGUAGES, View, environment, render_page
from chalicelib.register import records as registers
from chalicelib.register.rules import Register
from chalicelib.register.widening import COMPOUND
from chalicelib.shared.calendar import day_of
from chalicelib.shared.counts import Hidden, countable, sayable
from chalicelib.shared.ids import CompoundId
from chalicelib.store.contract import Store


class Place(NamedTuple):
    """``kind`` is building, zone or compound; ``name`` what people call it, "" where only its number is known."""

    kind: str
    id: str
    name: str


class Group(NamedTuple):
    """The cases that share a label; those taken back have no words any more."""

    kind: CaseKind
    place: Place
    cases: tuple[Card, ...]


class Month(NamedTuple):
    """``counts`` by kind and ``total`` are as they may be shown: a number, or why there is none."""

    year: int
    month: int
    name: str
    total: int | Hidden
    counts: dict[str, int | Hidden]
    groups: tuple[Group, ...]


def months(register: Register, cards: Iterable[Card]) -> list[Month]:
    """What is published, the newest month first; within a label in no order that tells when a case was written."""
    by_month: dict[str, list[Card]] = {}
    for card in cards:
        if card.label:
            by_month.setdefault(card.label.month, []).append(card)
    return [_month(register, month, by_month[month]) for month in sorted(by_month, reverse=True)]


def _month(register: Register, month: str, cards: Sequence[Card]) -> Month:
    labels = sorted({card.label for card in cards if card.label}, key=lambda label: (label.kind is CaseKind.OTHER, label))
    counts = Counter(card.label.kind.value for card in cards if card.label)
    groups = tuple(
        Group(label.kind, _place(register, label.place), tuple(sorted((card for card in cards if card.label == label), key=_by_dice)))
        for label in labels
    )
    year, number = (int(part) for part in month.split("-"))
    return Month(year, number, month_name[number], sayable(len(cards)), countable(counts), groups)


def _by_dice(card: Card) -> tuple[bool, str]:
    """By the key that the writer's browser threw; what was taken back comes last."""
    return card.state is CardState.WITHDRAWN, card.id


def _place(register: Register, place: str) -> Place:
    if place == COMPOUND:
        return Place("compound", "", "")
    if place.startswith("zone:"):
        return Place("zone", place, place.removeprefix("zone:"))
    return Place("building", place, next((each.name for each in register.buildings if each.id == place), ""))


class Ground(NamedTuple):
    """What every page of the site is made from: its facts, and the templates in each language."""

    site: SiteFacts
    languages: dict[str, Environment]


@lru_cache(2)
def ground(packed: bytes) -> Ground:
    """Kept while the site stays as it is, since Jinja takes longest to begin."""
    assets, site = unpack(packed)
    return Ground(site, {lang: environment(lang, assets) for lang in LANGUAGES})


def pages(ground: Ground, register: Register, cards: Iterable[Card]) -> dict[str, str]:
    """Bucket path → page, in every language."""
    view = View("compound-cases", f"cases/{register.compound}/")
    compound = next((each for each in ground.site.compounds if each.id == register.compound), None)
    site, shown = SiteFacts((compound,) if compound else ()), months(register, cards)
    made = {}
    for lang, templates in ground.languages.items():
        name = compound.called(lang) if compound else register.name
        made[view.file(lang)] = render_page(templates, view, lang, site, compound=name, id=register.compound, months=shown)
    return made


def publish(store: Store, now: datetime, compound: CompoundId, s3: Any, bucket: str) -> None:
    """Bring the compound's page up to date in the bucket, as the table stands now. Done twice, it is the same page."""
    register = registers.load(store, compound)
    if register is None:
        return
    packed = s3.get_object(Bucket=bucket, Key=PLACE)["Body"].read()
    made = pages(ground(packed), register, records.published(store, compound, day_of(now)))
    for path, page in made.items():
        s3.put_object(Bucket=bucket, Key=path, Body=page.encode(), ContentType=TYPES[".html"], CacheControl=cached(path))
