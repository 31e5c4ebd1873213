"""For every pair of eyes and hands: axe on each page and state, narrow and enlarged, by keyboard, with targets one can hit."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from chalicelib.pages.render import VIEWS
from tests.browser import world
from tests.browser.conftest import Open, Place, sign_in
from tests.browser.stub import Stub
from tests.browser.test_photos import CAMERA
from tests.browser.waiting import settled

PAGES = [*(view.url(lang) for view in VIEWS for lang in ("zh", "en")), "/cases/anheli/", "/en/cases/anheli/"]
STAFF = tuple(
    f"{lang}/{page}/"
    for lang in ("", "/en")
    for page in (
        "duty",
        "cards",
        "today",
        "board",
        "home-file",
        "roster",
        "volunteers",
        "messages",
        "warmth",
        "letters",
        "case-desk",
        "tickets",
        "figures",
        "outdated",
        "activities",
        "announce",
        "points",
        "supplies",
        "patrols",
        "signs",
    )
)
Act = Callable[[Page], None]


def ready(page: Page, act: Act | None = None) -> Page:
    """Past the first question to the API, and past ``act`` with all that it asked."""
    settled(page)
    if act:
        settled(page, act)
    return page


def staff(page: Page) -> None:
    sign_in(page, Place("", iter(()), "wang", "right"))
    expect(page.locator("#compound")).not_to_be_empty()


def pressing(*selectors: str) -> Act:
    """Signed in, and these pressed one after the other."""

    def act(page: Page) -> None:
        settled(page, staff)
        for selector in selectors:
            page.locator(selector).first.click()

    return act


def at_the_doors(page: Page) -> None:
    """One parcel taken in for a home that cannot come down, taken along, and nobody opened."""
    pressing("#gate-goods .tick")(page)
    page.fill("#code", "3-601")
    for selector in ("#go", '[data-mode="deliver"]', '#door-list [data-act="carry"]', '#door-list [data-act="nobody_home"]'):
        settled(page, lambda shown, selector=selector: shown.locator(selector).first.click())
    expect(page.locator("#undo")).to_be_visible()


def cards(page: Page) -> None:
    staff(page)
    page.click("#issue")
    expect(page.locator(".card")).to_have_count(4)


def volunteer(page: Page) -> None:
    page.fill("#code", "246810")
    page.click("#confirm [type=submit]")
    expect(page.locator("#mine")).to_be_visible()


def corridor(page: Page) -> None:
    """On a phone that was confirmed before."""
    held = json.dumps({"link": world.VOLUNTEER_LINK, "device": "d"})
    page.evaluate("held => localStorage.setItem('nuanlin.device', held)", held)
    page.reload()
    expect(page.locator("#copies .copy")).to_have_count(5)
    page.click("#ticked-title")


def confirmed(waits: str) -> Act:
    """On a phone that was confirmed before."""

    def act(page: Page) -> None:
        held = json.dumps({"link": world.VOLUNTEER_LINK, "device": "d"})
        page.evaluate("held => localStorage.setItem('nuanlin.device', held)", held)
        page.reload()
        expect(page.locator(waits)).to_be_visible()

    return act


def walking(page: Page) -> None:
    """At the first point, with something that is not in order and somebody who asks."""
    confirmed("#walk")(page)
    page.click("#claim-go")
    page.locator("#point-items .tick").first.click()
    page.click("#point-asked summary")
    expect(page.locator("#point-needs li")).to_have_count(1)


def opening(page: Page) -> None:
    staff(page)
    page.click("#to-opening")
    page.locator("#missed [data-note]").first.click()


def looked_at(page: Page) -> None:
    pressing("#to-write", "[name=kind][value=works]")(page)
    page.fill("#n-title", "3 栋停水")
    page.fill("#n-text", "换水管")
    page.click("#write [type=submit]")
    expect(page.locator("#preview")).to_be_visible()


def letter(page: Page) -> None:
    page.select_option("#write-compound", "anheli")
    page.fill("#text", "我不想活了")
    page.click("#write [type=submit]")
    expect(page.locator("#kept")).to_be_visible()


def unsent(page: Page) -> None:
    page.context.set_offline(True)
    page.click("#well")
    expect(page.locator("#again")).to_be_visible()


def together(page: Page) -> None:
    """Two tickets of one cause, about to be closed, and the photos of a third."""
    staff(page)
    for number in ("2611-9XW2B", "2611-4LFTS"):
        page.locator(f"[data-key='{number}'] .pick").click()
    page.fill("#join-text", "水务公司 12 点前修好")
    page.click("#join [type=submit]")
    page.locator("#incident-list [data-open=close]").click()
    page.locator("[data-key='2611-K7Q3M'] [data-photos] summary").click()
    page.locator("[data-key='2611-K7Q3M'] [data-photos] input").set_input_files(CAMERA)
    expect(page.locator("[data-key='2611-K7Q3M'] img")).to_have_count(1)


def photos(page: Page) -> None:
    page.locator("#report label").first.click()
    page.locator("#photos input").set_input_files([CAMERA, CAMERA])
    expect(page.locator("#photos canvas")).to_have_count(2)
    fold = page.locator("[data-key='2611-K7Q3M'] [data-photos]")
    fold.locator("summary").click()
    fold.locator("input").set_input_files(CAMERA)
    expect(fold.locator("img")).to_have_count(1)


HOME = f"/h/#{world.LINK}"
FILE = "/home-file/#3-502"
STATES: list[tuple[str, str, Act | None]] = [
    ("home", HOME, None),
    ("home in english", f"/en{HOME}", None),
    ("reported", HOME, lambda page: page.click("#well")),
    ("help", HOME, lambda page: page.click("#open-help")),
    ("unwell", HOME, lambda page: page.click("#open-unwell")),
    ("unsent", HOME, unsent),
    ("dead", "/h/#anheli.old", None),
    ("desk", "/duty/", staff),
    ("desk in english", "/en/duty/", staff),
    ("desk at work", "/duty/", opening),
    ("every way, in english", "/en/roster/", pressing("#staff-nav summary")),
    ("who is away", "/duty/", pressing("#away-title")),
    ("cards to choose", "/cards/", staff),
    ("cards", "/cards/", cards),
    ("lost card", "/cards/", lambda page: (staff(page), page.click("#lost"))[1]),
    ("today", "/today/", staff),
    ("visit form", "/today/", pressing("[data-record]")),
    ("visit form in english", "/en/today/", pressing("[data-record]", "#by-home", "[data-open=return]")),
    ("nobody home", "/today/", pressing("[data-record]", ".visit-form [value=nobody_home]", ".visit-form [type=submit]")),
    ("an earlier day", "/today/?day=2026-11-20", pressing("[data-record]")),
    ("an earlier day in english", "/en/today/?day=2026-11-21", staff),
    ("board", "/board/", pressing("[data-open=assign]")),
    ("board in english", "/en/board/", staff),
    (
        "closed and away",
        "/board/",
        pressing("#closed-title", "#closed [data-open=reopen]", "#closed [data-history] summary", "#away-title"),
    ),
    ("a task that waits", "/today/", pressing("#tasks [data-more] summary", "#tasks [data-open=pause]", "#tasks [data-history] summary")),
    ("a task cancelled, in english", "/en/board/", pressing("#soon [data-more] summary", "#soon [data-open=cancel]")),
    ("how urgent", "/board/", pressing("#soon [data-more] summary", "#soon [data-open=prioritise]")),
    ("home file", FILE, pressing("#to-pause", "#to-tier")),
    ("home file in english", f"/en{FILE}", staff),
    ("roster", "/roster/", staff),
    ("roster in english", "/en/roster/", staff),
    ("warmth", "/warmth/", staff),
    ("warmth in english", "/en/warmth/", staff),
    ("leave", "/roster/", pressing("#to-leave", "#leaves [data-open]")),
    ("leave in english", "/en/roster/", pressing("#to-leave", "#leaves [data-open]")),
    (
        "volunteers",
        "/volunteers/",
        pressing("#to-errand", "#errands [data-act=assign]", "#waiting [data-open=decline]", "#list [data-open]"),
    ),
    ("volunteers in english", "/en/volunteers/", staff),
    ("a link", "/volunteers/", pressing("#list [data-open]", "#list [data-form] .go")),
    ("a link in english", "/en/volunteers/", pressing("#list [data-open]", "#list [data-form] .go")),
    ("a letter in the box", "/letter/", letter),
    ("a letter in the box, in english", "/en/letter/", letter),
    ("tickets", "/tickets/", staff),
    ("tickets in english", "/en/tickets/", staff),
    ("tickets of one cause", "/tickets/", together),
    ("tickets of one cause, in english", "/en/tickets/", together),
    ("photos of a family", f"/h/tickets/#{world.LINK}", photos),
    ("photos of a family in english", f"/en/h/tickets/#{world.LINK}", photos),
    ("tickets in figures", "/figures/", staff),
    ("tickets in figures, in english", "/en/figures/", staff),
    ("standards", "/standards/#anheli", None),
    ("standards in english", "/en/standards/#anheli", None),
    ("notices", "/notices/#anheli", lambda page: page.click("#past summary")),
    ("notices in english", "/en/notices/#anheli", None),
    ("a lift", "/lift/#anheli.3", None),
    ("a lift in english", "/en/lift/#anheli.3", None),
    ("announce", "/announce/", staff),
    (
        "a notice to write",
        "/announce/",
        pressing("#to-write", "#english summary", "#tier-fold summary", "[name=whom][value=some]", "#places summary"),
    ),
    ("a notice to write, in english", "/en/announce/", pressing("#to-write", "[name=kind][value=rumour]")),
    ("a notice to look at", "/announce/", looked_at),
    ("groups that were missed", "/announce/", pressing("[data-do=missed]:visible", "[data-do=withdraw]:visible")),
    ("letters", "/letters/", staff),
    ("letters in english", "/en/letters/", staff),
    ("activities of a family", f"/h/activities/#{world.LINK}", None),
    ("activities of a family in english", f"/en/h/activities/#{world.LINK}", None),
    ("activities", "/activities/", pressing("#to-new", "[data-open=phone]", "[data-open=places]", "[data-open=off]")),
    ("activities in english", "/en/activities/", staff),
    ("doors with an old card", "/outdated/", pressing("#ticked-title")),
    ("along the corridor", f"/v/outdated/#{world.VOLUNTEER_LINK}", corridor),
    ("along the corridor, in english", f"/en/v/outdated/#{world.VOLUNTEER_LINK}", corridor),
    ("doors with an old card, in english", "/en/outdated/", staff),
    ("points", "/points/", pressing("[data-open]:visible", "[data-lines]")),
    ("points in english", "/en/points/", staff),
    ("supplies", "/supplies/", pressing("[data-open]")),
    ("supplies in english", "/en/supplies/", staff),
    ("messages", "/messages/", staff),
    ("parcels", "/scan/", at_the_doors),
    ("parcels in english", "/en/scan/", staff),
    ("a shelf", "/p/#anheli.S3", None),
    ("a shelf in english", "/en/p/#anheli.S3", None),
    ("a place", "/p/#anheli.L3", None),
    ("places and patrols", "/patrols/", pressing("[data-walk]", "#claim-go")),
    ("places and patrols in english", "/en/patrols/", staff),
    ("a patrol", f"/v/patrol/#{world.VOLUNTEER_LINK}", walking),
    ("a patrol in english", f"/en/v/patrol/#{world.VOLUNTEER_LINK}", walking),
    ("a place to be disinfected, in english", "/en/p/#anheli.L3", confirmed("#disinfect")),
    ("signs", "/signs/", staff),
    ("signs of places", "/signs/", pressing("#of-places")),
    ("signs in english", "/en/signs/", staff),
    ("messages in english", "/en/messages/", staff),
    ("volunteer's points", f"/v/points/#{world.VOLUNTEER_LINK}", confirmed("#purse")),
    ("volunteer's points in english", f"/en/v/points/#{world.VOLUNTEER_LINK}", confirmed("#purse")),
    ("hand-outs", f"/v/hand-outs/#{world.VOLUNTEER_LINK}", confirmed("#rounds section")),
    ("hand-outs in english", f"/en/v/hand-outs/#{world.VOLUNTEER_LINK}", confirmed("#rounds section")),
    ("a grid's board", f"/v/board/#{world.VOLUNTEER_LINK}", confirmed("#board")),
    ("a grid's board in english", f"/en/v/board/#{world.VOLUNTEER_LINK}", confirmed("#board")),
    ("joining", "/join/#anheli", lambda page: page.click("#join .fold summary")),
    ("joining in english", "/en/join/#anheli", lambda page: page.click("#join .fold summary")),
    ("confirm", f"/v/#{world.VOLUNTEER_LINK}", None),
    ("round", f"/v/#{world.VOLUNTEER_LINK}", volunteer),
    *((path, path, None) for path in PAGES),
]
STATE = pytest.mark.parametrize(("path", "act"), [state[1:] for state in STATES], ids=[state[0] for state in STATES])
PRESSED = "a, button, summary, select, textarea, label.tick, input:not([type=hidden], [type=checkbox], [type=radio])"
VIOLATIONS = """() => axe.run({resultTypes: ["violations"]}).then(
  (found) => found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]))"""
SMALL = """({pressed, target, letters}) => {
  const shown = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".sr, .skip, .card");
  const all = (what) => [...document.querySelectorAll(what)].filter(shown);
  const low = all(pressed).filter((e) => Math.round(e.getBoundingClientRect().height) < target);
  const own = (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const little = all("body *").filter((e) => own(e) && parseFloat(getComputedStyle(e).fontSize) < letters);
  return [...low, ...little].map((e) => e.outerHTML.slice(0, 120));
}"""


@STATE
def test_everybody_can_use_it(stub: Stub, look_at: Open, path: str, act: Act | None) -> None:
    """One opening of the page for all that can be measured on it: axe, targets and letters, width, enlargement."""
    page = ready(look_at(stub.url + path), act)
    assert violations(page) == []
    assert too_small(page, *((44, 16) if at_work(path) else (60, 18))) == []
    assert overflow(page, 320) <= 0
    assert overflow(page, 1200) <= 0
    if at_work(path) and act:
        assert violations(page) == []
    assert overflow(page, 390) <= 0
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page, 1200) <= 0
    assert overflow(page, 390) <= 0, widest(page)


def at_work(path: str) -> bool:
    return path.partition("#")[0].partition("?")[0] in STAFF


def violations(page: Page) -> list[list[object]]:
    """What axe says against the page as it stands: rule and elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(VIOLATIONS))


def overflow(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a window of this width."""
    page.set_viewport_size({"width": width, "height": 844})
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def widest(page: Page) -> list[str]:
    """What sticks out, for the message of a failure."""
    return list(
        page.evaluate("""() => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120))""")
    )


def too_small(page: Page, target: int, letters: int) -> list[str]:
    """Targets lower and letters smaller than this, in CSS pixels."""
    return list(page.evaluate(SMALL, {"pressed": PRESSED, "target": target, "letters": letters}))


def test_the_whole_report_by_keyboard(stub: Stub, open_page: Open) -> None:
    page = ready(open_page(f"{stub.url}/h/#{world.LINK}"))
    seen: list[str] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if seen[-1] == "open-help":
            break
    assert seen.index("well") < seen.index("open-unwell") < seen.index("open-help")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('form')?.id") == "help"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("#now-title")).to_contain_text("已说您要帮忙")
    expect(page.locator("#now-title")).to_be_focused()


def test_what_happened_is_said_to_who_listens(stub: Stub, open_page: Open) -> None:
    page = ready(open_page(f"{stub.url}/h/#{world.LINK}"))
    page.click("#well")
    expect(page.locator("#heard[role=status]")).to_contain_text("9:12 报了平安")


def test_a_module_that_never_wakes_leaves_the_plain_form(stub: Stub, open_page: Open) -> None:
    page = open_page("about:blank")
    page.clock.install()
    page.route("**/resident.*.js", lambda route: route.abort())
    page.goto(f"{stub.url}/h/#{world.LINK}")
    expect(page.locator("#by-code")).to_be_hidden()
    page.clock.fast_forward(11_000)
    expect(page.locator("#by-code form")).to_be_visible()
