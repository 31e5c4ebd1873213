"""A volunteer's way in."""

import secrets
from collections import Counter
from typing import Annotated

import msgspec
from chalice.app import Blueprint
from msgspec import Meta

from chalicelib import wiring
from chalicelib.points.answers import Did, dids
from chalicelib.points.shares import lately
from chalicelib.register.answers import Named, named
from chalicelib.register.rules import Volunteer
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import absent
from chalicelib.shared.qr import qr
from chalicelib.shared.tokens import mint
from chalicelib.volunteers import actions
from chalicelib.volunteers.rules import CODE_VALID
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


class Nothing(msgspec.Struct, forbid_unknown_fields=True):
    """An empty object."""


class VolunteerLine(msgspec.Struct):
    """``homes`` counts those in her care; ``did`` what she was credited for in the last four weeks, ``deeds`` all of it."""

    id: str
    name: str
    phone: str
    grid: str
    grid_name: str
    homes: int
    did: list[Did]
    deeds: int
    skills: list[str]
    times: list[str]


class VolunteersAnswer(msgspec.Struct):
    """The volunteers of the caller's grids."""

    compound: Named
    now: str
    volunteers: list[VolunteerLine]


class LinkAnswer(msgspec.Struct):
    """Shown once: the link goes to the volunteer, the digits are told by the coordinator. ``qr`` is an SVG image as a data URI;
    ``code_until`` is when the digits end."""

    volunteer: str
    link: str
    qr: str
    device_code: str
    code_until: str


class CodeAnswer(msgspec.Struct):
    """Shown once, to be told by the coordinator."""

    volunteer: str
    device_code: str
    code_until: str


class DeviceBody(msgspec.Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(min_length=6, max_length=12)]


class DeviceAnswer(msgspec.Struct):
    device: str


@opens(rooms, "GET", "/api/volunteers", answer=VolunteersAnswer)
def show_volunteers(ask: Ask) -> tuple[int, VolunteersAnswer]:
    """From the register, and one query of what everybody did: who has a link, nobody needs to know but she."""
    register, now = ask.who.register, wiring.clock().now()
    did = lately(wiring.store(), register.compound, day_of(now))
    grids, care = {grid.id: grid.name for grid in register.grids}, Counter(home.volunteer for home in register.homes if home.lived_in)
    seen = [each for each in register.volunteers if ask.who.staff.covers_grid(each.grid)]
    lines = [_line(each, grids.get(each.grid, ""), care[each.id], did.get(each.id, Counter())) for each in seen]
    return 200, VolunteersAnswer(named(register), stamp(now), sorted(lines, key=lambda line: (line.grid, line.id)))


def _line(each: Volunteer, grid: str, homes: int, did: Counter[str]) -> VolunteerLine:
    skills, times = list(each.skills), list(each.times)
    return VolunteerLine(each.id, each.name, each.phone, each.grid, grid, homes, dids(did), did.total(), skills, times)


@opens(rooms, "POST", "/api/volunteers/{volunteer}/link", Nothing, LinkAnswer)
def issue_link(ask: Ask) -> tuple[int, LinkAnswer]:
    register, volunteer, now = ask.who.register, ask.params["volunteer"], wiring.clock().now()
    _require_in_scope(ask, volunteer)
    token, code = mint(register.compound), f"{secrets.randbelow(1_000_000):06d}"
    actions.issue_link(wiring.store(), now, register, volunteer, token, code, ask.key)
    link = f"{wiring.settings().site_url}/v/#{token}"
    return 201, LinkAnswer(volunteer, link, qr(link), code, stamp(now + CODE_VALID))


@opens(rooms, "POST", "/api/volunteers/{volunteer}/device-code", Nothing, CodeAnswer)
def issue_code(ask: Ask) -> tuple[int, CodeAnswer]:
    """For a further phone on the link she has; the last code given counts."""
    register, volunteer, now = ask.who.register, ask.params["volunteer"], wiring.clock().now()
    _require_in_scope(ask, volunteer)
    code = f"{secrets.randbelow(1_000_000):06d}"
    actions.new_code(wiring.store(), now, register, volunteer, code, ask.key)
    return 201, CodeAnswer(volunteer, code, stamp(now + CODE_VALID))


def _require_in_scope(ask: Ask, volunteer: str) -> None:
    if not any(each.id == volunteer and ask.who.staff.covers_grid(each.grid) for each in ask.who.register.volunteers):
        raise absent()


@opens(rooms, "POST", "/api/devices", DeviceBody, DeviceAnswer)
def confirm_device(ask: Ask) -> tuple[int, DeviceAnswer]:
    """The link is checked again inside, in the same write that spends the code."""
    return 201, DeviceAnswer(actions.confirm_device(wiring.store(), wiring.clock().now(), ask.who.token, ask.body.code, ask.key))
