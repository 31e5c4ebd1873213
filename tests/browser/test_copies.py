"""Doors with an old card: a number is rewritten at the desk, doors are ticked off there and by a volunteer in the corridor."""

import json

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.world_copies import WORDS


def desk(stub: Stub, open_page: Open, lang: str = "", width: int = 1200) -> Page:
    page = open_page(f"{stub.url}/{lang}outdated/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#copies .copy")).to_have_count(5)
    return page


def corridor(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/privacy/", width=width)
    held = json.dumps({"link": world.VOLUNTEER_LINK, "device": "d"})
    page.evaluate("held => localStorage.setItem('nuanlin.device', held)", held)
    page.goto(f"{stub.url}/{lang}v/outdated/#{world.VOLUNTEER_LINK}")
    expect(page.locator("#copies .copy")).to_have_count(5)
    return page


def test_the_list_says_door_by_door_what_to_correct_and_words_are_only_text(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#progress")).to_have_text("3 栋：门上 8 张，换好 3 张，还有 5 张。 2 户还没有明白卡。")
    expect(page.locator(".copy-floor")).to_have_text(["3 层", "5 层", "11 层"])
    first, sheet, printed = page.locator("#copies .copy").all()[:3]
    expect(first).to_contain_text("物业24小时：写着 0571-8800 1234，改成 0571-8800 9999")
    expect(sheet).to_contain_text(f"门贴上的话：没有写，加上 {WORDS}")
    expect(printed).to_contain_text("新的印好了，带去换")
    expect(page.locator("#building option")).to_have_text(["2 栋：都是新的", "3 栋：还有 5 张", "5 栋：还没有印过"])
    expect(page.locator("#copies img")).to_have_count(0)


def test_a_door_is_ticked_off_and_that_is_taken_back(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.locator("#copies .copy").first.locator("button").click()
    expect(page.locator("#copies .copy")).to_have_count(4)
    expect(page.locator("#progress")).to_contain_text("换好 4 张，还有 4 张")
    assert stub.acts[-1] == ("/api/homes/3-301/copies", {"kind": "card", "mark": "done", "version": "abcd1234"})
    page.click("#ticked-title")
    page.locator("#ticked-list button").first.click()
    expect(page.locator("#copies .copy")).to_have_count(5)
    assert stub.acts[-1][1]["mark"] == "undo"


def test_whoever_leads_rewrites_a_number_and_a_steward_reads_it(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#contents button:visible")).to_have_count(0)
    stub.roles = ["coordinator"]
    page = desk(stub, open_page)
    row = page.locator("#contents .content").nth(1)
    row.locator("[data-open=rewrite]").click()
    row.locator("[name=text]").fill("0571-8706 0000")
    row.locator("[type=submit]").click()
    expect(page.locator("#done")).to_contain_text("改好了：急诊通道")
    expect(page.locator("#contents .content").nth(1)).to_contain_text("10:24 王建国改的")
    assert stub.acts[-1] == ("/api/contents", {"line": "emergency", "text": "0571-8706 0000"})


def test_a_volunteer_ticks_doors_and_hears_who_was_faster(stub: Stub, open_page: Open) -> None:
    page = corridor(stub, open_page)
    page.locator("#copies .copy").nth(1).locator("button").click()
    expect(page.locator("#copies .copy")).to_have_count(4)
    assert stub.acts[-1] == ("/api/round/copies", {"home": "3-301", "kind": "sheet", "mark": "done", "version": "abcd1234"})
    stub.outdated["lines"] = []  # type: ignore[attr-defined]
    page.locator("#copies .copy").first.locator("button").click()
    expect(page.locator("#copies .error").first).to_have_text("周志明先了一步：这一户已经换好了。")


def test_a_tick_that_did_not_arrive_is_said_and_goes_again_under_its_key(stub: Stub, open_page: Open) -> None:
    page = corridor(stub, open_page)
    stub.broken = 503
    row = page.locator("#copies .copy").first
    row.locator("button").click()
    expect(row.locator(".error")).to_be_visible()
    stub.broken = 0
    row.locator("button").click()
    expect(page.locator("#copies .copy")).to_have_count(4)


def test_a_phone_that_was_never_confirmed_reads_no_door(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/outdated/#{world.VOLUNTEER_LINK}")
    expect(page.locator("#trouble")).to_contain_text("还没有认过")
    expect(page.locator("#doors")).to_be_hidden()
    page.click("#back")
    expect(page.locator("#confirm")).to_be_visible()


def test_on_paper_there_is_a_box_for_every_door_and_nothing_to_press(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.emulate_media(media="print")
    expect(page.locator("#contents")).to_be_hidden()
    expect(page.locator("#copies button").first).to_be_hidden()
    expect(page.locator("#copies .copy").first).to_be_visible()
    expect(page.locator("#on-paper")).to_have_text("安和里小区 11 月 22 日 星期日 10:24")
