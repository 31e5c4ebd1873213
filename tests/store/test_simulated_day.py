"""One day of a small compound on the table itself: queries, index and conditions say the same as the store in memory."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.shared.calendar import at
from chalicelib.store.contract import Absent, Change, Item, target
from chalicelib.store.dynamo import DynamoStore
from tests.promises.month import Month
from tests.promises.test_month import acknowledgements_hold_and_then_repeat_once, the_auditor_speaks_of_the_outage_only
from tests.promises.world import _record

DAY = date(2026, 11, 19)


class Streaming:
    """The table, with what its stream would say of every write."""

    def __init__(self, table: DynamoStore) -> None:
        self._table, self.stream = table, []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._table, name)

    def write(self, *changes: Change) -> None:
        keys = [target(change) for change in changes if not isinstance(change, Absent)]
        before = self._table.get_many(keys, consistent=True)
        self._table.write(*changes)
        after = self._table.get_many(keys, consistent=True)
        self.stream += [_record(before.get(key), after.get(key)) for key in keys]


class SmallDay(Month):
    every = timedelta(minutes=5)

    def open_tasks(self) -> set[str]:
        return {item["sk"].removeprefix("OPEN#") for item in self.store.under("anheli#TASK", prefix="OPEN#", consistent=True)}

    def messages(self) -> list[Item]:
        return self.store.under(f"anheli#POST#{DAY}", consistent=True)


def test_a_day_on_the_table(monkeypatch: pytest.MonkeyPatch, shared_store: DynamoStore):
    monkeypatch.setattr(SmallDay, "Store", lambda self: Streaming(shared_store))
    day = SmallDay(monkeypatch, 120, at(DAY, "00:00"), seed=3)
    day.off = (at(DAY, "09:00"), at(DAY, "15:00"))
    day.live(1)

    tasks, messages = day.tasks(), day.messages()
    missed = day.misses(1)
    assert missed and missed == {task for task in tasks if task.startswith("missed:")}
    assert messages and not [item["sk"] for item in messages if item["tries"] > 1 or item["repeat"]]
    assert acknowledgements_hold_and_then_repeat_once(day, tasks, messages)[0] > 5
    the_auditor_speaks_of_the_outage_only(day)
