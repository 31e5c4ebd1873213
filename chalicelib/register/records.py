"""How a compound's register is stored: one item, so that a new version becomes visible in one write."""

import zlib
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

import msgspec

from chalicelib.register.rules import Policy, Register
from chalicelib.shared.ids import CompoundId
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

POLICY_KEPT = timedelta(minutes=10)
_decoder = msgspec.json.Decoder(Register)
_policies: WeakKeyDictionary[Store, dict[str, tuple[datetime, Policy]]] = WeakKeyDictionary()


def load(store: Store, compound: CompoundId) -> Register | None:
    """The current register, or None before the first import. One read, eventually consistent."""
    item = store.get(keys.register(compound))
    return None if item is None else from_item(item)


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


def to_item(register: Register, version: int) -> Item:
    blob = zlib.compress(msgspec.json.encode(register), 9)
    return {**keys.register(register.compound).as_item(), "v": version, "blob": blob}


def from_item(item: Item) -> Register:
    return _decoder.decode(zlib.decompress(item["blob"]))
