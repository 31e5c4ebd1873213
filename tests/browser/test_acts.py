"""What people do with a task on the pages: let it wait, take back a slip, make sure, open again; and how it came to this."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.test_boards import lead
from tests.browser.test_today import today
from tests.browser.waiting import look_again


def task(page: Page, home: str, within: str = "#tasks") -> Locator:
    return page.locator(f"{within} .task", has_text=home)


def more(row: Locator, act: str) -> Locator:
    """The form behind the fold."""
    row.locator("[data-more] summary").click()
    row.get_by_role("button", name=act).click()
    return row.locator("form[data-form]:not([hidden])")


def test_a_task_waits_for_a_reason_and_goes_on(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    row = task(page, "要帮忙：药")
    form = more(row, "先停一停")
    expect(form).to_contain_text("最多停 24 小时")
    form.get_by_text("住户要晚点").click()
    form.locator("[name=note]").fill("女儿下班再来")
    form.locator("[name=until]").fill("2026-11-22T15:30")
    form.get_by_role("button", name="先停").click()
    expect(row).to_contain_text("先停着")
    expect(row).to_contain_text("停到 15:30")
    assert stub.acts[-1][1] == {"act": "pause", "note": "住户要晚点、女儿下班再来", "until": "2026-11-22T15:30:00+08:00"}
    row.get_by_role("button", name="接着办").click()
    expect(page.locator("#done")).to_contain_text("接着办了")
    expect(row).to_contain_text("还没有人动手")


def test_half_a_reason_survives_a_new_look(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    row = task(page, "要帮忙：药")
    more(row, "不用办了").locator("[name=note]").fill("女儿")
    stub.today["tasks"][0]["told"] = 3
    look_again(page)
    expect(row.locator("[data-form=cancel] [name=note]")).to_have_value("女儿")
    row.get_by_role("button", name="先不取消").click()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(row).to_contain_text("提醒过 3 次")


def test_another_reason_has_to_be_said(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    form = more(task(page, "要帮忙：药"), "先停一停")
    form.get_by_text("别的原因").click()
    form.get_by_role("button", name="先停").click()
    assert form.locator("[name=note]").evaluate("field => field.validity.valueMissing")
    assert not [path for path, _ in stub.acts if path.endswith("/acts")]


def test_a_pause_is_taken_back_at_once(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    form = more(task(page, "要帮忙：药"), "先停一停")
    form.get_by_role("button", name="先停").click()
    page.locator("#done").get_by_role("button", name="撤回").click()
    expect(page.locator("#done")).to_contain_text("接着办了")
    assert [body["act"] for _, body in stub.acts[-2:]] == ["pause", "resume"]


def test_done_by_a_slip_is_undone(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    row = task(page, "上门没人应门")
    row.get_by_role("button", name="做完了").click()
    expect(row).to_have_count(0)
    page.locator("#done").get_by_role("button", name="撤回").click()
    expect(page.locator("#done")).to_contain_text("又打开了")
    expect(row).to_have_count(1)
    assert stub.acts[-1][1] == {"act": "reopen", "note": "点错了"}


def test_a_cancellation_says_why_and_what_it_means(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    row = task(page, "要帮忙：药")
    form = more(row, "不用办了")
    expect(form).to_contain_text("不再提醒任何人")
    form.get_by_role("button", name="取消这件事").click()
    assert not [path for path, _ in stub.acts if path.endswith("/acts")]
    form.locator("[name=note]").fill("女儿买到了")
    form.get_by_role("button", name="取消这件事").click()
    expect(row).to_have_count(0)
    page.locator("#closed-title").click()
    expect(task(page, "要帮忙：药", "#closed")).to_contain_text("取消了")


def test_what_another_has_done_is_confirmed_and_ones_own_is_not(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/")
    page.locator("#closed-title").click()
    row = task(page, "1 栋 101", "#closed")
    expect(row).to_contain_text("8:50 陈敏")
    row.get_by_role("button", name="核实过了").click()
    expect(row).to_contain_text("核实过了")
    expect(row.get_by_role("button", name="核实过了")).to_have_count(0)
    late = task(page, "3 栋 101", "#overdue")
    late.get_by_role("button", name="我来做").click()
    late.get_by_role("button", name="做完了").click()
    expect(task(page, "3 栋 101", "#closed")).to_contain_text("办完了")
    expect(task(page, "3 栋 101", "#closed").get_by_role("button", name="核实过了")).to_have_count(0)


def test_what_was_not_done_is_opened_again_with_a_word(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/", 390)
    page.locator("#closed-title").click()
    row = task(page, "1 栋 101", "#closed")
    row.get_by_role("button", name="没办好，再开").click()
    expect(row.locator("[data-form=reopen] input")).to_be_focused()
    row.locator("[data-form=reopen] input").fill("还在滴水")
    row.get_by_role("button", name="再开，接着办").click()
    expect(page.locator("#done")).to_contain_text("又打开了：1 栋 101")
    expect(row).to_have_count(0)
    assert stub.acts[-1][1] == {"act": "reopen", "note": "还在滴水"}


def test_a_coordinator_says_how_urgent_it_is(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/")
    row = task(page, "1 栋 204", "#orphans")
    form = more(row, "改缓急")
    expect(form.locator("[name=tier]")).to_have_count(2)  # not the one it has
    form.get_by_text("黄", exact=True).click()
    form.locator("[name=note]").fill("明天再买也行")
    form.get_by_role("button", name="改成这一档").click()
    expect(row.locator('[data-slot="tier"]')).to_have_text("黄")
    assert stub.acts[-1][1] == {"act": "prioritise", "note": "明天再买也行", "tier": "yellow"}


def test_how_it_came_to_this_can_be_read_and_reckoned(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    row = task(page, "3 栋 101")
    row.locator("[data-history] summary").click()
    expect(row.locator(".steps-past li")).to_have_text(["11 月 22 日 9:00 这件事开始", "11 月 22 日 9:10 王建国先停：“等配件”"])
    expect(row.locator(".clocks li").nth(1)).to_have_text(
        "办好：11 月 22 日 9:00 起，给 24 小时；11 月 22 日 9:10 停到 11 月 22 日 16:00（等配件）；现在停着，到 11 月 22 日 16:00"
    )
    expect(row).to_contain_text("住院了，11 月 26 日 星期四起照常")


def test_who_came_second_is_told_by_name_who_was_first(stub: Stub, open_page: Open) -> None:
    page = today(stub, open_page)
    stub.today["tasks"][0]["holder"] = "chen"
    row = task(page, "要帮忙：药")
    row.get_by_role("button", name="我来做").click()
    expect(row.locator(":scope > .error")).to_have_text("陈敏先了一步：已经有人在做了。")


def test_every_desk_says_who_is_away_and_until_when(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/duty/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#away-title")).to_have_text("不在家：1 户")
    page.locator("#away-title").click()
    expect(page.locator("#away")).to_contain_text("3 栋 101 住院了，11 月 26 日 星期四起照常")
    page.goto(f"{stub.url}/today/")
    paused = page.locator("#visits .visit", has_text="3 栋 101")
    expect(paused).to_contain_text("住院了")
    expect(paused).to_contain_text("11 月 26 日 星期四起照常")
