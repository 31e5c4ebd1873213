"""A parcel's day on the whole stack: the steward's phone and the family's."""

from playwright.sync_api import expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_whole_stack import person
from tests.stack import LocalStack, link_token


def test_a_steward_takes_one_in_carries_and_shelves_it_and_its_family_picks_it_up(whole: LocalStack, open_page: Open) -> None:
    home = whole.greens()[-40]
    building = home["id"].split("-")[0]
    page = open_page(f"{whole.run['site']}/scan/", 320, 640)
    sign_in(page, person(whole, "steward"))
    number = ""
    for mode, code in (("gate", home["id"]), ("carry", ""), ("shelve", f"S{building}")):
        page.click(f'[data-mode="{mode}"]')
        if mode == "gate":
            page.locator("#gate-goods .tick").last.click()
        page.fill("#code", code or number)
        page.click("#go")
        expect(page.locator("#code")).to_have_value("")
        expect(page.locator("#form .error")).to_be_hidden()
        if mode == "gate":
            number = page.locator("#result-number").inner_text()
    expect(page.locator("#result-title")).to_contain_text("1")

    own = open_page(f"{whole.run['site']}/h/#{link_token(home)}", 320, 640)
    expect(own.locator("#parcel-list")).to_contain_text(number)
    own.click("#take")
    expect(own.locator("#parcels-title")).to_contain_text("取走了 1 件")
    shelf = open_page(f"{whole.run['site']}/p/#anheli.S{building}", 320, 640)
    expect(shelf.locator("#shelf-title")).not_to_be_empty()
