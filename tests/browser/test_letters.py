"""A letter's whole way in a browser: written, marked, answered, read with the secret, gone on with."""

import re

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def write(page: Page, text: str) -> tuple[str, str]:
    """The receipt and the secret of a letter, as the page shows them."""
    page.select_option("#write-compound", "anheli")
    page.fill("#text", text)
    page.click("#write [type=submit]")
    expect(page.locator("#kept-title")).to_be_focused()
    return page.locator("#receipt").inner_text(), page.locator("#secret").inner_text()


def look(page: Page, number: str) -> None:
    page.select_option("#look-compound", "anheli")
    page.fill("#number", number)
    page.click("#look [type=submit]")
    expect(page.locator("#letter-state")).to_be_focused()


def lead(stub: Stub, open_page: Open) -> Page:
    stub.roles = ["coordinator"]
    page = open_page(f"{stub.url}/letters/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "liu", "right"))
    return page


def test_a_letter_is_written_answered_and_read_and_gone_on_with(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/letter/")
    receipt, secret = write(page, "孩子的奶粉快没有了，不好意思在群里说")
    assert len(receipt.replace(" ", "")) == 9 and len(secret.replace(" ", "")) == 20
    expect(page.locator("#kept-due")).to_have_text(re.compile(r"^最晚 \d+ 月 \d+ 日 (12:00|24:00) 前给您结果$"))
    expect(page.locator("#kept + #worry")).to_contain_text("12356")
    look(page, receipt)
    expect(page.locator("#letter-state")).to_have_text("信收到了，正在办")
    expect(page.locator("#thread li")).to_have_count(0)

    desk = lead(stub, open_page)
    row = desk.locator("#letters > li")
    expect(row).to_contain_text("奶粉")
    expect(row.locator(".worry")).to_contain_text("请先看")
    expect(row.locator("form")).to_be_hidden()
    row.get_by_role("button", name="要紧").click()
    expect(row.get_by_role("button", name="要紧")).to_have_attribute("aria-pressed", "true")
    row.locator("textarea").fill("下午三点放在门口，请放心。")
    row.get_by_role("button", name="这就是结果").click()
    expect(desk.locator("#letters-none")).to_be_visible()
    expect(desk.locator("#figures")).to_contain_text("1 封有了结果，1 封在 24 小时内")

    look(page, secret.lower())
    expect(page.locator("#letter-state")).to_have_text("有结果了")
    expect(page.locator("#thread li")).to_have_count(2)
    expect(page.locator("#thread li").last).to_contain_text("下午三点")
    page.fill("#more-text", "收到了，谢谢")
    page.click("#more [type=submit]")
    expect(page.locator("#thread li")).to_have_count(3)

    page.click("#close")
    expect(page.locator("#letter")).to_be_hidden()
    expect(page.locator("#number")).to_have_value("")
    assert "下午三点" not in page.content() and secret.lower() not in page.content()


def test_a_wrong_number_is_said_and_what_is_lost_goes_again_under_the_same_secret(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/letter/")
    page.select_option("#look-compound", "anheli")
    page.fill("#number", "12345")
    page.click("#look [type=submit]")
    expect(page.locator("#look .error")).to_contain_text("数字不对")

    stub.broken = 503
    page.select_option("#write-compound", "anheli")
    page.fill("#text", "路灯坏了")
    page.click("#write [type=submit]")
    expect(page.locator("#write .error")).to_contain_text("出错了")
    stub.broken = 0
    page.click("#write [type=submit]")
    expect(page.locator("#kept")).to_be_visible()
    assert len(stub.mailbox.told) == 1
    expect(page.locator("#worry")).to_be_hidden()
    page.click("#put-away")
    assert page.locator("#secret").inner_text() == ""


def test_the_box_in_the_square_is_opened_and_a_paper_letter_gets_its_slip(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page)
    page.fill("#box-letters", "3")
    page.click("#box [type=submit]")
    expect(page.locator("#box-said")).to_have_text("今天开过箱，3 封。")
    page.fill("#copy-text", "夜里总是害怕")
    page.click("#copy [type=submit]")
    expect(page.locator("#slip-title")).to_be_focused()
    assert len(page.locator("#slip-secret").inner_text().replace(" ", "")) == 20
    expect(page.locator("#letters > li")).to_have_count(1)
    page.click("#put-away")
    expect(page.locator("#slip")).to_be_hidden()


def test_words_of_a_letter_are_words_and_never_a_page(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/letter/")
    write(page, "<img src=x onerror=alert(1)><script>document.title=1</script>")
    desk = lead(stub, open_page)
    expect(desk.locator("#letters > li .said").first).to_contain_text("<img src=x")
    assert desk.locator("#letters img").count() == 0


def test_a_link_of_a_compound_chooses_it_and_a_homes_page_tells_no_more(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/letter/#qinghe")
    expect(page.locator("#write-compound")).to_have_value("qinghe")
    expect(page.locator("#look-compound")).to_have_value("qinghe")
    stranger = open_page(f"{stub.url}/letter/#nowhere")
    expect(stranger.locator("#write-compound")).to_have_value("")

    home = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(home.locator("#to-letter")).to_have_attribute("href", re.compile("/letter/#anheli$"))


def test_whoever_may_be_in_danger_reads_first_whom_to_call(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/letter/", width=320)
    page.select_option("#write-compound", "anheli")
    page.fill("#text", "我不想活了")
    page.click("#write [type=submit]")
    expect(page.locator("#worry-title")).to_be_focused()
    expect(page.locator("#worry + #kept")).to_be_visible()
    for seen in (page.locator("#worry-title"), page.get_by_role("link", name="12356")):
        expect(seen).to_be_in_viewport(ratio=1)
