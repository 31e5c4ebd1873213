"""Eighty hostile texts in what is published without a browser's help, solved cases, feed and calendar: text, and nothing else."""

from html.parser import HTMLParser
from xml.etree import ElementTree

import icalendar

from chalicelib.cases.rules import CaseKind
from chalicelib.pages.assets import Assets
from chalicelib.pages.cases import ground, pages
from chalicelib.pages.feeds import Entry, Feed, atom, calendar
from chalicelib.pages.packed import pack
from tests.builders import moment, register
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


NOW, LATER = moment("09:00"), moment("12:00")
ATOM = "{http://www.w3.org/2005/Atom}"


def entry(number: int, text: str) -> Entry:
    return Entry(f"n{number}", text, text, text, NOW, NOW, NOW, LATER, text)


def test_a_feed_and_a_calendar_say_it_letter_by_letter_and_no_more() -> None:
    for number, text in enumerate(PAYLOADS):
        feed = Feed("anheli", text, text, "zh-CN", "https://n.test", "/notices/#anheli")
        tree = ElementTree.fromstring(atom(feed, [entry(number, text)], "/feeds/anheli.atom", NOW))
        said = [tree.findtext(f"{ATOM}entry/{ATOM}{name}") for name in ("title", "content")]
        assert said == [text, text] and len(list(tree.iter())) == 16, text

        (event,) = icalendar.Calendar.from_ical(calendar(feed, [entry(number, text)])).walk("VEVENT")
        assert [str(event[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION")] == [text] * 3
        assert len(event) == 13, text
