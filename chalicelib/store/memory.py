"""The store in a dictionary, for tests of actions and for simulations. Held to the same contract as the table."""

import threading
from collections.abc import Sequence
from typing import Any

from chalicelib.store.contract import Absent, Add, Change, Conflict, Item, Remove, Replace, target
from chalicelib.store.keys import Key, key_of
from chalicelib.store.values import from_typed, to_typed


class MemoryStore:
    """Beside the items stand their partitions and the shards of ``due``, so that a month of a compound can be lived through."""

    def __init__(self) -> None:
        self._items: dict[Key, Item] = {}
        self._partitions: dict[str, set[Key]] = {}
        self._shards: dict[str, set[Key]] = {}
        self._lock = threading.Lock()

    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        found = self._items.get(key)
        return found and _copy(found)

    def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, Item]:
        return {key: _copy(self._items[key]) for key in keys if key in self._items}

    def under(self, pk: str, *, start: str = "", prefix: str = "", consistent: bool = False) -> list[Item]:
        with self._lock:
            found = [key for key in self._partitions.get(pk, ()) if key.sk >= start and key.sk.startswith(prefix)]
            return [_copy(self._items[key]) for key in sorted(found)]

    def due(self, shard: str, until: str, limit: int) -> list[Item]:
        with self._lock:
            waiting = (self._items[key] for key in self._shards.get(shard, ()))
            found = sorted((item for item in waiting if item["due_at"] <= until), key=lambda item: (str(item["due_at"]), key_of(item)))
            return [_copy(item) for item in found[:limit]]

    def write(self, *changes: Change) -> None:
        with self._lock:
            for change in changes:
                self._require(change)
            for change in changes:
                self._apply(change)

    def fill(self, items: Sequence[Item]) -> None:
        with self._lock:
            for item in items:
                self._apply(Add(item))

    def _require(self, change: Change) -> None:
        key = target(change)
        existing = self._items.get(key)
        wanted = None if isinstance(change, Add | Absent) else change.seen
        if (None if existing is None else existing.get("v")) != wanted:
            raise Conflict(key, existing and _copy(existing))

    def _apply(self, change: Change) -> None:
        match change:
            case Remove(key):
                self._forget(key)
            case Add(item) | Replace(item):
                self._keep(key_of(item), from_typed(to_typed(item)))

    def _forget(self, key: Key) -> None:
        item = self._items.pop(key)
        self._partitions[key.pk].discard(key)
        self._shards.get(item.get("due_pk", ""), set()).discard(key)

    def _keep(self, key: Key, item: Item) -> None:
        if key in self._items:
            self._forget(key)
        self._items[key] = item
        self._partitions.setdefault(key.pk, set()).add(key)
        if "due_pk" in item and "due_at" in item:
            self._shards.setdefault(item["due_pk"], set()).add(key)


def _copy(item: Item) -> Item:
    """Of what a store keeps, only lists and dicts can be changed by whoever gets them; a month of a compound makes millions of copies."""
    return {name: _copied(value) for name, value in item.items()}


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return _copy(value)
    return [_copied(member) for member in value] if isinstance(value, list) else value
