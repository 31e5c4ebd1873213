"""Somebody goes along to the hospital: entered on the home's file, followed on the lists, said on a volunteer's and the home's own page."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import world_promises, world_trips
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.world import DAY, LINK, VOLUNTEER_LINK, moment

SAID = {"hospital": "市一医院", "from": "09:00", "until": "12:00", "agreed_by": "何护士"}


def desk(stub: Stub, open_page: Open, path: str, lang: str = "", width: int = 390) -> Page:
    page = open_page(f"{stub.url}/{lang}{path}", width=width)
    sign_in(page, Place(stub.url, iter(()), "wang", "right"))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


@pytest.fixture
def trips(stub: Stub) -> Stub:
    """Four trips on today's list and on the board, the latest of them the loudest."""
    stub.today["tasks"] += world_trips.trips()
    soon, late, out, orphan = world_trips.trips()
    for place, one in (("soon", soon), ("overdue", late), ("open", out), ("unassigned", orphan)):
        stub.board[place].insert(0, one)
    return stub


def row(page: Page, home: str) -> Locator:
    return page.locator(".task", has_text=home).filter(has=page.locator("[data-slot=what]", has_text="医院"))


def test_a_trip_on_todays_list_says_where_when_with_whom_and_how_far(trips: Stub, open_page: Open) -> None:
    page = desk(trips, open_page, "today/")

    for text in ("去市一医院 肿瘤科", "约好了", "10:20–12:00 还剩 40 分钟", "王建国全程陪同", "8:30–12:30 开门算约好的", "何护士说好的"):
        expect(row(page, "5 栋 601")).to_contain_text(text)
    expect(row(page, "2 栋 803")).to_contain_text("该出发了")
    expect(row(page, "2 栋 803").locator(".overdue")).to_contain_text("已晚 40 分钟")
    expect(row(page, "3 栋 404")).to_contain_text("8:05 出发，说好 11:30 到家")
    expect(row(page, "1 栋 204")).to_contain_text("还没有人陪")
    expect(page.locator("#loud")).to_contain_text("1 栋 204 陪去医院，没有人陪")


def test_set_out_and_home_again_are_one_tap_each(trips: Stub, open_page: Open) -> None:
    page = desk(trips, open_page, "today/")
    row(page, "5 栋 601").get_by_role("button", name="出发了").click()
    expect(page.locator("#done")).to_contain_text("5 栋 601出发了")
    row(page, "5 栋 601").get_by_role("button", name="到家了").click()
    expect(page.locator("#closed")).to_contain_text("到家了")
    assert [body for path, body in trips.acts if path == "/api/tasks/trip%3At1/acts"] == [{"act": "set_out"}, {"act": "done"}]


def test_only_what_can_be_done_is_offered(trips: Stub, open_page: Open) -> None:
    page = desk(trips, open_page, "today/")

    def offered(home: str) -> list[str]:
        return row(page, home).locator(".item-act button").all_inner_texts()

    assert offered("5 栋 601") == ["交回", "出发了"]
    assert offered("2 栋 803") == ["我来做", "出发了"]  # late: somebody may see to it
    assert offered("3 栋 404") == ["到家了"]
    assert offered("1 栋 204") == ["我来陪"]


def test_called_off_with_a_word_why(trips: Stub, open_page: Open) -> None:
    page = desk(trips, open_page, "today/")
    trip = row(page, "5 栋 601")
    trip.locator("[data-more] summary").click()
    trip.get_by_role("button", name="不用办了").click()
    trip.locator("[data-form=cancel] [name=note]").fill("医院改约了")
    trip.get_by_role("button", name="取消这件事").click()
    expect(page.locator("#done")).to_have_text("取消了：5 栋 601。")
    assert trips.acts[-1][1] == {"act": "cancel", "note": "医院改约了"}


def test_the_coordinator_names_who_goes_along(trips: Stub, open_page: Open) -> None:
    trips.roles = ["coordinator"]
    page = desk(trips, open_page, "board/", width=1200)
    orphan = page.locator("#orphans .task", has_text="1 栋 204").first
    orphan.locator("[data-open=assign]").click()
    orphan.locator("[name=owner]").select_option(label="李秀英")
    orphan.get_by_role("button", name="派给这位").click()
    expect(page.locator("#done")).to_contain_text("派好了：1 栋 204")
    expect(page.locator("#overdue")).to_contain_text("该出发了")
    assert trips.acts[-1][1] == {"act": "assign", "note": "", "owner": "v-1-101"}


def fill_in(page: Page, **more: str) -> None:
    for name, value in {**SAID, **more}.items():
        page.fill(f"#trip [name={name}]", value)


def test_a_trip_is_entered_on_the_homes_file(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "home-file/#3-502")
    expect(page.locator("#trips-none")).to_be_visible()
    page.click("#to-trip")
    fill_in(page, day="2026-11-23")
    page.select_option("#trip [name=companion]", label="李秀英")
    page.click("#trip [type=submit]")
    expect(page.locator("#done")).to_have_text("登记好了：3 栋 502。马上告诉陪同的人。")
    expect(page.locator("#trips")).to_contain_text("李秀英全程陪同")
    expect(page.locator("#trip")).to_be_hidden()
    path, sent = next(act for act in reversed(stub.acts) if act[0].endswith("/trips"))
    assert path == "/api/homes/3-502/trips"
    assert sent == {
        "hospital": "市一医院",
        "from": "2026-11-23T09:00:00+08:00",
        "until": "2026-11-23T12:00:00+08:00",
        "agreed_by": "何护士",
        "agreed_on": DAY,
        "companion": "v-1-101",
    }


def test_what_is_missing_is_said_beside_its_field_and_nothing_is_sent(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "home-file/#3-502")
    page.click("#to-trip")
    page.fill("#trip [name=hospital]", "市一医院")
    page.click("#trip [type=submit]")

    for name in ("from", "until", "agreed_by"):
        expect(page.locator(f"#trip-{name}-error")).to_have_text("请写上这一项。")
        expect(page.locator(f"#trip [name={name}]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#trip-hospital-error")).to_be_hidden()
    expect(page.locator("#trip [name=from]")).to_be_focused()
    assert not stub.acts or not stub.acts[-1][0].endswith("/trips")


def test_what_the_api_refuses_is_said_beside_its_field(stub: Stub, open_page: Open) -> None:
    page = desk(stub, open_page, "home-file/#3-502")
    page.click("#to-trip")
    fill_in(page, until="08:00")
    page.click("#trip [type=submit]")
    expect(page.locator("#trip-until-error")).to_contain_text("回来的时间要晚于出发")
    expect(page.locator("#trip [name=until]")).to_be_focused()
    page.fill("#trip [name=until]", "11:00")
    page.click("#trip [type=submit]")
    expect(page.locator("#trips")).to_contain_text("9:00–11:00")


def test_moved_the_form_knows_what_was_agreed(stub: Stub, open_page: Open) -> None:
    stub.file["tasks"].append(world_trips.trip_task(world_trips.trip("t1", "3-502", ("10:20", "12:00"))))
    page = desk(stub, open_page, "home-file/#3-502")
    page.locator("#trips [data-more] summary").click()
    page.get_by_role("button", name="改时间").click()
    expect(page.locator("#trip [name=hospital]")).to_have_value("市一医院 肿瘤科")
    expect(page.locator("#trip [name=from]")).to_have_value("10:20")
    page.fill("#trip [name=from]", "11:00")
    page.click("#trip [type=submit]")
    expect(page.locator("#done")).to_contain_text("改好了")
    assert [path for path, _ in stub.acts][-1] == "/api/homes/3-502/trips/t1/move"


def volunteer(stub: Stub, open_page: Open, lang: str = "", width: int = 390) -> Page:
    mine = {"companion": world_trips.ZHOU}
    stub.trips = [
        world_trips.trip("t1", "5-601", ("10:20", "12:00"), **mine),
        world_trips.trip("t2", "3-404", ("14:00", "17:00"), day=world_trips.TOMORROW, **mine),
    ]
    page = open_page(f"{stub.url}/{lang}v/#{VOLUNTEER_LINK}", width=width)
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#trips")).to_be_visible()
    return page


def test_a_volunteer_says_that_they_set_out_and_are_home(stub: Stub, open_page: Open) -> None:
    page = volunteer(stub, open_page)
    trip = page.locator("#trip-list .trip").first
    expect(trip).to_contain_text("10:20–12:00")
    trip.get_by_role("button", name="出发了").click()
    expect(page.locator("#done")).to_have_text("记下了：5 栋 601出发了，路上平安。")
    page.locator("#trip-list .trip").first.get_by_role("button", name="到家了").click()
    expect(page.locator("#done")).to_have_text("记下了：5 栋 601到家了。")
    assert [body for path, body in stub.acts if path.endswith("t1/acts")] == [{"act": "set_out"}, {"act": "done"}]


def test_a_volunteer_who_cannot_go_gives_it_back(stub: Stub, open_page: Open) -> None:
    page = volunteer(stub, open_page)
    trip = page.locator("#trip-list .trip", has_text="3 栋 404")
    expect(trip.get_by_role("button", name="出发了")).to_have_count(0)  # it is tomorrow
    trip.get_by_role("button", name="我去不了").click()
    trip.locator("[name=note]").fill("我也要看病")
    trip.get_by_role("button", name="交回给网格长").click()
    expect(trip).to_have_count(0)
    assert stub.acts[-1][1] == {"act": "return", "note": "我也要看病"}


TRIP = {"id": "t1", "kind": "hospital_trip", "reason": "市一医院", "who": ["周明"], "goods": [], "at": ""}
WINDOW = {"from": moment("09:00"), "until": moment("12:00")}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"state": "coming"}, ("周明全程陪您去市一医院", "9:00 出发，12:00 到家", "会来")),
        ({"state": "coming", "who": []}, ("去市一医院：正在找人陪您", "正在找人")),
        ({"state": "out", "at": moment("09:04")}, ("9:04 出发了，说好 12:00 到家", "在路上")),
        ({"state": "kept", "at": moment("11:40")}, ("11:40 到家了", "已做到")),
        ({"state": "missed"}, ("该 9:00 出发的。值班台知道了，正在催。",)),
        ({"state": "called_off"}, ("这一次取消了", "不去了")),
        ({"state": "coming", "from": f"{world_trips.TOMORROW}T09:00:00+08:00"}, ("11 月 23 日 星期一、9:00 出发",)),
    ],
)
def test_the_home_reads_how_its_trip_stands(stub: Stub, open_page: Open, more: dict, words: tuple[str, ...]) -> None:
    stub.promises = [{**TRIP, **WINDOW, **more}]
    page = open_page(f"{stub.url}/h/#{LINK}")

    for text in words:
        expect(page.locator("#promise-list")).to_contain_text(text)


def test_what_is_brought_stands_on_the_round_and_on_the_homes_page(stub: Stub, open_page: Open) -> None:
    goods = {"kind": "goods_visit", "goods": ["rice", "flour", "oil", "春联"]}
    stub.today["visits"] = [world_promises.visit("1-302", ("09:00", "18:00"), "now", **goods)]
    page = desk(stub, open_page, "today/")
    visit = page.locator("#visits .visit")
    expect(visit).to_contain_text("带米、面、油、春联")
    expect(page.locator("#sheet-rows")).to_contain_text("带米、面、油、春联")
    visit.get_by_role("button", name="记一下").click()
    expect(visit.locator(".visit-form")).to_contain_text("送到手了 米、面、油、春联")
    visit.get_by_role("button", name="记下来").click()
    expect(page.locator("#done")).to_have_text("记下了：1 栋 302，送到手了。")
    expect(visit.locator('[data-slot="state"]')).to_have_text("送到手了")

    came = {"id": "g", **WINDOW, "reason": "", "state": "now", "who": ["王建国"], "at": "", **goods}
    stub.promises = [came]
    page = open_page(f"{stub.url}/h/#{LINK}")
    expect(page.locator("#promise-list")).to_contain_text("王建国送东西来")
    expect(page.locator("#promise-list")).to_contain_text("带来：米、面、油、春联")


@pytest.mark.parametrize(
    ("path", "lang", "width"), [("today/", "", 320), ("today/", "en/", 390), ("home-file/#3-502", "en/", 320), ("v/", "en/", 320)]
)
def test_nothing_is_wider_than_the_phone(trips: Stub, open_page: Open, path: str, lang: str, width: int) -> None:
    if path == "v/":
        page = volunteer(trips, open_page, lang, width)
    else:
        trips.file["tasks"].append(world_trips.trip_task(world_trips.trip("t1", "3-502", ("10:20", "12:00"))))
        page = desk(trips, open_page, path, lang, width)
        if page.locator("#to-trip").count():
            page.click("#to-trip")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
