"""What came back on paper is entered the next morning, on a list that says loudly which day it is."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.test_today import today

YESTERDAY = "2026-11-21"


def earlier(stub: Stub, open_page: Open, day: str = YESTERDAY, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/{lang}today/?day={day}", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#earlier")).to_be_visible()
    return page


def test_yesterday_is_one_tap_away_and_says_so(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.get_by_role("link", name="补录前几天").click()
    expect(page.locator("#earlier-title")).to_have_text("昨天：11 月 21 日 星期六")
    expect(page.locator("#visits-title")).to_have_text("11 月 21 日 星期六的走访")
    expect(page.locator("#tasks-column")).to_be_hidden()
    expect(page.get_by_role("link", name="后一天")).to_be_hidden()
    page.get_by_role("link", name="再前一天").click()
    expect(page.locator("#earlier-title")).to_have_text("补录：11 月 20 日 星期五")
    page.get_by_role("link", name="回到今天").click()
    expect(page.locator("#tasks-column")).to_be_visible()
    expect(page.locator("#earlier")).to_be_hidden()


def test_one_goes_down_the_paper(stub: Stub, open_page: Open) -> None:
    page = earlier(stub, open_page)
    expect(page.locator("#from-paper")).to_have_attribute("aria-pressed", "true")
    first = page.locator("#visits .visit", has_text="1 栋 302").first
    first.get_by_role("button", name="记一下").click()
    expect(first.locator("[name=paper]")).to_be_checked()
    first.locator("[name=temperature]").fill("36.6")
    first.get_by_role("button", name="记下来").click()
    expect(page.locator("#visits .visit", has_text="2 栋 204").locator(".visit-form")).to_be_visible()
    sent = stub.acts[-1][1]
    assert sent["visit"] == f"home_visit:1-302:{YESTERDAY}:08" and sent["paper"] is True
    expect(page.locator("#visits .visit", has_text="1 栋 501")).to_contain_text("昨天 8:40 王建国")


def test_seven_days_back_there_is_no_day_before(stub: Stub, open_page: Open) -> None:
    page = earlier(stub, open_page, "2026-11-15")
    expect(page.locator("#day-before")).to_be_hidden()
    expect(page.locator("#day-after")).to_be_visible()


@pytest.mark.parametrize("lang", ["", "en/"])
def test_the_sheet_of_that_day_says_that_day(stub: Stub, open_page: Open, lang: str) -> None:
    page = earlier(stub, open_page, lang=lang, width=1200)
    page.emulate_media(media="print")
    expect(page.locator("#sheet-title")).to_contain_text("21")
    expect(page.locator(".sheet-row")).to_have_count(3)


def test_the_other_language_is_the_same_day(stub: Stub, open_page: Open) -> None:
    page = earlier(stub, open_page)
    page.click("#other-language")
    expect(page.locator("#earlier-title")).to_have_text("Yesterday: Saturday 21 November")
