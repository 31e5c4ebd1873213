"""How the figures of a month are stored: counts of every day by promise, in one item, which names nobody."""

from datetime import date
from typing import NamedTuple

from chalicelib.standards.rules import Day, Promise, Tally
from chalicelib.store import keys
from chalicelib.store.contract import Add, Change, Item, Replace

KEEP_DAYS = 400


class Month(NamedTuple):
    """``days`` are those that were counted."""

    name: str
    days: dict[date, Day]
    version: int = 0


def month(name: str, item: Item | None) -> Month:
    return Month(name, {date.fromisoformat(day): _day(row) for day, row in item["days"].items()}, item["v"]) if item else Month(name, {})


def counted(compound: str, month: Month) -> Change:
    """``month`` carries the version it was read at."""
    rows = {day.isoformat(): {promise.value: list(tally) for promise, tally in known.items()} for day, known in month.days.items()}
    item: Item = {**keys.figures(compound, month.name).as_item(), "v": month.version + 1, "days": rows, "ttl": _ttl(max(month.days))}
    return Replace(item, month.version) if month.version else Add(item)


def _day(row: dict[str, list[int]]) -> Day:
    return {Promise(name): Tally(*tally) for name, tally in row.items() if name in set(Promise)}


def _ttl(last: date) -> int:
    return (last.toordinal() - date(1970, 1, 1).toordinal() + KEEP_DAYS) * 86400
