"""The desk of solved cases: what is refused is shown where it stands, names are ticked off, another's is let go, one is taken back."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def desk(stub: Stub, open_page: Open, path: str = "/case-desk/") -> Page:
    stub.roles = ["coordinator"]
    page = open_page(f"{stub.url}{path}", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#drafts > li")).to_have_count(1)
    return page


def test_a_door_is_shown_where_it_stands_and_a_name_is_ticked_off(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "/case-desk/#letter=482917356&half=2026-11-20-pm")
    expect(page.locator("#number")).to_have_value("482917356")
    expect(page.locator("#day")).to_have_value("2026-11-20")
    expect(page.locator("[name=part][value=pm]")).to_be_checked()
    page.locator("[name=kind][value=food]").check()
    page.fill("#text", "奶粉断供，3栋王女士家")
    page.fill("#result", "当天就送到了")
    page.get_by_role("button", name="存下来").click()
    expect(page.locator("#write .error")).to_contain_text("3栋")
    expect(page.locator("#text")).to_be_focused()
    assert page.evaluate("getSelection().toString() || text.value.slice(text.selectionStart, text.selectionEnd)") == "3栋"

    page.fill("#text", "王女士家的奶粉断供")
    page.get_by_role("button", name="存下来").click()
    tick = page.get_by_label("“王女士”不是人名、学校、单位")
    expect(tick).not_to_be_checked()
    tick.check()
    page.get_by_role("button", name="存下来").click()
    expect(page.locator("#done")).to_have_text("存下来了，请另一位同事来看。")
    row = page.locator("#drafts > li").last
    expect(row).to_contain_text("您自己写的")
    expect(row.get_by_role("button", name="看过了")).to_be_hidden()
    assert stub.acts[-1][1]["half_day"] == "2026-11-20-pm" and stub.acts[-1][1]["ticked"] == ["王女士"]


def test_another_persons_card_is_let_go_and_one_is_taken_back(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    row = page.locator("#drafts > li")
    expect(row).to_contain_text("高兴的人")
    row.get_by_role("button", name="看过了，可以公布").click()
    expect(page.locator("#approved > li")).to_have_count(2)
    expect(page.locator("#drafts-none")).to_be_visible()

    waits = page.locator("#approved > li").first
    expect(waits.get_by_role("button", name="看过了，可以公布")).to_be_hidden()
    waits.get_by_role("button", name="马上发").click()
    expect(page.locator("#approved > li")).to_have_count(1)
    expect(page.locator("#published > li").last).to_contain_text("公布时写：别的事 · 整个小区，2026-11")

    out = page.locator("#published > li").first
    expect(out).to_contain_text("公布时写：家里坏了东西 · 3 栋，2026-10")
    out.get_by_role("button", name="撤下来").click()
    out.get_by_label("为什么撤回").fill("写得太细")
    out.get_by_role("button", name="撤回这一条").click()
    expect(page.locator("#published > li").first).to_contain_text("撤回了：写得太细")


def test_a_solved_ticket_leads_to_its_case_with_number_half_day_and_building(stub: Stub, open_page: Open) -> None:
    stub.roles = ["coordinator"]
    page = open_page(f"{stub.url}/tickets/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    ticket = stub.ticket_desk["closed"][0]  # type: ignore[attr-defined]
    page.locator("#closed [data-tell]").first.click()
    expect(page.locator("#number")).to_have_value(ticket["id"])
    expect(page.locator("[name=origin][value=ticket]")).to_be_checked()
    expect(page.locator("#day")).to_have_value(next(line["at"][:10] for line in ticket["lines"] if line["what"] == "done"))
    expect(page.locator("#building")).to_have_value(ticket["place"])
