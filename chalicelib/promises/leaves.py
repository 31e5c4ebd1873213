"""Who is on leave owes nothing: what is then nobody's goes to the coordinator at once."""

from datetime import datetime

from chalicelib.promises.doing import do
from chalicelib.promises.following import trip_of
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Store
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Act, Line


def hand_back(store: Store, now: datetime, standing: Standing) -> None:
    """Everybody who is on leave today gives her tasks back: when leave is taken, and on the day that it begins. One read.

    A trip is given back by whoever is on leave on its own day.
    """
    compound, trips = standing.register.compound, any(not trip.over for trip in standing.changes.trips)
    for task in of_day(store, compound, day_of(now)) if trips or standing.absent(day_of(now)) else ():
        trip = trip_of(standing, task)
        gone = standing.absent(day_of(trip.starts if trip else now))
        for person in gone.intersection(task.owners if task.running else ()):
            try:
                do(store, now, standing, task, Line(now, person, Act.RETURN, "请假"))
            except Problem:  # somebody else has done something with it meanwhile
                continue
