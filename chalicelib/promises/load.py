"""Who has enough to do today: for new work she counts as missing, and what is then nobody's goes to the coordinator at once."""

from collections import Counter
from datetime import datetime

from chalicelib.promises.today import stops_of
from chalicelib.register.standing import Standing
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import Task, TaskState, holder
from chalicelib.visits.rules import State

TO_DO = {State.COMING, State.NOW}


def full(store: Store, now: datetime, standing: Standing, people: tuple[str, ...]) -> frozenset[str]:
    """Those of them who have as many visits still to make and tasks running as the policy says, or more. Two queries."""
    register = standing.register
    if not people:
        return frozenset()
    homes = [home for home in register.homes if {home.steward, home.volunteer} & {*people}]
    work = Counter(person for stop in stops_of(store, now, standing, homes) if stop.state in TO_DO for person in stop.due.owners)
    work += Counter(person for task in board.running_all(store, register.compound) for person in _workers(task))
    return frozenset(person for person in people if work[person] >= register.policy.most_work)


def _workers(task: Task) -> tuple[str, ...]:
    """Whoever is on it, or else everybody who owes it."""
    return (holder(task),) if task.state is TaskState.CLAIMED else task.owners
