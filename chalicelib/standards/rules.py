"""Which promises are published, and how a task, a visit or a parcel counts for them. Pure.

A promise counts on the day on which it was kept or ran out, whichever came first: what nobody ever does cannot hide.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from chalicelib.delivery.clocks import concluded as parcel_concluded
from chalicelib.delivery.rules import Parcel
from chalicelib.register.delivering import Goods
from chalicelib.register.policy import Policy
from chalicelib.register.ticketing import TicketKind
from chalicelib.shared.calendar import day_of
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.clocks import Clock
from chalicelib.tasks.tasks import ALARMS, Task, TaskKind, TaskState

AGAIN_DAYS = 8
"""A day is counted anew for so long: what is closed may come back for a week, and paper may."""
CATCH_UP_DAYS = 31
SHELVED_WITHIN = timedelta(days=7)
"""What arrived longer before it came to its shelf, is not looked for."""


class Promise(StrEnum):
    """``…_respond``: somebody takes it on; ``…_solve``: it is solved; ``parcel_…``: it is home within its class's time."""

    VISIT = "visit"
    ALARM = "alarm_respond"
    HELP = "help_respond"
    LETTER = "letter_solve"
    URGENT_RESPOND = "urgent_respond"
    URGENT_SOLVE = "urgent_solve"
    REPAIR_RESPOND = "repair_respond"
    REPAIR_SOLVE = "repair_solve"
    QUESTION_RESPOND = "question_respond"
    QUESTION_SOLVE = "question_solve"
    NEED_RESPOND = "need_respond"
    NEED_SOLVE = "need_solve"
    COMPLAINT_RESPOND = "complaint_respond"
    COMPLAINT_SOLVE = "complaint_solve"
    SUGGESTION_RESPOND = "suggestion_respond"
    SUGGESTION_SOLVE = "suggestion_solve"
    FRESH = "parcel_fresh"
    MEDICINE = "parcel_medicine"
    DAILY = "parcel_daily"


class Tally(NamedTuple):
    """How many promises of a kind there were, and how many of them were kept."""

    cases: int = 0
    kept: int = 0

    def __add__(self, other: object) -> "Tally":
        if not isinstance(other, Tally):
            return NotImplemented
        return Tally(self.cases + other.cases, self.kept + other.kept)

    @property
    def percent(self) -> int:
        """Rounded down: 100 is every one of them."""
        return 100 * self.kept // self.cases if self.cases else 0


Day = dict[Promise, Tally]
PARCELS = {Goods.FRESH: Promise.FRESH, Goods.MEDICINE: Promise.MEDICINE, Goods.DAILY: Promise.DAILY}


def limits(policy: Policy, promise: Promise) -> list[int]:
    """Minutes to an answer, by tier where that matters, or until a parcel is home; hours to a solution; none for a visit, which has its window."""
    word, _, which = promise.value.rpartition("_")
    if promise is Promise.VISIT:
        return []
    if promise is Promise.ALARM:
        return [policy.respond_minutes[Tier.RED], policy.respond_minutes[Tier.YELLOW], policy.respond_minutes[Tier.GREEN]]
    if promise is Promise.HELP:
        return limits(policy, Promise.ALARM)
    if promise is Promise.LETTER:
        return [24]
    if promise in PARCELS.values():
        return [getattr(policy.delivery, which)]
    return [getattr(policy.tickets, f"{word}_{which}")]


def days_to_count(since: date | None, until: date | None, yesterday: date) -> list[date]:
    """Which days are counted now, if ``until`` was the last that was: the new ones and the week before, a month at most.

    ``since`` is the day of the compound's first import: before it nobody was promised anything.
    """
    month_ago = yesterday - timedelta(days=CATCH_UP_DAYS)
    again = min(until + timedelta(days=1), yesterday) - timedelta(days=AGAIN_DAYS - 1) if until else month_ago
    first = max(again, month_ago, since or month_ago)
    return [first + timedelta(days=ahead) for ahead in range((yesterday - first).days + 1)]


def concluded(clock: Clock, now: datetime) -> tuple[date, bool] | None:
    """The day on which a clock's promise was kept or broken, and which; None while both may still come."""
    if clock.stopped and not clock.overdue(clock.stopped):
        return day_of(clock.stopped), True
    deadline = clock.deadline(now)
    return (day_of(deadline), False) if deadline and deadline <= now else None


def of_tasks(policy: Policy, tasks: Iterable[Task], now: datetime) -> dict[date, Day]:
    """What tasks count for, by day. One that was called off in time counts for nothing; called off too late, it was too late."""
    found: dict[date, Day] = {}
    for task in tasks:
        for promise, clock in _promises(policy, task):
            told = concluded(clock, now)
            if told and not (told[1] and task.state is TaskState.CANCELLED):
                _count(found, promise, *told)
    return found


def of_parcels(policy: Policy, parcels: Iterable[Parcel], now: datetime) -> dict[date, Day]:
    """What parcels count for, by day: home within the time of their class, which runs as their own clock does."""
    found: dict[date, Day] = {}
    for parcel in parcels:
        told = parcel_concluded(policy.delivery, parcel, now)
        if told:
            _count(found, PARCELS[parcel.goods], day_of(told[0]), told[1])
    return found


def _count(found: dict[date, Day], promise: Promise, day: date, kept: bool) -> None:
    known = found.setdefault(day, {})
    known[promise] = known.get(promise, Tally()) + Tally(1, int(kept))


def _promises(policy: Policy, task: Task) -> list[tuple[Promise, Clock]]:
    if task.kind in ALARMS:
        return [(Promise.ALARM, task.respond)]
    if task.kind is TaskKind.NEED:
        return [(Promise.HELP, task.respond)]
    if task.kind is TaskKind.LETTER:
        return [(Promise.LETTER, task.solve)]
    if task.kind is TaskKind.TICKET:
        word = _word(policy, task)
        return [(Promise(f"{word}_respond"), task.respond), (Promise(f"{word}_solve"), task.solve)]
    return []


def _word(policy: Policy, task: Task) -> str:
    """An urgent ticket is one by its tier; the rest by kind, and what is broken is a repair."""
    if policy.tickets.is_urgent(task.tier):
        return "urgent"
    return task.category if task.category in set(TicketKind) else TicketKind.REPAIR.value


def in_all(days: Iterable[Day]) -> Day:
    found: Day = {}
    for day in days:
        for promise, tally in day.items():
            found[promise] = found.get(promise, Tally()) + tally
    return found
