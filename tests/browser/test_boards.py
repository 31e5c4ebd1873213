"""The coordinator's pages: who is given what, a home's file, the roster, the delivery ledger."""

from playwright.sync_api import Page, expect

from tests.browser import world_promises
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def lead(stub: Stub, open_page: Open, path: str, width: int = 1200) -> Page:
    stub.roles = ["coordinator", "manager"]
    page = open_page(f"{stub.url}{path}", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_what_nobody_owns_is_loudest_and_said_once(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/")
    expect(page.locator("#loud-count")).to_have_text("2")
    expect(page.locator("#loud-text")).to_contain_text("5 栋 1103 上门看望、1 栋 204")
    expect(page.locator("#late-count")).to_have_text("2 件")
    assert page.title().startswith("(2)")


def test_it_is_given_to_somebody_by_name(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/")
    task = page.locator("#orphans .task").nth(1)
    task.get_by_role("button", name="派给", exact=True).click()
    expect(task.locator("select")).to_be_focused()
    task.locator("select").select_option(label="陈敏（当班）")
    task.get_by_role("button", name="派给这位").click()
    expect(page.locator("#done")).to_contain_text("派好了")
    assert stub.acts[-1][1] == {"act": "assign", "note": "", "owner": "chen"}


def test_a_home_in_a_list_leads_to_its_file(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/board/")
    expect(page.locator("#orphans a.home-link").nth(1)).to_have_attribute("href", "/home-file/#1-204")
    expect(page.locator("#missed-visits a.home-link")).to_have_attribute("href", "/home-file/#4-402")


def test_a_steward_is_not_led_to_the_board(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/today/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#staff-nav")).to_contain_text("排班")
    expect(page.get_by_role("link", name="分派")).to_be_hidden()


def test_a_home_tells_why_and_how_its_days_went(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/home-file/#3-502")
    expect(page.locator("#file-tier")).to_have_text("红档")
    expect(page.locator("#why")).to_have_text("符合这一条：独居，满 80 岁")
    expect(page.locator("#days li")).to_have_count(14)
    hole = page.locator("#days li").nth(10)
    expect(hole).to_contain_text("报平安：没报")
    expect(hole).to_contain_text("走访：没人应门")
    expect(page.locator("#tier-changes")).to_contain_text("陈敏提议换成黄档")
    expect(page.get_by_role("button", name="批准")).to_be_visible()


def test_a_home_is_paused_and_comes_back(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/home-file/#3-502", 390)
    page.click("#to-pause")
    page.locator("#pause").get_by_text("住院了").click()
    page.fill("#pause [name=last]", "2026-11-25")
    page.get_by_role("button", name="这几天先停").click()
    expect(page.locator("#file-away")).to_have_text("先停着：住院了")
    assert stub.acts[-1][1] == {"why": "hospital", "first": "2026-11-22", "last": "2026-11-25"}
    page.get_by_role("button", name="回来了，照常走访").click()
    expect(page.locator("#file-away")).to_be_hidden()


def test_the_roster_says_who_when_and_where_nobody_is(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/")
    expect(page.locator("#now-names")).to_have_text("王建国")
    expect(page.locator("#handover")).to_have_text("14:00 接班：陈敏")
    expect(page.locator("#loud-text")).to_contain_text("11 月 22 日 星期日 20:00–24:00")
    expect(page.locator("#shifts")).to_contain_text("请假了，这一班没有人")


def test_a_roster_that_nobody_has_made_yet_praises_nothing(stub: Stub, open_page: Open) -> None:
    stub.roster["weeks"][0] |= {"edition": "", "shifts": [], "gaps": []}
    page = lead(stub, open_page, "/roster/")
    expect(page.locator("#shifts")).to_be_visible()
    expect(page.locator("#loud")).to_be_hidden()


def test_the_roster_names_special_days_and_says_when_the_table_of_holidays_ends(stub: Stub, open_page: Open) -> None:
    stub.roster = {**world_promises.roster(), "table_ends": "2026-12-31"}
    page = lead(stub, open_page, "/roster/", 390)
    expect(page.locator("#table-ends")).to_contain_text("节假日表只到 12 月 31 日")
    expect(page.locator("#table-ends")).to_contain_text("2027 年的放假通知")
    page.get_by_role("button", name="下一周").click()
    expect(page.locator("#shifts .group").nth(3)).to_contain_text("国庆节")
    expect(page.locator("#shifts .group").nth(5)).to_contain_text("调休上班")


def test_whom_no_channel_reaches_is_named_where_the_task_stands(stub: Stub, open_page: Open) -> None:
    people = [{"id": "duty", "name": ""}, *({"id": f"v{n}", "name": f"志愿者{n}"} for n in range(8))]
    reach = world_promises.task("reach:2026-11-22", "reach", "", category="reach", about="2026-11-22", people=people, tier="green")
    ends = world_promises.task("calendar:2026-12-31", "calendar", "", category="calendar", about="2026-12-31", people=[], tier="green")
    stub.board = {**world_promises.board(), "open": [reach, {**reach, "id": "reach:x", "people": []}, ends]}
    page = lead(stub, open_page, "/board/", 390)
    page.click("#open-title")
    rows = page.locator("#open .task")
    expect(rows.nth(0)).to_contain_text("整个小区 有人联系不上")
    expect(rows.nth(0)).to_contain_text("消息送不到：值班群、志愿者0、志愿者1、志愿者2、志愿者3、志愿者4，还有 3 位")
    expect(rows.nth(1)).to_contain_text("现在都联系得上了")
    expect(rows.nth(2)).to_contain_text("加上 2027 年的放假通知")


def test_what_is_nobodys_because_a_day_is_full_says_so(stub: Stub, open_page: Open) -> None:
    full = [{"id": "wang", "name": "王建国"}]
    board = world_promises.board()
    stub.board = {**board, "unassigned": [{**each, "over": full} for each in board["unassigned"]]}
    page = lead(stub, open_page, "/board/", 320)
    expect(page.locator("#orphans .task").nth(0)).to_contain_text("王建国手上的事已经满了")


def test_next_week_is_copied_from_this_one(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/")
    page.get_by_role("button", name="下一周").click()
    page.click("#to-edit")
    page.click("#copy")
    page.get_by_role("button", name="就这样排").click()
    expect(page.locator("#done")).to_have_text("排好了。")
    sent = stub.acts[-1][1]
    assert sent["week"] == "2026-11-23" and sent["seen"] == "" and len(sent["shifts"]) == 13
    night = {"staff": "chen", "from": "2026-11-23T20:00:00+08:00", "until": "2026-11-24T08:00:00+08:00"}
    assert night in sent["shifts"]


def test_a_week_changed_meanwhile_is_said(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/roster/")
    page.click("#to-edit")
    stub.roster = {**world_promises.roster(), "weeks": [{**world_promises.roster()["weeks"][0], "edition": "e9"}]}
    page.get_by_role("button", name="就这样排").click()
    expect(page.locator("#edit .error")).to_contain_text("刚被别人改过")


def test_the_ledger_says_what_did_not_arrive_and_why(stub: Stub, open_page: Open) -> None:
    page = lead(stub, open_page, "/messages/", 390)
    expect(page.locator("#loud-text")).to_contain_text("李秀英、陈敏")
    expect(page.locator("#messages")).to_contain_text("没有登记任何联系方式")
    expect(page.locator("#messages")).to_contain_text("可能送了两遍")
    page.locator("#only-wrong").check()
    expect(page.locator("#messages .item")).to_have_count(2)
