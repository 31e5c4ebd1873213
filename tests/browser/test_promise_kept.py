"""A promise as people live it: in their own browsers, on the whole stack, while the clock is moved on. One visit is made; at another door nobody opens."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.browser.waiting import look_again
from tests.stack import LocalStack, link_token, until

KEPT, SHUT = "1-302", "1-904"
CARER, STEWARD, COORDINATOR, MANAGER = "v-1-701", "anheli.steward1", "anheli.grid2", "anheli.manager"
SECONDS = 20
At = Callable[[str], None]


@pytest.fixture
def at(local_stack: LocalStack) -> Iterator[At]:
    """``at("08:30")`` moves the stack's clock there today, and its schedule runs once. Real time again afterwards."""
    local_stack.set_clock(None)
    day = local_stack.duty(local_stack.token())["day"]
    yield lambda clock: local_stack.set_clock(f"{day}T{clock}:00+08:00")
    local_stack.set_clock(None)


def session(stack: LocalStack, username: str) -> dict[str, str]:
    """Who this is, by name, and the token."""
    person = next(one for one in stack.run["staff"] if one["username"] == username)
    answer = stack.ask("POST", "/api/session", {"username": username, "password": person["password"]})
    assert answer.status == 200, answer.body
    return answer.json


def staff_page(stack: LocalStack, open_page: Open, username: str, name: str) -> Page:
    page = open_page(f"{stack.run['site']}/{name}/")
    person = next(one for one in stack.run["staff"] if one["username"] == username)
    sign_in(page, Place(stack.run["site"], iter(()), username, person["password"]))
    expect(page.locator("#moment")).not_to_be_empty()
    return page


def door(page: Page, home: str) -> Locator:
    """The first visit to a home that can be recorded now."""
    building, number = home.split("-")
    visits = page.locator("#visits .visit", has_text=f"{building} 栋 {number}")
    return visits.filter(has=page.get_by_role("button", name="记一下")).first


def shown(page: Page, row: Locator, *words: str) -> None:
    """Looks again until the row is there: what the stream brings takes a moment."""

    def there() -> bool:
        look_again(page)
        return row.is_visible()

    until(there, SECONDS)
    for each in words:
        expect(row).to_contain_text(each)


def test_a_visit_is_recorded_on_a_phone_and_the_resident_reads_that_it_was_kept(local_stack: LocalStack, open_page: Open, at: At) -> None:
    at("08:20")
    page = staff_page(local_stack, open_page, STEWARD, "today")
    visit = door(page, KEPT)
    visit.get_by_role("button", name="记一下").click()
    visit.locator("[name=temperature]").fill("36.7")
    visit.get_by_text("好", exact=True).click()
    visit.get_by_text("药", exact=True).click()
    visit.locator("[name=note]").fill("降压药只剩两天的")
    visit.get_by_role("button", name="记下来").click()

    expect(page.locator("#done")).to_contain_text("记下了：1 栋 302，做到了。")
    made = page.locator("#visits .visit", has_text="36.7 °C")
    for words in ("做到了", "精神好", "要：药", "“降压药只剩两天的”"):
        expect(made).to_contain_text(words)
    shown(page, page.locator("#tasks .task", has_text="1 栋 302").filter(has_text="药").first)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    home = open_page(f"{local_stack.run['site']}/h/#{link_token(local_stack.home(id=KEPT))}")
    promise = home.locator("li", has_text="8:20 来过")
    for words in (session(local_stack, STEWARD)["name"], "上门看望", "已做到"):
        expect(promise).to_contain_text(words)
    for words in ("36.7", "降压药"):
        expect(home.locator("body")).not_to_contain_text(words)


def test_where_nobody_opens_one_after_the_other_is_told_until_the_coordinator_takes_it_on(
    local_stack: LocalStack, open_page: Open, at: At
) -> None:
    names = {username: session(local_stack, username)["name"] for username in (STEWARD, COORDINATOR, MANAGER)}
    at("08:30")
    knock(local_stack, open_page)
    names[CARER] = volunteer_name(local_stack)

    told: list[str] = []
    for clock, person in (("", STEWARD), ("08:46", CARER), ("09:02", COORDINATOR), ("09:33", MANAGER)):
        if clock:
            at(clock)
        told.append(f"【走访时没人开门】1 栋 904\n{names[person]}：")
        assert until(lambda: heard(local_stack, told[-1]), SECONDS) == 1, clock
        assert [heard(local_stack, each) for each in told] == [1] * len(told)
        if person is COORDINATOR:
            board = staff_page(local_stack, open_page, COORDINATOR, "board")
            shown(board, row_of(board), "上门没人应门", "还没有人动手", "提醒过 3 次")

    row_of(board).get_by_role("button", name="我来做").click()
    expect(board.locator("#done")).to_contain_text("记下了，1 栋 904这件事归您。")
    at("09:50")
    everything_has_been_told(local_stack)
    assert [heard(local_stack, each) for each in told] == [1] * 4, "at 9:48 it would have been said again"

    shown(board, row_of(board), "您在做")
    row_of(board).get_by_role("button", name="做完了").click()
    expect(board.locator("#done")).to_contain_text("办完了：1 栋 904。")
    expect(board.locator(".columns ul:not(#closed) .task", has_text="1 栋 904")).to_have_count(0)


def row_of(page: Page) -> Locator:
    page.evaluate("document.getElementById('open-fold').open = true")
    return page.locator(".task", has_text="1 栋 904")


def knock(stack: LocalStack, open_page: Open) -> None:
    """The volunteer at the door, with her own phone."""
    link = stack.write(f"/api/volunteers/{CARER}/link", {}, Authorization=stack.token("manager")).json
    page = open_page(link["link"])
    page.fill("#code", link["device_code"])
    page.click("#confirm [type=submit]")
    visit = door(page, SHUT)
    visit.get_by_role("button", name="记一下").click()
    visit.get_by_text("没人应门", exact=True).click()
    visit.get_by_role("button", name="记下来").click()
    expect(page.locator("#visits [data-next]:visible")).to_contain_text("再敲一次门")


def volunteer_name(stack: LocalStack) -> str:
    visits = stack.ask("GET", "/api/today", Authorization=session(stack, STEWARD)["token"]).json["visits"]
    return next(str(one["name"]) for visit in visits for one in visit["owners"] if one["id"] == CARER)


def heard(stack: LocalStack, words: str) -> int:
    """How often the group robot took a text with these words."""
    return sum(message["text"].count(words) for message in stack.outbox() if message["errcode"] == 0)


def everything_has_been_told(stack: LocalStack) -> None:
    """What a household asks for now is told after all that the schedule has just found."""
    home, words = stack.greens()[-40], "【住户要帮忙】{} 栋 {}"
    stack.write("/api/check-ins", {"needs": ["repair"]}, X_Home_Link=link_token(home))
    assert until(lambda: heard(stack, words.format(*home["id"].split("-"))), SECONDS) == 1
