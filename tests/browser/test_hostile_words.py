"""Eighty hostile texts at once wherever people's words stand on a page, in a real browser: each is read as typed, and nothing else happens."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import world
from tests.browser.conftest import Open
from tests.browser.stub import Stub
from tests.browser.stub_parcels import take_in
from tests.browser.test_access import Act, cards, confirmed, corridor, staff, volunteer
from tests.browser.test_notices import at_nine
from tests.payloads import PAYLOADS

ALL = " ".join(PAYLOADS)
TYPED = {
    "text",
    "note",
    "reason",
    "why",
    "result",
    "hospital",
    "agreed_by",
    "group",
    "title",
    "where",
    "name",
    "by_name",
    "holder_name",
    "claim",
    "source",
}
"""Members of answers that hold what people, or the lists they import, have written."""
KEPT = ("compound", "hours")
"""Under these, names choose things."""
INTRUDERS = """() => {
  const foreign = [...document.querySelectorAll("script:not([src]), iframe, object, embed, base, portal, marquee, audio, video:not(#view), math")];
  const handlers = [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => name.startsWith("on")));
  const links = [...document.querySelectorAll("[href], [src], [action], [formaction]")].filter((one) =>
    /^\\s*(javascript|data:text)|evil/i.test(["href", "src", "action", "formaction"].map((name) => one.getAttribute(name) ?? "").join(" ")));
  return [...foreign, ...handlers, ...links].map((one) => one.outerHTML.slice(0, 200)).concat(window.hit ? ["window.hit"] : []);
}"""


def hostile(value: Any, under: str = "") -> Any:
    """An answer with all of them in every text that somebody may have typed."""
    if isinstance(value, list):
        return [hostile(each, under) for each in value]
    if not isinstance(value, dict) or value.get("line") == "hours":  # which are times, and checked
        return value
    return {
        key: ALL if key in TYPED and isinstance(each, str) and each and under not in KEPT else hostile(each, key)
        for key, each in value.items()
    }


OWN: list[tuple[str, Act | None]] = [
    (f"/h/#{world.LINK}", None),
    (f"/h/tickets/#{world.LINK}", None),
    (f"/h/activities/#{world.LINK}", None),
    (f"/v/#{world.VOLUNTEER_LINK}", volunteer),
    (f"/v/outdated/#{world.VOLUNTEER_LINK}", corridor),
    (f"/v/points/#{world.VOLUNTEER_LINK}", confirmed("#purse")),
    (f"/v/hand-outs/#{world.VOLUNTEER_LINK}", confirmed("#rounds section")),
    (f"/v/patrol/#{world.VOLUNTEER_LINK}", confirmed("#walk")),
    ("/p/#anheli.S3", None),
    ("/p/#anheli.L3", None),
    ("/cards/", cards),
]
DESK = (
    "patrols",
    "duty",
    "board",
    "today",
    "home-file",
    "tickets",
    "figures",
    "roster",
    "messages",
    "volunteers",
    "outdated",
    "activities",
    "case-desk",
    "signs",
    "points",
    "supplies",
    "announce",
    "warmth",
    "scan",
)


def watch(page: Page) -> list[str]:
    """What a text has made the browser do: dialogs, and requests to anybody but us."""
    done: list[str] = []
    page.on("dialog", lambda dialog: (done.append(dialog.message), dialog.dismiss())[0])
    page.on("request", lambda request: done.append(request.url) if "evil" in request.url else None)
    return done


def assert_only_read(page: Page, done: list[str]) -> None:
    """All of them stand there, letter by letter, and nothing came of it, on screen or on paper."""
    expect(page.locator("body")).to_contain_text(ALL)
    page.emulate_media(media="print")
    assert (done, page.evaluate(INTRUDERS)) == ([], []), page.url
    assert "hit" not in page.title()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(("path", "act"), OWN, ids=[path.partition("#")[0] for path, _ in OWN])
def test_words_are_read_and_never_done(stub: Stub, open_page: Open, path: str, act: Act | None) -> None:
    stub.twist = hostile
    page = open_page(stub.url)
    done = watch(page)
    page.goto(stub.url + path)
    if act:
        act(page)
    assert_only_read(page, done)


def test_neither_on_any_page_of_the_desk(stub: Stub, open_page: Open) -> None:
    stub.roles, stub.twist = ["manager", "coordinator", "steward"], hostile
    take_in(stub)
    page = open_page(f"{stub.url}/duty/", width=1200)
    done = watch(page)
    staff(page)
    for name in DESK:
        page.goto(f"{stub.url}/{name}/#3-502" if name == "home-file" else f"{stub.url}/{name}/")
        assert_only_read(page, done)


def test_neither_on_the_board_of_notices(stub: Stub, open_page: Open) -> None:
    stub.hanging = hostile(stub.hanging)
    page = open_page("about:blank")
    done = watch(page)
    at_nine(page, f"{stub.url}/notices/#anheli")
    assert_only_read(page, done)


def test_neither_in_a_lift(stub: Stub, open_page: Open) -> None:
    """As many notices as it takes, of the length that a notice may have; every word of every slide is read."""
    (wind, *_), words = stub.hanging["notices"], [PAYLOADS[first : first + 6] for first in range(0, len(PAYLOADS), 6)]
    said = [{**wind, "id": f"n{number}", "title": these[0][:40], "text": "\n".join(these)} for number, these in enumerate(words)]
    stub.hanging = {**stub.hanging, "notices": said}
    page = open_page("about:blank", width=1080, height=1920)
    done = watch(page)
    at_nine(page, f"{stub.url}/lift/#anheli.3")
    expect(page.locator("#place")).to_contain_text("1 / ")
    read = ""
    for _ in range(int(page.locator("#place").inner_text().partition("/")[2])):
        read += "".join(page.locator("#text").inner_text().split())
        assert (done, page.evaluate(INTRUDERS)) == ([], [])
        page.keyboard.press("ArrowRight")
    assert [payload for payload in PAYLOADS if "".join(payload.split()) not in read] == []


def test_a_letters_words_too(stub: Stub, open_page: Open) -> None:
    secret = "7KQ2M9XWTB4C6D8E0F1G"
    stub.mailbox.write(ALL[:2000], secret)
    stub.roles = ["coordinator"]
    page = open_page(f"{stub.url}/letters/", width=1200)
    done = watch(page)
    staff(page)
    expect(page.locator("#letters")).to_contain_text(ALL[:2000].strip())
    assert done == [] and page.evaluate(INTRUDERS) == []

    page.goto(f"{stub.url}/letter/")
    page.select_option("#look-compound", "anheli")
    page.fill("#number", secret)
    page.click("#look [type=submit]")
    expect(page.locator("#thread")).to_contain_text(ALL[:2000].strip())
    assert done == [] and page.evaluate(INTRUDERS) == []
