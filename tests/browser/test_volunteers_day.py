"""A volunteer's day on the whole stack: something from the board, the patrol, a parcel to a door, her points and what they buy."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, sign_in
from tests.browser.test_whole_stack import person
from tests.browser.waiting import look_again, look_until, settled
from tests.stack import LocalStack

GRID, QUARREL = "g5", "楼上楼下为半夜拖椅子吵起来了"


def press(page: Page, what: str | Locator) -> None:
    """Past all that the page asks because of it."""
    found = page.locator(what) if isinstance(what, str) else what
    settled(page, lambda _: found.click())


def welcome(stack: LocalStack, open_page: Open, token: str) -> tuple[Page, str, list[dict[str, Any]]]:
    """Her link and her digits, on her own phone; and the homes of her grid."""
    listed = stack.ask("GET", "/api/volunteers", Authorization=token).json["volunteers"]
    her = [each for each in listed if each["grid"] == GRID][-1]
    made = stack.write(f"/api/volunteers/{her['id']}/link", {}, Authorization=token).json
    page = open_page(made["link"], 320, 640)
    page.fill("#code", made["device_code"])
    press(page, "#confirm [type=submit]")
    expect(page.locator("#greeting")).not_to_be_empty()
    expect(page.locator("#confirm")).to_be_hidden()
    held = json.loads(page.evaluate("localStorage.getItem('nuanlin.device')"))
    round_of_hers = stack.ask("GET", "/api/round", X_Volunteer_Link=held["link"], X_Device=held["device"])
    return page, made["link"], round_of_hers.json["homes"]


def on_the_shelf(stack: LocalStack, home: str) -> str:
    """A parcel for this home, taken in, carried and shelved by the steward."""
    token = stack.token("steward")
    made = stack.write("/api/parcels", {"goods": "daily", "home": home}, Authorization=token).json
    for body in ({"act": "carry"}, {"act": "shelve", "code": f"S{home.split('-')[0]}"}):
        done = stack.write("/api/parcels/hand-overs", {**body, "parcels": [made["id"]]}, Authorization=token)
        assert done.status == 200 and not done.json.get("refused"), done.body
    return str(made["id"])


def to(page: Page, link: str, path: str) -> None:
    """By the way on her own page, which takes along who she is."""
    page.goto("about:blank")
    settled(page, lambda shown: shown.goto(link))
    press(page, f'.small-links a[href*="{path}"]')


def test_board_patrol_parcel_points_and_reward(whole: LocalStack, open_page: Open) -> None:
    token = whole.token()
    filled = whole.write(
        "/api/supplies/mask/acts", {"act": "receive", "place": "D1", "amount": 1000, "note": "街道送来"}, Authorization=token
    )
    assert filled.status == 200, filled.body
    desk = open_page(f"{whole.run['site']}/volunteers/", width=1200)
    settled(desk, lambda page: sign_in(page, person(whole, "manager")))
    desk.click("#to-errand")
    desk.select_option("#errand-grid", GRID)
    desk.select_option("#errand-want", "mediation")
    desk.fill("#errand-text", QUARREL)
    press(desk, "#errand [type=submit]")
    expect(desk.locator("#errands")).to_contain_text(QUARREL)

    phone, link, homes = welcome(whole, open_page, token)
    to(phone, link, "v/board/")
    press(phone, phone.locator("#free > li", has_text=QUARREL).get_by_role("button"))
    mine = phone.locator("#mine-list > li", has_text=QUARREL)
    mine.locator("[data-form=done] [name=note]").fill("两家坐下来谈好了，十点以后不拖")
    press(phone, mine.locator("[data-form=done] button"))
    expect(phone.locator("#past-list > li", has_text=QUARREL)).to_contain_text("等网格长核实")
    settled(desk, lambda page: page.reload())
    done = desk.locator("#errands > li", has_text=QUARREL)
    press(desk, done.get_by_role("button", name="核实过了"))
    expect(done).to_contain_text("核实过了")
    look_again(phone)
    expect(phone.locator("#past-list > li", has_text=QUARREL)).to_contain_text("核实过了")

    to(phone, link, "v/patrol/")
    press(phone, "#claim-go")
    expect(phone.locator("#point")).to_be_visible()
    for code in phone.locator("#route [data-slot=id]").all_inner_texts():
        phone.fill("#point-code", code)
        press(phone, "#point [type=submit]")
        expect(phone.locator("#point-code")).to_have_value("")
    expect(phone.locator("#patrol-text")).to_contain_text("1 分")

    shelved = {home["id"] for home in whole.greens()}
    home = next(each["home"] for each in homes if each["home"] in shelved and not each["own"] and not each["assigned"])
    number = on_the_shelf(whole, home)
    to(phone, link, "scan/")
    for mode, code in (("carry", number), ("deliver", home)):
        phone.click(f'[data-mode="{mode}"]')
        phone.fill("#code", code)
        press(phone, "#go")
        expect(phone.locator("#code")).to_have_value("")
        expect(phone.locator("#form .error")).to_be_hidden()

    to(phone, link, "v/points/")
    look_until(phone, lambda: phone.locator("#total").inner_text() == "您有 5 分")
    expect(phone.locator("#did")).to_contain_text("您做了 3 次")
    press(phone, phone.locator("#rewards > li", has_text="口罩一包").get_by_role("button"))
    expect(phone.locator("#total")).to_have_text("您有 2 分")
    settled(desk, lambda page: page.goto(f"{whole.run['site']}/points/"))
    press(desk, desk.locator("#waiting > li", has_text="口罩一包").get_by_role("button", name="交给本人了"))
    expect(desk.locator("#done")).to_contain_text("口罩一包")
    look_again(phone)
    expect(phone.locator("#waiting")).to_be_hidden()
