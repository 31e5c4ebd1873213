"""Who is on leave owes nothing: what is then nobody's goes to the coordinator at once."""

from datetime import datetime

from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Store
from chalicelib.tasks.acting import act
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Act, Line


def hand_back(store: Store, now: datetime, standing: Standing) -> None:
    """Everybody who is on leave today gives her tasks back: when leave is taken, and on the day that it begins. One read."""
    gone, register = standing.absent(day_of(now)), standing.register
    for task in of_day(store, register.compound, day_of(now)) if gone else ():
        for person in gone.intersection(task.owners if task.running else ()):
            try:
                act(store, now, register.compound, task.id, Line(now, person, Act.RETURN, "请假"), register.policy.every_ladder)
            except Problem:  # somebody else has done something with it meanwhile
                continue
