"""Places over HTTP: how they stand, for anybody; disinfected by the staff and by volunteers of their grid."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import at_sign, volunteer_of
from chalicelib.patrols import actions
from chalicelib.patrols.actions import Order, Outcome
from chalicelib.patrols.answers import DisinfectBody, DisinfectedAnswer, PlaceAnswer, PlaceSignsAnswer, UndoBody
from chalicelib.patrols.reading import of_place, outcome, signs
from chalicelib.register.places import Place
from chalicelib.register.rules import Register, Volunteer
from chalicelib.register.signs import place_of
from chalicelib.shared.problems import absent
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/places/{place}/disinfections", answer=PlaceAnswer)
def show_disinfections(ask: Ask) -> tuple[int, PlaceAnswer]:
    """``anheli.L1``, as a place's sign names it. Times and numbers, for anybody; Problem 404 for a place that nothing is promised to."""
    register, place = at_sign(ask.params["place"])
    return 200, of_place(wiring.store(), wiring.clock().now(), register, place)


@opens(rooms, "POST", "/api/places/{place}/disinfections", DisinfectBody, DisinfectedAnswer)
def disinfect_place(ask: Ask) -> tuple[int, DisinfectedAnswer]:
    """By a member of staff, at any place of the compound. Who is second in a window is told who was first."""
    register = ask.who.register
    return _disinfected(ask, register, _place(register, ask), ask.who.staff.username)


@opens(rooms, "POST", "/api/places/{place}/disinfections/undo", UndoBody, DisinfectedAnswer)
def undo_disinfection(ask: Ask) -> tuple[int, DisinfectedAnswer]:
    """By whoever entered it, within the policy's minutes; Problem 409 later."""
    register = ask.who.register
    return _undone(ask, register, _place(register, ask), ask.who.staff.username)


@opens(rooms, "POST", "/api/round/places/{place}/disinfections", DisinfectBody, DisinfectedAnswer)
def disinfect_round_place(ask: Ask) -> tuple[int, DisinfectedAnswer]:
    """By a volunteer, at a place of her grid or of the whole compound."""
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    return _disinfected(ask, standing.register, _place(standing.register, ask, volunteer), volunteer.id)


@opens(rooms, "POST", "/api/round/places/{place}/disinfections/undo", UndoBody, DisinfectedAnswer)
def undo_round_disinfection(ask: Ask) -> tuple[int, DisinfectedAnswer]:
    standing, volunteer = volunteer_of(ask.who, wiring.clock().now())
    return _undone(ask, standing.register, _place(standing.register, ask, volunteer), volunteer.id)


@opens(rooms, "GET", "/api/place-signs", answer=PlaceSignsAnswer)
def show_place_signs(ask: Ask) -> tuple[int, PlaceSignsAnswer]:
    """The signs of lifts, lobbies and the rest, to be printed."""
    return 200, signs(ask.who.register, wiring.settings().site_url)


def _place(register: Register, ask: Ask, volunteer: Volunteer | None = None) -> Place:
    """The place that is named, as far as it is the caller's; Problem 404 for any other."""
    place = place_of(register, ask.params["place"])
    if place is None or (volunteer and place.grid not in ("", volunteer.grid)):
        raise absent()
    return place


def _disinfected(ask: Ask, register: Register, place: Place, by: str) -> tuple[int, DisinfectedAnswer]:
    store, now = wiring.store(), wiring.clock().now()
    found = actions.disinfect(store, now, register, Order(place, by, ask.key, ask.digest, ask.body.amount, ask.body.extra))
    return (201 if found.new else 200), outcome(store, now, register, place, found)


def _undone(ask: Ask, register: Register, place: Place, by: str) -> tuple[int, DisinfectedAnswer]:
    store, now = wiring.store(), wiring.clock().now()
    made = actions.take_back(store, now, register, place, by, ask.key)
    return 200, outcome(store, now, register, place, Outcome(made, True))
