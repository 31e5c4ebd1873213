"""A phone that loses the network: nothing is lost, nothing is claimed that is not so, and a call for help never waits quietly."""

import json

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place
from tests.browser.stub import Stub


def queue(page: Page) -> list[dict[str, object]]:
    found = json.loads(page.evaluate("localStorage.getItem('nuanlin.unsent') ?? '[]'"))
    assert isinstance(found, list)
    return found


def test_a_report_made_offline_arrives_when_the_network_is_back(place: Place, open_page: Open) -> None:
    page = open_page(f"{place.url}/h/#{next(place.homes)}")
    expect(page.locator("#promises")).to_be_visible()
    page.context.set_offline(True)
    page.click("#well")
    expect(page.locator("#now-pill")).to_have_text("未送达")
    page.context.set_offline(False)
    expect(page.locator("#now-pill")).to_have_text("已送达")
    assert queue(page) == []


def test_the_key_is_minted_at_the_tap_and_kept_through_every_try(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promises")).to_be_visible()
    page.context.set_offline(True)
    page.click("#well")
    expect(page.locator("#now-pill")).to_have_text("未送达")
    key = queue(page)[0]["key"]
    page.click("#again")
    assert [item["key"] for item in queue(page)] == [key]
    page.context.set_offline(False)
    expect(page.locator("#now-pill")).to_have_text("已送达")
    assert stub.keys == [key]


def test_a_report_waits_through_a_closed_page(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promises")).to_be_visible()
    page.context.set_offline(True)
    page.click("#well")
    expect(page.locator("#now-pill")).to_have_text("未送达")
    other = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    other.goto(f"{stub.url}/h/#{world.LINK}")
    expect(other.locator("#now-pill")).to_have_text("已送达")
    assert len(stub.keys) == 1


def test_a_server_in_trouble_is_tried_again(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promises")).to_be_visible()
    stub.broken = 503
    page.click("#well")
    expect(page.locator("#now-pill")).to_have_text("未送达")
    stub.broken = 0
    page.click("#again")
    expect(page.locator("#now-pill")).to_have_text("已送达")


def test_a_report_older_than_a_day_is_dropped_and_said(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/")
    item = {"key": "old", "link": world.LINK, "tapped": "2026-01-01T00:00:00Z", "body": {"feeling": "well"}}
    page.evaluate("item => localStorage.setItem('nuanlin.unsent', JSON.stringify([item]))", item)
    page.goto("about:blank")
    page.goto(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#now-title")).to_contain_text("那次没有送到")
    expect(page.locator("#now-text")).to_contain_text("没有人收到")
    expect(page.locator("#well")).to_be_visible()
    assert queue(page) == [] and stub.keys == []
    page.click("#well")
    expect(page.locator("#now-title")).to_have_text("9:12 报了平安")


def test_a_call_for_help_is_never_queued(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#promises")).to_be_visible()
    page.context.set_offline(True)
    page.click("#open-help")
    page.locator("#help .tick").first.click()
    page.fill("#help-note", "药没了")
    page.click("#help [type=submit]")
    expect(page.locator("#help .error")).to_contain_text("值班台还不知道")
    expect(page.locator("#help .error a")).to_have_attribute("href", "tel:057188001234")
    assert queue(page) == [] and page.input_value("#help-note") == "药没了"
    page.context.set_offline(False)
    page.click("#help [type=submit]")
    expect(page.locator("#now-title")).to_contain_text("已说您要帮忙")


def test_the_page_opens_without_a_network_once_it_was_seen(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}", workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#now-text")).to_contain_text("手机没连上网")
    expect(page.locator("#foot a")).to_have_attribute("href", "tel:057188001234")
    page.click("#well")
    expect(page.locator("#now-pill")).to_have_text("未送达")
    page.context.set_offline(False)
    expect(page.locator("#now-pill")).to_have_text("已送达")
