"""What a compound checks of itself once a day: who cannot be reached by any channel, and what is low in stock, and whether the table of holidays ends soon."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from chalicelib import reach
from chalicelib.post import records as messages
from chalicelib.post.rules import MessageState
from chalicelib.promises import arising, stocks
from chalicelib.promises.people import named
from chalicelib.promises.task_answers import TaskLine
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.holidays import table_ends
from chalicelib.shared.ids import CompoundId
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import RUNNING, Task, TaskKind
from chalicelib.tasks.work import settle

A_DAY = timedelta(days=1)
ARRIVED = {MessageState.HANDED_OVER, MessageState.DELIVERED}
KINDS = (TaskKind.REACH, TaskKind.CALENDAR, TaskKind.LOW_STOCK, TaskKind.ENDS_SOON)
OVER = "over"


def found(store: Store, now: datetime, standing: Standing, day: date, closes: datetime) -> Iterator[Task]:
    """One task for all who cannot be reached, one for a table that ends, and one a good that runs low or ends soon. Days that were left out are over: the last one counts."""
    if now - closes >= A_DAY:
        return
    if unreachable(store, now, standing.register):
        yield arising.out_of_reach(standing, day, now)
    ends = table_ends(day_of(now))
    if ends:
        yield arising.table_ends(standing, ends, now)
    yield from stocks.found(store, now, standing, day)


def settle_over(store: Store, now: datetime, compound: CompoundId, still: Sequence[Task]) -> None:
    """Close what an earlier day found, and what is not so any more."""
    wanted = {task.id for task in still}
    for kind in KINDS:
        for task in board.open_of(store, compound, kind):
            if task.id not in wanted:
                settle(store, now, compound, task.id, OVER)


def settle_reached(store: Store, now: datetime, register: Register) -> None:
    """As soon as everybody can be reached, as after an import, there is nothing left to do about it."""
    tasks = board.open_of(store, register.compound, TaskKind.REACH)
    if tasks and not unreachable(store, now, register):
        for task in tasks:
            settle(store, now, register.compound, task.id, OVER)


def unreachable(store: Store, now: datetime, register: Register) -> list[str]:
    """Everybody without an address that works. One that a message has failed at for good since yesterday does not, until one arrives."""
    broken: set[str] = set()
    days = (day_of(now) - A_DAY, day_of(now))
    told = [message for day in days for message in messages.of_day(store, register.compound, day)]
    for message in sorted(told, key=lambda message: message.due):
        if message.state is MessageState.FAILED:
            broken.update(message.addresses)
        elif message.state in ARRIVED:
            broken.discard(message.to)
    return reach.who_has_no_channel(register, broken)


def with_people(store: Store, now: datetime, standing: Standing, lines: list[TaskLine]) -> list[TaskLine]:
    """Who cannot be reached, is worked out when it is read: two queries, and only where there is such a task."""
    asking = [line for line in lines if line.kind is TaskKind.REACH and line.state in RUNNING]
    if asking:
        people = named(standing, tuple(unreachable(store, now, standing.register)))
        return [msgspec.structs.replace(line, people=people) if line in asking else line for line in lines]
    return lines
