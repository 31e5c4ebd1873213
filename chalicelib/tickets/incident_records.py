"""How incidents are stored: running ones beside the open tickets, so that one query gives both; closed ones under their month."""

from chalicelib.store import ticket_keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store
from chalicelib.tickets import records
from chalicelib.tickets.incidents import Cause, Incident
from chalicelib.tickets.rules import Ticket

RUNNING = "INCIDENT#"


def find(store: Store, compound: str, identity: str) -> Incident | None:
    """One incident, running or closed. One read."""
    places = [ticket_keys.incident(compound, identity), ticket_keys.closed_incident(compound, identity)]
    return next((from_item(item) for item in store.get_many(places, consistent=True).values()), None)


def running(store: Store, compound: str) -> tuple[list[Ticket], list[Incident]]:
    """Every open ticket, and every running incident. One query."""
    items = store.under(ticket_keys.tickets(compound))
    incidents = [from_item(item) for item in items if item["sk"].startswith(RUNNING)]
    return [records.from_item(item) for item in items if not item["sk"].startswith(RUNNING)], incidents


def saved(compound: str, before: Incident | None, after: Incident) -> list[Change]:
    key, item = ticket_keys.incident(compound, after.id), _item(compound, after)
    if before is None:
        return [Add(item)]
    return [Replace(item, before.version)] if after.running else [Remove(key, before.version), Add(item)]


def _item(compound: str, incident: Incident) -> Item:
    key = (ticket_keys.incident if incident.running else ticket_keys.closed_incident)(compound, incident.id)
    told = {"tickets": list(incident.tickets), "homes": list(incident.homes), "lines": [records.row(said) for said in incident.lines]}
    return {**key.as_item(), "v": incident.version + 1, "cause": incident.cause.value, "place": incident.place, **told}


def from_item(item: Item) -> Incident:
    return Incident(
        item["sk"].removeprefix(RUNNING),
        Cause(item["cause"]),
        item["place"],
        tuple(item["tickets"]),
        tuple(item["homes"]),
        tuple(records.said(row) for row in item["lines"]),
        item["sk"].startswith(RUNNING),
        item["v"],
    )
