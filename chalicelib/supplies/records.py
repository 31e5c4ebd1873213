"""How hand-out rounds and what homes signed for are stored. Stock itself is in the ledger."""

from datetime import timedelta

from chalicelib.shared.calendar import day_of, parse, utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store import stock_keys as keys
from chalicelib.store.contract import Add, Change, Item, Remove, Store
from chalicelib.store.keys import Key
from chalicelib.supplies.handing import Round, Signed

KEEP_DAYS = 400


def open_rounds(store: Store, compound: str) -> list[Round]:
    """One query."""
    return [_round(item) for item in store.under(keys.rounds(compound), prefix="OPEN#")]


def lately(store: Store, compound: str, day: str) -> list[Round]:
    """Those that run, and those closed since a day, ``2026-11-22``."""
    return [_round(item) for item in store.under(keys.rounds(compound), start=f"DAY#{day}")]


def running(store: Store, compound: str, identity: str) -> Round | None:
    item = store.get(keys.open_round(compound, identity), consistent=True)
    return None if item is None else _round(item)


def added(compound: str, made: Round) -> Change:
    return Add(_item(keys.open_round(compound, made.id), made))


def closed(compound: str, after: Round) -> list[Change]:
    """``after`` carries the version it was read at."""
    assert after.closed is not None
    key = keys.closed_round(compound, day_of(after.closed).isoformat(), after.id)
    ends = int((after.closed + timedelta(days=KEEP_DAYS)).timestamp())
    return [Remove(keys.open_round(compound, after.id), after.version), Add({**_item(key, after), "ttl": ends})]


def signed(store: Store, compound: str, identity: str) -> list[Signed]:
    """What homes signed for in a round. One query."""
    return [_signed(item) for item in store.under(keys.receipts(compound, identity))]


def signed_by(store: Store, compound: str, identity: str, home: str, tenancy: str) -> Signed | None:
    item = store.get(keys.receipt(compound, identity, home, tenancy), consistent=True)
    return None if item is None else _signed(item)


def signs(compound: str, identity: str, signed: Signed) -> Change:
    key = keys.receipt(compound, identity, signed.home, signed.tenancy)
    said = {"amount": signed.amount, "by": signed.by, "at": utc_stamp(signed.at), "card": signed.card, "key": signed.key}
    return Add({**key.as_item(), "v": 1, **said, "ttl": int((signed.at + timedelta(days=KEEP_DAYS)).timestamp())})


def _signed(item: Item) -> Signed:
    home, _, tenancy = item["sk"].partition("#")
    return Signed(home, tenancy, item["amount"], item["by"], parse(item["at"]), item["card"], item["key"])


def _item(key: Key, each: Round) -> Item:
    said = {name: getattr(each, name) for name in ("good", "place", "name", "head", "by", "asked", "closed_by", "closed_key")}
    moments = {"made": utc_stamp(each.made), "closed": utc_stamp(each.closed) if each.closed else ""}
    amounts = {tier.value: amount for tier, amount in each.each.items()}
    return {**key.as_item(), "v": each.version + 1, **said, **moments, "each": amounts, "grids": list(each.grids)}


def _round(item: Item) -> Round:
    return Round(
        item["sk"].rpartition("#")[2],
        item["good"],
        item["place"],
        item["name"],
        {Tier(tier): amount for tier, amount in item["each"].items()},
        item["head"],
        tuple(item["grids"]),
        item["by"],
        parse(item["made"]),
        item["asked"],
        parse(item["closed"]) if item["closed"] else None,
        item["closed_by"],
        item["closed_key"],
        item["v"],
    )
