"""The published standards in a browser: every promise a sentence, with what was measured or why it is not said."""

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open
from tests.browser.stub import Stub


def rows(page: Page, title: str) -> list[str]:
    section = page.locator("#groups section", has=page.get_by_role("heading", name=title, exact=True))
    return [" ".join(each.split()) for each in section.locator("li").all_inner_texts()]


def test_every_promise_stands_beside_what_was_measured(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/standards/#anheli", width=320)
    expect(page.locator("#standards-title")).to_have_text("安和里小区的服务标准")
    expect(page.locator("#groups section")).to_have_count(11)
    expect(page.locator("#counted")).to_contain_text("11 月 21 日")

    assert rows(page, "上门走访") == ["在说好的时段里上门 十一月 1284 件里做到 99% 十月 1860 件里做到 100%"]
    assert rows(page, "树洞信箱") == ["24 小时内有结果，从投信的那半天算起 十一月 不到 5 件 十月 12 件里做到 91%"]
    assert rows(page, "问管家一句")[0] == "工作时间 5 分钟内有人答复 十一月 214 件里做到 93% 十月 301 件里做到 88%"
    assert rows(page, "快递到家") == [
        "生鲜放上货架 30 分钟内取走；送上门的，从到大门算起 十一月 412 件里做到 96% 十月 388 件里做到 91%",
        "药品放上货架 60 分钟内取走；送上门的，从到大门算起 十一月 不到 5 件 十月 31 件里做到 100%",
        "日用品放上货架 24 小时内取走；送上门的，从到大门算起 十一月 没有 十月 没有",
    ]
    assert rows(page, "提建议") == [
        "工作时间 8 小时内有人答复 十一月 没有 十月 没有",
        "100 小时内办好，24 小时算一个工作日 十一月 没有 十月 没有",
    ]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_in_english_and_with_a_choice_of_compounds(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/en/standards/")
    expect(page.locator("#standards")).to_be_hidden()
    page.select_option("#compound-choice", "anheli")
    expect(page.locator("#standards-title")).to_contain_text("Anheli")
    expect(page.locator("#groups")).to_contain_text("November")
    stub.broken = 500
    page.select_option("#compound-choice", "qinghe")
    expect(page.locator("#trouble")).to_have_text("Something broke.")
    expect(page.locator("#standards")).to_be_hidden()


def test_the_residents_page_leads_to_its_own_compounds(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#to-standards")
    expect(page.locator("#standards-title")).to_have_text("安和里小区的服务标准")
