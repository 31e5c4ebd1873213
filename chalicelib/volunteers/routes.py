"""A volunteer's way in."""

import secrets
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import wiring
from chalicelib.shared.problems import absent
from chalicelib.shared.tokens import mint
from chalicelib.volunteers import actions
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class LinkAnswer(msgspec.Struct):
    """Shown once: the link goes to the volunteer, the digits are told by the coordinator."""

    volunteer: str
    link: str
    device_code: str


class CodeAnswer(msgspec.Struct):
    """Shown once, to be told by the coordinator."""

    volunteer: str
    device_code: str


class DeviceBody(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(min_length=6, max_length=12)]


class DeviceAnswer(msgspec.Struct):
    device: str


@opens(rooms, "POST", "/api/volunteers/{volunteer}/link", Nothing, LinkAnswer)
def issue_link(ask: Ask) -> tuple[int, LinkAnswer]:
    register, volunteer = ask.who.register, ask.params["volunteer"]
    _require_in_scope(ask, volunteer)
    token, code = mint(register.compound), f"{secrets.randbelow(1_000_000):06d}"
    actions.issue_link(wiring.store(), wiring.clock().now(), register, volunteer, token, code, ask.key)
    return 201, LinkAnswer(volunteer, f"{wiring.settings().site_url}/v/#{token}", code)


@opens(rooms, "POST", "/api/volunteers/{volunteer}/device-code", Nothing, CodeAnswer)
def issue_code(ask: Ask) -> tuple[int, CodeAnswer]:
    """For a further phone on the link she has; the last code given counts."""
    register, volunteer = ask.who.register, ask.params["volunteer"]
    _require_in_scope(ask, volunteer)
    code = f"{secrets.randbelow(1_000_000):06d}"
    actions.new_code(wiring.store(), wiring.clock().now(), register, volunteer, code, ask.key)
    return 201, CodeAnswer(volunteer, code)


def _require_in_scope(ask: Ask, volunteer: str) -> None:
    if not any(each.id == volunteer and ask.who.staff.covers_grid(each.grid) for each in ask.who.register.volunteers):
        raise absent()


@opens(rooms, "POST", "/api/devices", DeviceBody, DeviceAnswer)
def confirm_device(ask: Ask) -> tuple[int, DeviceAnswer]:
    """The link is checked again inside, in the same write that spends the code."""
    return 201, DeviceAnswer(actions.confirm_device(wiring.store(), wiring.clock().now(), ask.who.token, ask.body.code, ask.key))
