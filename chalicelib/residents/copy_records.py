"""How it is stored what hangs at which door: one item a family."""

from collections.abc import Iterable
from typing import Any

from chalicelib.register.rules import Home
from chalicelib.residents.copies import Copies, Copy, Hung, Kind
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import paper_keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store


def find(store: Store, compound: str, home: str, tenancy: str) -> Copies:
    item = store.get(paper_keys.copy(compound, home, tenancy), consistent=True)
    return from_item(item) if item else Copies(home, tenancy, {})


def of_compound(store: Store, compound: str) -> dict[tuple[str, str], Copies]:
    """By home and tenancy; a query a MB."""
    return _by_family(store.under(paper_keys.copies(compound)))


def of_homes(store: Store, compound: str, homes: Iterable[Home]) -> dict[tuple[str, str], Copies]:
    """The same of a few homes: a batch a hundred."""
    return _by_family(store.get_many([paper_keys.copy(compound, home.id, home.tenancy) for home in homes]).values())


def changed(compound: str, copies: Copies) -> Change:
    """``copies`` carry the version they were read at."""
    key = paper_keys.copy(compound, copies.home, copies.tenancy)
    item: Item = {**key.as_item(), "v": copies.version + 1, **{kind.value: _stored(copy) for kind, copy in copies.of.items()}}
    return Replace(item, copies.version) if copies.version else Add(item)


def from_item(item: Item) -> Copies:
    home, _, tenancy = item["sk"].partition("#")
    return Copies(home, tenancy, {kind: _copy(item[kind.value]) for kind in Kind if kind.value in item}, item["v"])


def _by_family(items: Iterable[Item]) -> dict[tuple[str, str], Copies]:
    return {(each.home, each.tenancy): each for each in map(from_item, items)}


def _stored(copy: Copy) -> dict[str, Any]:
    return {
        "door": _hung(copy.door),
        "newer": _hung(copy.newer) if copy.newer else None,
        "before": _hung(copy.before) if copy.before else None,
        "keys": list(copy.keys),
    }


def _hung(hung: Hung) -> dict[str, Any]:
    return {"lines": dict(hung.lines), "at": utc_stamp(hung.at), "by": hung.by, "ticked": hung.ticked}


def _copy(stored: dict[str, Any]) -> Copy:
    return Copy(_read(stored["door"]), _maybe(stored.get("newer")), _maybe(stored.get("before")), tuple(stored["keys"]))


def _maybe(stored: dict[str, Any] | None) -> Hung | None:
    return _read(stored) if stored else None


def _read(stored: dict[str, Any]) -> Hung:
    return Hung(stored["lines"], parse(stored["at"]), stored["by"], stored["ticked"])
