"""On the whole stack: a card is printed, its number changes, the door is ticked off; an activity is posted and a family comes."""

from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Place, sign_in
from tests.stack import LocalStack, link_token


def desk(stack: LocalStack, open_page: Open, path: str, role: str) -> Page:
    found = next(one for one in stack.run["staff"] if role in one["roles"] and one["compound"] == "anheli")
    site = stack.run["site"].rstrip("/")
    page = open_page(f"{site}/{path}/", width=1200)
    sign_in(page, Place(site, iter(()), found["username"], found["password"]))
    return page


def test_a_number_changes_and_the_door_that_says_another_is_ticked_off(whole: LocalStack, open_page: Open) -> None:
    page = desk(whole, open_page, "cards", "manager")
    page.locator("#homes input:checked").nth(1).wait_for()
    page.locator("#homes").evaluate("all => [...all.querySelectorAll(':checked')].slice(1).forEach((box) => (box.checked = false))")
    page.click("#issue")
    expect(page.locator(".card")).to_have_count(1)
    home = page.locator(".card h3").inner_text().split("·")[1].strip()

    page = desk(whole, open_page, "outdated", "manager")
    row = page.locator("#contents .content").nth(2)
    row.locator("[data-open=rewrite]").click()
    row.locator("[name=text]").fill("南门岗亭 9:00–10:00")
    row.locator("[type=submit]").click()
    door = page.locator("#copies .copy", has_text=home)
    expect(door).to_contain_text("改成 南门岗亭 9:00–10:00")
    door.locator("button").click()
    expect(door).to_have_count(0)
    page.click("#ticked-title")
    expect(page.locator("#ticked-list")).to_contain_text(home)


def test_an_activity_is_posted_and_a_family_comes(whole: LocalStack, open_page: Open) -> None:
    page = desk(whole, open_page, "activities", "manager")
    expect(page.locator("#none")).to_be_visible()
    page.click("#to-new")
    day = datetime.fromisoformat(whole.duty(whole.token())["now"]).date() + timedelta(days=3)
    for name, text in {
        "title": "包饺子",
        "where": "食堂",
        "day": day.isoformat(),
        "from": "09:30",
        "until": "11:00",
        "places": "2",
    }.items():
        page.fill(f"#new [name={name}]", text)
    page.click("#new [type=submit]")
    expect(page.locator("#activities .activity")).to_contain_text("报了 0 位，一共 2 个名额。")

    family = open_page(f"{whole.run['site'].rstrip('/')}/h/activities/#{link_token(whole.greens()[0])}")
    family.locator("select").select_option("2")
    family.get_by_role("button", name="报名").click()
    expect(family.locator(".activity")).to_contain_text("您家 2 位，到时候见。")
    page.reload()
    expect(page.locator(".comers li")).to_have_count(1)
