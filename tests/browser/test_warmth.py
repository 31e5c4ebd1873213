"""How warm a building is, and what sensors need: pages for people who go and look."""

from playwright.sync_api import Page, expect

from tests.browser import world_warmth
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def warmth(stub: Stub, open_page: Open, width: int = 1200, lang: str = "") -> Page:
    page = open_page(f"{stub.url}/{lang}warmth/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_every_home_has_its_figure_and_its_word(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    expect(page.locator("#map a")).to_have_count(24)
    expect(page.locator("[data-home='3-602']")).to_have_text("16.4冷")
    expect(page.locator("[data-home='3-602']")).to_have_attribute("aria-label", "3 栋 602，16.4 °C，冷，从 6:10 起")
    expect(page.locator("[data-home='3-101']")).to_have_text("？没信号")
    expect(page.locator("[data-home='3-104']")).to_have_text("–没装")
    expect(page.locator("#figures")).to_have_text("装了温度计的 8 户：冷 3 户，有点凉 1 户，没信号 1 户，够暖 3 户。")
    expect(page.locator("#standard")).to_contain_text("18 °C")


def test_cold_places_come_first_with_their_homes(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page, 390)
    expect(page.locator("#incidents-count")).to_have_text("2 处")
    expect(page.locator("#incidents .item").first).to_contain_text("3-02 立管")
    expect(page.locator("#incidents .item").first).to_contain_text("从 6:10 起")
    expect(page.locator("#incidents .item").nth(1)).to_contain_text("东支线末端")
    expect(page.locator("#incidents a").first).to_have_attribute("href", "/home-file/#3-602")


def test_a_cell_is_reached_and_kept_by_keyboard(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    page.locator("[data-home='3-502']").focus()
    stub.warmth["homes"][5]["temperature"] = 18.7
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-home='3-502']")).to_contain_text("18.7")
    assert page.evaluate("document.activeElement.dataset.home") == "3-502"
    page.keyboard.press("Enter")
    page.wait_for_url("**/home-file/#3-502")


def test_another_building_is_chosen(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    with page.expect_request("**/api/warmth?building=5"):
        page.select_option("#building", "5")


def test_where_nothing_is_measured_that_is_said_kindly(stub: Stub, open_page: Open) -> None:
    stub.warmth = world_warmth.nothing()
    page = warmth(stub, open_page)
    expect(page.locator("#map-none")).to_be_visible()
    expect(page.locator("#incidents-none")).to_be_visible()
    expect(page.locator("#map a")).to_have_count(0)


def test_on_paper_the_words_stay(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_visible()
    fill = page.locator("[data-home='3-602'] rect").evaluate("(e) => getComputedStyle(e).fill")
    assert fill == "none"
