"""Incidents over HTTP: the desk joins tickets of one cause, tells all of them a word, closes them together."""

from chalice.app import Blueprint

from chalicelib import wiring
from chalicelib.callers import StaffMember
from chalicelib.shared.problems import absent
from chalicelib.shared.text import clean
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tickets import incident_records, joining
from chalicelib.tickets.answers import TicketsAnswer
from chalicelib.tickets.asking import all_in_scope, number
from chalicelib.tickets.incident_answers import IncidentBody, NoticeBody
from chalicelib.tickets.reading import of_staff
from chalicelib.tickets.rules import Said
from chalicelib.web import Ask, opens

rooms = Blueprint(__name__)


@opens(rooms, "POST", "/api/incidents", IncidentBody, TicketsAnswer)
def join_tickets(ask: Ask) -> tuple[int, TicketsAnswer]:
    """Tickets of one cause: all of them are told the same line, and go on as one incident.

    Problem 404 for whoever does not see all of them, those that belong to the incident already among them.
    """
    who = ask.who
    numbers = list(dict.fromkeys(number(each) for each in ask.body.tickets))
    for identity in {each.incident for each in all_in_scope(who, numbers) if each.incident}:
        known = incident_records.find(wiring.store(), who.register.compound, identity)
        if known and known.running:
            all_in_scope(who, known.tickets)
    joining.join(wiring.store(), who.register.compound, numbers, ask.body.cause, _said(ask, joining.JOINED))
    return _list(who)


@opens(rooms, "POST", "/api/incidents/{incident}/notice", NoticeBody, TicketsAnswer)
def tell_incident(ask: Ask) -> tuple[int, TicketsAnswer]:
    """One more word to every family. Problem 404 for whoever does not see all of its tickets."""
    joining.notice(wiring.store(), ask.who.register.compound, _seen(ask), _said(ask, joining.NOTICE))
    return _list(ask.who)


@opens(rooms, "POST", "/api/incidents/{incident}/close", NoticeBody, TicketsAnswer)
def close_incident(ask: Ask) -> tuple[int, TicketsAnswer]:
    """All of its tickets are solved with this word; each family still says how it was."""
    now, who = wiring.clock().now(), ask.who
    line = Line(now, who.staff.username, Act.DONE, clean(ask.body.text), f"{ask.key}:{ask.digest}")
    joining.close(wiring.store(), now, who.standing, _seen(ask), line)
    return _list(who)


def _said(ask: Ask, what: str) -> Said:
    return Said(wiring.clock().now(), what, ask.who.staff.username, clean(ask.body.text), f"{ask.key}:{ask.digest}")


def _seen(ask: Ask) -> str:
    identity = ask.params["incident"]
    found = incident_records.find(wiring.store(), ask.who.register.compound, identity)
    if found is None:
        raise absent()
    all_in_scope(ask.who, found.tickets)
    return identity


def _list(who: StaffMember) -> tuple[int, TicketsAnswer]:
    return 200, of_staff(wiring.store(), wiring.clock().now(), who.standing, who.staff)
