"""What facts and the sweep do with tasks: they arise, are looked at, and are settled. Each is one conditional write."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import absent, busy
from chalicelib.store import keys
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks import board
from chalicelib.tasks.errands import lapsed
from chalicelib.tasks.ladders import Ladder, Rung, climb
from chalicelib.tasks.tasks import Act, Line, Task, TaskState, finish, run_again

ROUNDS = 8
LEAST_AFTER_REOPENING = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(minutes=5)
"""Whoever closes a task may be so far ahead of whoever hears of its fact: near midnight, on the next day."""
CLOSING = {Act.DONE: TaskState.DONE, Act.CANCEL: TaskState.CANCELLED}


def arise(
    store: Store,
    now: datetime,
    compound: str,
    task: Task,
    ladder: Ladder,
    empty: frozenset[Rung] = frozenset(),
    said: datetime | None = None,
) -> bool:
    """Store a task that arises, already on its first step if that has no wait; False if it arose before. One read, one write.

    What was closed within the last week does not arise again from the same fact, however often that is heard of; nor what is opened
    and closed between the read and the write, which then finds it closed and is made anew. If the fact was ``said`` anew since then,
    the task is reopened.
    """
    for _ in range(ROUNDS):
        closed = board.lately_closed(store, compound, task.id, day_of(now + CLOCKS_DIFFER))
        if closed is not None and (said is None or said <= closed[0].lines[-1].at):
            return False
        try:
            store.write(*_arisen(now, compound, task, ladder, empty, closed))
            return True
        except Conflict as conflict:
            if conflict.key == keys.open_task(compound, task.id):
                return False
    raise busy()


def _arisen(
    now: datetime, compound: str, task: Task, ladder: Ladder, empty: frozenset[Rung], closed: tuple[Task, date] | None
) -> list[Change]:
    if closed is not None:
        again = run_again(closed[0], ladder, now, Line(now, "", Act.REOPEN), LEAST_AFTER_REOPENING)
        return board.reopened(compound, again, closed[1])
    progress, rung = climb(ladder, task.progress, now, empty)
    days = sorted({day_of(now), day_of(now + CLOCKS_DIFFER)})
    return board.added(compound, task._replace(progress=progress), rung, days)


def find(store: Store, now: datetime, compound: str, identity: str) -> Task:
    """A running task, or one closed within the last week. Problem 404 for any other."""
    task = board.running(store, compound, identity)
    if task is None:
        closed = board.lately_closed(store, compound, identity, day_of(now))
        if closed is None:
            raise absent()
        return closed[0]
    return task


def settle(store: Store, now: datetime, compound: str, identity: str, why: str, act: Act = Act.DONE) -> bool:
    """Close a running task because what it was about has been done otherwise, or is over. False if it does not run."""
    for _ in range(ROUNDS):
        task = board.running(store, compound, identity)
        if task is None:
            return False
        done = finish(task, now, Line(now, "", act, why), CLOSING[act])
        try:
            store.write(*board.closed(compound, done, day_of(now)))
            return True
        except Conflict:
            continue
    raise busy()


def revise(store: Store, compound: str, identity: str, change: Callable[[Task], Task]) -> bool:
    """What a running task is about has changed. False if it does not run, or is the same afterwards."""
    for _ in range(ROUNDS):
        task = board.running(store, compound, identity)
        revised = change(task) if task else None
        if task is None or revised is None or revised == task:
            return False
        try:
            store.write(board.changed(compound, revised))
            return True
        except Conflict:
            continue
    raise busy()


def look(store: Store, now: datetime, compound: str, task: Task, ladder: Ladder, empty: frozenset[Rung] = frozenset()) -> bool:
    """One look of the sweep at a task whose moment has come: one conditional write. False if somebody was faster, which is normal."""
    task = lapsed(task, ladder, now)
    progress, rung = climb(ladder, task.progress, now, empty)
    try:
        store.write(board.climbed(compound, task._replace(progress=progress), rung))
    except Conflict:
        return False
    return True


def hasten(store: Store, now: datetime, compound: str, identity: str, told: int, ladders: Mapping[str, Ladder]) -> bool:
    """The telling with this number reached nobody: the next step need not wait. False if the task has moved on since.

    Above the last step there is none: it repeats in its own time, or whoever can be reached there would be told every minute.
    """
    task = board.running(store, compound, identity)
    if task is None or task.progress.told != told or task.progress.acked_until is not None:
        return False
    if task.progress.step >= len(ladders[task.ladder].steps):
        return False
    try:
        store.write(board.climbed(compound, task._replace(progress=task.progress._replace(look=now)), None))
    except Conflict:
        return False
    return True
