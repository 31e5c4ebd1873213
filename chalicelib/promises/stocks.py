"""Goods that run low or end soon become their keeper's task: one a good and week, settled once that is no longer so."""

from collections.abc import Iterator
from datetime import date, datetime

from chalicelib.promises.arising import of_keeper
from chalicelib.register.standing import Standing
from chalicelib.store.contract import Store
from chalicelib.supplies.reading import standings
from chalicelib.supplies.rules import runs_low
from chalicelib.tasks.tasks import Task, TaskKind


def found(store: Store, now: datetime, standing: Standing, day: date) -> Iterator[Task]:
    """Three queries; none where nothing is kept in stock."""
    register = standing.register
    for each in standings(store, now, register)[0]:
        if runs_low(register, each):
            yield of_keeper(standing, TaskKind.LOW_STOCK, each.good, _week(day), now)
        if each.ends:
            yield of_keeper(standing, TaskKind.ENDS_SOON, each.good, _week(day), now)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-{week:02}"
