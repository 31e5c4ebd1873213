"""A letter's whole way on the whole stack: written, flagged, answered, read with its secret, told anew, let go by another, published."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from local.run import SWEEP
from tests.browser.conftest import Open, Place, sign_in
from tests.stack import LocalStack, until

SAID = "家里断粮了，不好意思在群里说"
TOLD = "一户人家的米吃完了，不好意思在群里说。"
PICTURES = os.environ.get("LETTER_PICTURES", "")


def picture(page: Page, name: str) -> None:
    """For whoever looks at the pages: only where asked for."""
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES + f"-{name}.png")), full_page=True)


def signed_in(whole: LocalStack, open_page: Open, role: str, path: str) -> Page:
    found = next(one for one in whole.run["staff"] if one["roles"] == [role] and one["compound"] == "anheli")
    page = open_page(f"{whole.run['site']}{path}", width=1200)
    sign_in(page, Place(whole.run["site"], iter(()), found["username"], found["password"]))
    expect(page.locator("#desk")).to_be_visible()
    return page


def written(whole: LocalStack, open_page: Open) -> tuple[Page, str]:
    page = open_page(f"{whole.run['site']}/letter/#anheli")
    expect(page.locator("#write-compound")).to_have_value("anheli")
    page.fill("#text", SAID)
    page.click("#write [type=submit]")
    expect(page.locator("#kept-title")).to_be_focused()
    expect(page.locator("#worry")).to_contain_text("12356")
    picture(page, "1-written")
    return page, page.locator("#secret").inner_text()


def answered(whole: LocalStack, open_page: Open) -> Page:
    desk = signed_in(whole, open_page, "manager", "/letters/")
    row = desk.locator("#letters > li", has_text=SAID)
    expect(row.locator(".worry")).to_contain_text("请先看")
    picture(desk, "2-flagged")
    row.get_by_role("button", name="要紧").click()
    row.get_by_label("回信").fill("米和菜今晚放在信箱旁边的柜子里，不用见人。")
    row.get_by_role("button", name="这就是结果").click()
    expect(desk.locator("#answered")).to_be_visible()
    picture(desk, "3-answered")
    return desk


def told(desk: Page) -> None:
    """The known bad example first, which is refused; then in other words, once the word of the result has come round."""
    desk.click("#to-case")
    expect(desk.locator("#number")).not_to_have_value("")
    desk.locator("[name=kind][value=food]").check()
    desk.select_option("#building", "3")
    desk.fill("#text", "3栋王女士家的奶粉断供")
    desk.fill("#result", "米和菜当天就放到了柜子里，没有人见到是谁。")
    desk.click("#write [type=submit]")
    expect(desk.locator("#write .error")).to_contain_text("“3栋”是楼栋")
    picture(desk, "4-refused")
    desk.fill("#text", TOLD)

    def kept() -> bool:
        with desk.expect_response("**/api/cases") as answer:
            desk.click("#write [type=submit]")
        return answer.value.status == 201

    assert until(kept, 30)
    expect(desk.locator("#drafts")).to_contain_text(TOLD)
    picture(desk, "5-draft")


def test_a_letter_is_written_answered_read_told_and_published(whole: LocalStack, open_page: Open) -> None:
    """It begins last month, since the clock of a stack that others use may go back for a while and never ahead."""
    today = date.fromisoformat(whole.duty(whole.token())["day"])
    before = today.replace(day=1) - timedelta(days=9)
    whole.set_clock(f"{before}T09:30:00+08:00")
    writer, secret = written(whole, open_page)
    told(answered(whole, open_page))

    writer.click("#put-away")
    writer.fill("#number", secret)
    writer.click("#look [type=submit]")
    expect(writer.locator("#thread")).to_contain_text("米和菜今晚放在")
    picture(writer, "6-read")

    whole.set_clock(f"{before + timedelta(days=2)}T09:30:00+08:00")
    other = signed_in(whole, open_page, "coordinator", "/case-desk/")
    other.locator("#drafts > li", has_text=TOLD).get_by_role("button", name="看过了，可以公布").click()
    expect(other.locator("#approved")).to_contain_text(TOLD)
    picture(other, "7-approved")

    whole.set_clock(f"{today}T09:30:00+08:00")
    whole.client("lambda").invoke(FunctionName="nuanlin-local-daily", Payload=json.dumps(SWEEP).encode())
    assert until(lambda: TOLD.encode() in whole.ask("GET", "/cases/anheli/").body, 30)
    reader = open_page(f"{whole.run['site']}/cases/anheli/", java_script_enabled=False)
    group = reader.locator(".case-group", has_text=TOLD)
    expect(group.locator("h3")).to_have_text("别的事 · 整个小区")
    assert "3 号楼" not in group.inner_text()
    picture(reader, "8-published")
