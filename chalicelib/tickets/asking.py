"""Which ticket is asked about, and whether its home is one the staff see."""

from collections.abc import Sequence

from chalicelib import wiring
from chalicelib.callers import StaffMember
from chalicelib.shared.problems import absent
from chalicelib.tickets import records
from chalicelib.tickets.numbers import read_number
from chalicelib.tickets.rules import Ticket


def in_scope(who: StaffMember, number: str) -> Ticket:
    """A ticket that she sees; Problem 404 for one of a home that she does not, and for none."""
    ticket = records.find(wiring.store(), who.register.compound, number)
    if ticket is None:
        raise absent()
    if ticket.home:
        who.home(ticket.home)
    return ticket


def all_in_scope(who: StaffMember, numbers: Sequence[str]) -> list[Ticket]:
    """Problem 404 unless she sees every one of them. One read."""
    tickets = records.many(wiring.store(), who.register.compound, numbers)
    if len(tickets) < len(numbers):
        raise absent()
    for each in tickets:
        if each.home:
            who.home(each.home)
    return tickets


def number(text: str) -> str:
    """A ticket's number as it was typed or said; Problem 404 for what cannot be one."""
    found = read_number(text)
    if text and not found:
        raise absent()
    return found
