"""Cards from the screen to paper: eight to a sheet of A4, 90 × 54 mm, a code that scans."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub

MM = 96 / 25.4


def print_room(place: Place, open_page: Open, lang: str = "") -> Page:
    page = open_page(f"{place.url}/{lang}cards/", width=1200)
    sign_in(page, place)
    expect(page.locator("#choose")).to_be_visible()
    return page


def box(page: Page, selector: str) -> list[float]:
    """Left, top, width and height on paper, in millimetres."""
    found = page.locator(selector).first.evaluate("e => { const b = e.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }")
    return [float(number) / MM for number in found]


@pytest.mark.parametrize("lang", ["", "en/"])
def test_sixteen_cards_are_two_sheets_of_a4(stub: Stub, open_page: Open, lang: str, tmp_path: Path) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page, lang)
    page.select_option("#floor", "")
    page.click("#issue")
    expect(page.locator(".card")).to_have_count(16)
    paper = page.pdf(prefer_css_page_size=True, path=tmp_path / "cards.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
    sizes = {
        tuple(round(float(part) * 25.4 / 72) for part in found) for found in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    }
    assert sizes == {(210, 297)}


def test_measures_on_paper(stub: Stub, open_page: Open) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    page.click("#issue")
    expect(page.locator(".card")).to_have_count(4)
    page.emulate_media(media="print")
    assert box(page, ".card") == pytest.approx([15, 40.5, 90, 54], abs=0.2)
    left, top, width, height = box(page, ".qr")
    modules = 37 + 8
    assert width == height and width * 37 / modules >= 20 and left + width <= 105 and top >= 40.5
    assert box(page, ".crop") == pytest.approx([0, 0, 210, 297], abs=0.2)
    for part in page.locator(".card").first.locator("h3, dd, dt, p").all():
        assert part.evaluate("e => e.scrollWidth <= e.clientWidth + 1 || getComputedStyle(e).display === 'inline'")


def test_a_card_says_everything_it_must(stub: Stub, open_page: Open) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    page.select_option("#building", "3")
    page.select_option("#floor", "5")
    page.click("#issue")
    card = page.locator(".card").nth(1)
    for text in ("3 栋 502", "0571-8800 1234", "0571-8706 6120", "3K7Q2-M9XWT", "王建国", "第 4 版 2026-11-22"):
        expect(card).to_contain_text(text)


def test_what_was_made_is_kept_nowhere(stub: Stub, open_page: Open) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    page.click("#issue")
    expect(page.locator(".card")).to_have_count(4)
    assert "3K7Q2" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")
    page.reload()
    expect(page.locator("#choose")).to_be_visible()
    expect(page.locator(".card")).to_have_count(0)


def test_lost_cards_die_after_a_second_thought(stub: Stub, open_page: Open) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    page.click("#lost")
    assert not [path for path, _ in stub.acts if "revocation" in path]
    page.get_by_role("button", name="马上作废").click()
    expect(page.locator("#revoked")).to_contain_text("1 栋 101")
    assert len([path for path, _ in stub.acts if path.endswith("/link-revocation")]) == 4


def test_nothing_chosen_and_too_much_chosen_are_said(stub: Stub, open_page: Open) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    for tick in page.locator("#homes input").all():
        tick.uncheck()
    page.click("#issue")
    expect(page.locator("#choose-error")).to_have_text("请至少选一户。")
    page.select_option("#floor", "")
    for tick in page.locator("#homes input").all()[:17]:
        tick.check()
    page.click("#issue")
    expect(page.locator("#choose-error")).to_contain_text("最多 16 张")


def test_door_sheets_are_two_to_a_page_and_hold_no_secret(stub: Stub, open_page: Open, tmp_path: Path) -> None:
    page = print_room(Place(stub.url, iter(()), "wang", "right"), open_page)
    page.click("#to-sheets")
    sheets = page.locator(".door-sheet")
    expect(sheets).to_have_count(4)
    for text in ("0571-8800 9999", "0571-8706 6120", "08:30–17:30", "王建国", "2026-11-22 印"):
        expect(sheets.first).to_contain_text(text)
    assert page.locator("#sheets img").count() == 0 and "3K7Q2" not in page.content()
    paper = page.pdf(prefer_css_page_size=True, path=tmp_path / "sheets.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2
    page.emulate_media(media="print")
    assert box(page, ".door-sheet")[2:] == pytest.approx([210, 148.5], abs=0.2)
