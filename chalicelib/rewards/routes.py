"""Points and rewards over HTTP: a volunteer's own page, the desk that hands over, corrections, hours of services."""

import hashlib

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import volunteer_of
from chalicelib.ledger.rules import Cause
from chalicelib.points.actions import correct
from chalicelib.register.goods import Reward
from chalicelib.register.rules import Register, Volunteer
from chalicelib.rewards import actions, records
from chalicelib.rewards.answers import (
    CorrectionBody,
    HourBody,
    HourLine,
    OwnPoints,
    PointsDesk,
    ReleaseBody,
    ReservationAnswer,
    ReservationBody,
    ReserveBody,
    Statement,
)
from chalicelib.rewards.reading import desk, own_points, reservation_answer
from chalicelib.rewards.reading import statement as statement_of
from chalicelib.rewards.rules import Act, Done, Hour, Reservation, kept_until
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import absent, bad
from chalicelib.shared.text import clean
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/round/points", answer=OwnPoints)
def show_own_points(ask: Ask) -> tuple[int, OwnPoints]:
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    return 200, own_points(wiring.store(), now, standing.register, volunteer)


@opens(rooms, "POST", "/api/round/reservations", ReserveBody, ReservationAnswer)
def reserve_reward(ask: Ask) -> tuple[int, ReservationAnswer]:
    """Put a reward aside; it is paid for at once, and paid back if it is released."""
    now, body = wiring.clock().now(), ask.body
    standing, volunteer = volunteer_of(ask.who, now)
    register = standing.register
    reward = _reward(register, body.reward)
    if reward.is_service != (body.starts is not None):
        raise bad("starts", "请选一个钟点。", "Please choose an hour.", field="starts")
    wanted = Reservation(
        hashlib.sha256(f"{volunteer.id}:{ask.key}".encode()).hexdigest()[:16],
        volunteer.id,
        reward.id,
        reward.name,
        reward.points,
        reward.good,
        reward.amount,
        now,
        kept_until(reward, register.policy.points.hold_days, now, body.starts),
        ask.digest,
        body.starts,
    )
    return 201, reservation_answer(register, actions.reserve(wiring.store(), now, register, wanted))


@opens(rooms, "POST", "/api/round/reservations/{reservation}/release", ReleaseBody, ReservationAnswer)
def release_own_reservation(ask: Ask) -> tuple[int, ReservationAnswer]:
    """By the volunteer whose it is; her points come back."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    done = Done(now, volunteer.id, f"{ask.key}:{ask.digest}")
    ended = actions.end(wiring.store(), now, standing.register.compound, ask.params["reservation"], Act.RELEASE, done, volunteer.id)
    return 200, reservation_answer(standing.register, ended)


@opens(rooms, "GET", "/api/points", answer=PointsDesk)
def show_points(ask: Ask) -> tuple[int, PointsDesk]:
    return 200, desk(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff)


@opens(rooms, "GET", "/api/volunteers/{volunteer}/points", answer=Statement)
def show_statement(ask: Ask) -> tuple[int, Statement]:
    return 200, statement_of(wiring.store(), ask.who.register, _volunteer(ask, ask.params["volunteer"]))


@opens(rooms, "POST", "/api/volunteers/{volunteer}/corrections", CorrectionBody, Statement)
def correct_points(ask: Ask) -> tuple[int, Statement]:
    """Take back what one cause brought, with a reason. Nothing is changed: the counter-entry is added."""
    volunteer, register, body = _volunteer(ask, ask.params["volunteer"]), ask.who.register, ask.body
    if "#" in body.cause:
        raise absent()
    cause = Cause(*body.cause.split(":", 1))
    correct(wiring.store(), wiring.clock().now(), register.compound, volunteer.id, cause, ask.who.staff.username, clean(body.note))
    return 200, statement_of(wiring.store(), register, volunteer)


@opens(rooms, "POST", "/api/reservations/{reservation}/acts", ReservationBody, ReservationAnswer)
def end_reservation(ask: Ask) -> tuple[int, ReservationAnswer]:
    """Hand it over, or release it. Problem 409 if that was done already."""
    now, register = wiring.clock().now(), ask.who.register
    known = records.find(wiring.store(), register.compound, ask.params["reservation"], day_of(now))
    if known is None:
        raise absent()
    _volunteer(ask, known.volunteer)
    done = Done(now, ask.who.staff.username, f"{ask.key}:{ask.digest}", clean(ask.body.note))
    return 200, reservation_answer(register, actions.end(wiring.store(), now, register.compound, known.id, ask.body.act, done))


@opens(rooms, "POST", "/api/rewards/{reward}/hours", HourBody, HourLine)
def open_hours(ask: Ask) -> tuple[int, HourLine]:
    """Open an hour of a service for booking; no seats close what is not booked."""
    reward, body, now = _reward(ask.who.register, ask.params["reward"]), ask.body, wiring.clock().now()
    if not reward.is_service:
        raise absent()
    wanted = Hour(reward.id, body.starts, body.seats, asked=f"{ask.key}:{ask.digest}")
    hour = actions.open_hour(wiring.store(), now, ask.who.register.compound, wanted)
    return 200, HourLine(stamp(hour.starts), hour.left, hour.seats)


def _reward(register: Register, identity: str) -> Reward:
    found = next((each for each in register.rewards if each.id == identity), None)
    if found is None:
        raise absent()
    return found


def _volunteer(ask: Ask, identity: str) -> Volunteer:
    """A volunteer of a grid in the caller's scope; Problem 404 for any other."""
    register: Register = ask.who.register
    found = next((each for each in register.volunteers if each.id == identity), None)
    if found is None or not ask.who.staff.covers_grid(found.grid):
        raise absent()
    return found
