"""How a day's check-in of a household is stored: one item, at most 1 KB when it is new, outside every index."""

from datetime import date, datetime
from typing import Any

from chalicelib.care.rules import CheckIn, Entry, Feeling, Need, Source
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys
from chalicelib.store.contract import Item, Store

KEEP_DAYS = 90


def to_item(compound: str, check_in: CheckIn, version: int) -> Item:
    """The news carries the key of the newest entry: every new thing said is an event of its own.

    *We are well* is news to nobody: such an item carries none, and is a third smaller for every read of the day.
    """
    key = keys.check_in(compound, check_in.day, check_in.home, check_in.tenancy)
    newest = check_in.entries[-1]
    return {
        **key.as_item(),
        "v": version,
        "said": [_said(entry) for entry in check_in.entries],
        "news": told(f"{key.sk}:{newest.key}", News.CHECK_IN_RECORDED) if newest.asks else None,
        "ttl": int(newest.at.timestamp()) + KEEP_DAYS * 86400,
    }


def from_item(item: Item) -> CheckIn:
    home, _, tenancy = item["sk"].partition("#")
    return CheckIn(home, tenancy, date.fromisoformat(item["pk"].rpartition("#")[2]), tuple(_entry(said) for said in item["said"]))


def of_day(store: Store, compound: str, day: date) -> list[CheckIn]:
    """Everything reported in a compound on a day. One query, one page up to some 3,000 homes."""
    return [from_item(item) for item in store.under(keys.check_ins(compound, day))]


def _said(entry: Entry) -> dict[str, Any]:
    said: dict[str, Any] = {"k": entry.key, "d": entry.digest, "at": utc_stamp(entry.at), "by": entry.source.value}
    if entry.feeling is not Feeling.WELL:
        said["f"] = entry.feeling.value
    if entry.needs:
        said["n"] = [need.value for need in entry.needs]
    if entry.note:
        said["t"] = entry.note
    return said


def _entry(said: dict[str, Any]) -> Entry:
    needs = tuple(Need(need) for need in said.get("n", []))
    at: datetime = parse(said["at"])
    return Entry(said["k"], said["d"], at, Feeling(said.get("f", Feeling.WELL)), needs, said.get("t", ""), Source(said["by"]))
