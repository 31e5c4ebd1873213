"""The figures of this month and the last: whoever asks first after a day is over has it counted, everybody later reads."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.delivery import records as parcels
from chalicelib.delivery.reading import has_shelves
from chalicelib.delivery.rules import Parcel
from chalicelib.promises.today import Stop, stops_on
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.standards import records
from chalicelib.standards.records import Month
from chalicelib.standards.rules import SHELVED_WITHIN, Day, Promise, Tally, days_to_count, of_parcels, of_tasks
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Store
from chalicelib.tasks import board
from chalicelib.visits.rules import Outcome, State

OVER = {State.MISSED, State.NOBODY_HOME, State.DONE, State.REFUSED, State.NOT_NEEDED}


def measured(store: Store, now: datetime, standing: Standing) -> tuple[Month, Month]:
    """This month and the one before. One batch; once a day, a query for the tasks, one for each day's visits, where there are shelves one for
    each day's parcels and those of the week before, and a write."""
    compound, yesterday = standing.register.compound, day_of(now) - timedelta(days=1)
    names = [f"{day_of(now):%Y-%m}", f"{day_of(now).replace(day=1) - timedelta(days=1):%Y-%m}"]
    found = store.get_many([keys.figures(compound, name) for name in names], consistent=True)
    months = [records.month(name, found.get(keys.figures(compound, name))) for name in names]
    until = max((day for month in months for day in month.days), default=None)
    days = days_to_count(standing.register.since, until, yesterday) if until is None or until < yesterday else []
    if days:
        months = _counted(store, now, standing, months, days)
    return months[0], months[1]


def _counted(store: Store, now: datetime, standing: Standing, months: list[Month], days: list[date]) -> list[Month]:
    """Of two who count at once one is written; both have read the same."""
    fresh = _of_days(store, now, standing, days)
    after = [
        month._replace(days=month.days | {day: each for day, each in fresh.items() if f"{day:%Y-%m}" == month.name}) for month in months
    ]
    changed = [month for before, month in zip(months, after, strict=True) if month.days != before.days]
    try:
        if changed:
            store.write(*(records.counted(standing.register.compound, month) for month in changed))
    except Conflict:
        pass
    return after


def _of_days(store: Store, now: datetime, standing: Standing, days: list[date]) -> dict[date, Day]:
    """Every task that runs or was closed since the first of the days, the parcels, and the visits of each."""
    register = standing.register
    tasks = of_tasks(register.policy, board.of_day(store, register.compound, days[0]), now)
    collected = of_parcels(register.policy, _parcels(store, register, days), now)
    return {day: tasks.get(day, {}) | collected.get(day, {}) | _visits(stops_on(store, now, standing, register.homes, day)) for day in days}


def _parcels(store: Store, register: Register, days: list[date]) -> Iterator[Parcel]:
    """Those that may have come home, or run out, on one of the days. A query for those on their way, and one a day; none without shelves."""
    if not has_shelves(register):
        return
    yield from parcels.on_their_way(store, register.compound)
    day = days[0] - SHELVED_WITHIN
    while day <= days[-1]:
        yield from parcels.arrived_on(store, register.compound, day)
        day += timedelta(days=1)


def _visits(stops: list[Stop]) -> Day:
    over = [stop for stop in stops if stop.state in OVER]
    return {Promise.VISIT: Tally(len(over), sum(_on_time(stop) for stop in over))} if over else {}


def _on_time(stop: Stop) -> bool:
    """Somebody was let in, or told that it is not needed, before the window closed; of what was on paper the time is not known."""
    tries = stop.visit.entries if stop.visit else ()
    return any(each.outcome is not Outcome.NOBODY_HOME and (each.paper or each.at < stop.due.slot.closes) for each in tries)
