"""One day on the table itself: queries, index and conditions say the same as the store in memory. A large compound's in ``make month``."""

from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.shared.calendar import at
from chalicelib.store.contract import Absent, Change, Item, target
from chalicelib.store.dynamo import DynamoStore
from tests.promises.month import Month
from tests.promises.test_month import the_auditor_speaks_of_the_outage_only, what_was_lived_is_what_is_stored
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


class Day(Month):
    every = timedelta(minutes=5)

    def open_tasks(self) -> set[str]:
        return {item["sk"].removeprefix("OPEN#") for item in self.store.under("anheli#TASK", prefix="OPEN#", consistent=True)}

    def messages(self) -> list[Item]:
        days = (DAY, DAY + timedelta(days=1))  # the last sweep is at midnight
        return [item for day in days for item in self.store.under(f"anheli#POST#{day}", consistent=True)]


@pytest.mark.parametrize("homes", [200, pytest.param(1200, marks=pytest.mark.month)])
def test_a_day_on_the_table(monkeypatch: pytest.MonkeyPatch, shared_store: DynamoStore, homes: int):
    monkeypatch.setattr(Day, "Store", lambda self: Streaming(shared_store))
    day = Day(monkeypatch, homes, at(DAY, "00:00"), seed=3)
    day.off = (at(DAY, "09:00"), at(DAY, "15:00"))
    day.live(1)

    what_was_lived_is_what_is_stored(day, 1)
    the_auditor_speaks_of_the_outage_only(day)
