"""How links, the cards of a home and wrong codes are stored."""

from datetime import datetime
from typing import Any

from chalicelib.residents.rules import Card, HomeCards, HomeLink, LinkState
from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

HOUR = 3600


def link(store: Store, compound: str, digest: str) -> HomeLink | None:
    """Strongly consistent, so that a revoked link is refused by the very next request."""
    item = store.get(keys.link(compound, digest), consistent=True)
    return None if item is None or "home" not in item else _link(item)


def link_item(compound: str, link: HomeLink) -> Item:
    key = keys.link(compound, link.digest)
    return {
        **key.as_item(),
        "v": link.version,
        "home": link.home,
        "tenancy": link.tenancy,
        "state": link.state.value,
        "replaces": list(link.replaces),
    }


def moved(compound: str, link: HomeLink, state: LinkState) -> Replace:
    """The change that brings a link into another state, if nobody else has changed it meanwhile."""
    return Replace(link_item(compound, link._replace(state=state, version=link.version + 1)), link.version)


def cards(store: Store, compound: str, home: str) -> HomeCards:
    item = store.get(keys.home_links(compound, home), consistent=True)
    if item is None:
        return HomeCards((), 0, 0)
    rows = tuple(Card(row["link"], row["code"], row["key"]) for row in item["cards"])
    return HomeCards(rows, item["edition"], item["v"], tuple(item["revoked"]))


def cards_changed(compound: str, home: str, changed: HomeCards) -> Change:
    """``changed`` carries the version it was read at."""
    rows = [{"link": card.digest, "code": card.code_hash, "key": card.key} for card in changed.cards]
    key, counted = keys.home_links(compound, home), {"edition": changed.edition, "revoked": list(changed.revoked)}
    item: Item = {**key.as_item(), "v": changed.version + 1, "cards": rows, **counted}
    return Replace(item, changed.version) if changed.version else Add(item)


def failures(store: Store, compound: str, home: str, now: datetime) -> tuple[int, int]:
    """How many wrong codes were tried for a home within this hour, and the version of that count."""
    item = store.get(keys.code_failures(compound, home), consistent=True)
    if item is None:
        return 0, 0
    return (item["n"] if item["hour"] == _hour(now) else 0), item["v"]


def failures_changed(compound: str, home: str, now: datetime, count: int, version: int) -> Change:
    key = keys.code_failures(compound, home)
    item: dict[str, Any] = {**key.as_item(), "v": version + 1, "hour": _hour(now), "n": count, "ttl": int(now.timestamp()) + 2 * HOUR}
    return Replace(item, version) if version else Add(item)


def _hour(now: datetime) -> str:
    return utc_stamp(now)[:13]


def _link(item: Item) -> HomeLink:
    digest = item["pk"].rpartition("#")[2]
    return HomeLink(digest, item["home"], item["tenancy"], LinkState(item["state"]), tuple(item["replaces"]), item["v"])
