"""Tickets on the pages: a family reports, reads and judges; the desk takes on, solves, enters and joins."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.world_tickets import NASTY


def family(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/{lang}h/tickets/#{world.LINK}", width=width)
    expect(page.locator("#mine .ticket")).to_have_count(2)
    return page


def choose(page: Page, form: str, name: str, value: str) -> None:
    page.locator(f"{form} label", has=page.locator(f"input[name={name}][value={value}]")).click()


def test_a_leak_is_two_taps_and_says_what_happens_next(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    expect(page.locator("#broken")).to_be_hidden()
    choose(page, "#report", "kind", "repair")
    choose(page, "#report", "subkind", "leak")
    expect(page.locator("#call-now .call")).to_be_visible()
    page.click("#report [type=submit]")
    expect(page.locator("#sent-title")).to_have_text("报上去了：漏水")
    expect(page.locator("#sent-text")).to_have_text("9:27 前有人答复")
    expect(page.locator("#sent-number")).to_have_text("单号 2611-NEW7Q")
    expect(page.locator("#mine .ticket")).to_have_count(3)
    assert stub.acts[-1] == ("/api/home/tickets", {"kind": "repair", "subkind": "leak", "text": "", "same": ""})


def test_gas_says_first_what_to_do_and_other_kinds_ask_for_words(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    choose(page, "#report", "kind", "repair")
    page.click("#report [type=submit]")
    expect(page.locator("#report > .error")).to_have_text("请点一下坏的是什么。")
    choose(page, "#report", "subkind", "gas")
    expect(page.locator("#gas")).to_contain_text("别碰开关")
    choose(page, "#report", "kind", "complaint")
    expect(page.locator("#gas")).to_be_hidden()
    page.click("#report [type=submit]")
    expect(page.locator("#report > .error")).to_contain_text("请写一句")
    assert not stub.acts


def test_what_a_neighbour_has_reported_is_offered_before_it_is_said_twice(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    choose(page, "#report", "kind", "repair")
    choose(page, "#report", "subkind", "lift")
    expect(page.locator("#likely")).to_contain_text("日上午已经有邻居报了电梯，有人在处理")
    expect(page.locator("#likely")).not_to_contain_text(":")
    page.click("#likely")
    page.click("#report [type=submit]")
    expect(page.locator("#sent")).to_be_visible()
    assert stub.acts[-1][1]["same"] == "2611-9XW2B"


def test_every_step_is_read_and_what_people_wrote_is_only_text(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    heating, leak = page.locator("#mine .ticket").all()
    expect(heating.locator(".then")).to_have_text("18:00 前办好")
    expect(heating.locator(".told li")).to_have_text(["8:40 报上来了", "8:45 王建国接手了"])
    expect(leak).to_contain_text(NASTY)
    expect(leak.locator(".told li").last).to_have_text("9:00 王建国办好了：“换了垫圈，试过不滴了”")
    expect(page.locator("#mine img")).to_have_count(0)


@pytest.mark.parametrize(("verdict", "state"), [("good", "满意，打了 4 分"), ("returned", "在办")])
def test_a_solved_ticket_is_judged_or_goes_on(stub: Stub, open_page: Open, verdict: str, state: str) -> None:
    page = family(stub, open_page)
    leak = page.locator("#mine .ticket").nth(1)
    leak.locator("[data-open=judge]").click()
    leak.locator("label", has=page.locator("input[value='4']")).click()
    leak.locator("[name=note]").fill("来得快")
    leak.locator(f"[value={verdict}]").click()
    expect(leak.locator(".pill")).to_have_text(re.compile(f"^{state}"))
    assert stub.acts[-1] == ("/api/home/tickets/2611-3ZC8T/answer", {"verdict": verdict, "rating": 4, "note": "来得快"})


def test_what_was_not_sent_stays_and_goes_again_under_the_same_key(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    choose(page, "#report", "kind", "question")
    page.fill("#text", "物业费怎么交")
    stub.broken = 503
    page.click("#report [type=submit]")
    expect(page.locator("#report > .error")).to_contain_text("没有送出去")
    expect(page.locator("#text")).to_have_value("物业费怎么交")
    stub.broken = 0
    page.click("#report [type=submit]")
    expect(page.locator("#sent-title")).to_have_text("报上去了：咨询")


def test_an_old_card_and_no_card_are_told_so(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/tickets/#anheli.old")
    expect(page.locator("#trouble")).to_contain_text("换过新的了")
    expect(page.locator("#report")).to_be_hidden()
    page = open_page(f"{stub.url}/h/tickets/")
    expect(page.locator("#trouble")).to_contain_text("二维码")


def test_the_familys_page_leads_there_and_back_with_its_link(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#to-tickets")
    expect(page.locator("#mine .ticket")).to_have_count(2)
    page.click("#back")
    expect(page.locator("#well")).to_be_visible()


def desk(stub: Stub, open_page: Open, lang: str = "", width: int = 1200) -> Page:
    page = open_page(f"{stub.url}/{lang}tickets/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#open .ticket")).to_have_count(5)
    return page


def test_the_desk_sees_what_presses_first_and_how_questions_stand(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#loud-count")).to_have_text("4")
    expect(page.locator("#questions")).to_have_text("今天问管家 3 次，答了 2 次：一半在 3 分钟内，最久 8 分钟（答应 5 分钟内）。")
    first = page.locator("#open .ticket").first
    expect(first).to_contain_text("3 栋 502")
    expect(first).to_contain_text("已晚 3 分钟")
    expect(first).to_contain_text(NASTY)
    expect(page.locator("#open img")).to_have_count(0)
    expect(page.locator("#open .ticket").nth(2)).to_contain_text("三十天里说过 1 次：2611-0AB1C")
    expect(page.locator("#open .ticket").nth(4)).to_contain_text("3 栋公共地方")
    page.click("[data-filter=question]")
    expect(page.locator("#open .ticket")).to_have_count(1)


def test_it_is_taken_on_solved_with_a_word_and_moves_to_todays(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.locator("#open .ticket").first.locator("[data-act=claim]").click()
    expect(page.locator("#done")).to_contain_text("归您办")
    row = page.locator("[data-key='2611-9XW2B']")
    expect(row).to_contain_text("您在办")
    row.locator("[data-open=done]").click()
    row.locator("[data-form=done] [name=note]").fill("换了阀门")
    row.locator("[data-form=done] [type=submit]").click()
    expect(page.locator("#closed .ticket")).to_have_count(2)
    assert stub.acts[-1] == ("/api/tasks/ticket%3A2611-9XW2B/acts", {"act": "done", "note": "换了阀门"})


def test_what_is_said_on_the_phone_is_entered(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.click("#to-enter")
    choose(page, "#enter", "kind", "complaint")
    page.fill("#desk-home", "3-502")
    page.fill("#desk-text", "楼道堆东西")
    choose(page, "#enter", "origin", "group")
    page.fill("#desk-group", "3 栋 5 楼群")
    page.click("#enter [type=submit]")
    expect(page.locator("#done")).to_contain_text("登记了：投诉，单号 2611-NEW7Q")
    said = {
        "kind": "complaint",
        "subkind": "",
        "home": "3-502",
        "building": "",
        "text": "楼道堆东西",
        "origin": "group",
        "group": "3 栋 5 楼群",
    }
    assert stub.acts[-1] == ("/api/tickets", said)


def test_tickets_of_one_cause_are_told_together(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, width=390)
    expect(page.locator("[data-key='2611-4LFTS'] [data-slot=from]")).to_have_text("来自 3 栋 5 楼群")
    expect(page.locator("[data-slot=from]")).to_have_count(1)
    for number in ("2611-9XW2B", "2611-4LFTS"):
        page.locator(f"[data-key='{number}'] .pick").click()
    expect(page.locator("#join-title")).to_have_text("把 2 张单子并成一件")
    page.fill("#join-text", "水务公司 12 点前修好")
    page.click("#join [type=submit]")
    expect(page.locator("#done")).to_have_text("都告诉了。")
    expect(page.locator("#open", has_text="同一件事").locator("[data-slot=incident]")).to_have_count(2)
    assert stub.acts[-1] == ("/api/incidents", {"tickets": ["2611-9XW2B", "2611-4LFTS"], "text": "水务公司 12 点前修好", "cause": "other"})
    row = page.locator("#incident-list .item")
    expect(row).to_contain_text("3 栋")
    expect(row).to_contain_text("2 户")
    expect(row.locator(".said")).to_have_text("水务公司 12 点前修好")
    row.locator("[data-open=notice]").click()
    row.locator("[data-form=notice] [name=text]").fill("再等半小时")
    row.locator("[data-form=notice] [type=submit]").click()
    expect(row.locator(".said")).to_have_text("再等半小时")
    row.locator("[data-open=close]").click()
    row.locator("[data-form=close] [name=text]").fill("好了")
    row.locator("[data-form=close] [type=submit]").click()
    expect(page.locator("#done")).to_have_text("都办好了，每家都看得到。")
    expect(page.locator("#incidents")).to_be_hidden()
    expect(page.locator("#closed .ticket")).to_have_count(3)
    assert stub.acts[-1] == ("/api/incidents/2611-abc/close", {"text": "好了"})


def test_the_cause_that_all_have_in_common_is_offered(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.locator("[data-key='2611-9XW2B'] .pick").click()
    expect(page.locator("#join-cause")).to_have_value("water")
    page.locator("[data-key='2611-4LFTS'] .pick").click()
    expect(page.locator("#join-cause")).to_have_value("other")
    page.locator("[data-key='2611-9XW2B'] .pick").click()
    expect(page.locator("#join-cause")).to_have_value("lift")


@pytest.mark.parametrize("lang", ["", "en/"])
def test_at_320_pixels_nothing_runs_over_the_edge(stub: Stub, open_page: Open, lang: str) -> None:
    for page in (family(stub, open_page, lang, 320), desk(stub, open_page, lang, 320)):
        page.locator("[data-open=judge]:visible").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
