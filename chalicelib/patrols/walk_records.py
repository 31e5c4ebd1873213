"""How patrols are stored: one item a grid and day, all of a day in one partition."""

from datetime import date
from typing import Any

from chalicelib.patrols.records import KEEP_DAYS, kept_until
from chalicelib.patrols.walks import Item as Looked
from chalicelib.patrols.walks import Need, Patrol, Point, Wanted
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import patrol_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store


def saved(compound: str, patrol: Patrol, point: Point | None = None) -> Change:
    """The write of a patrol, if nobody has changed it since it was read. A ``point`` with something to do about, or the last, is news."""
    item = {
        **keys.patrol(compound, patrol.day, patrol.grid).as_item(),
        "v": patrol.version + 1,
        "holder": patrol.holder,
        "since": utc_stamp(patrol.since) if patrol.since else "",
        "points": [_row(each) for each in patrol.points],
        "done": utc_stamp(patrol.done) if patrol.done else "",
        "keys": list(patrol.keys),
        "ttl": kept_until(patrol.day, KEEP_DAYS),
    }
    if point and (point.wrong or point.needs or patrol.done):
        item["news"] = told(f"patrol:{patrol.key}:{point.place}", News.PATROL_WALKED)
    return Replace(item, patrol.version) if patrol.version else Add(item)


def find(store: Store, compound: str, grid: str, day: date, *, consistent: bool = True) -> Patrol:
    """A grid's patrol of a day; one that nobody has begun is empty. One get."""
    item = store.get(keys.patrol(compound, day, grid), consistent=consistent)
    return Patrol(grid, day) if item is None else from_item(item)


def of_day(store: Store, compound: str, day: date, *, consistent: bool = False) -> list[Patrol]:
    """Those that somebody has begun on a day. One query."""
    return [from_item(item) for item in store.under(keys.patrols(compound, day), consistent=consistent)]


def from_item(item: Item) -> Patrol:
    since, done = (parse(item[name]) if item[name] else None for name in ("since", "done"))
    points = tuple(_point(row) for row in item["points"])
    day = date.fromisoformat(item["pk"].rpartition("#")[2])
    return Patrol(item["sk"], day, item["holder"], since, points, done, tuple(item["keys"]), item["v"])


def _row(point: Point) -> dict[str, Any]:
    row: dict[str, Any] = {"p": point.place, "at": utc_stamp(point.at), "by": point.by, "k": point.key}
    row |= {"w": [each.value for each in point.wrong]} if point.wrong else {}
    row |= {"t": point.note} if point.note else {}
    return row | ({"n": [list(each) for each in point.needs]} if point.needs else {})


def _point(row: dict[str, Any]) -> Point:
    wrong, needs = (
        tuple(Looked(each) for each in row.get("w", ())),
        tuple(Wanted(home, Need(need)) for home, need in row.get("n", ())),
    )
    return Point(row["p"], parse(row["at"]), row["by"], row["k"], wrong, row.get("t", ""), needs)
