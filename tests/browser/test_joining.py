"""Becoming a volunteer on the pages: the form for everybody, the desk that decides, and what a volunteer says of herself."""

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.stub import Stub
from tests.browser.test_errands import at_desk, phone
from tests.browser.world_giving import NASTY


def test_anybody_applies_from_the_poster_with_one_form(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/join/#anheli", width=320)
    page.fill("#join-name", "林小满")
    page.fill("#join-phone", "139 0000 0088")
    page.fill("#join-where", "3-1104")
    page.locator("#join .tick", has_text="说本地话").click()
    page.fill("#join-words", "理发")
    page.click("#join .fold summary")
    page.locator("#join fieldset", has_text="周二").locator(".tick", has_text="上午").click()
    page.click("#join [type=submit]")
    expect(page.locator("#joined-title")).to_have_text("收到了，谢谢您")
    expect(page.locator("#joined-title")).to_be_focused()
    said = {"compound": "anheli", "name": "林小满", "phone": "139 0000 0088", "where": "3-1104", "why": ""}
    assert stub.acts[-1] == ("/api/applications", {**said, "skills": ["dialect"], "words": "理发", "times": ["2am"]})


def test_what_was_refused_is_said_and_nothing_typed_is_lost(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/join/")
    stub.broken = 503
    page.select_option("#join-compound", "qinghe")
    for field, text in (("name", "林小满"), ("phone", "139"), ("where", "3")):
        page.fill(f"#join-{field}", text)
    page.click("#join [type=submit]")
    expect(page.locator("#join .error")).to_have_text("出错了")
    expect(page.locator("#join-name")).to_have_value("林小满")


def test_the_desk_takes_one_on_and_gives_the_link_and_declines_another_with_a_reason(stub: Stub, open_page: Open) -> None:
    page = at_desk(stub, open_page)
    expect(page.locator("#grids-have")).to_contain_text("3 栋高区：2 位，还缺 3 位")
    first, second = page.locator("#waiting > li").all()
    expect(first).to_contain_text("说本地话、理发 · 周二上午、周六晚上")
    expect(second).to_contain_text("这个电话已经是志愿者的")
    second.locator("[data-open=decline]").click()
    second.locator("[name=reason]").fill("电话打不通")
    second.locator("[data-form=decline] .stop").click()
    expect(page.locator("#done")).to_have_text(f"记下了，请打电话告诉{NASTY}。")
    assert stub.acts[-1] == ("/api/applications/a2/decision", {"approve": False, "reason": "电话打不通"})
    expect(page.locator("#waiting > li")).to_have_count(1)
    first.locator("[data-open=approve]").click()
    expect(first.locator("[name=grid]")).to_have_value("g6")
    first.locator("[data-form=approve] .go").click()
    expect(page.locator("#made")).to_be_visible()
    paths = [path for path, _ in stub.acts]
    assert paths[-2:] == ["/api/applications/a1/decision", "/api/volunteers/v-1-101/link"]
    expect(page.locator("#waiting img, #decided img")).to_have_count(0)


def test_a_volunteer_says_what_she_can_do_and_when_she_is_free(stub: Stub, open_page: Open) -> None:
    page = phone(stub, open_page)
    page.click("#about-me summary >> nth=0")
    expect(page.locator("#profile-words")).to_have_value("理发")
    page.locator("#profile .tick", has_text="开车").click()
    page.locator("#profile .tick", has_text="医护").click()
    page.click("#profile > [type=submit]")
    expect(page.locator("#done")).to_have_text("记下了，网格长看得到。")
    assert stub.acts[-1] == ("/api/round/profile", {"skills": ["medical"], "words": "理发", "times": ["2am"]})
