"""A ticket's whole way, on the whole stack: reported with a photo, answered, solved, returned, solved again, rated."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_photos import CAMERA, LARGE
from tests.browser.test_tickets import choose
from tests.browser.test_whole_stack import at_desk
from tests.browser.waiting import look_again
from tests.pictures import GPS
from tests.stack import LocalStack, link_token


def photo_loaded(page: Page, selector: str) -> None:
    """The picture is there and can be seen, by an address that is signed for it."""
    shown = page.locator(selector).first
    expect(shown).to_have_js_property("complete", True)
    expect(shown).not_to_have_js_property("naturalWidth", 0)


def step(row: Locator, form: str, note: str, button: str) -> None:
    row.locator(f"[data-form={form}] [name=note]").fill(note)
    row.locator(f"[data-form={form}]").get_by_role("button", name=button, exact=True).click()


def test_a_leak_is_reported_with_a_photo_answered_returned_solved_and_rated(whole: LocalStack, open_page: Open) -> None:
    family = open_page(f"{whole.run['site']}/h/tickets/#{link_token(whole.greens()[-41])}")
    choose(family, "#report", "kind", "repair")
    choose(family, "#report", "subkind", "leak")
    family.fill("#text", "厨房水槽下面一直滴水")
    family.locator("#photos input").set_input_files([CAMERA, LARGE])
    expect(family.locator("#photos canvas")).to_have_count(2)
    family.click("#report [type=submit]")
    expect(family.locator("#sent-title")).to_have_text("报上去了：漏水", timeout=30_000)
    expect(family.locator("#sent-photos")).to_be_hidden()
    number = family.locator("#sent-number").inner_text().removeprefix("单号 ")
    own = f"[data-key='{number}']"
    mine = family.locator(own)
    mine.locator("[data-photos] summary").click()
    expect(mine.locator("img")).to_have_count(2)
    photo_loaded(family, f"{own} img")

    desk = at_desk(whole, open_page, "/tickets/")
    row = desk.locator(own)
    expect(row).to_contain_text("厨房水槽下面一直滴水")
    row.locator("[data-photos] summary").click()
    photo_loaded(desk, f"{own} img")
    assert GPS not in photo_bytes(desk, f"{own} img")
    row.get_by_role("button", name="我来办").click()
    expect(row).to_contain_text("您在办")
    row.locator("[data-open=done]").click()
    step(row, "done", "换了垫圈，试过不滴了", "办好了，告诉住户")
    expect(desk.locator(f"#closed {own}")).to_be_visible()

    look_again(family)
    expect(mine.locator(".pill")).to_have_text("办好了")
    expect(mine.locator(".told li").last).to_contain_text("换了垫圈，试过不滴了")
    expect(family.locator("#sent")).to_be_hidden()  # what it promised then is past
    expect(family.locator("main > section, main > form").nth(1)).to_have_attribute("aria-labelledby", "mine-title")
    mine.locator("[data-open=judge]").click()
    step(mine, "judge", "还在滴", "没办好，接着办")
    expect(mine.locator(".pill")).to_have_text("在办")
    expect(mine.locator(".then")).to_contain_text("办好")

    look_again(desk)
    again = desk.locator(f"#open {own}")
    expect(again).to_be_visible()
    again.get_by_role("button", name="我来办").click()
    again.locator("[data-open=done]").click()
    step(again, "done", "换了整根管子", "办好了，告诉住户")
    expect(desk.locator(f"#closed {own}")).to_be_visible()

    look_again(family)
    expect(mine.locator(".pill")).to_have_text("办好了")
    mine.locator("[data-open=judge]").click()
    mine.locator("label", has=family.locator("input[value='5']")).click()
    step(mine, "judge", "谢谢师傅", "满意")
    expect(mine.locator(".pill")).to_have_text("满意，打了 5 分")
    look_again(desk)
    expect(desk.locator(f"#closed {own}")).to_contain_text("满意，打了 5 分")


def photo_bytes(page: Page, selector: str) -> bytes:
    """What the browser gets for it."""
    address = page.locator(selector).first.get_attribute("src")
    return page.request.get(f"{page.url.partition('/tickets')[0]}{address}").body()
