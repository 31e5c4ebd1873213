"""Becoming a volunteer, and what a volunteer says of herself."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import volunteer_of
from chalicelib.recruiting import actions, records
from chalicelib.recruiting.answers import (
    ApplicationLine,
    ApplicationsAnswer,
    DecisionBody,
    JoinBody,
    JoinedAnswer,
    ProfileAnswer,
    ProfileBody,
)
from chalicelib.recruiting.reading import application_line, desk
from chalicelib.recruiting.rules import Decision, Said, may_decide
from chalicelib.register import records as registers
from chalicelib.register.answers import Named
from chalicelib.register.joining import describe
from chalicelib.register.recruits import Profile
from chalicelib.shared.calendar import stamp
from chalicelib.shared.ids import CompoundId, is_compound_id
from chalicelib.shared.problems import absent, bad
from chalicelib.shared.text import clean, is_phone
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "POST", "/api/applications", JoinBody, JoinedAnswer)
def apply(ask: Ask) -> tuple[int, JoinedAnswer]:
    """By anybody. Problem 404 for no such compound, 429 when too many have applied within the hour or the day."""
    body, store, now = ask.body, wiring.store(), wiring.clock().now()
    if not is_phone(clean(body.phone)):
        raise bad(
            "phone", "请填能打通的电话，只有数字、空格和 -。", "Please give a phone number: digits, spaces and - only.", field="phone"
        )
    if not is_compound_id(body.compound) or registers.load(store, CompoundId(body.compound)) is None:
        raise absent()
    said = Said(clean(body.name), clean(body.phone), clean(body.where), _skills(body), _times(body), clean(body.why))
    return 201, JoinedAnswer(stamp(actions.apply(store, now, body.compound, said, f"{ask.key}:{ask.digest}").made))


@opens(rooms, "GET", "/api/applications", answer=ApplicationsAnswer)
def show_applications(ask: Ask) -> tuple[int, ApplicationsAnswer]:
    link = f"{wiring.settings().site_url}/join/#{ask.who.register.compound}"
    return 200, desk(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff, link)


@opens(rooms, "POST", "/api/applications/{application}/decision", DecisionBody, ApplicationLine)
def decide(ask: Ask) -> tuple[int, ApplicationLine]:
    """Problem 409 names who was first; 400 for a no without a reason, and for a yes without a grid of one's own."""
    now, body, register, staff = wiring.clock().now(), ask.body, ask.who.register, ask.who.staff
    found = records.find(wiring.store(), register.compound, ask.params["application"])
    if found is None or not may_decide(register, staff, found.said.where):
        raise absent()
    if body.approve and not any(grid.id == body.grid and staff.covers_grid(grid.id) for grid in register.grids):
        raise bad("grid", "请选一个您负责的网格。", "Please choose a grid of yours.", field="grid")
    if not body.approve and not clean(body.reason):
        raise bad("reason", "请写一句为什么。", "Please say in a word why not.", field="reason")
    decision = Decision(now, staff.username, body.grid if body.approve else "", clean(body.reason), f"{ask.key}:{ask.digest}")
    return 200, application_line(register, actions.decide(wiring.store(), register, found.id, decision, body.approve))


@opens(rooms, "POST", "/api/round/profile", ProfileBody, ProfileAnswer)
def describe_oneself(ask: Ask) -> tuple[int, ProfileAnswer]:
    """By a volunteer: what she can do and when she is free."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    wanted = Profile(ask.key, volunteer.id, _skills(ask.body), _times(ask.body), now)
    made = describe(wiring.store(), now, standing.imported, wanted)
    return 200, ProfileAnswer(Named(volunteer.id, volunteer.name), list(made.skills), list(made.times))


def _skills(body: JoinBody | ProfileBody) -> tuple[str, ...]:
    word = clean(body.words)
    return tuple(dict.fromkeys([*(skill.value for skill in body.skills), *([word] if word else [])]))


def _times(body: JoinBody | ProfileBody) -> tuple[str, ...]:
    return tuple(sorted(set(body.times)))
