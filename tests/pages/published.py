"""A compound's published site as a reader has it: the pages of a bucket, read back from their HTML."""

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple


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
