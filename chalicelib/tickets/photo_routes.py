"""Photos of tickets over HTTP: a place for one is asked for, the picture itself goes to the bucket, and then somebody says that it is there."""

from collections.abc import Callable
from functools import partial

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import HomeVisitor, family_of
from chalicelib.register.rules import Register
from chalicelib.shared.problems import absent
from chalicelib.tickets import photographs, records
from chalicelib.tickets.answers import PhotoBody, PhotoForm, PhotosAnswer
from chalicelib.tickets.asking import in_scope, number
from chalicelib.tickets.rules import Ticket
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "GET", "/api/home/tickets/{ticket}/photos", answer=PhotosAnswer)
def show_home_photos(ask: Ask) -> tuple[int, PhotosAnswer]:
    register, find = _own(ask)
    return 200, photographs.shown(wiring.photos(), wiring.clock().now(), register, find())


@opens(rooms, "POST", "/api/home/tickets/{ticket}/photos", PhotoBody, PhotoForm)
def ask_for_home_photo(ask: Ask) -> tuple[int, PhotoForm]:
    """A form for one picture of at most 2 MB, good for ten minutes. Problem 409 for a fourth, and once the ticket is solved."""
    register, find = _own(ask)
    return 201, _place(ask, register, find, "")


@opens(rooms, "POST", "/api/home/tickets/{ticket}/photos/{photo}", PhotoBody, PhotosAnswer)
def take_home_photo(ask: Ask) -> tuple[int, PhotosAnswer]:
    """It has been sent. Problem 409 if nothing is there, 422 for what is no plain picture, which is deleted."""
    register, find = _own(ask)
    return 200, photographs.arrived(wiring.store(), wiring.photos(), wiring.clock().now(), register, find, ask.params["photo"])


@opens(rooms, "POST", "/api/home/tickets/{ticket}/photos/{photo}/removal", PhotoBody, PhotosAnswer)
def remove_home_photo(ask: Ask) -> tuple[int, PhotosAnswer]:
    """One that should not have been sent is deleted, whoever sent it: it is the family's home that it shows."""
    register, find = _own(ask)
    return 200, _removed(ask, register, find)


@opens(rooms, "GET", "/api/tickets/{ticket}/photos", answer=PhotosAnswer)
def show_photos(ask: Ask) -> tuple[int, PhotosAnswer]:
    return 200, photographs.shown(wiring.photos(), wiring.clock().now(), ask.who.register, _seen(ask)())


@opens(rooms, "POST", "/api/tickets/{ticket}/photos", PhotoBody, PhotoForm)
def ask_for_photo(ask: Ask) -> tuple[int, PhotoForm]:
    return 201, _place(ask, ask.who.register, _seen(ask), ask.who.staff.username)


@opens(rooms, "POST", "/api/tickets/{ticket}/photos/{photo}", PhotoBody, PhotosAnswer)
def take_photo(ask: Ask) -> tuple[int, PhotosAnswer]:
    return 200, photographs.arrived(
        wiring.store(), wiring.photos(), wiring.clock().now(), ask.who.register, _seen(ask), ask.params["photo"]
    )


@opens(rooms, "POST", "/api/tickets/{ticket}/photos/{photo}/removal", PhotoBody, PhotosAnswer)
def remove_photo(ask: Ask) -> tuple[int, PhotosAnswer]:
    return 200, _removed(ask, ask.who.register, _seen(ask))


def _removed(ask: Ask, register: Register, find: Callable[[], Ticket]) -> PhotosAnswer:
    return photographs.remove(wiring.store(), wiring.photos(), wiring.clock().now(), register, find, ask.params["photo"])


def _place(ask: Ask, register: Register, find: Callable[[], Ticket], by: str) -> PhotoForm:
    now, key = wiring.clock().now(), f"{ask.key}:{ask.digest}"
    return photographs.ask(wiring.store(), wiring.photos(), now, register.compound, find, by, key)


def _own(ask: Ask) -> tuple[Register, Callable[[], Ticket]]:
    standing, _ = family_of(ask.who, wiring.clock().now())
    return standing.register, partial(_of_family, ask.who, number(ask.params["ticket"]))


def _of_family(who: HomeVisitor, asked: str) -> Ticket:
    ticket = records.find(wiring.store(), who.compound, asked)
    if ticket is None or (ticket.home, ticket.tenancy) != (who.home, who.tenancy):
        raise absent()
    return ticket


def _seen(ask: Ask) -> Callable[[], Ticket]:
    return partial(in_scope, ask.who, number(ask.params["ticket"]))
