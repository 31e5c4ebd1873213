"""A month's tickets in figures, on the staff's page: where what is reported, and how it was judged."""

from playwright.sync_api import Page, expect

from tests.browser import stub_figures
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def desk(stub: Stub, open_page: Open, path: str = "/figures/", width: int = 1200) -> Page:
    stub.roles = ["manager"]
    page = open_page(stub.url + path, width=width)
    sign_in(page, Place(stub.url, iter(()), "chen", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_every_spot_says_its_figure_in_words_and_the_most_is_said_first(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#spots-top")).to_have_text("最多的是3 号楼的漏水：14 件。")
    expect(page.get_by_role("img", name="3 号楼，漏水：14 件，2 件在办")).to_be_visible()
    expect(page.get_by_role("img", name="全小区，咨询：12 件，1 件在办")).to_be_visible()
    expect(page.get_by_role("img", name="2 号楼，电梯：没有")).to_be_visible()
    expect(page.locator('[data-spot="3:leak"] text')).to_have_text(["14", "2 在办"])
    assert page.locator(".spot.many").count() == 2


def test_ratings_are_said_where_they_may_be(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#team")).to_have_text("全组办好 27 件，17 件有打分，平均 4.3 分。")
    rows = page.locator("#people tbody tr")
    expect(rows).to_have_text(["刘组长不到 5不到 5–", "王建国1894.6 分", "赵管家6不写–"])


def test_parcels_home_in_time_stand_beside_what_was_promised(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, width=320)
    expect(page.locator("#parcels-list li").first).to_contain_text("412 件里做到 96%")
    expect(page.locator("#parcels-list li")).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_another_month_is_asked_for_and_an_empty_one_says_so(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "/figures/", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(page.locator("#month option")).to_have_count(12)
    stub.figures = stub_figures.nothing()
    page.select_option("#month", "2026-10")
    expect(page.locator("#spots-none")).to_be_visible()
    expect(page.locator("#team")).to_contain_text("还说不出平均分")
    assert page.url.endswith("#2026-10")


def test_only_who_leads_is_led_there_from_the_tickets(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "/tickets/")
    page.click("#to-figures")
    expect(page.locator("#spots-top")).to_contain_text("14 件")

    stub.roles = ["steward"]
    other = open_page(f"{stub.url}/tickets/", width=1200)
    sign_in(other, Place(stub.url, iter(()), "wang", "right"))
    expect(other.locator("#moment")).not_to_be_empty()
    expect(other.locator("#to-figures")).to_be_hidden()
