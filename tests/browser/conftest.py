"""A real browser on the pages: on canned answers for every state there is, and on the whole stack for what counts most."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from chalicelib.pages import assets
from chalicelib.pages.facts import Compound, SiteFacts
from chalicelib.pages.render import render_site
from tests.browser import world
from tests.browser.chromium import ARGUMENTS, CHROMIUM
from tests.browser.stub import Stub
from tests.browser.waiting import watch
from tests.pages.published import case_pages
from tests.stack import LocalStack, link_token

FACTS = SiteFacts(
    (
        Compound("anheli", "安和里小区", "Anheli", "0571-8800 1234", "0571-8706 6120"),
        Compound("qinghe", "清河里", "Qingheli", "0571-8600 4321"),
    )
)
Open = Callable[..., Page]


class Place(NamedTuple):
    """Where the tests look, and who they are there. ``homes`` yields links of homes that owe a report, each once."""

    url: str
    homes: Iterator[str]
    username: str
    password: str


@pytest.fixture(scope="session")
def server() -> Iterator[Stub]:
    made = assets.load()
    stub = Stub({**render_site(FACTS, made), **case_pages(FACTS, made)})
    yield stub
    stub.shutdown()


@pytest.fixture
def stub(server: Stub) -> Stub:
    """Canned answers, back at 9:12 with nothing said: for states that a running stack does not show on demand."""
    server.reset()
    return server


@pytest.fixture(scope="session")
def unused_homes() -> dict[str, Iterator[str]]:
    """Links nobody has reported with yet, so that tests on the shared stack do not meet; see ``place``."""
    return {}


@pytest.fixture
def whole(local_stack: LocalStack, unused_homes: dict[str, Iterator[str]]) -> Iterator[LocalStack]:
    """The whole stack at half past nine in the morning."""
    local_stack.set_clock(None)
    day = local_stack.duty(local_stack.token())["day"]
    local_stack.set_clock(f"{day}T09:30:00+08:00")
    unused_homes.setdefault("stack", iter([link_token(home) for home in reversed(local_stack.greens())]))
    yield local_stack
    local_stack.set_clock(None)


@pytest.fixture(params=["stub", "stack"])
def place(request: pytest.FixtureRequest, unused_homes: dict[str, Iterator[str]]) -> Place:
    """First the stub, then the whole stack: for tests that hold on both."""
    if request.param == "stub":
        return Place(request.getfixturevalue("stub").url, iter([world.LINK]), "wang", "right")
    stack: LocalStack = request.getfixturevalue("whole")
    steward = next(one for one in stack.run["staff"] if "steward" in one["roles"] and one["compound"] == "anheli")
    return Place(stack.run["site"].rstrip("/"), unused_homes["stack"], steward["username"], steward["password"])


expect.set_options(timeout=20_000)  # A slow machine may take its time; one that is done goes on at once.


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """``open_page(url, width=390, …)`` in a browser of its own. A script error or a breach of the policy fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def start(url: str, width: int = 390, height: int = 844, workers: str = "block", **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers=workers, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = listened_to(context.new_page(), wrong)
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def one_window(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page that stays open, and what went wrong on it."""
    context, wrong = browser.new_context(viewport={"width": 390, "height": 844}, service_workers="block"), list[str]()
    yield listened_to(context.new_page(), wrong), wrong
    context.close()


@pytest.fixture
def look_at(one_window: tuple[Page, list[str]], stub: Stub) -> Iterator[Open]:
    """``look_at(url)`` on the stub, in a window that all such tests share one after the other: nothing is kept but what
    a browser may keep of files that never change. For the many states that are only looked at: half the work of ``open_page``."""
    page, wrong = one_window

    def start(url: str) -> Page:
        page.goto(url)
        return page

    yield start
    page.context.set_offline(False)
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.clear_cookies()
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", {"origin": stub.url, "storageTypes": "all"})
    found, wrong[:] = [*wrong], []
    assert found == []


def listened_to(page: Page, wrong: list[str]) -> Page:
    """What the page asks for is followed, and what goes wrong on it is added to ``wrong``."""

    def note(text: str) -> None:
        if "Content Security Policy" in text or "Uncaught" in text:
            wrong.append(text)

    page.set_default_timeout(10_000)
    page.on("console", lambda message: note(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    watch(page)
    return page


def sign_in(page: Page, place: Place) -> None:
    page.fill("#username", place.username)
    page.fill("#password", place.password)
    page.click("#sign-in [type=submit]")
