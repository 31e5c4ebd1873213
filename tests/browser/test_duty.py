"""The duty desk: what nobody owns, who is missing, and the acts that change it."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.waiting import look_again
from tests.browser.world import alert, moment, owing, waiting


def desk(stub: Stub, open_page: Open, lang: str = "") -> Page:
    page = open_page(f"{stub.url}/{lang}duty/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_a_steward_signs_in_and_sees_who_reported(place: Place, open_page: Open) -> None:
    page = open_page(f"{place.url}/duty/", width=1200)
    sign_in(page, place)
    expect(page.locator("#missing-count")).to_contain_text("户已报")
    page.reload()
    expect(page.locator("#missing-count")).to_contain_text("户已报")
    page.click("#sign-out")
    expect(page.locator("#sign-in")).to_be_visible()
    expect(page.locator("#desk")).to_be_hidden()
    page.reload()
    expect(page.locator("#sign-in")).to_be_visible()


def test_a_wrong_password_is_said_in_words(place: Place, open_page: Open) -> None:
    page = open_page(f"{place.url}/duty/")
    sign_in(page, place._replace(password="wrong"))
    expect(page.locator("#sign-in-error")).to_be_visible()
    expect(page.locator("#desk")).to_be_hidden()


def test_a_first_password_is_changed_while_signing_in(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/duty/")
    page.fill("#username", "wang")
    page.fill("#password", "first")
    page.click("#sign-in button")
    expect(page.locator("#new-password")).to_be_focused()
    page.fill("#new-password", "my own words 7")
    page.click("#sign-in button")
    expect(page.locator("#desk")).to_be_visible()


def test_the_desk_says_who_stands_the_shift_and_who_takes_over(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#who")).to_have_text("当班 王建国 · 接班 14:00 陈敏")
    expect(page.locator("#staff-nav a[aria-current]")).to_have_text("值班台")
    expect(page.locator("#staff-nav [data-leads]").first).to_be_hidden()
    expect(page.get_by_role("link", name="室温")).to_be_hidden()
    page.locator("#staff-nav summary").click()
    expect(page.get_by_role("link", name="室温")).to_be_visible()
    expect(page.locator("#staff-nav [data-leads]").last).to_be_hidden()


def test_one_tap_takes_an_alarm_on(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#loud")).to_contain_text("2 栋 801 说不清的开门")
    assert page.title().startswith("(1)")
    page.get_by_role("button", name="我来处理").click()
    expect(page.locator("#loud-text")).to_have_text("每件事都有人负责。")
    expect(page.locator("#alerts")).to_contain_text("王建国在处理")
    assert stub.acts[-1] == ("/api/alerts/a1/acknowledgement", {"note": ""})


def test_a_note_may_go_with_it(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "en/")
    page.get_by_text("Add a note").click()
    page.get_by_placeholder("on my way").fill("rang, it was the plumber")
    page.get_by_role("button", name="I’ll take it").click()
    expect(page.locator("#alerts")).to_contain_text("rang, it was the plumber")


def test_who_came_second_is_told_who_was_first(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    stub.desk["alerts"][0].update(state="acknowledged", by="陈敏")
    page.get_by_role("button", name="我来处理").click()
    expect(page.locator("#alerts .item-act .error")).to_have_text("陈敏已经接手了。")


def test_calling_dials_and_then_asks_what_was_said(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    row = page.locator("#missed .item").first
    expect(row.locator("[data-call]")).to_have_attribute("href", "tel:13800000000")
    row.get_by_role("button", name="打过了").click()
    row.locator("input[name=note]").fill("在家，刚起")
    row.get_by_role("button", name="人很好，记平安").click()
    expect(page.locator("#done")).to_have_text("记下了：1 栋 302已报平安。")
    expect(page.locator("#missed")).not_to_contain_text("1 栋 302")
    assert stub.acts[-1] == ("/api/homes/1-302/check-ins", {"feeling": "well", "needs": [], "note": "在家，刚起"})


def test_a_new_look_takes_nothing_out_of_anybodys_hands(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    row = page.locator("#missed .item").nth(1)
    row.get_by_role("button", name="打过了").click()
    row.locator("input[name=note]").fill("半句")
    stub.desk["alerts"].insert(0, alert("a9", "2-905", "10:23", "unexplained"))
    stub.desk["now"] = moment("10:30")
    stub.desk["missed"].pop(0)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#loud-count")).to_have_text("2")
    expect(page.locator("#heard")).to_contain_text("新的警情：2 栋 905")
    kept = page.locator("#missed .item").first.locator("input[name=note]")
    expect(kept).to_have_value("半句")
    expect(kept).to_be_focused()
    expect(page.locator("#missed .item").first).to_contain_text("晚 30 分钟")


def test_an_expected_opening_is_two_taps_from_an_alarm(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.locator("#alerts").get_by_role("button", name="登记开门").click()
    expect(page.locator("#opening-home")).to_have_value("2-801")
    page.get_by_role("button", name="半小时").click()
    expect(page.locator("#done")).to_contain_text("10:24–10:54")
    path, sent = stub.acts[-1]
    assert path == "/api/homes/2-801/expected-openings" and sent["reason"] == "核酸上门" and sent["from"] < sent["until"]


def test_an_opening_tried_again_after_a_breakdown_is_the_very_same(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    sent: list[tuple[str | None, str | None]] = []
    page.on("request", lambda one: sent.append((one.headers.get("idempotency-key"), one.post_data)) if "openings" in one.url else None)
    page.locator("#alerts").get_by_role("button", name="登记开门").click()
    stub.broken = 500
    page.get_by_role("button", name="半小时").click()
    expect(page.locator("#opening .error")).to_be_visible()
    stub.broken = 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("button", name="半小时").click()
    expect(page.locator("#done")).to_contain_text("登记好了")
    assert len(sent) == 2 and sent[0] == sent[1]


def test_an_opening_for_longer_is_another_one(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    keys: list[str | None] = []
    page.on("request", lambda one: keys.append(one.headers.get("idempotency-key")) if "openings" in one.url else None)
    page.locator("#alerts").get_by_role("button", name="登记开门").click()
    stub.broken = 503
    page.get_by_role("button", name="半小时").click()
    expect(page.locator("#opening .error")).to_be_visible()
    stub.broken = 0
    page.get_by_role("button", name="两小时").click()
    expect(page.locator("#done")).to_contain_text("登记好了")
    assert len(set(keys)) == 2


def test_a_lost_connection_is_said_with_its_hour(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#stale")).to_contain_text("从 10:24 起没连上网")
    expect(page.locator("#alerts")).to_contain_text("2 栋 801")


def test_many_missing_homes_are_shown_few_at_first(stub: Stub, open_page: Open) -> None:
    stub.desk["missed"] = [owing(f"1-{number}", "missed", "green", [], None) for number in range(101, 141)]
    page = desk(stub, open_page)
    expect(page.locator("#missed .item")).to_have_count(8)
    page.get_by_role("button", name="全部列出").click()
    expect(page.locator("#missed .item")).to_have_count(40)


def test_what_is_reported_and_not_taken_on_stands_on_the_desk(stub: Stub, open_page: Open) -> None:
    lift = {"id": "2611-K7Q3M", "category": "lift", "home": "", "label": "", "since": moment("08:20")}
    stub.desk["tickets"] = [lift, {**lift, "id": "2611-4QWTY", "category": "leak", "home": "1-204", "label": "1 栋 204"}]
    page = desk(stub, open_page)
    first, second = page.locator("#tickets .item").all()
    expect(first).to_contain_text("公共地方 电梯 单号 2611-K7Q3M")
    expect(second).to_contain_text("1 栋 204 漏水")
    expect(page.locator("#tickets-count")).to_have_text("2 件")
    stub.desk["tickets"] = None
    look_again(page)
    expect(page.locator("#tickets .item")).to_have_count(2)


def test_the_rest_of_a_list_is_as_the_last_look_found_it(stub: Stub, open_page: Open) -> None:
    stub.desk["missed"] = [owing(f"1-{number}", "missed", "green", [], None) for number in range(101, 141)]
    page = desk(stub, open_page)
    expect(page.locator("#missed .item")).to_have_count(8)
    stub.desk["missed"][30] = owing("1-999", "missed", "green", [], None)
    look_again(page)
    page.get_by_role("button", name="全部列出").click()
    expect(page.locator("#missed .item").nth(30)).to_contain_text("999")


def test_before_the_hour_nobody_is_missing(stub: Stub, open_page: Open) -> None:
    stub.desk.update(missed=[], waiting=waiting(), alerts=[], reported=[], now=moment("06:10"))
    page = desk(stub, open_page)
    expect(page.locator("#missed-none")).to_have_text("还没到 10:00，现在不算谁没报。")
    expect(page.locator("#alerts-none")).to_be_visible()
    expect(page.locator("#waiting-title")).to_have_text("10:00 前还要报：3 户")
