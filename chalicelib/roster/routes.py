"""What staff change between imports: tiers, pauses, leave, the duty roster. The acts are the register's."""

import hashlib
from datetime import datetime

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.register import actions, records, rosters
from chalicelib.register.changes import Changes, HomePause, Leave, TierChange, Week
from chalicelib.roster.answers import (
    LeaveAnswer,
    LeaveBody,
    Nothing,
    PauseAnswer,
    PauseBody,
    RosterBody,
    TierAnswer,
    TierBody,
    leave_answer,
    pause_answer,
    tier_answer,
)
from chalicelib.roster.leaves import check_charge, coming, people
from chalicelib.roster.weeks import RosterAnswer, roster_answer
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import absent
from chalicelib.shared.text import clean
from chalicelib.tasks.shifts import Shift
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "POST", "/api/homes/{home}/tier", TierBody, TierAnswer)
def propose_tier(ask: Ask) -> tuple[int, TierAnswer]:
    now, home, body = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.body
    identity, by = _identity(ask, "tier", home.id), ask.who.staff.username
    wanted = TierChange(identity, home.id, home.tenancy, body.tier, clean(body.reason), by, body.since, now)
    return 201, tier_answer(actions.propose_tier(wiring.store(), now, ask.who.register, wanted))


@opens(rooms, "POST", "/api/tier-changes/{change}/approval", Nothing, TierAnswer)
def approve_tier(ask: Ask) -> tuple[int, TierAnswer]:
    now, compound, identity = wiring.clock().now(), ask.who.register.compound, ask.params["change"]
    changes, _ = records.changes(wiring.store(), compound)
    ask.who.home(actions.find(identity, changes.tiers).home)
    return 200, tier_answer(actions.approve_tier(wiring.store(), now, compound, identity, ask.who.staff.username))


@opens(rooms, "POST", "/api/homes/{home}/pauses", PauseBody, PauseAnswer)
def pause_home(ask: Ask) -> tuple[int, PauseAnswer]:
    now, home, body = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.body
    identity, by = _identity(ask, "pause", home.id), ask.who.staff.username
    wanted = HomePause(identity, home.id, home.tenancy, body.why, body.first, body.last, by, now)
    return 201, pause_answer(actions.pause_home(wiring.store(), now, ask.who.register, wanted))


@opens(rooms, "POST", "/api/homes/{home}/pauses/{pause}/end", Nothing, PauseAnswer)
def end_pause(ask: Ask) -> tuple[int, PauseAnswer]:
    now, home, identity = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.params["pause"]
    changes, _ = records.changes(wiring.store(), ask.who.register.compound)
    if actions.find(identity, changes.pauses).home != home.id:
        raise absent()
    return 200, pause_answer(actions.end_pause(wiring.store(), now, ask.who.register.compound, identity, ask.who.staff.username))


@opens(rooms, "POST", "/api/leaves", LeaveBody, LeaveAnswer)
def take_leave(ask: Ask) -> tuple[int, LeaveAnswer]:
    now, body, by = wiring.clock().now(), ask.body, ask.who.staff.username
    check_charge(ask.who, body.person)
    wanted = Leave(_identity(ask, "leave", body.person), body.person, body.first, body.last, by, now)
    return 201, leave_answer(ask.who.register, actions.take_leave(wiring.store(), now, ask.who.register, wanted))


@opens(rooms, "POST", "/api/leaves/{leave}/end", Nothing, LeaveAnswer)
def end_leave(ask: Ask) -> tuple[int, LeaveAnswer]:
    now, register, identity = wiring.clock().now(), ask.who.register, ask.params["leave"]
    changes, _ = records.changes(wiring.store(), register.compound)
    check_charge(ask.who, actions.find(identity, changes.leaves).person)
    return 200, leave_answer(register, actions.end_leave(wiring.store(), now, register.compound, identity, ask.who.staff.username))


@opens(rooms, "POST", "/api/roster", RosterBody, RosterAnswer)
def set_roster(ask: Ask) -> tuple[int, RosterAnswer]:
    now, register, body = wiring.clock().now(), ask.who.register, ask.body
    week = Week(body.week, _identity(ask, "roster", body.week.isoformat()), ask.who.staff.username, now)
    shifts = tuple(Shift(each.staff, each.starts, each.ends) for each in body.shifts)
    return 200, _roster(ask, rosters.set_shifts(wiring.store(), now, register, week, shifts, body.seen), now)


@opens(rooms, "GET", "/api/roster", answer=RosterAnswer)
def show_roster(ask: Ask) -> tuple[int, RosterAnswer]:
    return 200, _roster(ask, ask.who.standing.changes, wiring.clock().now())


def _roster(ask: Ask, changes: Changes, now: datetime) -> RosterAnswer:
    return roster_answer(ask.who.register, changes, now, coming(ask.who, changes, day_of(now)), people(ask.who))


def _identity(ask: Ask, *parts: str) -> str:
    """One request's key says nothing about another subject."""
    return hashlib.sha256(":".join([*parts, ask.key]).encode()).hexdigest()[:16]
