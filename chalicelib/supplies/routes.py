"""Supplies over HTTP: stock and what is done with it, the request to the street office, hand-out rounds and their signatures."""

import hashlib
from datetime import date

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import HomeVisitor, home_by_link, volunteer_of
from chalicelib.register.dues import own_home
from chalicelib.register.goods import Good
from chalicelib.register.rules import Home, Register, Role
from chalicelib.shared.calendar import asked_day
from chalicelib.shared.problems import absent, bad
from chalicelib.shared.text import clean
from chalicelib.stock.rules import Batch
from chalicelib.supplies import actions, records, signing
from chalicelib.supplies.answers import (
    CloseBody,
    MoveBody,
    RequestAnswer,
    RoundAnswer,
    RoundBody,
    RoundsAnswer,
    SignBody,
    SignedLine,
    StockLines,
    SuppliesAnswer,
)
from chalicelib.supplies.handing import Round
from chalicelib.supplies.reading import lines, request
from chalicelib.supplies.reading import supplies as supplies_answer
from chalicelib.supplies.rounds import round_answer, rounds, signed_line
from chalicelib.supplies.rules import Moving
from chalicelib.supplies.signing import Signing
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/supplies", answer=SuppliesAnswer)
def show_supplies(ask: Ask) -> tuple[int, SuppliesAnswer]:
    return 200, supplies_answer(wiring.store(), wiring.clock().now(), ask.who.register, Role.MANAGER in ask.who.roles)


@opens(rooms, "GET", "/api/supplies/{good}/lines", answer=StockLines)
def show_stock_lines(ask: Ask) -> tuple[int, StockLines]:
    """Of the batch ``?place=D1&ends=2027-05-31``."""
    query = dict[str, str](rooms.current_request.query_params or {})
    good, register = _good(ask.who.register, ask.params["good"]), ask.who.register
    place = actions.kept_in(register, query.get("place", ""))
    ends = asked_day(query["ends"], date.min) if query.get("ends") else None
    return 200, StockLines(lines(wiring.store(), register, Batch(good.id, place.id, ends)))


@opens(rooms, "POST", "/api/supplies/{good}/acts", MoveBody, SuppliesAnswer)
def move_goods(ask: Ask) -> tuple[int, SuppliesAnswer]:
    """Receive, issue, return, count, write off, move. Problem 400 names what is wrong as ``field``, 403 for the reserve, 409 for too little."""
    now, register, body, who = wiring.clock().now(), ask.who.register, ask.body, ask.who
    good, manager = _good(register, ask.params["good"]), Role.MANAGER in who.roles
    wanted = Moving(
        body.act,
        good,
        Batch(good.id, body.place, body.ends),
        body.amount,
        hashlib.sha256(f"{good.id}:{ask.key}".encode()).hexdigest()[:24],
        ask.digest,
        who.staff.username,
        clean(body.note),
        body.to,
        body.front,
        body.expected,
    )
    actions.move(wiring.store(), now, register, wanted, manager)
    return 200, supplies_answer(wiring.store(), now, register, manager)


@opens(rooms, "GET", "/api/supplies/request", answer=RequestAnswer)
def show_request(ask: Ask) -> tuple[int, RequestAnswer]:
    return 200, request(wiring.store(), wiring.clock().now(), ask.who.register)


@opens(rooms, "GET", "/api/hand-outs", answer=RoundsAnswer)
def show_rounds(ask: Ask) -> tuple[int, RoundsAnswer]:
    return 200, rounds(wiring.store(), wiring.clock().now(), ask.who.register, ask.who.staff.covers)


@opens(rooms, "POST", "/api/hand-outs", RoundBody, RoundAnswer)
def begin_round(ask: Ask) -> tuple[int, RoundAnswer]:
    """Begin to hand a good out, home by home."""
    now, register, body = wiring.clock().now(), ask.who.register, ask.body
    if set(body.grids) - {grid.id for grid in register.grids}:
        raise bad("grids", "没有这个网格。", "There is no such grid.", field="grids")
    identity = hashlib.sha256(f"{register.compound}:{ask.key}".encode()).hexdigest()[:12]
    given = (body.good, body.place, clean(body.name), body.each, body.head, tuple(body.grids))
    wanted = Round(identity, *given, ask.who.staff.username, now, ask.digest)
    return 201, round_answer(wiring.store(), register, signing.begin(wiring.store(), register, wanted), ask.who.staff.covers)


@opens(rooms, "POST", "/api/hand-outs/{round}/close", CloseBody, RoundAnswer)
def close_round(ask: Ask) -> tuple[int, RoundAnswer]:
    now, register = wiring.clock().now(), ask.who.register
    closed = signing.close(wiring.store(), now, register, ask.params["round"], ask.who.staff.username, f"{ask.key}:{ask.digest}")
    return 200, round_answer(wiring.store(), register, closed, ask.who.staff.covers)


@opens(rooms, "POST", "/api/hand-outs/{round}/signatures", SignBody, SignedLine)
def sign_off(ask: Ask) -> tuple[int, SignedLine]:
    """By a member of staff, for a home in her scope: named, or by the card that is scanned at its door."""
    home, card = _home(ask, ask.who.register)
    return _signed(ask, ask.who.register, Signing(ask.who.home(home.id), ask.who.staff.username, card, ask.key))


@opens(rooms, "GET", "/api/round/hand-outs", answer=RoundsAnswer)
def show_own_rounds(ask: Ask) -> tuple[int, RoundsAnswer]:
    """What is being handed out in her grid."""
    now = wiring.clock().now()
    standing, volunteer = volunteer_of(ask.who, now)
    register = standing.register
    own = own_home(register, volunteer.id)
    return 200, rounds(wiring.store(), now, register, lambda home: home.grid == volunteer.grid, own, closed=False)


@opens(rooms, "POST", "/api/round/hand-outs/{round}/signatures", SignBody, SignedLine)
def sign_off_on_round(ask: Ask) -> tuple[int, SignedLine]:
    """By a volunteer, for a home of her grid; Problem 409 for her own household."""
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    home, card = _home(ask, standing.register)
    if home.grid != volunteer.grid:
        raise absent()
    return _signed(ask, standing.register, Signing(home, volunteer.id, card, ask.key, volunteer=True))


def _signed(ask: Ask, register: Register, wanted: Signing) -> tuple[int, SignedLine]:
    now, identity = wiring.clock().now(), ask.params["round"]
    signed = signing.sign(wiring.store(), now, register, identity, wanted)
    running = records.running(wiring.store(), register.compound, identity)
    if running is None:
        raise absent()
    return 200, signed_line(register, running, wanted.home, signed)


def _home(ask: Ask, register: Register) -> tuple[Home, bool]:
    """The home that is named, or whose card was scanned; Problem 404 for none of this compound's."""
    visitor: HomeVisitor | None = home_by_link(ask.body.card) if ask.body.card else None
    home = register.home_by_id.get(visitor.home if visitor else ask.body.door)
    if home is None or (visitor and (visitor.compound, visitor.tenancy) != (register.compound, home.tenancy)):
        raise absent()
    return home, visitor is not None


def _good(register: Register, identity: str) -> Good:
    found = next((each for each in register.goods if each.id == identity), None)
    if found is None:
        raise absent()
    return found
