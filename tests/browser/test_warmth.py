"""How warm a building is, and what sensors need: pages for people who go and look."""

from playwright.sync_api import Page, expect

from tests.browser import world, world_promises, world_warmth
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub


def warmth(stub: Stub, open_page: Open, width: int = 1200, lang: str = "") -> Page:
    page = open_page(f"{stub.url}/{lang}warmth/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_every_home_has_its_figure_and_its_word(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    expect(page.locator("#map a")).to_have_count(24)
    expect(page.locator("[data-home='3-602']")).to_have_text("16.4冷")
    expect(page.locator("[data-home='3-602']")).to_have_attribute("aria-label", "3 栋 602，16.4 °C，冷，从 6:10 起")
    expect(page.locator("[data-home='3-101']")).to_have_text("？没信号")
    expect(page.locator("[data-home='3-104']")).to_have_text("–没装")
    expect(page.locator("#figures")).to_have_text("装了温度计的 8 户：冷 3 户，有点凉 1 户，没信号 1 户，够暖 3 户。")
    expect(page.locator("#standard")).to_contain_text("18 °C")


def test_cold_places_come_first_with_their_homes(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page, 390)
    expect(page.locator("#incidents-count")).to_have_text("2 处")
    expect(page.locator("#incidents .item").first).to_contain_text("3-02 立管")
    expect(page.locator("#incidents .item").first).to_contain_text("从 6:10 起")
    expect(page.locator("#incidents .item").nth(1)).to_contain_text("东支线末端")
    expect(page.locator("#incidents a").first).to_have_attribute("href", "/home-file/#3-602")


def test_a_cell_is_reached_and_kept_by_keyboard(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    page.locator("[data-home='3-502']").focus()
    stub.warmth["homes"][5]["temperature"] = 18.7
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-home='3-502']")).to_contain_text("18.7")
    assert page.evaluate("document.activeElement.dataset.home") == "3-502"
    page.keyboard.press("Enter")
    page.wait_for_url("**/home-file/#3-502")


def test_another_building_is_chosen(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    with page.expect_request("**/api/warmth?building=5"):
        page.select_option("#building", "5")


def test_where_nothing_is_measured_that_is_said_kindly(stub: Stub, open_page: Open) -> None:
    stub.warmth = world_warmth.nothing()
    page = warmth(stub, open_page)
    expect(page.locator("#map-none")).to_be_visible()
    expect(page.locator("#incidents-none")).to_be_visible()
    expect(page.locator("#map a")).to_have_count(0)


def test_on_paper_the_words_stay(stub: Stub, open_page: Open) -> None:
    page = warmth(stub, open_page)
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_visible()
    fill = page.locator("[data-home='3-602'] rect").evaluate("(e) => getComputedStyle(e).fill")
    assert fill == "none"


def desk(stub: Stub, open_page: Open, width: int = 1200, lang: str = "") -> Page:
    stub.desk["troubles"] = world_warmth.troubles()
    page = open_page(f"{stub.url}/{lang}duty/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def test_the_desk_says_in_plain_words_what_sensors_need(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#troubles-count")).to_have_text("5 件")
    outage, silent, cold, low, weak = page.locator("#troubles .item").all()
    expect(outage).to_contain_text("1、2、3 栋")
    expect(outage).to_contain_text("后面 58 户看不到")
    expect(outage).to_contain_text("先看停电")
    expect(silent).to_contain_text("传感器信号断了")
    expect(silent).to_contain_text("该 王建国 去")
    expect(cold).to_contain_text("3-02：3 栋 602、3 栋 502、3 栋 402")
    expect(low).to_contain_text("陈敏在处理")
    expect(low.get_by_role("button")).to_have_count(0)
    expect(weak).to_contain_text("网关挪近一点")


def test_an_outage_that_nobody_took_on_is_as_loud_as_a_door(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    expect(page.locator("#loud-count")).to_have_text("2")
    expect(page.locator("#loud-text")).to_contain_text("1、2、3 栋 网关断线了")
    page.locator("#troubles .item").first.get_by_role("button").click()
    expect(page.locator("#loud-count")).to_have_text("1")
    assert stub.acts[-1] == ("/api/tasks/gateways-silent%3A1/acts", {"act": "claim"})


def test_only_now_and_then_the_desk_asks_for_them(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    with page.expect_request("**/api/duty?troubles=1"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    stub.desk["troubles"] = None
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#troubles .item")).to_have_count(5)


def test_where_nothing_is_amiss_that_is_said(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/duty/", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#troubles-none")).to_be_visible()


def test_lists_of_tasks_say_the_same(stub: Stub, open_page: Open) -> None:
    more = {"category": "", "about": "anheli-gw3/door-3-502", "tier": "green"}
    stub.today["tasks"] = [world_promises.task("sensor-silent:a:1", "sensor-silent", "3-502", **more)]
    page = open_page(f"{stub.url}/today/", width=390)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator(".task").first).to_contain_text("传感器信号断了")
    expect(page.locator(".task").first).to_contain_text("多半要换电池")


def test_a_homes_file_shows_its_last_day_hour_by_hour(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/home-file/#3-502", width=390)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#warmth-day")).to_have_text("最近一天一夜")
    expect(page.locator(".room .pill")).to_have_text("冷")
    expect(page.locator(".hour")).to_have_count(10)
    expect(page.locator(".hour").nth(5)).to_contain_text("17.4–17.9，平均 17.6")
    expect(page.locator(".hour.below")).to_have_count(5)
    expect(page.locator("#warmth-on")).to_be_disabled()


def test_the_day_before_has_its_readings_and_leads_back(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/home-file/#3-502", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    page.click("#warmth-back")
    expect(page.locator("#warmth-day")).to_contain_text("11 月 21 日")
    page.get_by_text("当天的每一次读数").click()
    expect(page.locator(".room details")).to_contain_text("0:05 20.1")
    page.click("#warmth-on")
    expect(page.locator("#warmth-day")).to_have_text("最近一天一夜")


def test_a_home_without_a_thermometer_shows_nothing_of_it(stub: Stub, open_page: Open) -> None:
    stub.file["thermometers"] = 0
    page = open_page(f"{stub.url}/home-file/#3-502", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#file-home")).not_to_be_empty()
    expect(page.locator("#warmth")).to_be_hidden()


def test_a_cold_home_reads_that_somebody_is_on_it(stub: Stub, open_page: Open) -> None:
    stub.warmth_at_home = world_warmth.own("cold", 16.4)
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#warmth-title")).to_have_text("家里 16.4 °C")
    expect(page.locator("#warmth-text")).to_contain_text("已经有人在看暖气")
    expect(page.locator("#warmth-text")).to_contain_text("9:05 量的")


def test_a_home_nothing_is_known_of_reads_nothing(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#greeting")).to_contain_text("3 栋 502")
    expect(page.locator("#warmth")).to_be_hidden()


def test_two_quick_taps_are_two_days(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/home-file/#3-502", width=1200)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#warmth-back")).to_be_enabled()
    with page.expect_request("**/warmth?day=2026-11-20"):
        page.evaluate("[1, 2].forEach(() => document.getElementById('warmth-back').click())")
