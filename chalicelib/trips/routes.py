"""Accompanied trips are entered and moved; what is done with one, is done with the task that follows it."""

import hashlib

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.register.rules import Home
from chalicelib.register.trips import Trip
from chalicelib.shared.text import clean
from chalicelib.trips import actions
from chalicelib.trips.answers import TripAnswer, TripBody, asked, trip_answer
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "POST", "/api/homes/{home}/trips", TripBody, TripAnswer)
def plan_trip(ask: Ask) -> tuple[int, TripAnswer]:
    """The home's door is expected to open for as long as the trip lasts. Problems about a member name it as ``field``."""
    now, home = wiring.clock().now(), ask.who.home(ask.params["home"])
    trip = actions.plan(wiring.store(), now, ask.who.standing, home, _wanted(ask, home, "trip"))
    return 201, trip_answer(ask.who.standing, trip, now)


@opens(rooms, "POST", "/api/homes/{home}/trips/{trip}/move", TripBody, TripAnswer)
def move_trip(ask: Ask) -> tuple[int, TripAnswer]:
    """Another window, hospital or companion: answers the trip that takes its place."""
    now, home, old = wiring.clock().now(), ask.who.home(ask.params["home"]), ask.params["trip"]
    trip = actions.move(wiring.store(), now, ask.who.standing, home, old, _wanted(ask, home, old))
    return 201, trip_answer(ask.who.standing, trip, now)


def _wanted(ask: Ask, home: Home, instead_of: str) -> Trip:
    now, body = wiring.clock().now(), ask.body
    return Trip(
        hashlib.sha256(f"{instead_of}:{home.id}:{ask.key}".encode()).hexdigest()[:16],
        home.id,
        home.tenancy,
        clean(body.hospital),
        body.starts.replace(microsecond=0),
        body.ends.replace(microsecond=0),
        clean(body.agreed_by),
        body.agreed_on,
        by=ask.who.staff.username,
        made=now,
        asked=asked(home.id, body),
        companion=body.companion,
        since=now if body.companion else None,
    )
