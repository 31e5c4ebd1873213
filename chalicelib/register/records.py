"""How a compound's register is stored: one item, so that a new version becomes visible in one write."""

import zlib

import msgspec

from chalicelib.register.rules import Register
from chalicelib.shared.ids import CompoundId
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store
from chalicelib.store.contract import Replace, Add

_decoder = msgspec.json.Decoder(Register)


def load(store: Store, compound: CompoundId) -> Register | None:
    """The current register, or None before the first import. One read, eventually consistent."""
    item = store.get(keys.register(compound))
    return None if item is None else from_item(item)


def version(store: Store, compound: CompoundId) -> int:
    """The version now visible; 0 before the first import."""
    item = store.get(keys.register(compound), consistent=True)
    return 0 if item is None else int(item["v"])


def switch(store: Store, register: Register, seen: int) -> None:
    """Make ``register`` visible, if the visible version is still ``seen``. Conflict otherwise."""
    item = to_item(register, seen + 1)
    store.write(Add(item) if seen == 0 else Replace(item, seen))


def to_item(register: Register, version: int) -> Item:
    blob = zlib.compress(msgspec.json.encode(register), 9)
    return {**keys.register(register.compound).as_item(), "v": version, "blob": blob}


def from_item(item: Item) -> Register:
    return _decoder.decode(zlib.decompress(item["blob"]))
