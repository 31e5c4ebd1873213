"""Alerts of every kind on the desk, expected after all in one tap, and what a door did in a home's file."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.test_duty import desk
from tests.browser.world import LINK, VOLUNTEER_LINK, alert, contact

KINDS = [
    ("smoke", "unexplained", "烟雾报警", "119"),
    ("sos", "unexplained", "有人求助", "再上门"),
    ("left_open", "unexplained", "门一直开着", "居家隔离第 3 天"),
    ("tampered", "unexplained", "传感器被人动过", "不作准"),
    ("door_opened", "unknown", "说不准的开门", "不知道"),
    ("left_open", "over", "门一直开着", "门关上了"),
]


@pytest.mark.parametrize(("kind", "state", "word", "more"), KINDS)
def test_every_kind_says_what_it_is(stub: Stub, open_page: Open, kind: str, state: str, word: str, more: str) -> None:
    stub.desk["alerts"] = [alert("a1", "2-801", "10:22", state, kind)]
    page = desk(stub, open_page)

    expect(page.locator("#alerts .item .pill")).to_have_text(word)
    expect(page.locator("#alerts .item")).to_contain_text(more)
    expect(page.locator("#alerts a.home-link")).to_have_attribute("href", "/home-file/#2-801")


def test_fire_and_a_call_for_help_stand_before_every_door(stub: Stub, open_page: Open) -> None:
    made = [alert(f"a{number}", f"2-80{number}", "10:22", state, kind) for number, (kind, state, *_) in enumerate(KINDS)]
    stub.desk["alerts"] = list(reversed(made))
    page = desk(stub, open_page)

    words = page.locator("#alerts .item .pill").all_text_contents()
    assert set(words[:2]) == {"烟雾报警", "有人求助"} and words[-1] == "门一直开着"


def test_one_tap_says_that_it_was_expected_after_all(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.locator("#alerts .item").first.get_by_text("其实是约好的").click()
    page.get_by_role("button", name="外出就医").click()

    expect(page.locator("#done")).to_have_text("记下了：2 栋 801这次开门是约好的，不用再处理。")
    expect(page.locator("#loud-text")).to_have_text("每件事都有人负责。")
    assert stub.acts[-1] == ("/api/alerts/a1/explanation", {"reason": "外出就医"})


def test_also_after_somebody_has_taken_it_on_but_never_of_smoke(stub: Stub, open_page: Open) -> None:
    stub.desk["alerts"] = [
        alert("a1", "2-801", "10:22", "acknowledged", by="王建国"),
        alert("a2", "2-802", "10:22", "unexplained", "smoke"),
    ]
    page = desk(stub, open_page)

    smoke, door = page.locator("#alerts .item").all()
    expect(door.get_by_text("其实是约好的")).to_be_visible()
    expect(smoke.get_by_text("其实是约好的")).to_have_count(0)
    expect(smoke.get_by_role("button", name="登记开门")).to_have_count(0)


def home_file(stub: Stub, open_page: Open, lang: str = "", width: int = 1200) -> Page:
    stub.file["watched"] = True
    page = open_page(f"{stub.url}/{lang}home-file/#3-502", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    return page


def test_a_door_is_shown_only_when_somebody_asks(stub: Stub, open_page: Open) -> None:
    page = home_file(stub, open_page)
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "door-days" in one.url else None)
    expect(page.locator("#door")).to_contain_text("谁什么时候看过都会记下")
    assert asked == []
    page.get_by_role("button", name="看门的记录").click()

    expect(page.locator("#door-now")).to_have_text("现在不知道：传感器被人动过")
    expect(page.locator("#door-days > li").first).to_contain_text("开了 2 次，没有说法的 1 次")
    expect(page.locator("#door-days")).to_contain_text("9:12 开门，是约好的")
    expect(page.locator("#door-days")).to_contain_text("9:15 关门")
    assert len(asked) == 1


def test_who_may_not_see_it_is_told_why(stub: Stub, open_page: Open) -> None:
    page = home_file(stub, open_page)
    stub.door = 403, {"detail": "门的记录只给当班的管家和这一户的网格长看。", "detail_en": "Only for the steward on duty."}
    page.get_by_role("button", name="看门的记录").click()

    expect(page.locator("#door .error")).to_contain_text("只给当班的管家")
    expect(page.locator("#door-days > li")).to_have_count(0)


def test_a_quiet_door_says_so_and_a_home_without_a_sensor_has_no_record(stub: Stub, open_page: Open) -> None:
    page = home_file(stub, open_page)
    stub.door = 200, {**stub.door[1], "days": [], "doors": []}
    page.get_by_role("button", name="看门的记录").click()
    expect(page.locator("#door-none")).to_be_visible()
    stub.file["watched"] = False
    page.reload()
    expect(page.locator("#file-home")).not_to_be_empty()
    expect(page.locator("#door")).to_be_hidden()


@pytest.mark.parametrize(("width", "lang"), [(320, ""), (390, "en/"), (1200, "")])
def test_nothing_runs_out_of_the_page(stub: Stub, open_page: Open, width: int, lang: str) -> None:
    stub.desk["alerts"] = [
        alert(f"a{number}", f"2-80{number}", "10:22", state, kind, contact=contact("刘芳"))
        for number, (kind, state, *_) in enumerate(KINDS)
    ]
    page = open_page(f"{stub.url}/{lang}duty/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#alerts .item").first).to_be_visible()
    page.locator("#alerts .item [data-act=explain] summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page = home_file(stub, open_page, lang, width)
    page.locator("#door-ask button").click()
    expect(page.locator("#door-days > li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("word", "home", "volunteer"), [("safe", "平安，没有要查的事", "确认平安"), ("looked_into", "有人正在看", "有人在看")]
)
def test_everybody_else_reads_a_word_and_no_more(stub: Stub, open_page: Open, word: str, home: str, volunteer: str) -> None:
    stub.door_word = word
    page = open_page(f"{stub.url}/h/#{LINK}", width=320)
    expect(page.locator("#door-word")).to_contain_text(home)
    page = open_page(f"{stub.url}/v/#{VOLUNTEER_LINK}", width=320)
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#mine-list")).to_contain_text(volunteer)


def test_where_nothing_is_watched_nothing_is_said(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{LINK}", width=320)
    expect(page.locator("#promises")).to_be_visible()
    expect(page.locator("#door-word")).to_be_hidden()
