"""A real browser on the pages: against the stub, or against a running stack named by NUANLIN_RUN_JSON (its run.json)."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from chalicelib.pages import assets
from chalicelib.pages.facts import Compound, SiteFacts
from chalicelib.pages.render import render_site
from tests.browser import world
from tests.browser.stub import Stub

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
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
    stub = Stub(render_site(FACTS, assets.load()))
    yield stub
    stub.shutdown()


@pytest.fixture
def stub(server: Stub) -> Stub:
    """Canned answers, back at 9:12 with nothing said: for states that a running stack does not show on demand."""
    server.reset()
    return server


@pytest.fixture(scope="session")
def running() -> Place | None:
    """The stack named by NUANLIN_RUN_JSON, if any."""
    named = os.environ.get("NUANLIN_RUN_JSON")
    if not named:
        return None
    run = json.loads(Path(named).read_text())
    staff = next(one for one in run["staff"] if "steward" in one["roles"] or "manager" in one["roles"])
    own = [home for home in run["homes"] if home["compound"] == staff["compound"] and home["tier"] == "green" and not home["isolated"]]
    return Place(run["site"].rstrip("/"), iter([home["link"].partition("#")[2] for home in own]), staff["username"], staff["password"])


@pytest.fixture
def place(running: Place | None, server: Stub) -> Place:
    """The running stack, or the stub when there is none: for tests that hold on both."""
    if running:
        return running
    server.reset()
    return Place(server.url, iter([world.LINK]), "wang", "right")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """``open_page(url, width=390, …)`` in a browser of its own. A script error or a breach of the policy fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def note(text: str) -> None:
        if "Content Security Policy" in text or "Uncaught" in text:
            wrong.append(text)

    def start(url: str, width: int = 390, height: int = 844, workers: str = "block", **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers=workers, **more)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: note(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(url)
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrong == []


def sign_in(page: Page, place: Place) -> None:
    page.fill("#username", place.username)
    page.fill("#password", place.password)
    page.click("#sign-in [type=submit]")
