"""What people do with the shared floor of tasks."""

from datetime import datetime, timedelta

from chalicelib.shared.problems import Problem, bad, busy, key_reused
from chalicelib.store import keys
from chalicelib.store.contract import Add, Conflict, Replace, Store
from chalicelib.tasks import records
from chalicelib.tasks.rules import Opening

LONGEST = timedelta(hours=24)
AHEAD = timedelta(days=31)
MOST = 40
ROUNDS = 8


def expect_opening(store: Store, now: datetime, compound: str, home: str, opening: Opening) -> tuple[Opening, bool]:
    """Announce that a home's door will open; returns the stored window and whether it is new. The id makes a repeat harmless.

    Problem 400 for a window that is over, longer than a day or more than a month ahead; 422 if the id stands for another window.
    """
    for _ in range(ROUNDS):
        item = store.get(keys.expected_openings(compound, home), consistent=True)
        openings = records.kept(records.from_item(item), now)
        same = next((each for each in openings if each.id == opening.id), None)
        if same is not None:
            return _repeated(same, opening), False
        _check(now, opening)
        if len(openings) >= MOST:
            raise Problem(409, "too-many-openings", "这一户登记的开门时段太多了。", "This home has too many announced openings already.")
        changed = records.to_item(compound, home, [*openings, opening], 1 if item is None else item["v"] + 1, now)
        try:
            store.write(Add(changed) if item is None else Replace(changed, item["v"]))
        except Conflict:
            continue
        return opening, True
    raise busy()


def call_off_opening(store: Store, now: datetime, compound: str, home: str, identity: str) -> bool:
    """From now on the opening is not expected any more; what was seen until now was. False if it is over, or was never announced."""
    for _ in range(ROUNDS):
        item = store.get(keys.expected_openings(compound, home), consistent=True)
        openings = records.kept(records.from_item(item), now)
        if item is None or not any(each.id == identity and each.ends > now for each in openings):
            return False
        ended = [each._replace(ends=now) if each.id == identity else each for each in openings]
        changed = records.to_item(compound, home, [each for each in ended if each.starts < each.ends], item["v"] + 1, now)
        try:
            store.write(Replace(changed, item["v"]))
            return True
        except Conflict:
            continue
    raise busy()


def _check(now: datetime, opening: Opening) -> None:
    if not timedelta() < opening.ends - opening.starts <= LONGEST:
        raise bad("window", "结束时间要晚于开始时间，且不超过一天。", "The end must come after the start, within a day.")
    if opening.ends <= now or opening.starts > now + AHEAD:
        raise bad("window", "时段要在今后一个月之内。", "The window must lie within the coming month.")


def _repeated(stored: Opening, opening: Opening) -> Opening:
    if stored != opening:
        raise key_reused()
    return stored
