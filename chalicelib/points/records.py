"""How a volunteer's day of points is stored: beside the entries in the ledger, and written with them."""

from datetime import date, datetime, time, timedelta

from chalicelib.points.rules import Day
from chalicelib.points.shares import Share, share_of
from chalicelib.shared.calendar import SHANGHAI
from chalicelib.store import giving_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEEP_DAYS = 60


def day(store: Store, compound: str, volunteer: str, when: date) -> Day:
    return _day(when, store.get(keys.points_day(compound, volunteer, when), consistent=True))


def day_and_share(store: Store, compound: str, volunteer: str, when: date, today: date) -> tuple[Day, Share]:
    """What was credited for a day, and what she did today. One read."""
    wanted = keys.points_day(compound, volunteer, when), keys.share(compound, today, volunteer)
    found = store.get_many(wanted, consistent=True)
    return _day(when, found.get(wanted[0])), share_of(volunteer, today, found.get(wanted[1]))


def share(store: Store, compound: str, volunteer: str, when: date) -> Share:
    return share_of(volunteer, when, store.get(keys.share(compound, when, volunteer), consistent=True))


def _day(when: date, item: Item | None) -> Day:
    return Day(when, {}) if item is None else Day(when, item["causes"], item["v"])


def day_changed(compound: str, volunteer: str, day: Day) -> Change:
    """``day`` carries the version it was read at."""
    ends = datetime.combine(day.day, time(), SHANGHAI) + timedelta(days=KEEP_DAYS)
    key = keys.points_day(compound, volunteer, day.day)
    item = {**key.as_item(), "v": day.version + 1, "causes": day.causes, "ttl": int(ends.timestamp())}
    return Replace(item, day.version) if day.version else Add(item)
