"""Activities on the pages: a family signs up, waits, changes and leaves; the desk arranges, enters, calls off and prints."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.world_activities import NASTY


def family(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/{lang}h/activities/#{world.LINK}", width=width)
    expect(page.locator("#activities .activity")).to_have_count(6)
    return page


def row(page: Page, title: str) -> Locator:
    return page.locator(".activity", has_text=title)


def test_every_state_says_what_it_is_and_words_are_only_text(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    for title, said in {
        "写春联": "还有 3 个名额",
        "百家宴": "可以候补，前面有 2 家。",
        "亲子剪纸": "您家 2 位，到时候见。",
        "健步走": "您家 2 位，候补第 2 家。",
        "防诈骗讲座": "轮到您家了",
        "露天电影": "不办了：下大雨",
    }.items():
        expect(row(page, title)).to_contain_text(said)
    expect(row(page, "写春联")).to_contain_text(NASTY)
    expect(row(page, "写春联")).to_contain_text("11 月 29 日 星期日 14:00 到 16:00")
    expect(row(page, "露天电影").locator("form")).to_be_hidden()
    expect(page.locator("#activities img")).to_have_count(0)


def test_a_family_signs_up_changes_and_leaves(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    row(page, "写春联").locator("select").select_option("3")
    row(page, "写春联").get_by_role("button", name="报名").click()
    expect(page.locator("#heard")).to_have_text("报上了：写春联。")
    assert stub.acts[-1] == ("/api/home/activities/a1", {"persons": 3})
    expect(row(page, "写春联")).to_contain_text("您家 3 位")
    row(page, "写春联").locator("select").select_option("2")
    row(page, "写春联").get_by_role("button", name="改人数").click()
    expect(row(page, "写春联")).to_contain_text("您家 2 位")
    row(page, "写春联").get_by_role("button", name="我们不去了").click()
    expect(page.locator("#heard")).to_contain_text("名额让给后面的邻居")
    assert stub.acts[-1] == ("/api/home/activities/a1", {"persons": 0})


def test_where_it_is_full_one_waits(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    row(page, "百家宴").get_by_role("button", name="排候补").click()
    expect(page.locator("#heard")).to_have_text("排上候补了：百家宴。")
    expect(row(page, "百家宴")).to_contain_text("候补第 3 家")


def test_what_was_not_sent_is_said_at_its_form(stub: Stub, open_page: Open) -> None:
    page = family(stub, open_page)
    stub.broken = 503
    row(page, "写春联").locator("[value=come]").click()
    expect(row(page, "写春联").locator(".error")).to_be_visible()
    page = open_page(f"{stub.url}/h/activities/")
    expect(page.locator("#trouble")).to_contain_text("二维码")


def test_the_familys_page_leads_there_and_back(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    page.click("#to-activities")
    expect(page.locator("#activities .activity")).to_have_count(6)
    page.click("#back")
    expect(page.locator("#well")).to_be_visible()


def test_who_waited_reads_on_its_own_page_that_it_has_a_place_and_nobody_else_asks(stub: Stub, open_page: Open) -> None:
    page = open_page(f"{stub.url}/h/#{world.LINK}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator("#promise-list li").first).to_be_visible()
    assert not [url for url in asked if "activities" in url and "/api/" in url]
    page.click("#to-activities")
    expect(page.locator("#activities .activity")).to_have_count(6)
    page.click("#back")
    expect(page.locator("#moved-up")).to_contain_text("轮到您家了：防诈骗讲座，12 月 3 日 星期四 14:00 到 16:00")


def desk(stub: Stub, open_page: Open, lang: str = "", width: int = 1200) -> Page:
    page = open_page(f"{stub.url}/{lang}activities/", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#activities .activity")).to_have_count(3)
    return page


def test_the_desk_reads_who_comes_and_who_waits_where_it_may(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    full = row(page, "写春联")
    expect(full).to_contain_text("报了 20 位，一共 20 个名额。 候补 1 家。")
    expect(full.locator(".comers li")).to_have_count(4)
    expect(full.locator(".comers li").first).to_contain_text("3 栋 502 安娜")
    expect(full.locator(".comers li").last).to_contain_text("候补")
    expect(row(page, "百家宴")).to_contain_text("名单由网格长或经理看")
    expect(row(page, "百家宴").locator("[data-acts]")).to_be_hidden()
    expect(page.locator("#activities img")).to_have_count(0)


def test_an_activity_is_posted(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.click("#to-new")
    for name, text in {"title": "包饺子", "where": "食堂", "day": "2026-12-05", "from": "09:30", "until": "11:00", "places": "12"}.items():
        page.fill(f"#new [name={name}]", text)
    page.locator("#buildings label").nth(1).click()
    page.click("#new [type=submit]")
    expect(page.locator("#done")).to_have_text("贴出去了：包饺子。")
    expect(page.locator("#activities .activity")).to_have_count(4)
    said = {"title": "包饺子", "where": "食堂", "text": "", "places": 12, "buildings": ["3"], "open": True}
    times = {"from": "2026-12-05T09:30:00+08:00", "until": "2026-12-05T11:00:00+08:00"}
    assert stub.acts[-1] == ("/api/activities", {**said, **times})


def test_who_phones_is_entered_places_change_and_it_is_called_off(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    one = row(page, "写春联")
    one.locator("[data-open=phone]").click()
    one.locator("[data-form=phone] [name=home]").fill("3-702")
    one.locator("[data-form=phone] [type=submit]").click()
    expect(one.locator(".comers li")).to_have_count(5)
    one.locator("[data-open=places]").click()
    one.locator("[data-form=places] [name=places]").fill("24")
    one.locator("[data-form=places] [type=submit]").click()
    expect(one).to_contain_text("一共 24 个名额")
    one.locator("[data-open=off]").click()
    one.locator("[data-form=off] [name=why]").fill("停电")
    one.locator("[data-form=off] [type=submit]").click()
    expect(one).to_contain_text("不办了：停电")
    assert [act for act, _ in stub.acts[-3:]] == [f"/api/activities/a1/{what}" for what in ("sign-ups", "places", "calling-off")]


def test_one_list_prints_and_nothing_beside_it(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page)
    page.evaluate("window.print = () => (document.body.dataset.printed = document.querySelectorAll('.printing').length)")
    row(page, "写春联").locator("[data-print]").click()
    assert page.locator("body").get_attribute("data-printed") == "1"
    page.locator(".activity").first.evaluate("e => e.classList.add('printing')")
    page.emulate_media(media="print")
    expect(row(page, "百家宴")).to_be_hidden()
    expect(row(page, "写春联").locator(".comers")).to_be_visible()
