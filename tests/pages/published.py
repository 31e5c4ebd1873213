"""A compound's published site as a reader has it: the pages of a bucket, read back from their HTML."""

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from chalicelib.cases.cards import Card, CardState, Draft, Origin
from chalicelib.cases.rules import CaseKind, Label
from chalicelib.pages.assets import Assets
from chalicelib.pages.cases import ground, pages
from chalicelib.pages.facts import SiteFacts
from chalicelib.pages.packed import pack
from chalicelib.register.rules import Building
from chalicelib.shared.half_days import read_half_day
from tests.builders import register


class Shown(NamedTuple):
    """What stands over a case on the page."""

    kind: str
    month: str
    place: str


class _Cases(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.month, self.label, self.cases, self.counts, self.inside, self.kind = "", Shown("", "", ""), [], [], "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-month" in given:
            self.month = given["data-month"] or ""
        if "data-kind" in given:
            self.label = Shown(given["data-kind"] or "", self.month, given["data-place"] or "")
        if tag == "li" and given.get("class") == "case":
            self.cases.append(["", self.label])
            self.inside = "case"
        elif tag in ("td", "th"):
            self.inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "td", "th"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "case":
            self.cases[-1][0] += data
        elif self.inside == "th":
            self.kind = data
        elif self.inside == "td":
            self.counts.append((self.month, self.kind, data))


def read(pages: Mapping[str, bytes], compound: str = "anheli") -> list[tuple[str, Shown]]:
    """Text and label of every case on the page, whichever language; both must say the same."""
    chinese, english = (_Cases(pages[f"{lang}cases/{compound}/index.html"].decode()) for lang in ("", "en/"))
    assert [tuple(case) for case in chinese.cases if "撤回" not in case[0]] == [
        tuple(case) for case in english.cases if "taken" not in case[0]
    ]
    return [(text, label) for text, label in chinese.cases]


def counts(pages: Mapping[str, bytes], compound: str = "anheli") -> list[tuple[str, str, str]]:
    """Month, kind and count as they stand in the tables."""
    return _Cases(pages[f"cases/{compound}/index.html"].decode()).counts


def small_groups(earlier: list[tuple[str, Shown]], later: list[tuple[str, Shown]]) -> list[Shown]:
    """Labels under which fewer than five cases are new between two releases, *compound · other* left aside."""
    known = Counter(earlier)
    new = Counter(label for (_, label), many in (Counter(later) - known).items() for _ in range(many))
    gone = Counter(label for (_, label), many in (known - Counter(later)).items() for _ in range(many))
    there = Counter(label for _, label in later)
    return [label for each in (new, gone, there) for label, many in each.items() if many < 5 and (label.kind, label.place) != ("other", "")]


def card(number: int, kind: CaseKind, place: str, month: str = "2026-10", text: str = "水管滴水三天了。") -> Card:
    """A published case; without a text, one that was taken back."""
    state = CardState.PUBLISHED if text else CardState.WITHDRAWN
    draft = Draft(kind, "", text, text and "当天下午就修好了。", read_half_day(f"{month}-09-am"), Origin.LETTER, "anheli.liu", (), "k")
    return Card(f"{number:04}", draft, state, "anheli.chen", None, Label(kind, month, place))


CARDS = [
    *(card(number, CaseKind.REPAIR, "3") for number in range(6)),
    *(card(10 + number, CaseKind.MEDICINE, "zone:一期", text="药快吃完了。") for number in range(5)),
    card(20, CaseKind.MEDICINE, "zone:一期", text=""),
    *(card(30 + number, CaseKind.OTHER, "", text="夜里睡不着，想有人说说话。") for number in range(2)),
    card(40, CaseKind.OTHER, "", "2026-11"),
]
"""Two months: six of a building, six of a zone with one taken back, two that could be anything; and a single one."""


def case_pages(site: SiteFacts, made: Assets, cards: list[Card] = CARDS) -> dict[str, str]:
    """The cases' page of 安和里 in both languages."""
    return pages(ground(pack(made, site)), register(buildings=(Building("3", "3 栋", "一期"),)), cards)
