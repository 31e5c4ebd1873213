"""A place behind its sign: when it was last disinfected, for anybody; entered with one thumb by whoever helps, and taken back. A patrol walked
with typed ids, by a volunteer and from the desk."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.stub_patrols import disinfect, walk


def confirmed(page: Page, link: str = world.VOLUNTEER_LINK) -> None:
    """On a phone that was confirmed before."""
    page.evaluate("held => localStorage.setItem('nuanlin.device', held)", json.dumps({"link": link, "device": "d"}))
    page.reload()


@pytest.mark.parametrize("lang", ["", "en/"])
def test_who_walks_past_reads_when_it_was_last_disinfected_and_nobodys_name(lang: str, stub: Stub, open_page: Open) -> None:
    stub.now = "14:12"
    disinfect(stub, "anheli.wang", "k0", "14:05")
    page = open_page(f"{stub.url}/{lang}p/#anheli.L3", 320, 568)

    expect(page.locator("#clean-title")).to_contain_text("14:05")
    expect(page.locator("#windows li")).to_have_count(4)
    expect(page.locator("#disinfect")).to_be_hidden()
    assert "王管家" not in page.content() and page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_volunteer_enters_it_with_what_she_refilled_and_takes_it_back(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/p/#anheli.L3", 320, 568)
    confirmed(page)
    page.locator("#refill label").nth(2).click()
    page.click("#disinfected")
    expect(page.locator("#came")).to_contain_text("9:12")
    expect(page.locator("#clean-title")).to_contain_text("9:12")

    page.click("#undo")
    expect(page.locator("#came")).to_contain_text("撤回了")
    expect(page.locator("#disinfected")).to_be_visible()
    assert [body for _, body in stub.acts] == [{"amount": 2}, {}]


def test_who_is_second_hears_who_was_first_and_may_enter_it_all_the_same(stub: Stub, open_page: Open) -> None:
    disinfect(stub, "anheli.wang", "k0", "08:00")
    page = open_page(f"{stub.url}/p/#anheli.L3", 320, 568)
    confirmed(page)
    page.click("#disinfected")
    expect(page.locator("#came")).to_contain_text("王管家 8:00")

    page.click("#extra")
    expect(page.locator("#came")).to_contain_text("记下了：9:12")


def test_with_too_little_left_it_is_said_and_entered_without(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/p/#anheli.L3", 320, 568)
    confirmed(page)
    page.locator("#refill label").nth(3).click()
    page.click("#disinfected")
    expect(page.locator("#disinfect .error")).to_contain_text("没有这么多了")

    page.locator("#refill label").nth(0).click()
    page.click("#disinfected")
    expect(page.locator("#came")).to_contain_text("9:12")


def test_a_phone_of_another_compound_is_a_passer_by_here(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/p/#anheli.L3", 320, 568)
    confirmed(page, "qinghe." + "a" * 27)

    expect(page.locator("#clean")).to_be_visible()
    expect(page.locator("#disinfect")).to_be_hidden()


PATROL = f"v/patrol/#{world.VOLUNTEER_LINK}"


def test_a_patrol_is_walked_to_its_end_with_one_thumb(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/{PATROL}", 320, 568)
    confirmed(page)
    expect(page.locator("#point")).to_be_hidden()
    page.click("#claim-go")
    expect(page.locator("#point-title")).to_contain_text("3 栋大堂")

    page.fill("#point-code", "h3")
    page.locator("#point-items .tick").nth(2).click()
    page.fill("#point-said", "灯不亮")
    page.click("#point-asked summary")
    page.fill("#point-needs [name=home]", "3-502")
    page.click("#point [type=submit]")
    expect(page.locator("#route")).to_contain_text("灯不好：灯不亮")
    expect(page.locator("#point-title")).to_contain_text("3 栋电梯")

    page.fill("#point-code", f"{stub.url}/p/#anheli.L3")
    page.click("#point [type=submit]")
    expect(page.locator("#patrol-text")).to_contain_text("您得了 1 分")
    assert stub.acts[1][1] == {"code": "h3", "wrong": ["lights"], "note": "灯不亮", "needs": [{"home": "3-502", "need": "shopping"}]}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_sign_that_was_scanned_on_patrol_is_the_point_one_stands_at(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/p/#anheli.L3", 320, 568)
    confirmed(page)
    page.click("#to-patrol")
    page.click("#claim-go")
    expect(page.locator("#point-code")).to_have_value("L3")

    page.click("#point [type=submit]")
    expect(page.locator("#patrol-title")).to_contain_text("1 / 2")
    expect(page.locator("#point-code")).to_have_value("")


def test_what_somebody_else_walks_is_hers_until_it_is_given_back(stub: Stub, open_page: Open) -> None:
    walk(stub, "anheli.wang", "claim")
    page = open_page(f"{stub.url}/{PATROL}", 320, 568)
    confirmed(page)
    expect(page.locator("#patrol-text")).to_contain_text("王管家在走，10:12 前")
    expect(page.locator("#claim-go")).to_be_hidden()

    walk(stub, "anheli.wang", "return")
    page.reload()
    page.click("#claim-go")
    expect(page.locator("#point")).to_be_visible()
    page.click("#claim-go")
    expect(page.locator("#patrol-text")).to_contain_text("还没有人走")


def test_the_desk_sees_every_place_enters_one_and_walks(stub: Stub, open_page: Open) -> None:
    stub.now = "14:12"
    disinfect(stub, "anheli.wang", "k0", "07:10")
    page = open_page(f"{stub.url}/patrols/#anheli.L3", 390, 844)
    sign_in(page, Place("", iter(()), "wang", "right"))
    expect(page.locator("#loud")).to_have_attribute("data-count", "5")
    expect(page.locator("#place-code")).to_have_value("anheli.L3")

    page.click("#place [type=submit]")
    expect(page.locator("#done")).to_contain_text("3 栋电梯 14:12")
    expect(page.locator("#loud")).to_have_attribute("data-count", "4")
    page.click("#undo")
    expect(page.locator("#done")).to_contain_text("撤回了")
    expect(page.locator("#loud")).to_have_attribute("data-count", "5")

    page.locator("[data-walk]").first.click()
    page.click("#claim-go")
    page.fill("#point-code", "L3")
    page.click("#point [type=submit]")
    expect(page.locator("#patrol-title")).to_contain_text("1 / 2")


def test_the_signs_of_places_say_how_often_and_lead_to_their_pages(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/signs/", 1200, 900)
    sign_in(page, Place("", iter(()), "wang", "right"))
    page.click("#of-places")

    expect(page.locator("#place-signs .sign")).to_have_count(3)
    expect(page.locator("#place-signs")).to_contain_text("每天消毒 4 次")
    expect(page.locator("#signs")).to_be_hidden()
