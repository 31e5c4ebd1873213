"""Who does how much: a volunteer's deeds of a day by their kind, counted in the write that credits them, whatever points that brings."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import NamedTuple

from chalicelib.shared.calendar import SHANGHAI
from chalicelib.store import giving_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store
from chalicelib.store.keys import Key

KEEP_DAYS = 60
LATELY = 28
"""Four weeks: everybody has had each weekday as often."""


class Share(NamedTuple):
    """What was credited on a day, by kind; taken back on the same day's account. ``version`` 0 is a day without any."""

    volunteer: str
    day: date
    did: dict[str, int]
    version: int = 0

    def with_one(self, kind: str, more: int) -> "Share":
        return self._replace(did={**self.did, kind: max(0, self.did.get(kind, 0) + more)})


def key_of(compound: str, share: Share) -> Key:
    return keys.share(compound, share.day, share.volunteer)


def share_of(volunteer: str, day: date, item: Item | None) -> Share:
    return Share(volunteer, day, {}) if item is None else Share(volunteer, day, item["did"], item["v"])


def changed(compound: str, share: Share) -> Change:
    """``share`` carries the version it was read at."""
    ends = datetime.combine(share.day, time(), SHANGHAI) + timedelta(days=KEEP_DAYS)
    item: Item = {**key_of(compound, share).as_item(), "v": share.version + 1, "did": share.did, "ttl": int(ends.timestamp())}
    return Replace(item, share.version) if share.version else Add(item)


def lately(store: Store, compound: str, today: date) -> dict[str, Counter[str]]:
    """What everybody did in the last four weeks, by kind. One query."""
    found: dict[str, Counter[str]] = {}
    for item in store.under(keys.shares(compound), start=(today - timedelta(days=LATELY - 1)).isoformat()):
        found.setdefault(item["sk"].partition("#")[2], Counter()).update({kind: int(n) for kind, n in item["did"].items() if n})
    return found


def middle(did: dict[str, Counter[str]], volunteers: Iterable[str]) -> int:
    """The median of these volunteers' deeds, those with none among them; half a deed counts as one."""
    counts = [did[each].total() if each in did else 0 for each in volunteers]
    return int(median(counts) + 0.5) if counts else 0
