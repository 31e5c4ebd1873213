"""A resident's page: today's report, and what is said about it."""

import pytest
from playwright.sync_api import expect

from tests.browser import world
from tests.browser.conftest import Open, Place
from tests.browser.stub import Stub


def test_one_tap_reports_in(place: Place, open_page: Open) -> None:
    page = open_page(f"{place.url}/h/#{next(place.homes)}")
    expect(page.locator("#promises")).to_be_visible()
    page.click("#well")
    expect(page.locator("#now")).to_have_attribute("data-tone", "leaf")
    expect(page.locator("#well")).to_be_hidden()
    expect(page.locator("#after")).to_contain_text("谁看得到")
    page.reload()
    expect(page.locator("#now")).to_have_attribute("data-tone", "leaf")


def test_the_link_stays_behind_the_hash(stub: Stub, open_page: Open) -> None:
    asked: list[str] = []
    page = open_page("about:blank")
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{stub.url}/h/#{world.LINK}")
    page.click("#well")
    expect(page.locator("#now-title")).to_have_text("9:12 报了平安")
    assert asked and not [url for url in asked if world.LINK in url.partition("#")[0]]
    assert world.LINK not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


@pytest.mark.parametrize(
    ("now", "owed", "state", "title"),
    [
        ("09:12", True, "waiting", "今天还没有报平安"),
        ("10:24", True, "missed", "今天还没收到您的平安"),
        ("09:12", False, "not_owed", "今天不用您报平安"),
    ],
)
def test_the_day_is_said_as_it_stands(stub: Stub, open_page: Open, now: str, owed: bool, state: str, title: str) -> None:
    stub.now, stub.owed, stub.state = now, owed, state
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#now-title")).to_have_text(title)
    expect(page.locator("#well")).to_be_visible()


@pytest.mark.parametrize(
    ("now", "owed", "title"),
    [("10:24", True, "10:24 收到您的平安"), ("09:12", False, "9:12 收到您的平安"), ("09:12", True, "9:12 报了平安")],
)
def test_every_report_is_thanked_and_none_is_blamed(stub: Stub, open_page: Open, now: str, owed: bool, title: str) -> None:
    stub.now, stub.owed, stub.state = now, owed, "missed" if now > "10:00" else "waiting" if owed else "not_owed"
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#well")
    expect(page.locator("#now-title")).to_have_text(title)


@pytest.mark.parametrize(
    ("state", "pill", "says"),
    [
        ("coming", "会来", "到 10:00"),
        ("kept", "已做到", "8:40 来过"),
        ("missed", "没做到，正在催", "该 10:00 前来的"),
        ("nobody_home", "没人应门", "会再来"),
        ("paused", "先停着", "登记了住院"),
    ],
)
def test_a_promised_visit_says_who_and_whether_it_was_kept(stub: Stub, open_page: Open, state: str, pill: str, says: str) -> None:
    came = {"who": ["王建国", "李秀英"], "at": world.moment("08:40") if state in ("kept", "nobody_home") else ""}
    stub.promises = [{**world.promise(state, "08:00", "10:00", "hospital" if state == "paused" else ""), "kind": "home_visit", **came}]
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    row = page.locator("#promise-list .row")
    expect(row).to_contain_text("王建国、李秀英上门看望")
    expect(row.locator(".pill")).to_have_text(pill)
    expect(row).to_contain_text(says)


def test_help_says_what_and_arrives(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/en/h/#{world.LINK}")
    page.click("#open-help")
    page.click("#help [type=submit]")
    expect(page.locator("#help .error")).to_contain_text("tick something")
    page.locator("#help .tick").first.click()
    page.fill("#help-note", "two days left")
    page.click("#help [type=submit]")
    expect(page.locator("#now-title")).to_have_text("You asked for help: medicine")
    assert stub.acts[-1][1] == {"feeling": "well", "needs": ["medicine"], "note": "two days left"}


def test_feeling_unwell_puts_the_emergency_number_first(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promises")).to_be_visible()
    page.click("#open-unwell")
    expect(page.locator("#unwell .urgent a")).to_have_attribute("href", "tel:057187066120")
    page.click("#unwell [type=submit]")
    expect(page.locator("#now-title")).to_have_text("已说您不舒服")


def test_a_need_can_be_added_after_reporting(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#well")
    expect(page.locator("#after")).to_be_visible()
    page.click("#open-help")
    page.locator("#help .tick").nth(1).click()
    page.click("#help [type=submit]")
    expect(page.locator("#now-title")).to_contain_text("吃的")


def test_a_replaced_card_says_so_and_whom_to_call(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#anheli.old")
    expect(page.locator("#now-title")).to_have_text("这张卡换过新的了")
    expect(page.locator("#now-call a")).to_have_attribute("href", "tel:057188001234")
    expect(page.locator("#well")).to_be_hidden()


def test_without_a_link_the_card_is_asked_for(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/")
    expect(page.locator("#now-title")).to_have_text("请扫门后的明白卡")
    expect(page.locator("#by-code form")).to_be_visible()


def test_our_own_trouble_is_not_the_phones_fault(stub: Stub, open_page: Open) -> None:
    stub.broken = 500
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#now-text")).to_contain_text("不怪您的手机")
    expect(page.locator("#foot a")).to_have_attribute("href", "tel:057188001234")


def test_text_from_people_is_only_ever_text(stub: Stub, open_page: Open) -> None:
    evil = "<img src=x onerror=document.title='hit'>"
    stub.promises = [world.promise("coming", "14:00", "15:00", evil)]
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promise-list")).to_contain_text(evil)
    assert page.title() != "hit" and page.locator("#promise-list img").count() == 0


def test_larger_letters_and_language_are_remembered(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#big")
    expect(page.locator("#big")).to_have_attribute("aria-pressed", "true")
    page.click("#other-language")
    expect(page.locator("#now-title")).to_have_text("You haven’t reported in yet")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    page.goto("about:blank")
    page.goto(f"{stub.url}/h/#{world.LINK}")
    page.wait_for_url("**/en/h/#*")


@pytest.mark.parametrize(("lang", "root"), [("zh", "/"), ("en", "/en/")])
def test_without_script_the_plain_form_reports_in(stub: Stub, open_page: Open, lang: str, root: str) -> None:
    page = open_page(f"{stub.url}{root}h/", java_script_enabled=False)
    expect(page.locator("#well")).to_be_hidden()
    page.select_option("#paper-compound", "anheli")
    page.fill("#paper-home", "3-502")
    page.fill("#paper-code", "3k7q2-m9xwt")
    page.click(".paper [type=submit]")
    page.wait_for_url(f"**{root}received/")
    assert stub.acts[-1][1]["lang"] == [lang] and len(stub.acts[-1][1]["nonce"][0]) >= 16


def test_a_wrong_code_leads_to_a_second_try(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/", java_script_enabled=False)
    page.select_option("#paper-compound", "anheli")
    page.fill("#paper-home", "3-502")
    page.fill("#paper-code", "AAAAA-AAAAA")
    page.click(".paper [type=submit]")
    page.wait_for_url("**/not-received/")
    expect(page.locator(".paper")).to_be_visible()
