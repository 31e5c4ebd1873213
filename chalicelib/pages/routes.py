"""Reading routes: the home's page, the duty desk, health, and the description of the API itself."""

from functools import cache

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import family_of
from chalicelib.pages.answers import Document, DutyAnswer, HealthAnswer, HomeAnswer, MessagesAnswer
from chalicelib.pages.duty import duty
from chalicelib.pages.home import home_page
from chalicelib.pages.messages import messages
from chalicelib.pages.warmth import home_warmth, warmth
from chalicelib.pages.warmth_answers import HomeWarmthAnswer, WarmthAnswer
from chalicelib.register.answers import HomeLine, HomesAnswer
from chalicelib.shared.calendar import asked_day, day_of
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/health", answer=HealthAnswer)
def show_health(ask: Ask) -> tuple[int, HealthAnswer]:
    """That the code runs and its settings are there; it reads nothing."""
    return 200, HealthAnswer("ok", wiring.settings().stage)


@opens(rooms, "GET", "/api/home", answer=HomeAnswer)
def show_home(ask: Ask) -> tuple[int, HomeAnswer]:
    standing, home = family_of(ask.who, wiring.clock().now())
    return 200, home_page(wiring.store(), wiring.clock().now(), standing, home)


@opens(rooms, "GET", "/api/duty", answer=DutyAnswer)
def show_duty(ask: Ask) -> tuple[int, DutyAnswer]:
    """With ``?troubles=1`` also what sensors need and where it is cold, for one read more."""
    wanted = dict[str, str](rooms.current_request.query_params or {}).get("troubles") == "1"
    return 200, duty(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff, ask.who.roles, wanted)


@opens(rooms, "GET", "/api/messages", answer=MessagesAnswer)
def show_messages(ask: Ask) -> tuple[int, MessagesAnswer]:
    """The delivery ledger of ``?day=2026-11-22``, or of today."""
    now, query = wiring.clock().now(), dict[str, str](rooms.current_request.query_params or {})
    day = asked_day(query.get("day"), day_of(now))
    return 200, messages(wiring.store(), now, ask.who.register, ask.who.staff, ask.who.roles, day)


@opens(rooms, "GET", "/api/homes", answer=HomesAnswer)
def show_homes(ask: Ask) -> tuple[int, HomesAnswer]:
    seen = [home for home in ask.who.register.homes if home.lived_in and ask.who.staff.covers(home)]
    places = sorted(seen, key=lambda home: home.place)
    return 200, HomesAnswer([HomeLine(home.id, home.label, home.building, home.floor) for home in places])


@opens(rooms, "GET", "/api/warmth", answer=WarmthAnswer)
def show_warmth(ask: Ask) -> tuple[int, WarmthAnswer]:
    """Of ``?building=3``, or of the first building that has a thermometer."""
    query = dict[str, str](rooms.current_request.query_params or {})
    return 200, warmth(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff, query.get("building", ""))


@opens(rooms, "GET", "/api/homes/{home}/warmth", answer=HomeWarmthAnswer)
def show_home_warmth(ask: Ask) -> tuple[int, HomeWarmthAnswer]:
    """The last 24 hours, or ``?day=2026-11-22``."""
    now, query = wiring.clock().now(), dict[str, str](rooms.current_request.query_params or {})
    home, day = ask.who.home(ask.params["home"]), query.get("day")
    return 200, home_warmth(wiring.store(), now, ask.who.register, home, asked_day(day, day_of(now)) if day else None)


@opens(rooms, "GET", "/api/openapi.json", answer=Document)
def show_openapi(ask: Ask) -> tuple[int, Document]:
    return 200, _document()


@cache
def _document() -> Document:
    from chalicelib.pages.openapi import document

    return document()
