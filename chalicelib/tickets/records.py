"""How tickets are stored: open ones side by side, closed ones under the month they were opened in, a home's by their numbers."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chalicelib.register.ticketing import Subkind, TicketKind
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import keys, ticket_keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store
from chalicelib.tickets.photos import Photo, PhotoState
from chalicelib.tickets.rules import Origin, Said, Ticket, TicketState

NEWEST = 50


class Row(NamedTuple):
    """A ticket as a home's list names it."""

    id: str
    kind: TicketKind
    made: datetime


class HomeTickets(NamedTuple):
    """The newest tickets of a home's family, the newest last."""

    rows: tuple[Row, ...] = ()
    version: int = 0


def find(store: Store, compound: str, identity: str) -> Ticket | None:
    """One ticket, open or closed. One read."""
    return found_in(store.get_many(places(compound, [identity]), consistent=True)).get(identity)


def many(store: Store, compound: str, identities: Sequence[str]) -> list[Ticket]:
    """Those there are, in the order asked for. One read up to fifty."""
    found = found_in(store.get_many(places(compound, identities), consistent=True))
    return [found[each] for each in identities if each in found]


def places(compound: str, identities: Iterable[str]) -> list[keys.Key]:
    """Where tickets of these numbers may lie."""
    return [place(compound, each) for each in identities for place in (ticket_keys.open_ticket, ticket_keys.closed_ticket)]


def found_in(items: dict[keys.Key, Item]) -> dict[str, Ticket]:
    """The tickets among what was read."""
    tickets = (from_item(item) for key, item in items.items() if "#TICKET" in key.pk)
    return {ticket.id: ticket for ticket in tickets}


def open_ones(store: Store, compound: str) -> list[Ticket]:
    """Every open ticket. One query."""
    return [from_item(item) for item in store.under(ticket_keys.tickets(compound), prefix="OPEN#")]


def of_month(store: Store, compound: str, month: str) -> list[Ticket]:
    """What was opened in a month and is closed. One query."""
    return [from_item(item) for item in store.under(ticket_keys.closed_tickets(compound, month))]


def of_home(store: Store, compound: str, home: str, tenancy: str) -> HomeTickets:
    item = store.get(ticket_keys.home_tickets(compound, home, tenancy), consistent=True)
    return _home(item) if item else HomeTickets()


def added(compound: str, ticket: Ticket, listed: HomeTickets) -> list[Change]:
    """A new ticket, under a number that nobody has; with a home, also on its list."""
    changes: list[Change] = [Add(_item(ticket_keys.open_ticket(compound, ticket.id), ticket))]
    if not ticket.home:
        return changes
    rows = (*listed.rows, Row(ticket.id, ticket.kind, ticket.made))[-NEWEST:]
    item: Item = {
        **ticket_keys.home_tickets(compound, ticket.home, ticket.tenancy).as_item(),
        "v": listed.version + 1,
        "tickets": [{"id": row.id, "kind": row.kind.value, "at": utc_stamp(row.made)} for row in rows],
    }
    return [*changes, Replace(item, listed.version) if listed.version else Add(item)]


def moved(compound: str, before: Ticket, after: Ticket) -> list[Change]:
    """A ticket after something was done with it; nothing where it is the same."""
    if before == after:
        return []
    old, new = (_place(compound, each) for each in (before, after))
    item = _item(new, after)
    return [Replace(item, before.version)] if old == new else [Remove(old, before.version), Add(item)]


def from_item(item: Item) -> Ticket:
    return Ticket(
        item["sk"].removeprefix("OPEN#"),
        TicketKind(item["kind"]),
        Subkind(item.get("subkind", "")),
        item["home"],
        item["tenancy"],
        item["place"],
        item["text"],
        Origin(item["origin"]),
        item.get("group", ""),
        item["by"],
        item["key"],
        timedelta(seconds=item["respond"]),
        timedelta(seconds=item["solve"]),
        item["wall"],
        tuple(said(each) for each in item["lines"]),
        TicketState(item["state"]),
        item.get("doer", ""),
        item.get("rating", 0),
        tuple(item.get("like", ())),
        item.get("same", ""),
        item.get("incident", ""),
        tuple(_photo(row) for row in item.get("photos", ())),
        item["v"],
    )


def _place(compound: str, ticket: Ticket) -> keys.Key:
    return (ticket_keys.open_ticket if ticket.running else ticket_keys.closed_ticket)(compound, ticket.id)


def _item(key: keys.Key, ticket: Ticket) -> Item:
    more = {name: getattr(ticket, name) for name in ("group", "doer", "rating", "same", "incident") if getattr(ticket, name)}
    about = {name: getattr(ticket, name) for name in ("home", "tenancy", "place", "text", "by", "key", "wall")}
    lists = {"like": list(ticket.like), "photos": [_photo_row(photo) for photo in ticket.photos]}
    return {
        **key.as_item(),
        "v": ticket.version + 1,
        "kind": ticket.kind.value,
        "subkind": ticket.subkind.value,
        "origin": ticket.origin.value,
        "state": ticket.state.value,
        "respond": int(ticket.respond.total_seconds()),
        "solve": int(ticket.solve.total_seconds()),
        "lines": [row(each) for each in ticket.lines],
        **about,
        **more,
        **{name: each for name, each in lists.items() if each},
    }


def row(said: Said) -> dict[str, Any]:
    more = {name: value for name, value in (("by", said.by), ("note", said.note), ("key", said.key)) if value}
    return {"at": utc_stamp(said.at), "what": said.what, **more}


def said(row: dict[str, Any]) -> Said:
    return Said(parse(row["at"]), row["what"], row.get("by", ""), row.get("note", ""), row.get("key", ""))


def _photo_row(photo: Photo) -> dict[str, Any]:
    more = {name: value for name, value in (("by", photo.by), ("fault", photo.fault)) if value}
    return {"id": photo.id, "at": utc_stamp(photo.at), "key": photo.key, "state": photo.state.value, **more}


def _photo(row: dict[str, Any]) -> Photo:
    return Photo(row["id"], parse(row["at"]), row.get("by", ""), row["key"], PhotoState(row["state"]), row.get("fault", ""))


def _home(item: Item) -> HomeTickets:
    return HomeTickets(tuple(Row(row["id"], TicketKind(row["kind"]), parse(row["at"])) for row in item["tickets"]), item["v"])
