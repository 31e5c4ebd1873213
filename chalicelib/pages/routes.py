"""Reading routes: the home's page, the duty desk, health, and the description of the API itself."""

from functools import cache

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.pages.answers import Document, DutyAnswer, HealthAnswer, HomeAnswer, HomeLine, HomesAnswer
from chalicelib.pages.duty import duty
from chalicelib.pages.home import home_page
from chalicelib.register import records as registers
from chalicelib.residents.actions import dead_link
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/health", answer=HealthAnswer)
def show_health(ask: Ask) -> tuple[int, HealthAnswer]:
    """That the code runs and its settings are there; it reads nothing."""
    return 200, HealthAnswer("ok", wiring.settings().stage)


@opens(rooms, "GET", "/api/home", answer=HomeAnswer)
def show_home(ask: Ask) -> tuple[int, HomeAnswer]:
    register = registers.load(wiring.store(), ask.who.compound)
    home = register.home_by_id.get(ask.who.home) if register else None
    if register is None or home is None or home.tenancy != ask.who.tenancy:
        raise dead_link()
    return 200, home_page(wiring.store(), wiring.clock().now(), register, home)


@opens(rooms, "GET", "/api/duty", answer=DutyAnswer)
def show_duty(ask: Ask) -> tuple[int, DutyAnswer]:
    return 200, duty(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff, ask.who.roles)


@opens(rooms, "GET", "/api/homes", answer=HomesAnswer)
def show_homes(ask: Ask) -> tuple[int, HomesAnswer]:
    seen = [home for home in ask.who.register.homes if home.lived_in and ask.who.staff.covers(home)]
    places = sorted(seen, key=lambda home: home.place)
    return 200, HomesAnswer([HomeLine(home.id, home.label, home.building, home.floor) for home in places])


@opens(rooms, "GET", "/api/openapi.json", answer=Document)
def show_openapi(ask: Ask) -> tuple[int, Document]:
    return 200, _document()


@cache
def _document() -> Document:
    from chalicelib.pages.openapi import document

    return document()
