"""How a compound's register is stored: one item, so that a new version becomes visible in one write; and beside it what changed since."""

import zlib
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import msgspec

from chalicelib.register.changes import Changes
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing, as_of, stand
from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.shared.ids import CompoundId
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

POLICY_KEPT = timedelta(minutes=10)
COMPOUNDS_KEPT = 8
"""Whose registers a worker keeps decoded. They are read at every question all the same, and known by their bytes: never out of date."""
_decoder = msgspec.json.Decoder(Register)
_changes_decoder = msgspec.json.Decoder(Changes)
_policies: WeakKeyDictionary[Store, dict[str, tuple[datetime, Policy]]] = WeakKeyDictionary()


class Line(NamedTuple):
    """What was done at a time, by whom, and the particulars as they were given."""

    at: datetime
    what: str
    by: str
    more: dict[str, Any]


def load(store: Store, compound: CompoundId) -> Register | None:
    """The current register, or None before the first import. One read, eventually consistent."""
    item = store.get(keys.register(compound))
    return None if item is None else from_item(item)


def standing(store: Store, now: datetime, compound: CompoundId) -> Standing | None:
    """The current register with what has changed since the import, or None before the first one. One request, eventually consistent."""
    found = store.get_many([keys.register(compound), keys.changes(compound)])
    item = found.get(keys.register(compound))
    changes = changes_of(found.get(keys.changes(compound)))
    if item is None:
        return None
    return stand(_decoded(item["blob"]), changes, now, _as_of(item["blob"], day_of(now)))


def policy(store: Store, now: datetime, compound: CompoundId) -> Policy:
    """The compound's policy, read at most once in ten minutes per worker: for the word *late* in a receipt, not for what is owed.

    LookupError if the compound has no register.
    """
    kept = _policies.setdefault(store, {})
    if compound not in kept or abs(now - kept[compound][0]) > POLICY_KEPT:
        register = load(store, compound)
        if register is None:
            raise LookupError(compound)
        kept[compound] = (now, register.policy)
    return kept[compound][1]


def visible(store: Store, compound: CompoundId) -> tuple[Register | None, int]:
    """The register and its version as an import must see them: strongly consistent; version 0 before the first import."""
    item = store.get(keys.register(compound), consistent=True)
    return (None, 0) if item is None else (from_item(item), int(item["v"]))


def switch(store: Store, register: Register, seen: int, *also: Change) -> None:
    """Make ``register`` visible, if the visible version is still ``seen``, and what else has to hold with it. Conflict otherwise."""
    item = to_item(register, seen + 1)
    store.write(Add(item) if seen == 0 else Replace(item, seen), *also)


def listed(compound: str, now: datetime) -> Item:
    """The compound's line in the list of all compounds: since when its present register counts."""
    return {**keys.compound(compound).as_item(), "v": 1, "switched": utc_stamp(now)}


def to_item(register: Register, version: int) -> Item:
    blob = zlib.compress(msgspec.json.encode(register), 9)
    return {**keys.register(register.compound).as_item(), "v": version, "blob": blob}


def from_item(item: Item) -> Register:
    return _decoded(item["blob"])


@lru_cache(COMPOUNDS_KEPT)
def _decoded(blob: bytes) -> Register:
    return _decoder.decode(zlib.decompress(blob))


@lru_cache(COMPOUNDS_KEPT)
def _as_of(blob: bytes, day: date) -> Register:
    return as_of(_decoded(blob), day)


def changes(store: Store, compound: str) -> tuple[Changes, int]:
    """The living changes and their version as a change must see them: strongly consistent; version 0 before the first."""
    item = store.get(keys.changes(compound), consistent=True)
    return changes_of(item), 0 if item is None else int(item["v"])


def changed(compound: str, changes: Changes, seen: int) -> Add | Replace:
    """``seen`` is the version they were read at."""
    blob = zlib.compress(msgspec.json.encode(changes), 9)
    item = {**keys.changes(compound).as_item(), "v": seen + 1, "blob": blob}
    return Replace(item, seen) if seen else Add(item)


def remembered(compound: str, subject: str, now: datetime, identity: str, what: str, by: str, **more: Any) -> Change:
    """One line of the history of a home, a person or the roster. It is never changed and never ends; some words are news."""
    item = {**keys.history(compound, subject, utc_stamp(now), identity).as_item(), "v": 1, "what": what, "by": by}
    news = told(f"{subject}:{identity}", News(what)) if what in set(News) else None
    return Add({**item, "more": msgspec.to_builtins(more), "news": news})


def history(store: Store, compound: str, subject: str) -> list[Line]:
    """All that was changed about a home, a person or the roster, the first at the front."""
    items = store.under(keys.histories(compound, subject))
    return [Line(parse(item["sk"].partition("#")[0]), item["what"], item["by"], item["more"]) for item in items]


def changes_of(item: Item | None) -> Changes:
    """The living changes as stored; none where nothing has changed yet."""
    return Changes() if item is None else _changes_decoder.decode(zlib.decompress(item["blob"]))
