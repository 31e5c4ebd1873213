"""Points, rewards, goods and hand-outs on the pages: a volunteer's phone, the points desk, the supplies desk."""

import json

from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.world_giving import NASTY


def phone(stub: Stub, open_page: Open, path: str, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/privacy/", width=width)
    held = json.dumps({"link": world.VOLUNTEER_LINK, "device": "d"})
    page.evaluate("held => localStorage.setItem('nuanlin.device', held)", held)
    page.goto(f"{stub.url}/{lang}v/{path}/#{world.VOLUNTEER_LINK}")
    return page


def purse(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    page = phone(stub, open_page, "points", lang, width)
    expect(page.locator("#rewards > li")).to_have_count(5)
    return page


def at_desk(stub: Stub, open_page: Open, path: str, lang: str = "", width: int = 1200) -> Page:
    stub.roles = ["coordinator"]
    page = open_page(f"{stub.url}/{lang}{path}/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).to_contain_text("10:24")
    return page


def test_her_page_says_what_she_has_what_it_buys_and_how_it_came_about(stub: Stub, open_page: Open) -> None:
    page = purse(stub, open_page)
    expect(page.locator("#total")).to_have_text("您有 13 分")
    expect(page.locator("#today")).to_have_text("今天记了 4 分，一天最多 10 分。")
    expect(page.locator("#waiting-list > li")).to_have_count(2)
    first, soap, hour, gift, cut = page.locator("#rewards > li").all()
    expect(first).to_contain_text("还有 2 份")
    expect(soap).to_contain_text("不多了，先保一线")
    expect(hour.locator("option")).to_have_count(2)
    expect(gift).to_contain_text("还差 27 分")
    expect(gift.locator("button")).to_be_hidden()
    expect(cut).to_contain_text("现在没有可约的钟点")
    expect(page.locator("#lines > li").first).to_contain_text("更正：记错人了")
    expect(page.locator("#lines > li").nth(1)).to_contain_text(NASTY)
    expect(page.locator("#lines > li").last).to_contain_text("志愿服务")
    expect(page.locator("#lines img, #others:visible")).to_have_count(0)


def test_a_reward_is_one_tap_and_so_is_giving_it_back(stub: Stub, open_page: Open) -> None:
    page = purse(stub, open_page)
    page.locator("#rewards > li").nth(2).locator("button").click()
    expect(page.locator("#done")).to_have_text("留好了：家政一小时。请找网格长领。")
    expect(page.locator("#total")).to_have_text("您有 1 分")
    assert stub.acts[-1] == ("/api/round/reservations", {"reward": "housework", "starts": world.moment("10:00", "2026-11-28")})
    page.locator("#waiting-list > li").first.locator("button").click()
    expect(page.locator("#total")).to_have_text("您有 13 分")
    assert stub.acts[-1] == ("/api/round/reservations/new/release", {})


def test_whoever_comes_too_late_is_told_and_keeps_her_points(stub: Stub, open_page: Open) -> None:
    page = purse(stub, open_page)
    stub.own_points["rewards"][0]["left"] = 0  # type: ignore[attr-defined]
    page.locator("#rewards > li").first.locator("button").click()
    expect(page.locator("#rewards .error").first).to_have_text("没有这么多了，刚刚被别人拿走了。")
    expect(page.locator("#total")).to_have_text("您有 13 分")


def test_a_home_is_signed_off_by_its_card_its_number_or_a_tap(stub: Stub, open_page: Open) -> None:
    page = phone(stub, open_page, "hand-outs", width=320)
    expect(page.locator("[data-left] > li")).to_have_count(3)
    page.fill("[name=said]", f"{stub.url}/h/#{world.LINK}")
    page.click("[data-scan] [type=submit]")
    expect(page.locator("#done")).to_have_text("记下了：3 栋 502领到了。")
    assert stub.acts[-1] == ("/api/round/hand-outs/round1/signatures", {"card": f"{stub.url}/h/#{world.LINK}"})
    page.fill("[name=said]", "9-999")
    page.click("[data-scan] [type=submit]")
    expect(page.locator("[data-scan] .error")).to_contain_text("没有找到")
    page.locator("[data-left] > li", has_text="603").locator("button").click()
    expect(page.locator("[data-left] > li")).to_have_count(1)
    expect(page.locator("[data-left] > li")).to_contain_text("您自己家：请别人来送。")
    assert stub.acts[-1] == ("/api/round/hand-outs/round1/signatures", {"door": "3-603"})


def test_a_phone_that_was_never_confirmed_reads_nothing(stub: Stub, open_page: Open) -> None:
    for path in ("points", "hand-outs"):
        page = open_page(f"{stub.url}/v/{path}/#{world.VOLUNTEER_LINK}")
        expect(page.locator("#trouble")).to_contain_text("这部手机还没有认过")
        expect(page.locator("#purse:visible, #hand-outs:visible")).to_have_count(0)


def test_the_desk_hands_over_opens_an_hour_and_takes_an_entry_back(stub: Stub, open_page: Open) -> None:
    page = at_desk(stub, open_page, "points")
    page.locator("#waiting > li").first.locator("[data-act=hand_over]").click()
    expect(page.locator("#done")).to_contain_text("交给周志明了")
    expect(page.locator("#waiting > li")).to_have_count(1)
    assert stub.acts[-1] == ("/api/reservations/r1/acts", {"act": "hand_over"})
    service = page.locator("#rewards > li").nth(2)
    expect(service.locator("[data-hours] > li").nth(1)).to_have_text("11 月 28 日 10:00（还剩 1 个）")
    service.locator("[data-open]").click()
    service.locator("[name=starts]").fill("2026-11-29T09:00")
    service.locator("[type=submit]").click()
    expect(page.locator("#done")).to_have_text("开好了，志愿者现在可以约。")
    assert stub.acts[-1] == ("/api/rewards/housework/hours", {"starts": "2026-11-29T09:00:00+08:00", "seats": 1})
    page.locator("[data-lines]").first.click()
    expect(page.locator("[data-mend]")).to_have_count(3)
    page.locator("[data-mend] summary").nth(1).click()
    page.locator("[data-mend] [name=note]").nth(1).fill("记错人了")
    page.locator("[data-mend] [type=submit]").nth(1).click()
    expect(page.locator("#done")).to_have_text("收回了，本人看得到原因。")
    assert stub.acts[-1] == ("/api/volunteers/v1/corrections", {"cause": "patrol:T3-1", "note": "记错人了"})


def test_goods_that_run_low_are_the_loudest_and_each_act_asks_for_what_it_needs(stub: Stub, open_page: Open) -> None:
    page = at_desk(stub, open_page, "supplies")
    expect(page.locator("#loud-text")).to_have_text("样物资不多了：口罩")
    masks = page.locator("#goods > li").first
    expect(masks).to_contain_text("照这四周，一天用 12.5，够 12 天")
    words = [
        "物业仓库 6，2026-11-20 已过期",
        "物业仓库 90，2026-12-10 到期",
        "物业仓库 50，2027-12-31 到期",
        "应急储备库 1000，2027-12-31 到期",
    ]
    expect(masks.locator(".batches > li")).to_have_text(words)
    masks.locator("[data-open]").click()
    form = masks.locator("[data-form]")
    form.locator("label", has=page.locator("[value=count]")).click()
    form.locator("[name=batch]").select_option("1")
    form.locator("[name=amount]").fill("88")
    form.locator("[name=note]").fill("盘点")
    form.locator("[type=submit]").click()
    expect(page.locator("#done")).to_have_text("记下了：口罩。")
    counted = {"act": "count", "amount": 88, "note": "盘点", "place": "D1", "ends": "2026-12-10", "expected": 90}
    assert stub.acts[-1] == ("/api/supplies/mask/acts", counted)


def test_a_round_is_begun_followed_and_closed_and_the_request_is_a_file(stub: Stub, open_page: Open) -> None:
    page = at_desk(stub, open_page, "supplies")
    page.click("#to-round")
    page.fill("#round-name", "每户两瓶消毒液")
    page.fill("#round-red", "2")
    page.locator("#round-grids label").first.click()
    page.click("#round [type=submit]")
    expect(page.locator("#done")).to_contain_text("开始发了：每户两瓶消毒液")
    begun = {
        "good": "mask",
        "place": "D1",
        "name": "每户两瓶消毒液",
        "each": {"green": 1, "yellow": 1, "red": 2},
        "head": 0,
        "grids": ["g5"],
    }
    assert stub.acts[-1] == ("/api/hand-outs", begun)
    page.locator("#rounds > li").first.locator("[data-close]").click()
    expect(page.locator("#done")).to_contain_text("结束了")
    with page.expect_download() as kept:
        page.click("#request")
    assert kept.value.suggested_filename == "anheli-2026-11-22.csv"
