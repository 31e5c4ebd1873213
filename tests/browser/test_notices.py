"""Notices in a browser: on the board, from a door's card, and on a lift's screen that loses its network."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser import world, world_notices
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub

AT = "2026-11-22T09:12:00+08:00"


def at_nine(page: Page, url: str) -> Page:
    """The page at 9:12 of the story: the board sorts by the phone's own clock."""
    page.clock.install(time=AT)
    page.goto(url)
    return page


def test_the_board_shows_what_counts_and_each_of_a_correction_leads_to_the_other(stub: Stub, open_page: Open):
    page = at_nine(open_page("about:blank"), f"{stub.url}/notices/#anheli")

    expect(page.locator("#now > li h2")).to_have_text(
        ["大风蓝色预警", "3 栋停水改到十点", "3 栋九点停水", "家家有明白卡", "小区不会封一个月"]
    )
    rumour = page.locator("#now > li", has_text="小区不会封一个月")
    expect(rumour).to_contain_text("传言：小区要封一个月，超市都空了")
    expect(rumour).to_contain_text("核实：不实。来源：和平街道办事处，11 月 21 日")
    wrong = page.locator("#now > li", has=page.get_by_text("已更正", exact=True))
    expect(wrong.locator("h2")).to_have_text("3 栋九点停水")
    wrong.get_by_role("button", name="已更正，请看：3 栋停水改到十点").click()
    expect(page.locator("#now > li", has_text="更正的是：3 栋九点停水")).to_be_focused()
    page.click("#past summary")
    expect(page.locator("#past-list h2")).to_have_text(["电动车不进楼"])
    assert page.locator("#now img").count() == 0 and "<img src=x" in page.locator("#now").inner_text()
    assert page.locator("#to-calendar").get_attribute("href") == "/feeds/anheli.ics"


def test_what_is_for_one_home_is_read_by_its_card_alone(stub: Stub, open_page: Open):
    page = at_nine(open_page("about:blank"), f"{stub.url}/notices/#{world.LINK}")
    expect(page.locator("#now")).to_contain_text("送药改到下午")
    expect(page.locator("#own")).to_be_visible()

    public = at_nine(open_page("about:blank"), f"{stub.url}/notices/#anheli.oldcardoldcardoldcard")
    expect(public.locator("#trouble")).to_contain_text("换过新的了")
    expect(public.locator("#now")).to_contain_text("大风蓝色预警")
    expect(public.locator("#now")).not_to_contain_text("送药改到下午")


def test_english_where_somebody_wrote_it_and_the_language_said_where_nobody_did(stub: Stub, open_page: Open):
    page = at_nine(open_page("about:blank"), f"{stub.url}/en/notices/#anheli")

    expect(page.locator("#now > li").first).to_contain_text("Gale warning")
    assert page.locator("#now > li h2").nth(1).get_attribute("lang") == "zh-CN"
    assert page.locator("#to-atom").get_attribute("href") == "/feeds/anheli.en.atom"


def test_a_board_with_nothing_on_it_and_one_without_a_network_say_so(stub: Stub, open_page: Open):
    stub.hanging = None
    page = at_nine(open_page("about:blank"), f"{stub.url}/notices/#anheli")
    expect(page.locator("#now-none")).to_be_visible()

    stub.hanging = world_notices.file()
    page.reload()
    expect(page.locator("#now > li")).to_have_count(5)
    page.route("**/feeds/*", lambda route: route.abort())
    page.reload()
    expect(page.locator("#trouble")).to_contain_text("没连上网，下面是 11 月 22 日 9:12 看到的。")
    expect(page.locator("#now > li")).to_have_count(5)


def shown(page: Page) -> tuple[str, str]:
    return page.locator("#title").inner_text(), page.locator("#text").inner_text()


@pytest.mark.parametrize(("width", "height"), [(320, 568), (1080, 1920), (1280, 720)])
def test_a_lift_shows_every_word_of_its_building_without_scrolling(width: int, height: int, stub: Stub, open_page: Open):
    page = at_nine(open_page("about:blank", width=width, height=height), f"{stub.url}/lift/#anheli.3")
    expect(page.locator("#title")).to_have_text("大风蓝色预警")
    texts: dict[str, str] = {}
    for _ in range(int(page.locator("#place").inner_text().partition("/")[2])):
        title, text = shown(page)
        texts[title] = texts.get(title, "") + text.replace("\n", "")
        assert page.evaluate("[document.documentElement, document.body, slide].every(e => e.scrollHeight <= e.clientHeight + 1)")
        page.keyboard.press("ArrowRight")

    assert set(texts) == {"大风蓝色预警", "3 栋停水改到十点", "家家有明白卡", "小区不会封一个月"}
    assert texts["3 栋停水改到十点"] == world_notices.LONG
    elsewhere = at_nine(open_page("about:blank"), f"{stub.url}/lift/#anheli.5")
    expect(elsewhere.locator("#place")).to_have_text("1 / 3")


@pytest.mark.parametrize(("motion", "seconds"), [("no-preference", 12), ("reduce", 30)])
def test_it_turns_over_by_itself_slower_for_who_wants_less_motion_and_stops_when_told(
    motion: str, seconds: int, stub: Stub, open_page: Open
):
    page = at_nine(open_page("about:blank", width=1080, height=1920, reduced_motion=motion), f"{stub.url}/lift/#anheli.5")
    expect(page.locator("#place")).to_have_text("1 / 3")
    page.clock.run_for((seconds - 1) * 1000)
    expect(page.locator("#place")).to_have_text("1 / 3")
    page.clock.run_for(2000)
    expect(page.locator("#place")).to_have_text("2 / 3")
    page.click("#pause")
    page.clock.run_for(120_000)
    expect(page.locator("#place")).to_have_text("2 / 3")


def test_without_a_network_it_goes_on_with_what_it_has_says_so_and_opens_again(stub: Stub, open_page: Open):
    page = open_page(f"{stub.url}/lift/#anheli.5", workers="allow")
    page.evaluate("""async () => {
        await navigator.serviceWorker.ready;
        while (!(await caches.match("/lift/"))) await new Promise((later) => setTimeout(later, 20));
    }""")
    stub.hanging["notices"] = [world_notices.notice("x", "works", "电梯检修", until="2099-01-01T00:00:00+08:00")]
    page.reload()
    expect(page.locator("#title")).to_have_text("电梯检修")
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("#title")).to_have_text("电梯检修")
    expect(page.locator("#old")).to_contain_text("没连上网")
    assert json.loads(page.evaluate("localStorage['nuanlin.notices.anheli']"))["notices"]


def write(page: Page, **fields: str) -> None:
    page.click("#to-write")
    page.check(f"[name=kind][value={fields.pop('kind', 'works')}]")
    for name, text in fields.items():
        page.fill(f"#n-{name}", text)


def at_the_desk(stub: Stub, open_page: Open, lang: str = "") -> Page:
    page = open_page(f"{stub.url}{lang}/announce/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#list > li")).to_have_count(5)
    return page


def test_a_notice_is_written_looked_at_changed_published_and_undone(stub: Stub, open_page: Open):
    page = at_the_desk(stub, open_page)
    write(page, title="3 栋停水", text="换水管，请先接好水。")
    page.check("[name=whom][value=some]")
    page.click("#write [type=submit]")
    expect(page.locator("#write .error")).to_have_text("请至少选一个地方。")
    assert not page.is_checked("#n-open")
    page.check("#n-open")
    page.check("[name=buildings][value='3']")
    page.click("#write [type=submit]")

    expect(page.locator("#preview-title")).to_be_focused()
    expect(page.locator("#reach")).to_contain_text("发给 46 户，60 个楼层群。")
    for place in ("#as-page", "#as-robot", "#lift-title"):
        expect(page.locator(place)).to_contain_text("3 栋停水")
    page.click("#edit")
    page.fill("#n-title", "3 栋停水到 13 点")
    page.click("#write [type=submit]")
    expect(page.locator("#lift-title")).to_have_text("3 栋停水到 13 点")
    page.click("#publish-now")

    expect(page.locator("#undo-text")).to_contain_text("现在还可以撤销")
    expect(page.locator("#list > li").first).to_contain_text("60 个等着发")
    paths = [path for path, _ in stub.acts if "/api/notices" in path]
    assert paths == ["/api/notices", "/api/notices/2611-new/words", "/api/notices/2611-new/publication"]
    said = next(body for path, body in stub.acts if path == "/api/notices")
    assert said["audience"] == {"buildings": ["3"], "floors": [], "grids": [], "tiers": []}
    assert (said["from"], said["until"]) == ("2026-11-22T10:24:00+08:00", "2026-11-23T10:24:00+08:00")
    page.click("#undo [type=submit]")
    expect(page.locator("#done")).to_contain_text("撤回了")
    expect(page.locator("#list > li").first).to_contain_text("已撤回")


def test_groups_that_were_missed_are_loud_and_say_whom_to_phone(stub: Stub, open_page: Open):
    page = at_the_desk(stub, open_page)
    expect(page.locator("#loud-count")).to_have_text("2")

    row = page.locator("#list > li", has_text="3 栋停水改到十点")
    row.get_by_role("button", name="谁没收到").click()
    missed = row.locator("[data-missed] > li")
    expect(missed).to_have_count(2)
    expect(missed.first).to_contain_text("3 栋 7 层群 没有登记机器人")
    assert missed.first.locator("a").first.get_attribute("href") == "tel:13800138000"


def test_a_correction_keeps_its_audience_and_a_withdrawal_is_confirmed_with_a_reason(stub: Stub, open_page: Open):
    page = at_the_desk(stub, open_page)
    row = page.locator("#list > li", has_text="小区不会封一个月")
    row.get_by_role("button", name="更正").click()
    expect(page.locator("#write-title")).to_have_text("更正：小区不会封一个月")
    expect(page.locator("#whom")).to_be_hidden()
    expect(page.locator("#n-claim")).to_have_value("小区要封一个月，超市都空了")
    page.fill("#n-title", "小区不会封")
    page.click("#write [type=submit]")
    expect(page.locator("#preview")).to_be_visible()
    assert stub.acts[-1][1]["corrects"] == "2611-c"
    page.click("#publish [type=reset]")
    expect(page.locator("#done")).to_contain_text("没有发")

    row.get_by_role("button", name="撤回", exact=True).click()
    row.locator("[name=reason]").fill("街道已另发通告")
    row.get_by_role("button", name="确定撤回").click()
    expect(page.locator("#list > li", has_text="街道已另发通告")).to_contain_text("已撤回")


def test_a_steward_of_one_building_cannot_choose_the_whole_compound(stub: Stub, open_page: Open):
    stub.notice_desk["whole"] = False
    page = at_the_desk(stub, open_page, "/en")
    page.click("#to-write")

    expect(page.locator("[name=whom][value=all]")).to_be_disabled()
    expect(page.locator("#places")).to_be_visible()
    assert not page.is_checked("#n-open")
    page.click("#tier-fold summary")
    page.check("[name=tiers][value=red]")
    expect(page.locator("#n-open")).to_be_disabled()
