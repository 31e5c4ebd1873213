"""Tickets as requests of the standard: to everybody no more than could be about any of twenty homes, to a known system all of it."""

from datetime import datetime
from typing import Any

from chalicelib.open311.rules import Asked, service_name
from chalicelib.register.rules import Register
from chalicelib.register.widening import COMPOUND, places_of
from chalicelib.shared.calendar import local
from chalicelib.store.contract import Store
from chalicelib.tickets import records
from chalicelib.tickets.rules import Ticket

EVERYWHERE = "全小区"


def requests(store: Store, register: Register, asked: Asked, known: bool) -> list[dict[str, Any]]:
    """A page of what is asked for, the newest first. One batch for named ones; else one query, and one a month: five at most."""
    compound = register.compound
    if asked.named:
        found = records.found_in(store.get_many(records.places(compound, asked.named), consistent=True))
        return [request(register, found[each], known) for each in asked.named if each in found]
    tickets = records.open_ones(store, compound) if asked.open else []
    if asked.closed:
        tickets += [ticket for month in asked.months() for ticket in records.of_month(store, compound, month)]
    fitting = [each for each in tickets if each.kind in asked.kinds and asked.start <= said_at(each.made, known) <= asked.end]
    fitting.sort(key=lambda each: (said_at(each.made, known), each.id), reverse=True)
    return [request(register, each, known) for each in fitting[asked.size * (asked.page - 1) : asked.size * asked.page]]


def request(register: Register, ticket: Ticket, known: bool) -> dict[str, Any]:
    """``known``: a system with a key asks. Names and phones are for nobody, but for what a description itself says."""
    place = ticket.place if known else places_of(register, ticket.place)[0]
    lat, long = register.policy.open311 or (0.0, 0.0)
    return {
        "service_request_id": ticket.id,
        "status": "open" if ticket.running else "closed",
        "service_name": service_name(ticket.kind),
        "service_code": ticket.kind.value,
        **({"description": ticket.text} if known and ticket.text else {}),
        "requested_datetime": _stamp(said_at(ticket.made, known)),
        "updated_datetime": _stamp(said_at(ticket.lines[-1].at, known)),
        "address": _address(register, ticket, place, known),
        "address_id": (ticket.home if known else "") or place,
        "zipcode": "",
        "lat": lat,
        "long": long,
        "media_url": "",
    }


def said_at(moment: datetime, known: bool) -> datetime:
    """To everybody by the hour: who stood at whose door at which minute is nobody's business."""
    return local(moment) if known else local(moment).replace(minute=0, second=0, microsecond=0)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _address(register: Register, ticket: Ticket, place: str, known: bool) -> str:
    home = register.home_by_id.get(ticket.home) if known else None
    if home is not None:
        return home.label
    if place == COMPOUND:
        return EVERYWHERE
    names = {each.id: each.name for each in register.buildings}
    return names.get(place) or place.removeprefix("zone:")
