"""A steward's whole day with parcels, on the whole stack: her phone at 320 px without a camera, a family's, a volunteer's, and a real door sensor."""

from datetime import date

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.test_promise_kept import SECONDS, shown
from tests.browser.test_whole_stack import at_desk
from tests.browser.waiting import look_again, settled
from tests.local.conftest import alerts_of, close, device_of, open_door
from tests.stack import LocalStack, link_token, until

STEWARD, CARER = "anheli.steward4", "v-4-101"
FAMILY, OTHERS, ISOLATED, RED = "4-201", "5-102", "4-302", "4-401"
BATCH = "B7"


def scan(stack: LocalStack, open_page: Open) -> Page:
    page = open_page(f"{stack.run['site']}/scan/", 320, 640)
    person = next(one for one in stack.run["staff"] if one["username"] == STEWARD)
    sign_in(page, Place(stack.run["site"], iter(()), STEWARD, person["password"]))
    expect(page.locator("#modes")).to_be_visible()
    return page


def take_in(page: Page, home: str, goods: int, batch: str = "") -> str:
    """Its number, which is written on it with a pen."""
    page.locator("#gate-goods .tick").nth(goods).click()
    page.fill("#code", home)
    page.locator("#gate-more").evaluate("fold => (fold.open = true)")
    page.fill("#batch", batch)
    settled(page, lambda shown: shown.click("#go"))
    expect(page.locator("#code")).to_have_value("")
    return page.locator("#result-number").inner_text()


def typed(page: Page, mode: str, code: str) -> None:
    page.click(f'[data-mode="{mode}"]')
    page.fill("#code", code)
    settled(page, lambda shown: shown.click("#go"))
    expect(page.locator("#form .error")).to_be_hidden()


def parcel(page: Page, number: str) -> Locator:
    return page.locator("#list .parcel", has_text=number)


def say_it_lies(page: Page, number: str, shelf: str) -> None:
    row = parcel(page, number)
    row.locator("summary").click()
    row.locator('[data-fill="shelve"] select').select_option(shelf)
    settled(page, lambda _: row.locator('[data-fill="shelve"] button').click())


def move_clock(stack: LocalStack, clock: str) -> None:
    """Not as far as ten, when all that nobody has done by then is told to everybody."""
    stack.set_clock(f"{date.fromisoformat(stack.duty(stack.token())['day'])}T{clock}:00+08:00")


def test_a_stewards_whole_day_from_the_gate_to_the_last_door(whole: LocalStack, open_page: Open) -> None:
    move_clock(whole, "09:20")
    page = scan(whole, open_page)
    own, theirs = take_in(page, FAMILY, 2, BATCH), take_in(page, OTHERS, 2, BATCH)
    medicine, left = take_in(page, ISOLATED, 1, BATCH), take_in(page, RED, 0)

    page.click('[data-mode="carry"]')
    page.check("#carry-clean input")
    typed(page, "carry", BATCH)
    expect(page.locator("#result-title")).to_contain_text("拿好了：3 件")
    for number in (own, theirs, medicine):
        expect(parcel(page, number)).to_contain_text("消过毒")
    typed(page, "shelve", "S4")
    expect(page.locator("#result-title")).to_contain_text("放好了：1 件")

    say_it_lies(page, theirs, "S4")  # a slip of the thumb
    expect(page.locator("#result-title")).to_contain_text("放错货架了")
    expect(parcel(page, theirs)).to_contain_text("放错货架")
    settled(page, lambda shown: shown.click("#undo"))
    expect(page.locator("#result-title")).to_contain_text("撤回了：1 件")
    expect(parcel(page, theirs)).to_contain_text("在您手上")
    say_it_lies(page, theirs, "S4")  # and now it does lie there
    typed(page, "carry", theirs)
    typed(page, "shelve", "S5")
    expect(parcel(page, theirs)).to_contain_text("5 栋货架")
    expect(parcel(page, theirs)).not_to_contain_text("放错货架")

    the_isolated_home_has_its_medicine_and_no_alarm(whole, open_page, page)
    its_family_takes_it_from_the_shelf(whole, open_page, own)
    a_volunteer_brings_what_was_left(whole, open_page, page, left)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def the_isolated_home_has_its_medicine_and_no_alarm(stack: LocalStack, open_page: Open, page: Page) -> None:
    manager, device = stack.token("manager"), device_of(stack, ISOLATED)
    page.click('[data-mode="deliver"]')
    door = page.locator("#door-list > li", has_text="4 栋 302")
    expect(door).to_contain_text("前开门不算警情")
    family = open_page(f"{stack.run['site']}/h/#{link_token(stack.home(id=ISOLATED))}", 320, 640)
    expect(family.locator("#promise-list li")).to_contain_text(["有人送快递上门"])

    known = {each["id"] for each in alerts_of(stack, ISOLATED, manager)}
    close(stack, device)
    open_door(stack, device)
    opened = until(lambda: [each for each in alerts_of(stack, ISOLATED, manager) if each["id"] not in known], SECONDS)
    assert opened and [(each["state"], each["reason"]) for each in opened] == [("expected", "parcel")]
    settled(page, lambda _: door.locator('[data-act="deliver"]').click())
    expect(page.locator("#result-title")).to_contain_text("送到了：1 件")
    expect(door).to_have_count(0)


def its_family_takes_it_from_the_shelf(stack: LocalStack, open_page: Open, number: str) -> None:
    family = open_page(f"{stack.run['site']}/h/#{link_token(stack.home(id=FAMILY))}", 320, 640)
    expect(family.locator("#parcel-list")).to_contain_text(number)
    family.click("#take")
    expect(family.locator("#parcels-title")).to_contain_text("取走了 1 件")


def a_volunteer_brings_what_was_left(stack: LocalStack, open_page: Open, page: Page, number: str) -> None:
    """Fresh goods of a red home, left at the gate for half an hour: the volunteer's task, which ends with her scan."""
    move_clock(stack, "09:52")
    board = at_desk(stack, open_page, "/board/")
    board.evaluate("document.getElementById('open-fold').open = true")
    task = board.locator(".columns ul:not(#closed) .task", has_text=number).first
    shown(board, task, "没到家", "4 栋 401")

    link = stack.write(f"/api/volunteers/{CARER}/link", {}, Authorization=stack.token("manager")).json
    hers = open_page(link["link"], 320, 640)
    hers.fill("#code", link["device_code"])
    hers.click("#confirm [type=submit]")
    expect(hers.locator("#mine")).to_be_visible()
    hers.click("#to-scan")
    hers.click('[data-mode="deliver"]')
    door = hers.locator("#door-list > li", has_text="4 栋 401")
    settled(hers, lambda _: door.get_by_role("button", name="我拿走").click())
    shown(board, task, "在做")
    settled(hers, lambda _: door.get_by_role("button", name="送到了").click())
    expect(door).to_have_count(0)
    assert until(lambda: look_again(board) or not task.is_visible(), SECONDS), "her scan has closed it"
    look_again(page)
    expect(parcel(page, number)).to_have_count(0)
