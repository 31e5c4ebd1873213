"""Cards behind the door: printed, and revoked."""

from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import wiring
from chalicelib.register.answers import Contact, Named, Phones, named, phones, steward_contact
from chalicelib.register.rules import Home, Register
from chalicelib.residents import actions
from chalicelib.residents.copy_actions import card_printed
from chalicelib.residents.rules import shown
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.shared.qr import qr
from chalicelib.shared.tokens import mint
from chalicelib.store.contract import Change
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


class CardsBody(msgspec.Struct, forbid_unknown_fields=True):
    """Up to two A4 sheets at once."""

    homes: Annotated[list[str], Meta(min_length=1, max_length=16)]


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class CardAnswer(msgspec.Struct):
    """Link and code are shown here once and are nowhere else; ``qr`` is an SVG image as a data URI."""

    home: str
    label: str
    link: str
    code: str
    qr: str
    issued: str
    edition: int
    steward: Contact | None


class CardsAnswer(msgspec.Struct):
    compound: Named
    phones: Phones
    test_site: str
    cards: list[CardAnswer]


class RevocationAnswer(msgspec.Struct):
    home: str
    revoked: int


@opens(rooms, "POST", "/api/cards", CardsBody, CardsAnswer)
def print_cards(ask: Ask) -> tuple[int, CardsAnswer]:
    """New cards; the ones on the doors go on working until the new ones are first used.

    Each home takes a transaction of its own. What was shown once cannot be shown again: a repeat under the same key is a 409.
    """
    register = ask.who.register
    homes = [ask.who.home(home) for home in dict.fromkeys(ask.body.homes)]
    if not all(home.lived_in for home in homes):
        raise Problem(409, "nobody-lives-here", "有的房子目前没有人住，不用印卡。", "Nobody lives in one of these homes; it needs no card.")
    cards = [_card(register, home, ask.key, ask.who.staff.username) for home in homes]
    return 201, CardsAnswer(named(register), phones(register), register.policy.test_site, cards)


def _card(register: Register, home: Home, key: str, by: str) -> CardAnswer:
    now, token, code = wiring.clock().now(), mint(register.compound), actions.mint_code()

    def noted() -> tuple[Change]:
        return (card_printed(wiring.store(), now, register, home, by, key),)

    edition = actions.issue_home_link(wiring.store(), now, register.compound, home.id, home.tenancy, token, code, key, noted)
    link = f"{wiring.settings().site_url}/h/#{token}"
    issued = day_of(now).isoformat()
    return CardAnswer(home.id, home.label, link, shown(code), qr(link), issued, edition, steward_contact(register, home))


@opens(rooms, "POST", "/api/homes/{home}/link-revocation", Nothing, RevocationAnswer)
def revoke(ask: Ask) -> tuple[int, RevocationAnswer]:
    home = ask.who.home(ask.params["home"])
    count = actions.revoke_home_links(wiring.store(), wiring.clock().now(), ask.who.register.compound, home.id, ask.key)
    return 200, RevocationAnswer(home.id, count)
