"""Eighty hostile texts on the page that is published of solved cases, which is made without a browser's help: text, and nothing else."""

from html.parser import HTMLParser

from chalicelib.cases.rules import CaseKind
from chalicelib.pages.assets import Assets
from chalicelib.pages.cases import ground, pages
from chalicelib.pages.packed import pack
from tests.builders import register
from tests.pages.conftest import FACTS
from tests.pages.published import card
from tests.payloads import PAYLOADS


class Read(HTMLParser):
    """What a page says, and the elements that it says it with, attributes and all."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.elements = "", set[tuple[str, tuple[str, ...]]]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))

    def handle_data(self, data: str) -> None:
        self.said += data


def test_a_published_case_is_read_and_never_done(made: Assets) -> None:
    base = ground(pack(made, FACTS))
    hostile = pages(base, register(), [card(number, CaseKind.FOOD, "", text=text) for number, text in enumerate(PAYLOADS)])
    tame = pages(base, register(), [card(number, CaseKind.FOOD, "", text="药快吃完了。") for number in range(len(PAYLOADS))])

    for path, page in hostile.items():
        read, usual = Read(page), Read(tame[path])
        assert [text for text in PAYLOADS if text not in read.said] == [], path
        assert read.elements == usual.elements, path
