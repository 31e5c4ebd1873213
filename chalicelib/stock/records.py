"""How much of a good is used up on a day: counted with the entry that uses it, so that what is left can be put in days."""

from collections import Counter
from datetime import date, timedelta

from chalicelib.stock.rules import LATELY
from chalicelib.store import stock_keys as keys
from chalicelib.store.contract import Add, Change, Item, Replace, Store

KEEP_DAYS = 130


def used(store: Store, compound: str, good: str, day: date, amount: int) -> Change:
    """So much more of a good is used on a day, or less where ``amount`` is negative. One read."""
    key = keys.use(compound, day.isoformat()[:7], good)
    item = store.get(key, consistent=True)
    days: dict[str, int] = dict(item["days"]) if item else {}
    days[f"{day:%d}"] = days.get(f"{day:%d}", 0) + amount
    ends = date(day.year, day.month, 1) + timedelta(days=KEEP_DAYS)
    changed: Item = {**key.as_item(), "v": item["v"] + 1 if item else 1, "days": days, "ttl": (ends - date(1970, 1, 1)).days * 86400}
    return Replace(changed, item["v"]) if item else Add(changed)


def used_lately(store: Store, compound: str, today: date) -> dict[str, int]:
    """What was used of each good on the last 28 whole days. Two queries at most."""
    days = {(today - timedelta(days=back)).isoformat() for back in range(1, LATELY + 1)}
    found: Counter[str] = Counter()
    for month in sorted({day[:7] for day in days}):
        for item in store.under(keys.uses(compound), prefix=f"{month}#"):
            good = item["sk"].partition("#")[2]
            found[good] += sum(amount for day, amount in item["days"].items() if f"{month}-{day}" in days)
    return {good: max(0, amount) for good, amount in found.items()}
