"""A parcel's day in the browser: taken in, carried, shelved and brought with one thumb at 320 px, picked up by its family."""

import re

import pytest
from playwright.sync_api import Page, expect

from chalicelib.delivery import records
from chalicelib.delivery.rules import Act, Trouble
from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.stub_parcels import hand, take_in

PLACE = Place("", iter(()), "wang", "right")


def scan(stub: Stub, open_page: Open, lang: str = "", width: int = 320) -> Page:
    page = open_page(f"{stub.url}/{lang}scan/", width, 568)
    sign_in(page, PLACE)
    expect(page.locator("#modes")).to_be_visible()
    return page


def step(page: Page, mode: str, code: str = "") -> None:
    page.click(f'[data-mode="{mode}"]')
    if code:
        page.fill("#code", code)
        page.click("#go")


def spots(stub: Stub) -> list[tuple[str, str]]:
    return sorted((each.spot.value, each.at) for each in records.on_their_way(stub.parcels, "anheli"))


@pytest.mark.parametrize("lang", ["", "en/"])
def test_from_the_gate_to_the_shelf_and_to_a_door_with_typed_codes_only(lang: str, stub: Stub, open_page: Open) -> None:
    page = scan(stub, open_page, lang)
    page.get_by_role("radio").first.check(force=True)
    for home in ("3-502", "3-1104", "3-601"):
        page.fill("#code", home)
        page.click("#go")
        expect(page.locator("#code")).to_have_value("")
        expect(page.locator("#result-number")).to_have_text(
            next(each.id for each in records.on_their_way(stub.parcels, "anheli") if each.home == home)
        )
    assert spots(stub) == [("gate", "G1")] * 3

    step(page, "carry")
    page.check("#carry-clean input")
    step(page, "carry", "3")
    expect(page.locator("#result-title")).to_contain_text("3")
    expect(page.locator("#list [data-slot=clean]")).to_have_count(3)
    assert spots(stub) == [("carrier", "anheli.wang")] * 3

    step(page, "shelve", "anheli.s3")
    expect(page.locator("#result-title")).to_contain_text("2")
    assert spots(stub) == [("carrier", "anheli.wang"), ("shelf", "S3"), ("shelf", "S3")]

    step(page, "deliver", "3-601")
    expect(page.locator("#result-title")).to_contain_text("1")
    assert spots(stub) == [("shelf", "S3"), ("shelf", "S3")]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_one_tap_does_what_a_code_does(stub: Stub, open_page: Open) -> None:
    take_in(stub, "3-502")
    take_in(stub, "1-302", "medicine")
    page = scan(stub, open_page)
    for mode, taps in (("carry", 2), ("shelve", 1), ("deliver", 1)):
        step(page, mode)
        for _ in range(taps):
            page.locator("#offer-list button, #door-list button").locator("visible=true").first.click()
            expect(page.locator("#result-title")).to_be_focused()
    assert spots(stub) == [("shelf", "S3")]


@pytest.mark.parametrize("lang", ["", "en/"])
def test_the_doors_to_go_to_stand_in_walking_order_and_one_that_nobody_opens_stays(lang: str, stub: Stub, open_page: Open) -> None:
    for home, goods in (("3-601", "fresh"), ("1-302", "daily"), ("1-302", "medicine")):
        take_in(stub, home, goods)
    page = scan(stub, open_page, lang)
    step(page, "deliver")
    doors = page.locator("#door-list > li")
    expect(doors).to_have_count(2)
    expect(doors.first).to_contain_text("302")
    doors.first.locator('[data-act="carry"]').click()
    expect(page.locator("#result-title")).to_be_focused()
    assert spots(stub) == [("carrier", "anheli.wang"), ("carrier", "anheli.wang"), ("gate", "G1")]

    doors.first.locator('[data-act="nobody_home"]').click()
    expect(doors.first.locator(".fire")).not_to_be_empty()
    assert spots(stub) == [("carrier", "anheli.wang"), ("carrier", "anheli.wang"), ("gate", "G1")]
    doors.first.locator('[data-act="deliver"]').click()
    expect(doors).to_have_count(1)
    assert spots(stub) == [("gate", "G1")]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_wrong_scan_is_taken_back_with_one_tap_and_too_late_it_is_said_why(stub: Stub, open_page: Open) -> None:
    take_in(stub, "3-502")
    page = scan(stub, open_page)
    step(page, "carry", "3")
    expect(page.locator("#result-title")).to_contain_text("拿好了")
    page.click("#undo")
    expect(page.locator("#result-title")).to_contain_text("撤回了")
    expect(page.locator("#undo")).to_be_hidden()
    assert spots(stub) == [("gate", "G1")]

    step(page, "carry", "3")
    expect(page.locator("#result-title")).to_contain_text("拿好了")
    stub.now = "09:40"
    page.click("#undo")
    expect(page.locator("#result .error")).to_contain_text("10 分钟")
    assert spots(stub) == [("carrier", "anheli.wang")]


def test_what_cannot_be_is_said_and_nothing_is_sent(stub: Stub, open_page: Open) -> None:
    page = scan(stub, open_page)
    page.fill("#code", "3-502")
    page.click("#go")
    expect(page.locator("#form .error")).to_contain_text("哪一类")
    for mode, code, said in (
        ("carry", "9", "没有找到"),
        ("shelve", "X1", "不是货架"),
        ("shelve", "S3", "没有这栋楼"),
        ("deliver", "3-502", "没有这一户"),
    ):
        step(page, mode, code)
        expect(page.locator("#form .error")).to_contain_text(said)
    assert [path for path, _ in stub.acts if "parcels" in path] == []


def test_troubles_are_settled_where_they_are_listed(stub: Stub, open_page: Open) -> None:
    lost, torn = take_in(stub, ""), take_in(stub, "3-502")
    page = scan(stub, open_page, width=390)
    row = page.locator("#list .parcel", has_text=lost.id)
    row.locator("summary").click()
    row.locator("[name=home]").fill("3-1104")
    row.locator('[data-fill="home"] button').click()
    expect(page.locator("#result-number")).to_contain_text("3-")

    row = page.locator("#list .parcel", has_text=torn.id)
    row.locator("summary").click()
    row.locator('[data-act="damage"]').click()
    expect(page.locator("#list .parcel", has_text=torn.id).locator("[data-slot=wrong]")).to_have_text("破损")
    found = {each.home: each.trouble for each in records.on_their_way(stub.parcels, "anheli")}
    assert found == {"3-1104": Trouble.NONE, "3-502": Trouble.DAMAGED}


def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_key(stub: Stub, open_page: Open) -> None:
    take_in(stub, "3-502")
    page = scan(stub, open_page)
    step(page, "carry")
    stub.broken = 503
    keys: list[str] = []
    page.on("request", lambda request: keys.append(request.headers.get("idempotency-key", "")) if "hand-overs" in request.url else None)
    page.locator("#offer-list button").first.click()
    expect(page.locator("#form .error")).to_be_visible()
    stub.broken = 0
    page.locator("#offer-list button").first.click()
    expect(page.locator("#result-title")).to_be_focused()
    assert len(keys) == 2 and len(set(keys)) == 1


@pytest.mark.parametrize("lang", ["", "en/"])
def test_a_shelf_says_to_all_how_much_and_to_a_family_which(lang: str, stub: Stub, open_page: Open) -> None:
    for home in ("3-502", "3-1104"):
        parcel = take_in(stub, home)
        hand(stub, Act.SHELVE, [parcel.id], "S3")
    page = open_page(f"{stub.url}/{lang}p/#anheli.S3", 320)
    expect(page.locator("#shelf-title")).to_contain_text("2")
    expect(page.locator("#mine")).to_be_hidden()
    assert "502" not in page.locator("main").inner_text()

    page.goto(f"{stub.url}/{lang}h/#{world.LINK}")
    expect(page.locator("#parcels-title")).to_contain_text("1")
    page.check("#keep-home")
    page.goto(f"{stub.url}/{lang}p/#anheli.S3")
    expect(page.locator("#mine-title")).to_contain_text("1")
    page.click("#take")
    expect(page.locator("#shelf-title")).to_contain_text("1")
    assert [each.home for each in records.on_their_way(stub.parcels, "anheli")] == ["3-1104"]


def test_a_family_says_on_its_own_page_that_it_has_taken_them(stub: Stub, open_page: Open) -> None:
    parcel = take_in(stub, "3-502")
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#parcel-list")).to_contain_text("在大门存放区")
    expect(page.locator("#take")).to_be_hidden()
    hand(stub, Act.SHELVE, [parcel.id], "S3")
    page.reload()
    page.click("#take")
    expect(page.locator("#parcels-title")).to_contain_text("取走了 1 件")
    assert records.on_their_way(stub.parcels, "anheli") == []
    page.click("#untake")
    expect(page.locator("#parcels-title")).to_contain_text("您家的快递：1 件")
    expect(page.locator("#take")).to_be_visible()
    assert spots(stub) == [("shelf", "S3")]


def test_a_sign_is_one_sheet_with_letters_for_arms_length(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/signs/", 1200)
    sign_in(page, PLACE)
    expect(page.locator(".sign")).to_have_count(2)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 2
    page.emulate_media(media="print")
    points = page.locator(".sign dd, .sign h2, .sign-code").evaluate_all(
        "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * 72 / 96)"
    )
    assert min(points) >= 60
    expect(page.locator(".sign").first).to_contain_text("30 分钟内取走")
