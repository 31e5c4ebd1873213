"""How activities are stored: one item each, the list of who comes included, so that the last place is given by one conditional write."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.activities.rules import LONGEST, Activity, Place, Row
from chalicelib.shared.calendar import local, parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import activity_keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEPT = timedelta(days=30)
"""So long after its end a list of names is kept."""


def find(store: Store, compound: str, identity: str) -> Activity | None:
    item = store.get(activity_keys.activity(compound, identity), consistent=True)
    return from_item(item) if item else None


def since(store: Store, compound: str, moment: datetime, *, consistent: bool = False) -> list[Activity]:
    """Those that begin at a moment or later, the next one first. One query."""
    found = store.under(activity_keys.activities(compound), start=f"{local(moment):%Y%m%d%H%M}", consistent=consistent)
    return [from_item(item) for item in found]


def public(store: Store, compound: str, now: datetime) -> list[Activity]:
    """Those that anybody may read of and that are not over, the ones that were called off among them: for the feed and the calendar."""
    return [each for each in since(store, compound, now - LONGEST, consistent=True) if each.open and each.ends > now]


def changed(compound: str, activity: Activity) -> Change:
    """``activity`` carries the version it was read at. What others have to hear of is news: see ``_news``."""
    key = activity_keys.activity(compound, activity.id)
    name = _news(activity)
    news = told(f"{activity.id}:{activity.version + 1}", name) if name else None
    item: Item = {**key.as_item(), "v": activity.version + 1, **_stored(activity), "news": news}
    return Replace(item, activity.version) if activity.version else Add(item)


def _news(activity: Activity) -> News | None:
    """That there is one, for everybody's calendar; that there is none after all; that homes have got a place without their doing."""
    if activity.called_off:
        return News.ACTIVITY_CALLED_OFF
    if not activity.version:
        return News.ACTIVITY_ARRANGED if activity.open else None
    return News.ACTIVITY_MOVED_UP if activity.told else None


def from_item(item: Item) -> Activity:
    return Activity(
        item["sk"],
        item["title"],
        item["text"],
        item["where"],
        parse(item["starts"]),
        parse(item["ends"]),
        item["places"],
        tuple(item["buildings"]),
        item["open"],
        item["by"],
        parse(item["made"]),
        item["key"],
        tuple(_row(row) for row in item["rows"]),
        parse(item["off"]) if item["off"] else None,
        item["why"],
        tuple(item["told"]),
        tuple(item["keys"]),
        item["v"],
    )


def _stored(activity: Activity) -> dict[str, Any]:
    return {
        "title": activity.title,
        "text": activity.text,
        "where": activity.where,
        "starts": utc_stamp(activity.starts),
        "ends": utc_stamp(activity.ends),
        "places": activity.places,
        "buildings": list(activity.buildings),
        "open": activity.open,
        "by": activity.by,
        "made": utc_stamp(activity.made),
        "key": activity.key,
        "rows": [
            {"h": row.home, "t": row.tenancy, "n": row.persons, "at": utc_stamp(row.at), "p": row.place.value, "m": _moment(row.moved)}
            for row in activity.rows
        ],
        "off": _moment(activity.called_off),
        "why": activity.why,
        "told": list(activity.told),
        "keys": list(activity.keys),
        "ttl": int((activity.ends + KEPT).timestamp()),
    }


def _moment(moment: datetime | None) -> str:
    return utc_stamp(moment) if moment else ""


def _row(row: dict[str, Any]) -> Row:
    moved = parse(row["m"]) if row["m"] else None
    return Row(row["h"], row["t"], row["n"], parse(row["at"]), Place(row["p"]), moved)
