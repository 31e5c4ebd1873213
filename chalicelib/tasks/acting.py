"""What people do with tasks. Every act is one conditional write; its key makes a repeat harmless."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, absent, busy
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks import board
from chalicelib.tasks.errands import lapsed
from chalicelib.tasks.ladders import Ladder
from chalicelib.tasks.tasks import (
    Act,
    Line,
    Task,
    TaskState,
    answered,
    assign,
    claim,
    doer,
    finish,
    give_back,
    holder,
    run_again,
    step_back,
)
from chalicelib.tasks.waiting import Priority, awake, can_wait, go_on, prioritise, wait, waits
from chalicelib.tasks.work import CLOSING, LEAST_AFTER_REOPENING, ROUNDS


class Order(NamedTuple):
    """What some acts need beside their line: whom to assign, until when to pause, how urgent it is from now on."""

    owner: str = ""
    until: datetime | None = None
    priority: Priority | None = None


NOTHING_MORE = Order()


Follow = Callable[[Task], tuple[Task, Sequence[Change]]]
"""What goes with a task that has been moved: the task as it is then to be stored, and what is written in the same transaction."""


def alone(task: Task) -> tuple[Task, Sequence[Change]]:
    return task, ()


def act(
    store: Store,
    now: datetime,
    compound: str,
    identity: str,
    line: Line,
    ladders: Mapping[str, Ladder],
    order: Order = NOTHING_MORE,
    follow: Follow = alone,
) -> Task:
    """Do something with a task, as ``line`` says. Problem 409 tells who was first, or why it cannot be done now; 404 for no such task.

    Whatever is done with a paused task ends its pause, but for a partner's leave.
    """
    for _ in range(ROUNDS):
        task = board.running(store, compound, identity)
        day = day_of(now)
        if task is None:
            task, day = _lately(store, compound, identity, day)
        if answered(task, line.key):
            return task
        stands = lapsed(task, ladders[task.ladder], now)
        moved = _while_running(stands, now, line, ladders, order) if task.running else _after(task, now, line, ladders)
        stored, also = follow(moved)
        try:
            store.write(*_written(compound, task, stored, day), *also)
            return stored
        except Conflict:
            continue
    raise busy()


def _written(compound: str, before: Task, after: Task, day: date) -> Sequence[Change]:
    """``day`` is the one a closed task was closed on, or is closed on now."""
    if before.running:
        return [board.changed(compound, after)] if after.running else board.closed(compound, after, day)
    return board.reopened(compound, after, day) if after.running else [board.confirmed(compound, after, day)]


def _while_running(task: Task, now: datetime, line: Line, ladders: Mapping[str, Ladder], order: Order) -> Task:
    _allowed(task, now, line)
    if line.act in CLOSING:
        return finish(task, now, line, CLOSING[Act(line.act)])
    others = line.act == Act.RETURN and holder(task) not in ("", line.by)
    return step_back(task, line) if others else _moved(awake(task, now), now, line, ladders, order)


def _moved(task: Task, now: datetime, line: Line, ladders: Mapping[str, Ladder], order: Order) -> Task:
    ladder = ladders[task.ladder]
    match line.act:
        case Act.CLAIM:
            return claim(task, ladder, now, line)
        case Act.ASSIGN:
            return assign(task, ladder, now, line, order.owner)
        case Act.RETURN:
            return give_back(task, ladder, now, line)
        case Act.PAUSE if order.until:
            return wait(task, now, line, order.until)
        case Act.RESUME:
            return go_on(task, ladder, now, line)
        case Act.PRIORITISE if order.priority:
            return prioritise(task, ladders[order.priority.ladder], now, line, order.priority)
    raise _not_now(task)


def _allowed(task: Task, now: datetime, line: Line) -> None:
    taken = holder(task)
    if line.act == Act.CLAIM and taken and taken != line.by:
        raise Problem(409, "already-taken", "已经有人在做了。", "Somebody is already on it.", by=taken)
    if line.act == Act.RETURN and line.by not in task.owners:
        raise Problem(409, "not-yours", "这件事不在您名下。", "This is not yours to give back.", by=taken)
    if line.act == Act.PAUSE and not can_wait(task):
        raise Problem(
            409,
            "cannot-wait",
            "这件事不能先停：还没有人负责，等不得，或者已经停过太多次。",
            "This cannot wait: nobody owes it yet, it is too urgent, or it has been put off too often.",
        )
    if line.act == Act.RESUME and not waits(task, now):
        raise _not_now(task)


def _lately(store: Store, compound: str, identity: str, today: date) -> tuple[Task, date]:
    """A task that was closed within the last week, and on which day. Problem 404 for any other."""
    found = board.lately_closed(store, compound, identity, today)
    if found is None:
        raise absent()
    return found


def _after(task: Task, now: datetime, line: Line, ladders: Mapping[str, Ladder]) -> Task:
    """What can still be done with a task that is closed."""
    if line.act == Act.CONFIRM and task.state is TaskState.DONE:
        if line.by == doer(task):
            raise Problem(403, "own-work", "自己做完的，要请别人来核实。", "Somebody else has to confirm what you have done.")
        return finish(task, now, line, TaskState.CONFIRMED)
    if line.act == Act.REOPEN:
        return run_again(task, ladders[task.ladder], now, line, LEAST_AFTER_REOPENING)
    raise _not_now(task)


def _not_now(task: Task) -> Problem:
    """Whoever did the last thing with it, was first."""
    zh, en = "这件事现在不能这样处理，请刷新看看。", "That cannot be done with this task now. Please refresh."
    return Problem(409, "not-now", zh, en, by=task.lines[-1].by)
