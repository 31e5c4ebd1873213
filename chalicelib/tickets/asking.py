"""Who asks about which ticket: a family about its own, staff about those of the homes they see."""

from chalicelib import wiring
from chalicelib.callers import HomeVisitor, StaffMember
from chalicelib.register import records as registers
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.problems import absent, dead_link
from chalicelib.tickets import records
from chalicelib.tickets.numbers import read_number
from chalicelib.tickets.rules import Ticket


def family(who: HomeVisitor) -> tuple[Standing, Home]:
    """The home of a link, with its compound as it stands; Problem 401 once somebody else lives there."""
    standing = registers.standing(wiring.store(), wiring.clock().now(), who.compound)
    home = standing.register.home_by_id.get(who.home) if standing else None
    if standing is None or home is None or home.tenancy != who.tenancy:
        raise dead_link()
    return standing, home


def in_scope(who: StaffMember, number: str) -> Ticket:
    """A ticket that she sees; Problem 404 for one of a home that she does not, and for none."""
    ticket = records.find(wiring.store(), who.register.compound, number)
    if ticket is None:
        raise absent()
    if ticket.home:
        who.home(ticket.home)
    return ticket


def number(text: str) -> str:
    """A ticket's number as it was typed or said; Problem 404 for what cannot be one."""
    found = read_number(text)
    if text and not found:
        raise absent()
    return found
