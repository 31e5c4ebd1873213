"""A volunteer's page: her phone is confirmed once, then the round is there."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.stub import Stub
from tests.browser.world import VOLUNTEER_LINK


def test_the_phone_is_confirmed_once(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/#{VOLUNTEER_LINK}")
    page.fill("#code", "111111")
    page.click("#confirm [type=submit]")
    expect(page.locator("#confirm .error")).to_contain_text("数字不对")
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#mine-list")).to_contain_text("张桂芳")
    page.reload()
    expect(page.locator("#mine-title")).to_have_text("今天交给您的：2 户")
    expect(page.locator("#confirm")).to_be_hidden()


def test_a_visit_is_recorded_on_her_phone(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/#{VOLUNTEER_LINK}")
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    visit = page.locator("#visits .visit")
    visit.get_by_role("button", name="记一下").click()
    visit.locator("[name=temperature]").fill("36.4")
    visit.get_by_role("button", name="记下来").click()
    expect(visit).to_contain_text("做到了")
    path, sent = stub.acts[-1]
    assert path == "/api/round/visits" and sent["home"] == "1-302" and sent["temperature"] == 36.4


def test_a_link_that_ends_while_the_page_is_open_takes_what_it_showed_with_it(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/#{VOLUNTEER_LINK}")
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    visit = page.locator("#visits .visit")
    visit.get_by_role("button", name="记一下").click()
    stub.broken = 401
    visit.get_by_role("button", name="记下来").click()
    expect(page.locator("#state-title")).to_have_text("这个链接不能用了")
    for shown in ("#round", "#mine", "#others"):
        expect(page.locator(shown)).to_be_hidden()
    assert "张桂芳" not in page.content()


def test_another_link_on_the_same_phone_is_asked_again(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/#{VOLUNTEER_LINK}")
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#mine")).to_be_visible()
    page.goto("about:blank")
    page.goto(f"{stub.url}/v/#anheli.other")
    expect(page.locator("#confirm")).to_be_visible()


def test_homes_of_others_show_no_more_than_their_number(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/en/v/#{VOLUNTEER_LINK}")
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#others-list li").first).to_have_text("Building 1, 402")
    expect(page.locator("#mine-list")).to_contain_text("lives alone, aged 82")
