"""The public page of solved cases: whole, in both languages, saying of small counts no more than it may."""

import re

import pytest

from chalicelib.cases.rules import CaseKind
from chalicelib.pages.assets import Assets
from tests.pages.conftest import FACTS
from tests.pages.published import CARDS, card, case_pages, counts, read
from tests.pages.reading import Reader
from tests.pages.test_words import HAN


@pytest.fixture(scope="module")
def html(made: Assets) -> dict[str, str]:
    return case_pages(FACTS, made)


def test_every_case_stands_under_its_label_and_small_counts_are_not_said(html: dict[str, str]) -> None:
    pages = {path: page.encode() for path, page in html.items()}
    shown = read(pages)

    assert len(shown) == len(CARDS)
    assert [month for month, _, _ in counts(pages)] == ["2026-11", "2026-11", "2026-10", "2026-10", "2026-10", "2026-10"]
    assert counts(pages)[:2] == [("2026-11", "别的事", "<5"), ("2026-11", "一共", "<5")]
    assert {kind: count for month, kind, count in counts(pages) if month == "2026-10"} == {
        "家里坏了东西": "6",
        "买药、送药": "–",
        "别的事": "<5",
        "一共": "14",
    }


def test_the_english_page_says_in_chinese_only_what_was_written_so(html: dict[str, str]) -> None:
    page = html["en/cases/anheli/index.html"]
    plain = re.sub(r'<li class="case" lang="zh-CN">.*?</li>', "", page)
    said = [text for text in Reader(plain).texts if HAN.search(text) and text != "中文"]

    assert len(said) == 2 and all(text.endswith(("· 一期", "· 3 栋")) for text in said), "what people here call a place stays as it is"
    assert "October 2026" in page and "This one was taken back." in page and "Anheli" in page


def test_what_a_case_says_is_text_and_never_a_tag(made: Assets) -> None:
    evil = card(1, CaseKind.OTHER, "zone:<b>", text="<script>alert(1)</script><img src=x onerror=alert(1)>")
    for page in case_pages(FACTS, made, [evil]).values():
        assert "<script>alert" not in page and "<img src=x" not in page and "<b>" not in page.replace("<b>0571", "")
        assert "&lt;script&gt;" in page


def test_the_page_names_its_own_compounds_phone_alone_and_leads_to_its_mailbox(html: dict[str, str]) -> None:
    page = html["cases/anheli/index.html"]

    assert "0571-8800 1234" in page and "0571-8600 4321" not in page
    assert 'href="/letter/#anheli"' in page and "<script type" not in page
