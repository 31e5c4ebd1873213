"""How the other systems that may report and read tickets are stored: under the SHA-256 of their keys, which nobody keeps."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import ticket_keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store


class Client(NamedTuple):
    """``name`` is what the staff reads: the hotline, the street's platform. ``used`` counts what it has reported on ``day``."""

    digest: str
    name: str
    made: str
    day: str = ""
    used: int = 0
    version: int = 0


def client(store: Store, compound: str, digest: str) -> Client | None:
    """Strongly consistent, so that a revoked key is refused by the very next request."""
    item = store.get(ticket_keys.client(compound, digest), consistent=True)
    return _client(item) if item else None


def clients(store: Store, compound: str) -> list[Client]:
    return [_client(item) for item in store.under(ticket_keys.clients(compound), consistent=True)]


def added(compound: str, digest: str, name: str, now: datetime) -> Change:
    return Add({**ticket_keys.client(compound, digest).as_item(), "v": 1, "name": name, "made": utc_stamp(now)})


def counted(compound: str, client: Client) -> Change:
    """``client`` carries the version it was read at."""
    known = {name: getattr(client, name) for name in ("name", "made", "day", "used")}
    return Replace({**ticket_keys.client(compound, client.digest).as_item(), "v": client.version + 1, **known}, client.version)


def removed(compound: str, gone: Client) -> Change:
    return Remove(ticket_keys.client(compound, gone.digest), gone.version)


def _client(item: Item) -> Client:
    return Client(item["sk"], item["name"], item["made"], item.get("day", ""), item.get("used", 0), item["v"])
