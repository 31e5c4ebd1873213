"""The boards of the grids on the pages: a volunteer's phone and the desk."""

import json

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.waiting import settled
from tests.browser.world_giving import NASTY


def phone(stub: Stub, open_page: Open, path: str = "board", lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/privacy/", width=width)
    held = json.dumps({"link": world.VOLUNTEER_LINK, "device": "d"})
    page.evaluate("held => localStorage.setItem('nuanlin.device', held)", held)
    page.goto(f"{stub.url}/{lang}v/{path}/#{world.VOLUNTEER_LINK}")
    return page


def at_desk(stub: Stub, open_page: Open, role: str = "coordinator", lang: str = "", width: int = 1200) -> Page:
    stub.roles = [role]
    page = open_page(f"{stub.url}/{lang}volunteers/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).to_contain_text("10:24")
    return page


def test_her_board_says_what_waits_what_she_has_in_hand_and_what_became_of_hers(stub: Stub, open_page: Open) -> None:
    page = phone(stub, open_page, width=320)
    expect(page.locator("#free > li")).to_have_count(2)
    expect(page.locator("#free > li").nth(1)).to_contain_text("3 分的事：做完要别人核实。")
    mine = page.locator("#mine-list > li")
    expect(mine).to_contain_text(NASTY)
    expect(mine).to_contain_text("17:30 前做完；到时没做完，会放回任务板。")
    expect(mine.locator("a.call")).to_contain_text("安娜")
    expect(page.locator("#others-list")).to_contain_text("郑大姐在做，17:30 前")
    expect(page.locator("#past-list > li").first).to_contain_text("9:00 做完，等网格长核实")
    expect(page.locator("#past-list > li").last).to_contain_text("9:00 做完，刘组长核实过了")
    expect(page.locator("#board img")).to_have_count(0)


def test_she_takes_one_on_says_what_she_did_and_puts_another_back(stub: Stub, open_page: Open) -> None:
    page = phone(stub, open_page)
    page.locator("#free > li").nth(1).locator("button").click()
    expect(page.locator("#done")).to_have_text("这件事交给您了，谢谢您。")
    expect(page.locator("#mine-list > li")).to_have_count(2)
    quarrel = page.locator("#mine-list > li", has_text="拖椅子")
    quarrel.locator("[data-form=done] [name=note]").fill("两家坐下来谈了")
    quarrel.locator("[data-form=done] button").click()
    expect(page.locator("#done")).to_have_text("记下了，谢谢您。网格长核实以后记分。")
    assert stub.acts[-1] == ("/api/round/errands/errand%3Ag5%3Aquarrel/acts", {"act": "done", "note": "两家坐下来谈了"})
    expect(page.locator("#mine-list > li")).to_have_count(1)
    page.locator("#mine-list [data-back] summary").click()
    page.locator("#mine-list [data-back] button").click()
    expect(page.locator("#done")).to_have_text("放回去了，网格长这就知道。")
    expect(page.locator("#mine")).to_be_hidden()
    expect(page.locator("#free > li")).to_have_count(2)


def test_who_comes_second_is_told_who_was_first(stub: Stub, open_page: Open) -> None:
    page = phone(stub, open_page)
    stub.gone.add("errand:g5:rice")  # type: ignore[attr-defined]
    page.locator("#free > li").first.locator("button").click()
    expect(page.locator("#free > li").first.locator(".error")).to_have_text("郑大姐先了一步：已经有人在做了。")


def test_a_phone_that_was_never_confirmed_sees_no_board(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/v/board/#{world.VOLUNTEER_LINK}")
    expect(page.locator("#trouble")).to_contain_text("这部手机还没有认过")
    expect(page.locator("#board")).to_be_hidden()


def test_the_desk_hangs_something_asks_somebody_and_confirms(stub: Stub, open_page: Open) -> None:
    page = at_desk(stub, open_page)
    page.click("#to-errand")
    page.select_option("#errand-grid", "g6")
    page.select_option("#errand-want", "mediation")
    page.fill("#errand-text", "两家为楼道里的鞋柜吵架")
    page.click("#errand [type=submit]")
    expect(page.locator("#done")).to_have_text("挂好了：3 栋高区的志愿者现在看得到。")
    assert stub.acts[-1] == ("/api/errands", {"grid": "g6", "want": "mediation", "text": "两家为楼道里的鞋柜吵架", "door": ""})
    row = page.locator("#errands > li", has_text="十斤米")
    row.locator("[data-act=assign]").click()
    row.locator("[name=owner]").select_option("v-1-102")
    row.locator("[data-form=assign] .go").click()
    expect(page.locator("#done")).to_have_text("请好了，本人会收到消息。")
    page.locator("#errands > li", has_text="轮流停").locator("[data-act=confirm]").click()
    expect(page.locator("#errands > li", has_text="轮流停")).to_contain_text("刘组长核实过了")
    assert stub.acts[-1] == ("/api/tasks/errand%3Ag5%3Aold/acts", {"act": "confirm"})
    row = page.locator("#errands > li", has_text="拖椅子")
    row.locator("[data-act=cancel]").click()
    row.locator("[data-form=why] [name=note]").fill("和好了")
    row.locator("[data-form=why] .stop").click()
    expect(page.locator("#errands > li", has_text="拖椅子")).to_have_count(0)
    expect(page.locator("#errands img")).to_have_count(0)


def test_a_steward_sees_the_boards_and_no_links(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/volunteers/")
    page.route("**/api/volunteers", lambda route: route.fulfill(status=403, body="{}"))
    settled(page, lambda shown: sign_in(shown, Place(stub.url, iter(()), "wang", "right")))
    expect(page.locator("#errands > li")).to_have_count(6)
    for gone in ("#choose", "#stale"):
        expect(page.locator(gone)).to_be_hidden()
