"""How visits are stored: one item per slot and household, all of a day in one partition."""

from datetime import date
from typing import Any

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store
from chalicelib.visits.rules import Entry, Mood, Outcome, Visit

KEEP_DAYS = 400


def to_item(compound: str, visit: Visit, version: int) -> Item:
    """The news carries the newest entry's key: every entry is an event of its own."""
    key = keys.visit(compound, visit.day, visit.slot, visit.tenancy)
    return {
        **key.as_item(),
        "v": version,
        "home": visit.home,
        "tries": [_row(entry) for entry in visit.entries],
        "news": told(f"{key.sk}:{visit.last.key}", News.VISIT_RECORDED),
        "ttl": int(visit.last.at.timestamp()) + KEEP_DAYS * 86400,
    }


def from_item(item: Item) -> Visit:
    slot, _, tenancy = item["sk"].rpartition("#")
    day = date.fromisoformat(item["pk"].rpartition("#")[2])
    return Visit(slot, item["home"], tenancy, day, tuple(_entry(row) for row in item["tries"]))


def of_day(store: Store, compound: str, day: date, *, consistent: bool = False) -> list[Visit]:
    """Everything entered for the slots of a day. One query."""
    return [from_item(item) for item in store.under(keys.visits(compound, day), consistent=consistent)]


def of_slot(store: Store, compound: str, visit: Visit) -> Visit | None:
    """A visit as it stands now, whatever was heard of it."""
    item = store.get(keys.visit(compound, visit.day, visit.slot, visit.tenancy), consistent=True)
    return None if item is None else from_item(item)


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {"k": entry.key, "d": entry.digest, "at": utc_stamp(entry.at), "by": entry.by, "o": entry.outcome.value}
    row |= {"c": entry.temperature} if entry.temperature else {}
    row |= {"m": entry.mood.value} if entry.mood else {}
    row |= {"n": list(entry.needs)} if entry.needs else {}
    row |= {"t": entry.note} if entry.note else {}
    return row | ({"p": True} if entry.paper else {})


def _entry(row: dict[str, Any]) -> Entry:
    mood = Mood(row["m"]) if "m" in row else None
    said = (Outcome(row["o"]), row.get("c", 0), mood, tuple(row.get("n", ())), row.get("t", ""), row.get("p", False))
    return Entry(row["k"], row["d"], parse(row["at"]), row["by"], *said)
