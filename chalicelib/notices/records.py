"""How notices are stored: drafts and what is said now side by side, what is over under its month."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.notices.rules import Line, Notice, State, Words
from chalicelib.shared.calendar import parse, utc_stamp
from chalicelib.shared.news import News, told
from chalicelib.store import keys, notice_keys
from chalicelib.store.contract import Add, Change, Item, Remove, Replace, Store

PAST_KEPT = timedelta(days=400)


def find(store: Store, compound: str, identity: str) -> Notice | None:
    """One notice, of now or past. One read."""
    places = [notice_keys.notice(compound, identity), notice_keys.past_notice(compound, identity)]
    found = store.get_many(places, consistent=True)
    return next((from_item(found[place]) for place in places if place in found), None)


def running(store: Store, compound: str, identity: str) -> Notice | None:
    """One that is not over: what is put away can be read, and nothing more be done with it."""
    item = store.get(notice_keys.notice(compound, identity), consistent=True)
    return from_item(item) if item else None


def current(store: Store, compound: str, *, consistent: bool = False) -> list[Notice]:
    """Drafts, and all that is said now or was until lately. One query."""
    return [from_item(item) for item in store.under(notice_keys.notices(compound), consistent=consistent)]


def added(compound: str, notice: Notice) -> Change:
    return Add(_item(notice_keys.notice(compound, notice.id), notice))


def moved(compound: str, notice: Notice, news: News | None = None) -> Change:
    """A notice after something was done with it. ``notice`` carries the version it was read at."""
    item = _item(notice_keys.notice(compound, notice.id), notice)
    if news:
        item["news"] = told(f"{notice.id}:{notice.version + 1}", news)
    return Replace(item, notice.version)


def put_away(compound: str, notice: Notice, now: datetime) -> list[Change]:
    """What is over, out of the way of what is not; the feeds hear of it where everybody could read it there."""
    item = _item(notice_keys.past_notice(compound, notice.id), notice)
    if notice.words.open and notice.published:
        item["news"] = told(f"{notice.id}:away", News.NOTICE_PUT_AWAY)
    item["ttl"] = int((now + PAST_KEPT).timestamp())
    return [Remove(notice_keys.notice(compound, notice.id), notice.version), Add(item)]


def from_item(item: Item) -> Notice:
    return Notice(
        item["sk"],
        msgspec.convert(item["words"], Words),
        State(item["state"]),
        tuple(Line(parse(row["at"]), row["what"], row["by"], row["key"], row.get("note", "")) for row in item["lines"]),
        item.get("corrected_by", ""),
        item["v"],
    )


def _item(key: keys.Key, notice: Notice) -> Item:
    return {
        **key.as_item(),
        "v": notice.version + 1,
        "words": msgspec.to_builtins(notice.words),
        "state": notice.state.value,
        "lines": [_row(line) for line in notice.lines],
        **({"corrected_by": notice.corrected_by} if notice.corrected_by else {}),
    }


def _row(line: Line) -> dict[str, Any]:
    return {"at": utc_stamp(line.at), "what": line.what, "by": line.by, "key": line.key, **({"note": line.note} if line.note else {})}
