"""How the other systems that may report and read tickets are stored: under the SHA-256 of their keys, which nobody keeps."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import ticket_keys
from chalicelib.store.contract import Add, Change, Remove, Store


class Client(NamedTuple):
    """``name`` is what the staff reads: the hotline, the street's platform."""

    digest: str
    name: str
    made: str
    version: int = 0


def client(store: Store, compound: str, digest: str) -> Client | None:
    """Strongly consistent, so that a revoked key is refused by the very next request."""
    item = store.get(ticket_keys.client(compound, digest), consistent=True)
    return Client(digest, item["name"], item["made"], item["v"]) if item else None


def clients(store: Store, compound: str) -> list[Client]:
    found = store.under(ticket_keys.clients(compound), consistent=True)
    return [Client(item["sk"], item["name"], item["made"], item["v"]) for item in found]


def added(compound: str, digest: str, name: str, now: datetime) -> Change:
    return Add({**ticket_keys.client(compound, digest).as_item(), "v": 1, "name": name, "made": utc_stamp(now)})


def removed(compound: str, gone: Client) -> Change:
    return Remove(ticket_keys.client(compound, gone.digest), gone.version)
