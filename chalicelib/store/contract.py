"""What a store promises, whatever stands behind it. ``tests/store`` holds every implementation to the same tests.

Items are plain values: str, int, bool, None, bytes, list, dict. Floats are refused: they do not survive the trip.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from chalicelib.store.keys import Key, key_of

Item = dict[str, Any]


class Add(NamedTuple):
    """Write an item that must not exist yet."""

    item: Item


class Replace(NamedTuple):
    """Write an item over the one whose ``v`` is ``seen``. The new item carries a ``v`` of its own."""

    item: Item
    seen: int


class Remove(NamedTuple):
    """Delete the item whose ``v`` is ``seen``."""

    key: Key
    seen: int


class Absent(NamedTuple):
    """Write nothing, and let the others be written only if no item stands under this key. Never alone."""

    key: Key


Change = Add | Replace | Remove | Absent


def target(change: Change) -> Key:
    """The key a change is about."""
    return key_of(change.item) if isinstance(change, Add | Replace) else change.key


class Conflict(Exception):
    """A condition did not hold, and nothing was written. ``existing`` is the item that stood in the way, or None."""

    def __init__(self, key: Key, existing: Item | None) -> None:
        super().__init__(f"conflict at {key.pk} {key.sk}")
        self.key, self.existing = key, existing


class Store(Protocol):
    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        """One item, or None."""

    def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, Item]:
        """Items by key, 100 to a request; keys without an item are left out."""

    def under(self, pk: str, *, start: str = "", prefix: str = "", consistent: bool = False) -> list[Item]:
        """All items of a partition in order of ``sk``, from ``start`` on or beginning with ``prefix``."""

    def due(self, shard: str, until: str, limit: int) -> list[Item]:
        """Up to ``limit`` items of one shard of the ``due`` index whose ``due_at`` is not after ``until``, earliest first."""

    def write(self, *changes: Change) -> None:
        """All changes or none. One change is one conditional write; several are one transaction. Raises Conflict."""

    def fill(self, items: Sequence[Item]) -> None:
        """Put items without a condition, in batches: for repeatable bulk work only."""
