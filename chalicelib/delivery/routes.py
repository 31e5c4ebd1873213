"""Parcels over HTTP: taken in at the gate, handed on by the staff and by volunteers, picked up by their families, counted by passers-by."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import at_sign, family_of, volunteer_of
from chalicelib.delivery import actions, records
from chalicelib.delivery.actions import Draft, Order
from chalicelib.delivery.advising import ShelvesAnswer, advice
from chalicelib.delivery.answers import HandAnswer, ParcelLine, ParcelsAnswer, PickedAnswer, ShelfAnswer, SignsAnswer
from chalicelib.delivery.asked import AddressBody, HandBody, PickUpBody, ReceiveBody, VolunteerHandBody
from chalicelib.delivery.asking import handed, homes_of
from chalicelib.delivery.codes import home_of, named_home, shelf_of
from chalicelib.delivery.numbers import read_number
from chalicelib.delivery.reading import answer, for_staff, home_parcel, line, of_shelf, signs
from chalicelib.delivery.rules import HANDS, Act, Parcel
from chalicelib.register.places import PlaceKind
from chalicelib.register.signs import place_of
from chalicelib.shared.problems import Problem, absent, bad
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/parcels", answer=ParcelsAnswer)
def show_parcels(ask: Ask) -> tuple[int, ParcelsAnswer]:
    return 200, for_staff(wiring.store(), wiring.clock().now(), ask.who.standing, ask.who.staff)


@opens(rooms, "POST", "/api/parcels", ReceiveBody, ParcelLine)
def receive_parcel(ask: Ask) -> tuple[int, ParcelLine]:
    """Answers its number, which is written on it. Taken in twice, by its barcode or by the request's key, it is the same parcel.

    Problem 404 for a home where nobody lives.
    """
    now, body, standing = wiring.clock().now(), ask.body, ask.who.standing
    register = standing.register
    home = named_home(register, body.home) if body.home else None
    if body.building and body.building not in {each.id for each in register.buildings} | {each.building for each in register.homes}:
        raise bad("building", "没有这一栋，请看一下楼号。", "There is no such building. Please check its number.", field="building")
    gate = place_of(register, body.gate) if body.gate else next((each for each in register.places if each.kind is PlaceKind.GATE), None)
    said = (body.waybill, body.batch.upper(), ask.who.staff.username, f"{ask.key}:{ask.digest}")
    draft = Draft(body.goods, home, body.building, body.no_name, gate.id if gate else "", *said)
    return 201, line(standing, actions.receive(wiring.store(), now, standing, draft), now)


@opens(rooms, "POST", "/api/parcels/hand-overs", HandBody, HandAnswer)
def hand_over_parcels(ask: Ask) -> tuple[int, HandAnswer]:
    """One hand-over of up to 40 parcels. What could not be done with one is said of that one; the Problem itself, if nothing could be done."""
    register, body = ask.who.register, ask.body
    shelf = shelf_of(register, body.code) if body.act == Act.SHELVE else None
    home = home_of(register, body.code) if body.act == Act.DELIVER else None
    order = Order(Act(body.act.value), ask.who.staff.username, f"{ask.key}:{ask.digest}", shelf, home, clean=body.clean)
    return handed(ask, ask.who.standing, order)


@opens(rooms, "POST", "/api/parcels/{parcel}/home", AddressBody, ParcelLine)
def address_parcel(ask: Ask) -> tuple[int, ParcelLine]:
    """Whose it is after all. For another building it gets another number, which the answer says."""
    now, standing = wiring.clock().now(), ask.who.standing
    number, home = read_number(ask.params["parcel"]), named_home(standing.register, ask.body.home)
    if not number:
        raise absent()
    by, key = ask.who.staff.username, f"{ask.key}:{ask.digest}"
    return 200, line(standing, actions.address(wiring.store(), now, standing, number, home, by, key), now)


@opens(rooms, "GET", "/api/round/parcels", answer=ParcelsAnswer)
def show_round_parcels(ask: Ask) -> tuple[int, ParcelsAnswer]:
    """What a volunteer may bring along: of her grid's homes, what lies on a shelf or at the gate, and what she has in hand."""
    now, (standing, who) = wiring.clock().now(), volunteer_of(ask.who, wiring.clock().now())
    homes = homes_of(standing.register, who)
    found = records.on_their_way(wiring.store(), standing.register.compound)
    hers = [each for each in found if each.home in homes and (each.spot not in HANDS or each.at == who.id)]
    return 200, answer(standing, now, who.id, hers)


@opens(rooms, "POST", "/api/round/parcels/hand-overs", VolunteerHandBody, HandAnswer)
def hand_over_round_parcels(ask: Ask) -> tuple[int, HandAnswer]:
    """By a volunteer, of her grid's homes: takes it along, brings it to the door, or puts it back. Problem 404 for any other home's."""
    (standing, who), body = volunteer_of(ask.who, wiring.clock().now()), ask.body
    register, homes = standing.register, homes_of(standing.register, who)
    act = Act.TAKE if body.act == Act.CARRY else Act(body.act.value)
    shelf = shelf_of(register, body.code) if act is Act.SHELVE else None
    home = home_of(register, body.code) if act is Act.DELIVER else None
    return handed(
        ask, standing, Order(act, who.id, f"{ask.key}:{ask.digest}", shelf, home, lambda parcel: parcel.home in homes, clean=body.clean)
    )


@opens(rooms, "POST", "/api/home/parcels/pick-up", PickUpBody, PickedAnswer)
def pick_up_parcels(ask: Ask) -> tuple[int, PickedAnswer]:
    """The family has taken what lay on the shelf, or has not after all. Problem 404 for what is not its own."""
    now, (standing, home) = wiring.clock().now(), family_of(ask.who, wiring.clock().now())

    def own(parcel: Parcel) -> bool:
        return (parcel.home, parcel.tenancy) == (home.id, home.tenancy)

    act = Act.UNDO if ask.body.undo else Act.PICK_UP
    order = Order(act, home.id, f"{ask.key}:{ask.digest}", mine=own)
    done = actions.hand_over(wiring.store(), now, standing, order, [read_number(each) for each in ask.body.parcels])
    picked = [home_parcel(standing.register, each, now) for each in done if isinstance(each, Parcel)]
    if not picked:
        raise next(each for each in done if isinstance(each, Problem))
    return 200, PickedAnswer(picked)


@opens(rooms, "GET", "/api/shelves", answer=ShelvesAnswer)
def show_shelves(ask: Ask) -> tuple[int, ShelvesAnswer]:
    """How many shelves the coming week needs, why, and what the last days brought against that."""
    return 200, advice(wiring.store(), wiring.clock().now(), ask.who.register)


@opens(rooms, "GET", "/api/signs", answer=SignsAnswer)
def show_signs(ask: Ask) -> tuple[int, SignsAnswer]:
    """The signs of the shelves, to be printed."""
    return 200, signs(ask.who.register, wiring.settings().site_url)


@opens(rooms, "GET", "/api/places/{place}", answer=ShelfAnswer)
def show_place(ask: Ask) -> tuple[int, ShelfAnswer]:
    """``anheli.S3``: a shelf, as its sign's QR names it. Counts and times, for anybody."""
    register, place = at_sign(ask.params["place"])
    if place.kind is not PlaceKind.SHELF:
        raise absent()
    return 200, of_shelf(wiring.store(), wiring.clock().now(), register, place)
