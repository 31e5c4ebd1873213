"""The keys of tickets. The first part of every partition is the compound."""

from chalicelib.store.keys import Key


def tickets(compound: str) -> str:
    """The open ones; what is closed lies under the month it was opened in."""
    return f"{compound}#TICKET"


def open_ticket(compound: str, ticket: str) -> Key:
    return Key(tickets(compound), f"OPEN#{ticket}")


def closed_tickets(compound: str, month: str) -> str:
    """``month`` is ``2026-11``."""
    return f"{compound}#TICKET#{month}"


def closed_ticket(compound: str, ticket: str) -> Key:
    """A ticket's number begins with its month: ``2611-K7Q3M``."""
    return Key(closed_tickets(compound, f"20{ticket[:2]}-{ticket[2:4]}"), ticket)


def clients(compound: str) -> str:
    """The other systems that may report and read tickets."""
    return f"{compound}#CLIENT"


def client(compound: str, digest: str) -> Key:
    return Key(clients(compound), digest)


def incident(compound: str, incident: str) -> Key:
    """Beside the open tickets, while it runs."""
    return Key(tickets(compound), f"INCIDENT#{incident}")


def closed_incident(compound: str, incident: str) -> Key:
    """Its id begins with its month: ``2611-3f9ac1d07b24``."""
    return Key(f"{compound}#TICKET-INCIDENT#20{incident[:2]}-{incident[2:4]}", incident)


def home_tickets(compound: str, home: str, tenancy: str) -> Key:
    return Key(f"{compound}#HOME#{home}", f"TICKETS#{tenancy}")
