"""When a promise counts as kept or broken, and which one a task is about."""

from datetime import date, datetime, timedelta

import pytest

from chalicelib.delivery.rules import Act as ParcelAct
from chalicelib.delivery.rules import Parcel, Spot, Step, Trouble
from chalicelib.register.delivering import Goods
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.shared.tiers import Tier
from chalicelib.standards.rules import Promise, Tally, concluded, days_to_count, limits, of_parcels, of_tasks
from chalicelib.tasks.clocks import Clock, pause, reopen, stop
from chalicelib.tasks.tasks import Act, Allowance, Line, Task, TaskKind, TaskState, finish, opened
from tests.builders import DAY, moment, policy

HOUR = timedelta(hours=1)
NEXT = DAY + timedelta(days=1)
CLOCK = Clock(moment("23:30"), HOUR)


@pytest.mark.parametrize(
    ("clock", "now", "told"),
    [
        (CLOCK, moment("23:40"), None),
        (CLOCK, moment("00:30", NEXT), (NEXT, False)),
        (CLOCK, moment("12:00", NEXT), (NEXT, False)),
        (stop(CLOCK, moment("23:45")), moment("12:00", NEXT), (DAY, True)),
        (stop(CLOCK, moment("00:30", NEXT)), moment("12:00", NEXT), (NEXT, True)),
        (stop(CLOCK, moment("12:00", DAY + timedelta(days=5))), moment("13:00", DAY + timedelta(days=5)), (NEXT, False)),
        (pause(CLOCK, moment("23:40"), moment("09:00", NEXT), "x"), moment("08:00", NEXT), None),
        (pause(CLOCK, moment("23:40"), moment("09:00", NEXT), "x"), moment("10:00", NEXT), (NEXT, False)),
        (reopen(stop(CLOCK, moment("23:45")), moment("12:00", NEXT), HOUR), moment("12:30", NEXT), None),
    ],
    ids=["still time", "just run out", "long run out", "kept", "kept at the last moment", "late: on the day it ran out", "stands", "stood, ran out", "back"],
)  # fmt: skip
def test_a_promise_counts_when_it_is_kept_or_runs_out(clock: Clock, now: datetime, told: tuple[date, bool] | None):
    assert concluded(clock, now) == told


def task(kind: TaskKind = TaskKind.TICKET, category: str = "leak", tier: Tier = Tier.GREEN) -> Task:
    ladder = ("ticket", DEFAULT_LADDERS["ticket"])
    return opened(f"{kind}:x", kind, ladder, moment("09:00"), Allowance(HOUR, 2 * HOUR), (), category=category, tier=tier)


def ended(before: Task, clock: str, state: TaskState = TaskState.DONE) -> Task:
    return finish(before, moment(clock), Line(moment(clock), "x", Act.DONE), state)


@pytest.mark.parametrize(
    ("about", "promises"),
    [
        (task(category="leak", tier=Tier.RED), ("urgent_respond", "urgent_solve")),
        (task(category="complaint", tier=Tier.RED), ("urgent_respond", "urgent_solve")),
        (task(category="lift"), ("repair_respond", "repair_solve")),
        (task(category="leak"), ("repair_respond", "repair_solve")),
        (task(category="question"), ("question_respond", "question_solve")),
        (task(category="need"), ("need_respond", "need_solve")),
        (task(TaskKind.NEED, "medicine"), ("help_respond",)),
        (task(TaskKind.LETTER, ""), ("letter_solve",)),
        (task(TaskKind.SMOKE, "smoke"), ("alarm_respond",)),
        (task(TaskKind.DOOR, "door_opened"), ("alarm_respond",)),
        (task(TaskKind.BATTERY_LOW, ""), ()),
        (task(TaskKind.MISSED, "home_visit"), ()),
    ],
    ids=str,
)
def test_which_promises_a_task_is_about(about: Task, promises: tuple[str, ...]):
    found = of_tasks(policy(), [about], moment("12:00"))

    assert found == ({DAY: {Promise(word): Tally(1, 0) for word in promises}} if promises else {})


@pytest.mark.parametrize(
    ("ended_at", "state", "respond", "solve"),
    [
        ("09:30", TaskState.DONE, Tally(1, 1), Tally(1, 1)),
        ("10:30", TaskState.DONE, Tally(1, 0), Tally(1, 1)),
        ("11:30", TaskState.CONFIRMED, Tally(1, 0), Tally(1, 0)),
        ("09:30", TaskState.CANCELLED, None, None),
        ("11:30", TaskState.CANCELLED, Tally(1, 0), Tally(1, 0)),
    ],
)
def test_what_is_called_off_too_late_was_too_late(ended_at: str, state: TaskState, respond: Tally | None, solve: Tally | None):
    found = of_tasks(policy(), [ended(task(category="lift"), ended_at, state)], moment("23:00")).get(DAY, {})

    assert (found.get(Promise.REPAIR_RESPOND), found.get(Promise.REPAIR_SOLVE)) == (respond, solve)


D = timedelta(days=1)


@pytest.mark.parametrize(
    ("since", "until", "first", "count"),
    [
        (None, None, DAY - 31 * D, 32),
        (DAY - 3 * D, None, DAY - 3 * D, 4),
        (DAY + D, None, None, 0),
        (None, DAY - D, DAY - 7 * D, 8),
        (None, DAY - 4 * D, DAY - 10 * D, 11),
        (None, DAY - 90 * D, DAY - 31 * D, 32),
    ],
    ids=["never", "imported lately", "imported today", "yesterday", "four days ago", "months ago"],
)
def test_the_new_days_are_counted_and_the_week_before(since: date | None, until: date | None, first: date | None, count: int):
    found = days_to_count(since, until, DAY)

    assert len(found) == count and (not found or (found[0], found[-1]) == (first, DAY))


def test_every_promise_says_its_limits_and_a_percentage_is_never_rounded_up():
    assert all(len(limits(policy(), each)) in (0, 1, 3) for each in Promise)
    assert [limits(policy(), each) for each in (Promise.QUESTION_RESPOND, Promise.URGENT_SOLVE, Promise.LETTER)] == [[5], [24], [24]]
    assert (Tally(1000, 999).percent, Tally(3, 3).percent, Tally().percent) == (99, 100, 0)


GATE = Step(moment("09:00"), ParcelAct.RECEIVE, "w", Spot.GATE, "G1", "k:d")


def parcel(spot: Spot, last: datetime, goods: Goods = Goods.FRESH, clock: str = "09:00") -> Parcel:
    ended = Step(last, ParcelAct.PICK_UP, "h", spot, "", "e:d")
    return Parcel("3-X", goods, "3-502", "t1", spot, "", Trouble.NONE, False, moment("09:00"), moment(clock), (GATE, ended))


@pytest.mark.parametrize(
    ("one", "now", "told"),
    [
        (parcel(Spot.SHELF, moment("09:05"), clock="09:05"), "09:34", None),
        (parcel(Spot.SHELF, moment("09:05"), clock="09:05"), "09:35", (DAY, False)),
        (parcel(Spot.HOME, moment("09:35"), clock="09:05"), "23:00", (DAY, True)),
        (parcel(Spot.HOME, moment("09:36"), clock="09:05"), "23:00", (DAY, False)),
        (parcel(Spot.HOME, moment("10:00"), Goods.MEDICINE), "23:00", (DAY, True)),
        (parcel(Spot.HOME, moment("10:01"), Goods.MEDICINE), "23:00", (DAY, False)),
        (parcel(Spot.HOME, moment("08:00", NEXT), Goods.DAILY), "23:00", (NEXT, True)),
        (parcel(Spot.HOME, moment("09:30", NEXT), Goods.DAILY), "23:00", (NEXT, False)),
        (parcel(Spot.RETURNED, moment("09:20")), "23:00", None),
        (parcel(Spot.RETURNED, moment("09:40")), "23:00", (DAY, False)),
        (parcel(Spot.GATE, moment("09:00")), "09:30", (DAY, False)),
    ],
    ids=["waits", "run out", "in time", "late", "medicine in time", "medicine late", "daily in time", "daily late", "back in time", "back too late", "at the gate"],
)  # fmt: skip
def test_a_parcel_counts_for_its_class_when_it_is_home_or_its_time_is_over(one: Parcel, now: str, told: tuple[date, bool] | None):
    later = moment(now) if told is None or told[0] == DAY else moment(now, NEXT)
    promise = {Goods.FRESH: Promise.FRESH, Goods.MEDICINE: Promise.MEDICINE, Goods.DAILY: Promise.DAILY}[one.goods]

    assert of_parcels(policy(), [one], later) == ({told[0]: {promise: Tally(1, int(told[1]))}} if told else {})
