"""Waiting for what a page asked. The browser's own load state "networkidle" comes once a page load, so it says nothing of what comes later."""

from collections.abc import Callable

from playwright.sync_api import Page, Request

CALM = 3


def settled(page: Page, act: Callable[[Page], None]) -> None:
    """Does ``act``, and waits until all that the page then asked is answered and nothing new is asked for a moment."""
    flying: set[Request] = set()

    def asked(request: Request) -> None:
        flying.add(request)

    def over(request: Request) -> None:
        flying.discard(request)

    page.on("request", asked)
    page.on("requestfinished", over)
    page.on("requestfailed", over)
    act(page)
    calm = 0
    while calm < CALM:
        page.wait_for_timeout(100)
        calm = 0 if flying else calm + 1
    page.remove_listener("request", asked)
    page.remove_listener("requestfinished", over)
    page.remove_listener("requestfailed", over)


def look_again(page: Page) -> None:
    """As when somebody comes back to the page, with its answer."""
    settled(page, lambda shown: shown.evaluate("document.dispatchEvent(new Event('visibilitychange'))"))


def unfold(page: Page) -> None:
    """All rows of the lists that show only their first few, those within a closed fold too."""
    page.evaluate("document.querySelectorAll('.rest button').forEach(button => button.click())")
