"""Expected openings as stored: one item per home with the windows that are not yet over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Item
from chalicelib.tasks.rules import Opening

KEEP = timedelta(days=1)
"""A window stays readable for a day after its end: a message may arrive late, and today's page still names it."""


def kept(openings: Sequence[Opening], now: datetime) -> list[Opening]:
    """Those that are not over for good."""
    return [opening for opening in openings if opening.ends + KEEP > now]


def to_item(compound: str, home: str, openings: Sequence[Opening], version: int, now: datetime) -> Item:
    last = max((opening.ends for opening in openings), default=now)
    return {
        **keys.expected_openings(compound, home).as_item(),
        "v": version,
        "windows": [_window(opening) for opening in openings],
        "ttl": int((last + 2 * KEEP).timestamp()),
    }


def from_item(item: Item | None) -> list[Opening]:
    """The home's windows, none if nothing is stored."""
    rows = [] if item is None else item["windows"]
    return [Opening(row["id"], parse(row["from"]), parse(row["until"]), row["reason"]) for row in rows]


def _window(opening: Opening) -> dict[str, Any]:
    return {"id": opening.id, "from": utc_stamp(opening.starts), "until": utc_stamp(opening.ends), "reason": opening.reason}
