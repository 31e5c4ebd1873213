"""How disinfections are stored: one item a place and window, all of a day in one partition."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from chalicelib.patrols.rules import Disinfection
from chalicelib.shared.calendar import SHANGHAI, parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import patrol_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEEP_DAYS = 400


def saved(compound: str, made: Disinfection) -> Change:
    """The write of one, if nobody has written at its window since it was read."""
    name = News.DISINFECTION_UNDONE if made.undone else News.PLACE_DISINFECTED
    item = {
        **keys.disinfection(compound, made.day, made.place, made.which).as_item(),
        "v": made.version + 1,
        "by": made.by,
        "at": utc_stamp(made.at),
        "key": made.key,
        "digest": made.digest,
        "ttl": kept_until(made.day, KEEP_DAYS),
        "news": told(f"disinfection:{made.place}:{made.key}:{made.version + 1}", name),
        **({"good": made.good, "amount": made.amount} if made.amount else {}),
        **({"undone": utc_stamp(made.undone), "undone_key": made.undone_key} if made.undone else {}),
    }
    return Replace(item, made.version) if made.version else Add(item)


def of_place(store: Store, compound: str, place: str, days: Iterable[date], *, consistent: bool = False) -> list[Disinfection]:
    """What was done at a place on these days: one query each."""
    found = (store.under(keys.disinfections(compound, day), prefix=f"{place}#", consistent=consistent) for day in days)
    return [from_item(item) for items in found for item in items]


def of_day(store: Store, compound: str, day: date, *, consistent: bool = False) -> list[Disinfection]:
    """What was done anywhere on a day: one query."""
    return [from_item(item) for item in store.under(keys.disinfections(compound, day), consistent=consistent)]


def from_item(item: Item) -> Disinfection:
    place, _, which = item["sk"].rpartition("#")
    day, undone = date.fromisoformat(item["pk"].rpartition("#")[2]), parse(item["undone"]) if "undone" in item else None
    said = (item["by"], parse(item["at"]), item["key"], item["digest"], item.get("good", ""), item.get("amount", 0))
    return Disinfection(place, day, which, *said, undone, item.get("undone_key", ""), item["v"])


def kept_until(day: date, days: int) -> int:
    """When an item of a day may go, in seconds since 1970."""
    return int((datetime.combine(day, time(), SHANGHAI) + timedelta(days=days)).timestamp())
