"""One way to save a living change: read, decide, write it together with its line of history, and again if somebody was faster."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from chalicelib.register import records
from chalicelib.register.changes import Changes, pruned
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, bad, busy
from chalicelib.store.contract import Change, Conflict, Store

ROUNDS = 8
MOST_BYTES = 380_000
"""DynamoDB takes items of 400 KB. A home's tier takes some 80 bytes: room for more than four thousand of them, or for eight hundred with the longest reasons."""
AHEAD = timedelta(days=365)
ROSTER = "ROSTER"
"""The subject of the roster's history; a home has a hyphen, a username a dot."""

T = TypeVar("T")


class Past(NamedTuple):
    """A line of history: about whom, under which id, what was done and by whom."""

    subject: str
    id: str
    what: str
    by: str
    more: dict[str, Any]


class Step(NamedTuple):
    """What to save, the line of history that goes with it, and what else has to be written with them or not at all."""

    changes: Changes
    past: Past
    also: tuple[Change, ...] = ()


def save(store: Store, now: datetime, compound: str, decide: Callable[[Changes], tuple[T, Step | None]]) -> T:
    """Do what ``decide`` says about the current changes, in one transaction; without a step nothing is written. It may be asked again.

    Problem 409 where a compound has changed more than one item holds; that is for the next import to take in.
    """
    for _ in range(ROUNDS):
        current, seen = records.changes(store, compound)
        answer, step = decide(current)
        if step is None:
            return answer
        subject, identity, what, by, more = step.past
        past = records.remembered(compound, subject, now, f"{identity}:{what}", what, by, **more)
        written = records.changed(compound, pruned(step.changes, day_of(now)), seen)
        if len(written.item["blob"]) > MOST_BYTES:
            raise _full()
        try:
            store.write(written, past, *step.also)
        except Conflict:
            continue
        return answer
    raise busy()


def _full() -> Problem:
    return Problem(
        409,
        "too-many-changes",
        "小区里手工改动太多，存不下了，请管理员把改定的档写进名单，重新导入。",
        "Too much has been changed by hand. Please ask the administrator to write the decided tiers into the lists and import them.",
    )


def check_days(now: datetime, first: date, last: date, longest: timedelta) -> None:
    """Problem 400 unless the days begin today or later and within a year, come in order, and are not more than ``longest``."""
    check_start(now, first)
    if not first <= last or last - first >= longest:
        raise bad(
            "days",
            f"最后一天不能早于第一天，前后最多 {longest.days} 天。",
            f"The last day must not come before the first, and it may be {longest.days} days at most.",
        )


def check_start(now: datetime, first: date) -> None:
    today = day_of(now)
    if not today <= first <= today + AHEAD:
        raise bad("days", "开始的日子要从今天起、一年之内。", "The first day must be today or later, within a year.")
