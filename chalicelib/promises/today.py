"""What one person has to do today, and what the whole compound has: reads only, a fixed number of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from chalicelib.register.dues import Due, due_now, due_on
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import Task, TaskKind
from chalicelib.visits import records as visits
from chalicelib.visits.rules import State, Visit, state_of


class Stop(NamedTuple):
    """A visit owed today and how it stands."""

    due: Due
    state: State
    visit: Visit | None


class Day(NamedTuple):
    """All visits owed today and all tasks that run or were closed today."""

    stops: list[Stop]
    tasks: list[Task]


def day_of_compound(store: Store, now: datetime, standing: Standing) -> Day:
    """Two queries, however many homes there are."""
    register = standing.register
    return Day(stops_of(store, now, standing, register.homes), board.of_day(store, register.compound, day_of(now)))


def stops_of(store: Store, now: datetime, standing: Standing, homes: Iterable[Home]) -> list[Stop]:
    """The visits these homes are owed today, with how they stand. One query; one more while a window of yesterday's still runs."""
    dues = due_now(standing, homes, now)
    return _stops(store, now, standing, dues, {day_of(now), *(due.slot.day for due in dues)})


def stops_on(store: Store, now: datetime, standing: Standing, homes: Iterable[Home], day: date) -> list[Stop]:
    """The visits these homes were owed on an earlier day, with how they stand now. One query."""
    return _stops(store, now, standing, due_on(standing, homes, day, now), {day})


def _stops(store: Store, now: datetime, standing: Standing, dues: list[Due], days: set[date]) -> list[Stop]:
    entered = (visit for day in days for visit in visits.of_day(store, standing.register.compound, day))
    made = {(visit.slot, visit.tenancy): visit for visit in entered}
    return [_stop(due, made.get((due.key, due.home.tenancy)), now) for due in dues]


def mine(day: Day, person: str, homes: Iterable[Home]) -> Day:
    """What one person owes: her visits, her tasks, trips of homes she is the steward of; and what nobody owes in the homes she sees."""
    seen: dict[str, Home] = {home.id: home for home in homes}
    stops = [stop for stop in day.stops if person in stop.due.owners or (not stop.due.owners and stop.due.home.id in seen)]
    return Day(stops, [task for task in day.tasks if _hers(task, person, seen)])


def _hers(task: Task, person: str, seen: Mapping[str, Home]) -> bool:
    home = seen.get(task.home)
    if not task.owners:
        return home is not None or not task.home
    return person in task.owners or (task.kind is TaskKind.TRIP and home is not None and home.steward == person)


def _stop(due: Due, visit: Visit | None, now: datetime) -> Stop:
    return Stop(due, state_of(due, visit, now), visit)
