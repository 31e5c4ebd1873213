"""Today's list: a visit recorded on a phone in few taps, nobody home, a pen's sheet, and what happens without a network."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def today(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/{lang}today/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_a_visit_is_recorded_with_two_taps_and_a_number(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    visit = page.locator("#visits .visit", has_text="1 栋 302").first
    visit.get_by_role("button", name="记一下").click()
    expect(visit.locator("[name=temperature]")).to_have_attribute("inputmode", "decimal")
    visit.locator("[name=temperature]").fill("36.7")
    visit.get_by_role("button", name="记下来").click()
    expect(page.locator("#done")).to_have_text("记下了：1 栋 302，做到了。")
    expect(visit.locator('[data-slot="state"]')).to_have_text("做到了")
    expect(page.locator("#visits-count")).to_have_text("做到 2 / 7")
    path, sent = stub.acts[-1]
    assert path == "/api/visits" and sent["temperature"] == 36.7 and sent["outcome"] == "done" and sent["paper"] is False
    assert sent["visit"] == stub.today["visits"][0]["id"] and sent["home"] == "1-302"


@pytest.mark.parametrize(
    ("given", "said"),
    [("365", "36.5"), ("29", "34 到 43"), ("三十六", "只写数字"), ("44.1", "34 到 43")],
)
def test_a_temperature_nobody_has_is_not_sent(stub: Stub, open_page: Open, given: str, said: str) -> None:
    page = today(stub, open_page)
    page.locator("[data-record]").first.click()
    page.fill("[name=temperature]", given)
    page.click(".visit-form [type=submit]")
    expect(page.locator(".visit-form .error")).to_contain_text(said)
    expect(page.locator("[name=temperature]")).to_be_focused()
    assert [path for path, _ in stub.acts if path == "/api/visits"] == []


def test_a_comma_is_a_point_and_a_fever_is_said(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.locator("[data-record]").first.click()
    page.fill("[name=temperature]", "38,2")
    page.click(".visit-form [type=submit]")
    expect(page.locator("#done")).to_contain_text("38.2 °C，偏高。请再量一次")
    assert stub.acts[-1][1]["temperature"] == 38.2


def test_nobody_home_says_what_comes_next_and_can_be_recorded_again(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    visit = page.locator("#visits .visit", has_text="1 栋 302").first
    visit.get_by_role("button", name="记一下").click()
    visit.get_by_text("没人应门", exact=True).click()
    expect(visit.locator("[name=temperature]")).to_be_hidden()
    visit.get_by_role("button", name="记下来").click()
    for step in ("打个电话", "再敲一次门", "左右邻居", "网格长"):
        expect(visit.locator("[data-next]")).to_contain_text(step)
    assert "temperature" not in stub.acts[-1][1]
    visit.get_by_role("button", name="再记一次").click()
    visit.get_by_role("button", name="记下来").click()
    expect(visit.locator("[data-next]")).to_be_hidden()
    assert len(set(stub.keys)) == 2


def test_without_a_network_it_waits_and_says_so(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.context.set_offline(True)
    page.locator("[data-record]").first.click()
    page.click(".visit-form [type=submit]")
    expect(page.locator("#done")).to_contain_text("未送达")
    expect(page.locator("#unsent")).to_contain_text("1 条未送达")
    expect(page.locator("#visits .visit").first).to_contain_text("未送达")
    page.click("#sign-out")
    expect(page.locator("#stale")).to_contain_text("还有没送到的记录")
    page.context.set_offline(False)
    expect(page.locator("#unsent")).to_be_hidden()
    expect(page.locator("#visits .visit").first).to_contain_text("做到了")
    assert len([path for path, _ in stub.acts if path == "/api/visits"]) == 1


def test_what_a_member_of_staff_wrote_stays_in_no_lasting_place(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.context.set_offline(True)
    page.locator("[data-record]").first.click()
    page.click(".visit-form [type=submit]")
    expect(page.locator("#unsent")).to_be_visible()
    assert "home_visit" not in page.evaluate("JSON.stringify(localStorage)")
    for _ in range(2):
        page.click("#sign-out")
    assert "home_visit" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_from_paper_one_goes_down_the_list(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.click("#from-paper")
    page.locator("[data-record]").first.click()
    expect(page.locator("[name=paper]")).to_be_checked()
    page.click(".visit-form [type=submit]")
    expect(page.locator("#visits .visit", has_text="2 栋 204").locator(".visit-form")).to_be_visible()
    assert stub.acts[-1][1]["paper"] is True


def test_a_task_is_taken_given_back_and_finished(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    expect(page.locator("#loud")).to_contain_text("1 栋 204 要帮忙：吃的")
    task = page.locator("#tasks .task", has_text="1 栋 204")
    task.get_by_role("button", name="我来做").click()
    expect(task).to_contain_text("您在做")
    task.get_by_role("button", name="交回", exact=True).click()
    task.locator("[data-form=return] [name=note]").fill("下午陪诊")
    task.get_by_role("button", name="交回给网格长").click()
    expect(task).to_contain_text("没有人负责")
    assert stub.acts[-1][1] == {"act": "return", "note": "下午陪诊"}
    done = page.locator("#tasks .task", has_text="上门没人应门")
    done.get_by_role("button", name="做完了").click()
    expect(done).to_have_count(0)
    expect(page.locator("#closed-title")).to_have_text("今天办完的：2 件")


def test_deadlines_are_said_as_a_neighbour_says_them(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    expect(page.locator("#tasks")).to_contain_text("已晚 20 分钟")
    expect(page.locator("#tasks")).to_contain_text("还剩 20 分钟")
    expect(page.locator("#visits .visit").first).to_contain_text("还剩 20 分钟")


def test_by_building_everything_of_one_house_is_together(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.click("#by-home")
    expect(page.locator("#visits .group h3")).to_have_text(["1 栋", "2 栋", "3 栋", "5 栋"])


def test_half_a_note_survives_a_new_look(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    page.locator("[data-record]").first.click()
    page.locator(".visit-form [name=note]").fill("半句")
    stub.today["visits"][0]["state"] = "missed"
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#visits .visit").first).to_contain_text("没做到")
    expect(page.locator(".visit-form [name=note]")).to_have_value("半句")


def pages(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("lang", ["", "en/"])
def test_the_round_on_paper(stub: Stub, open_page: Open, lang: str) -> None:
    page = today(stub, open_page, lang, 1200)
    expect(page.locator(".sheet-group")).to_have_count(3)
    assert pages(page) == page.locator(".sheet-group").count() == 3  # a sheet for each window, to be handed in when it is walked
    page.click("#by-home")
    assert pages(page) < page.locator(".sheet-group").count()
    page.emulate_media(media="print")
    expect(page.locator("#desk")).to_be_hidden()
    expect(page.locator(".sheet-row")).to_have_count(6)
    sizes = page.locator("#round-sheet *").evaluate_all(
        "all => all.filter(e => e.textContent.trim()).map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) * 72 / 96 >= 14
    for text in ("张桂芳", "138 0000 0000"):
        expect(page.locator("#round-sheet")).to_contain_text(text)


def test_text_from_people_is_only_ever_text(stub: Stub, open_page: Open) -> None:
    evil = "<img src=x onerror=document.title='hit'>"
    stub.today["visits"][1]["note"] = evil
    page = today(stub, open_page)
    expect(page.locator("#visits")).to_contain_text(evil)
    assert page.title() != "hit" and page.locator("#visits img").count() == 0
