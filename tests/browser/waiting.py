"""Waiting for what a page asked. The browser's own load state "networkidle" comes once a page load, so it says nothing of what comes later."""

from collections.abc import Callable
from weakref import WeakKeyDictionary

from playwright.sync_api import Page, Request

CALM = 3
PATIENCE = 400
"""Twentieths of a second: no answer takes longer than the page itself would wait for it."""
LOOKS = 100
_flying: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def watch(page: Page) -> None:
    """From here on it is known what the page waits for; before it is led anywhere."""
    flying = _flying[page] = set()

    def over(request: Request) -> None:
        flying.discard(request)

    page.on("request", lambda request: flying.add(request))
    page.on("requestfinished", over)
    page.on("requestfailed", over)


def settled(page: Page, act: Callable[[Page], None] | None = None) -> None:
    """Does ``act``, and waits until all that the page has asked is answered and nothing new is asked for a moment."""
    if act:
        act(page)
    calm = 0
    for _ in range(PATIENCE):
        page.wait_for_timeout(50)
        calm = 0 if _flying[page] else calm + 1
        if calm == CALM:
            return
    raise AssertionError(f"still unanswered: {[request.url for request in _flying[page]]}")


def look_again(page: Page) -> None:
    """As when somebody comes back to the page, with its answer."""
    settled(page, lambda shown: shown.evaluate("document.dispatchEvent(new Event('visibilitychange'))"))


def unfold(page: Page) -> None:
    """All rows of the lists that show only their first few, those within a closed fold too."""
    page.evaluate("document.querySelectorAll('.rest button').forEach(button => button.click())")


def look_until(page: Page, there: Callable[[], bool]) -> None:
    """Looks again and again for what comes by the stream; AssertionError where it never does."""
    for _ in range(LOOKS):
        if there():
            return
        look_again(page)
        unfold(page)
    raise AssertionError("it never came")
