"""Leave on the roster page, and what a volunteer is given: a link, its picture and six digits, once."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.test_boards import lead


def test_who_is_away_stands_beside_the_roster(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/")
    expect(page.locator("#leaves .item").first).to_contain_text("陈敏 11 月 21 日 星期六 到 11 月 22 日 星期日 现在不在")
    expect(page.locator("#leaves .item").nth(1)).to_contain_text("李秀英 11 月 28 日 星期六")


def test_leave_is_entered_for_somebody(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/", 390)
    page.click("#to-leave")
    expect(page.locator("#leave [name=person]")).to_be_focused()
    expect(page.locator("#leave [name=first]")).to_have_value("2026-11-22")
    page.select_option("#leave [name=person]", label="李秀英")
    page.fill("#leave [name=first]", "2026-11-24")
    page.fill("#leave [name=last]", "2026-11-23")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#leave .error")).to_contain_text("不能早于")
    page.fill("#leave [name=last]", "2026-11-25")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#done")).to_have_text("登记好了：李秀英，11 月 24 日 星期二 到 11 月 25 日 星期三。")
    expect(page.locator("#leaves .item")).to_have_count(3)
    assert stub.acts[-1][1] == {"person": "v-1-101", "first": "2026-11-24", "last": "2026-11-25"}


def test_a_steward_enters_her_own_only(stub: Stub, open_page: Open) -> None:
    stub.roster["people"] = [{"id": "wang", "name": "王建国"}]
    page = open_page(f"{stub.url}/roster/", width=390)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    page.click("#to-leave")
    expect(page.locator("#leave option")).to_have_text(["王建国"])
    expect(page.locator("#leaves [data-open]")).to_have_count(0)


def test_leave_is_taken_back_after_a_second_tap(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/")
    page.get_by_role("button", name="回来了 陈敏").click()
    expect(page.get_by_role("button", name="撤回这次请假")).to_be_focused()
    page.get_by_role("button", name="照旧").click()
    assert not [path for path, _ in stub.acts if path.endswith("/end")]
    page.get_by_role("button", name="不请了 李秀英").click()
    page.get_by_role("button", name="撤回这次请假").click()
    expect(page.locator("#done")).to_have_text("撤回了：李秀英照常。")
    expect(page.locator("#leaves .item")).to_have_count(1)


def test_a_volunteer_gets_a_link_its_picture_and_six_digits_once(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/volunteers/")
    page.get_by_role("button", name="发链接 李秀英").click()
    expect(page.locator("#list form[data-form]:not([hidden])")).to_contain_text("马上都不能用")
    assert not [path for path, _ in stub.acts if path.endswith("/link")]
    page.get_by_role("button", name="发新链接").click()
    expect(page.locator("#made-title")).to_be_focused()
    expect(page.locator("#slip-link")).to_contain_text("李秀英 · 一号网格 · 安和里小区")
    expect(page.locator("#slip-link .slip-link")).to_contain_text("/v/#anheli.")
    assert page.locator("#slip-link img").evaluate("image => image.naturalWidth > 0")
    expect(page.locator("#slip-code .digits")).to_have_text("048\u00a0213")
    expect(page.locator("#slip-code")).to_contain_text("11 月 23 日 9:40 以前有效")
    page.get_by_role("button", name="给好了，收起来").click()
    assert "048" not in page.content() and "qqqq" not in page.content()
    expect(page.locator("#list-title")).to_be_focused()


def test_a_further_phone_gets_digits_only(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/volunteers/", 390)
    page.get_by_role("button", name="再加一部手机 欧阳文静").click()
    expect(page.locator("#list .error:visible")).to_have_text("还没有发过链接，请先发链接。")
    page.get_by_role("button", name="再加一部手机 周明").click()
    expect(page.locator("#slip-code .digits")).to_have_text("730\u00a0415")
    expect(page.locator("#slip-link")).to_be_hidden()


def test_what_was_shown_leaves_with_who_saw_it(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/volunteers/")
    made(page)
    page.click("#sign-out")
    assert "048" not in page.content() and "qqqq" not in page.content()


def test_link_and_digits_are_printed_apart_on_one_sheet(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/volunteers/")
    made(page)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    expect(page.locator("#print")).to_be_hidden()
    assert page.locator("#slip-link img").evaluate("image => image.getBoundingClientRect().width") / 96 * 25.4 >= 20
    sizes = page.locator(".slip *").evaluate_all(
        "all => all.filter(e => e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) * 72 / 96 >= 14


def made(page: Page) -> None:
    page.get_by_role("button", name="发链接 李秀英").click()
    page.get_by_role("button", name="发新链接").click()
    expect(page.locator("#made")).to_be_visible()
