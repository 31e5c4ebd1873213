"""How volunteers' links are stored: the link with its devices, and a pointer from the volunteer to the link in force."""

from typing import NamedTuple

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store
from chalicelib.volunteers.rules import PersonalLink


def link(store: Store, compound: str, digest: str) -> PersonalLink | None:
    """Strongly consistent, so that a replaced link is refused at once."""
    item = store.get(keys.link(compound, digest), consistent=True)
    return None if item is None or "volunteer" not in item else _link(item)


def link_changed(compound: str, link: PersonalLink) -> Change:
    item = {
        **keys.link(compound, link.digest).as_item(),
        "v": link.version + 1,
        "volunteer": link.volunteer,
        "code": link.code_hash,
        "until": utc_stamp(link.code_until),
        "tries": link.tries,
        "devices": list(link.devices),
    }
    return Replace(item, link.version) if link.version else Add(item)


def link_removed(compound: str, link: PersonalLink) -> Change:
    return Remove(keys.link(compound, link.digest), link.version)


class Current(NamedTuple):
    """Which link is in force ("" for none), the request's key it was issued under, and the version of this pointer."""

    digest: str
    key: str
    version: int


def current(store: Store, compound: str, volunteer: str) -> Current:
    item = store.get(keys.volunteer_links(compound, volunteer), consistent=True)
    return Current("", "", 0) if item is None else Current(item["link"], item["key"], item["v"])


def current_changed(compound: str, volunteer: str, changed: Current) -> Change:
    """``changed`` carries the version it was read at."""
    key = keys.volunteer_links(compound, volunteer)
    item: Item = {**key.as_item(), "v": changed.version + 1, "link": changed.digest, "key": changed.key}
    return Replace(item, changed.version) if changed.version else Add(item)


def _link(item: Item) -> PersonalLink:
    digest = item["pk"].rpartition("#")[2]
    return PersonalLink(digest, item["volunteer"], item["code"], parse(item["until"]), item["tries"], tuple(item["devices"]), item["v"])
