"""The main job as people do it: their own browser, the real API behind it, a real door sensor."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.waiting import look_again, look_until, settled, unfold
from tests.local.conftest import close, device_of, open_door
from tests.stack import LocalStack, link_token


@pytest.fixture
def desk(whole: LocalStack, open_page: Open) -> Page:
    page = open_page(f"{whole.run['site']}/duty/", width=1200)
    sign_in(page, person(whole, "manager"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def person(stack: LocalStack, role: str) -> Place:
    found = next(one for one in stack.run["staff"] if role in one["roles"] and one["compound"] == "anheli")
    return Place(stack.run["site"], iter(()), found["username"], found["password"])


def test_a_report_shows_on_the_desk(whole: LocalStack, desk: Page, open_page: Open) -> None:
    home = whole.greens()[-20]
    building, door = home["id"].split("-")
    page = open_page(f"{whole.run['site']}/h/#{link_token(home)}")
    expect(page.locator("#greeting")).to_contain_text(f"{building} 栋 {door}")
    page.click("#open-help")
    page.locator("#help .tick").first.click()
    page.fill("#help-note", "只剩两天的")
    page.click("#help [type=submit]")
    expect(page.locator("#now-title")).to_contain_text("药")
    look_again(desk)
    expect(desk.locator("#said")).to_contain_text("“只剩两天的”")


def test_a_door_opens_and_somebody_takes_it_on(whole: LocalStack, desk: Page) -> None:
    home = next(home for home in whole.homes() if home["isolated"])
    device = device_of(whole, home["id"])
    close(whole, device)
    open_door(whole, device)
    building, door = home["id"].split("-")
    row = desk.locator("#alerts .item", has_text=f"{building} 栋 {door}").filter(has=desk.get_by_role("button", name="我来处理")).first
    look_until(desk, row.is_visible)
    expect(row).to_contain_text("说不清的开门")
    row.get_by_role("button", name="我来处理").click()
    expect(desk.locator("#done")).to_have_text("记下了，这件事归您。")
    expect(desk.locator("#alerts")).to_contain_text("在处理")


def test_a_new_card_works_and_ends_the_old_one(whole: LocalStack, open_page: Open) -> None:
    home = whole.greens()[-30]
    page = open_page(f"{whole.run['site']}/cards/", width=1200)
    sign_in(page, person(whole, "manager"))
    expect(page.locator("#choose")).to_be_visible()
    choose(page, home["id"])
    with page.expect_response("**/api/cards") as answered:
        page.click("#issue")
    expect(page.locator(".card")).to_have_count(1)
    card = answered.value.json()["cards"][0]
    expect(page.locator(".card .code")).to_have_text(card["code"])
    new = open_page(card["link"])
    new.click("#well")
    expect(new.locator("#now")).to_have_attribute("data-tone", "leaf")
    old = open_page(f"{whole.run['site']}/h/#{link_token(home)}")
    expect(old.locator("#now-title")).to_have_text("这张卡换过新的了")


def choose(page: Page, home: str) -> None:
    """Exactly this home, from the list or typed."""
    if page.locator("#typed").is_visible():
        page.fill("#typed", home)
        return
    page.select_option("#building", home.split("-")[0])
    page.select_option("#floor", "")
    for tick in page.locator("#homes input").all():
        tick.set_checked(tick.input_value() == home)


def test_the_code_on_the_card_reports_in_without_script(whole: LocalStack, open_page: Open) -> None:
    home = whole.greens()[-31]
    page = open_page(f"{whole.run['site']}/en/h/", java_script_enabled=False)
    page.select_option("#paper-compound", home["compound"])
    page.fill("#paper-home", home["id"])
    page.fill("#paper-code", home["code"].lower())
    page.click(".paper [type=submit]")
    page.wait_for_url("**/en/received/")


def at_desk(whole: LocalStack, open_page: Open, path: str) -> Page:
    page = open_page(f"{whole.run['site']}{path}", width=1200)
    sign_in(page, person(whole, "manager"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_a_need_waits_goes_on_is_done_and_its_history_tells(whole: LocalStack, open_page: Open) -> None:
    home = whole.greens()[-21]
    family = open_page(f"{whole.run['site']}/h/#{link_token(home)}")
    family.click("#open-help")
    family.locator("#help .tick").nth(2).click()
    family.click("#help [type=submit]")
    expect(family.locator("#now-title")).to_contain_text("修东西")
    board, (building, door) = at_desk(whole, open_page, "/board/"), home["id"].split("-")
    row = board.locator(".task", has_text=f"{building} 栋 {door}").filter(has_text="修东西").first
    look_until(board, lambda: row.count() > 0)
    unfold(board)

    def press(name: str) -> None:
        settled(board, lambda _: row.get_by_role("button", name=name, exact=True).click())
        unfold(board)

    board.locator("#open-title").evaluate("title => title.closest('details').open = true")  # where a task goes once somebody has it
    row.locator("[data-more] summary").click()
    row.get_by_role("button", name="先停一停").click()
    press("先停")
    expect(row).to_contain_text("先停着")
    press("接着办")
    expect(row).not_to_contain_text("先停着")
    press("我来做")
    press("做完了")
    board.locator("#closed-title").click()
    done = board.locator("#closed .task", has_text=f"{building} 栋 {door}").first
    done.locator("[data-history] summary").click()
    expect(done.locator(".steps-past li")).to_have_count(5)
    expect(done.locator(".clocks")).to_contain_text("等配件")
    expect(done.get_by_role("button", name="核实过了")).to_have_count(0)  # by another than did it


def test_yesterdays_round_can_be_entered(whole: LocalStack, open_page: Open) -> None:
    page = at_desk(whole, open_page, "/today/")
    page.get_by_role("link", name="补录前几天").click()
    expect(page.locator("#earlier-title")).to_contain_text("昨天")
    expect(page.locator("#visits .visit").first).to_be_visible()


def test_leave_is_entered_and_taken_back(whole: LocalStack, open_page: Open) -> None:
    page = at_desk(whole, open_page, "/roster/")
    page.click("#to-leave")
    name = page.locator("#leave option").nth(3).inner_text()
    page.select_option("#leave [name=person]", label=name)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("#done")).to_contain_text(f"登记好了：{name}")
    page.get_by_role("button", name=f"回来了 {name}").click()
    page.get_by_role("button", name="撤回这次请假").click()
    expect(page.locator("#done")).to_contain_text(f"撤回了：{name}")
    expect(page.locator("#leaves .item", has_text=name)).to_have_count(0)


def test_a_volunteer_confirms_her_phone_and_sees_the_round(whole: LocalStack, open_page: Open) -> None:
    desk = at_desk(whole, open_page, "/volunteers/")
    first = desk.locator("#list .item").first
    first.locator("[data-open]").click()
    first.get_by_role("button", name="发新链接").click()
    expect(desk.locator("#made")).to_be_visible()
    page = open_page(desk.locator("#slip-link .slip-link").inner_text())
    page.fill("#code", desk.locator("#slip-code .digits").inner_text().replace("\u00a0", ""))
    page.click("#confirm [type=submit]")
    expect(page.locator("#mine")).to_be_visible()
    expect(page.locator("#others-list li").first).to_be_visible()
