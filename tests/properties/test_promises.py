"""Ladders, clocks and cadences, whatever happens to them."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.auditor.slots import beyond, spans
from chalicelib.register.changes import Changes
from chalicelib.register.dues import due_on, plan_of
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.standing import stand
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.clocks import Clock, pause, reopen, resume, stop
from chalicelib.tasks.ladders import Ladder, Rung, Step, acknowledge, begin, climb
from chalicelib.tasks.rules import Days, due_slots
from tests.builders import home, policy, register

START = datetime(2026, 11, 22, tzinfo=UTC)
WAITS = st.integers(0, 240)
MOMENTS = st.none() | st.integers(0, 2000).map(lambda minutes: START + timedelta(minutes=minutes))
STEPS = st.lists(st.builds(Step, st.sampled_from(Rung), WAITS, MOMENTS), min_size=1, max_size=5, unique_by=lambda step: step.rung).map(
    tuple
)
REPEATS = st.lists(st.integers(1, 240), min_size=1, max_size=3).map(tuple)
MADE = st.builds(Ladder, STEPS, REPEATS, st.integers(1, 240))
ANY_LADDER = st.one_of(st.sampled_from(list(DEFAULT_LADDERS.values())), MADE)
GAPS = st.lists(st.integers(0, 300), max_size=25)
EMPTY = st.frozensets(st.sampled_from(Rung), max_size=4)


def soon(step: Step, now: datetime) -> bool:
    """Has it no wait, or a moment that is past?"""
    return step.at <= now if step.at else step.wait == 0


@given(ANY_LADDER, GAPS, EMPTY)
def test_a_ladder_never_goes_down_by_waiting_and_numbers_every_telling(ladder: Ladder, gaps: list[int], empty: frozenset[Rung]):
    progress, now = begin(ladder, START), START
    for gap in gaps:
        now += timedelta(minutes=gap)
        before, (progress, rung) = progress, climb(ladder, progress, now, empty)

        assert progress.step >= before.step and progress.told == before.told + (rung is not None)
        assert (rung is None) == (now < before.look) and (rung is None or progress.told_at == now)
        assert rung is None or progress.look > now or soon(ladder.steps[progress.step], now)


@given(ANY_LADDER, EMPTY)
def test_each_step_is_told_once_on_the_way_up_and_empty_ones_never(ladder: Ladder, empty: frozenset[Rung]):
    progress, told = begin(ladder, START), []
    while progress.step < len(ladder.steps):
        progress, rung = climb(ladder, progress, progress.look, empty)
        told.append(rung)

    top = ladder.steps[-1].rung
    assert told == [step.rung for step in ladder.steps if step.rung not in empty or step.rung is top]


@given(ANY_LADDER, st.integers(0, 4), st.integers(0, 600))
def test_an_acknowledgement_is_silence_and_then_exactly_one_repeat_of_the_same_step(ladder: Ladder, climbs: int, minutes: int):
    progress = begin(ladder, START)
    for _ in range(climbs):
        progress, _ = climb(ladder, progress, progress.look)
    now = progress.look
    taken = acknowledge(ladder, progress, now, "anheli.wang")
    later = now + timedelta(minutes=minutes)
    after, rung = climb(ladder, taken, later)

    assert (rung is None) == (minutes < ladder.holds)
    if rung is not None:
        assert rung is ladder.steps[max(1, progress.step) - 1].rung and after.step == max(1, progress.step)
        assert after.acked_until is None and after.told == progress.told + 1


ACTS = st.lists(st.tuples(st.sampled_from(["pause", "resume", "stop", "reopen", "wait"]), st.integers(0, 500)), max_size=15)
LEAST = timedelta(hours=1)


@given(st.integers(0, 1000), ACTS)
def test_a_clock_has_run_and_paused_exactly_the_wall_time(allowed: int, acts: list[tuple[str, int]]):
    clock, now = Clock(START, timedelta(minutes=allowed)), START
    for act, minutes in acts:
        now += timedelta(minutes=minutes)
        match act:
            case "pause":
                clock = pause(clock, now, now + timedelta(minutes=minutes), "waiting for parts")
            case "resume":
                clock = resume(clock, now)
            case "stop":
                clock = stop(clock, now)
            case "reopen":
                clock = reopen(clock, now, LEAST)
        wall = (clock.stopped or now) - START

        assert clock.ran(now) + clock.paused(now) == wall and clock.ran(now) >= timedelta()
        assert (clock.deadline(now) is None) == clock.standing(now)
        assert clock.deadline(now) is None or clock.overdue(now) == (clock.deadline(now) < (clock.stopped or now))


@given(st.integers(0, 1000), st.integers(0, 3000), st.integers(0, 3000))
def test_reopening_leaves_the_stated_minimum(allowed: int, ran: int, rested: int):
    stopped = stop(Clock(START, timedelta(minutes=allowed)), START + timedelta(minutes=ran))
    now = START + timedelta(minutes=ran + rested)
    again = reopen(stopped, now, LEAST)

    assert again.ran(now) == timedelta(minutes=ran) and not again.overdue(now)
    assert again.deadline(now) >= now + LEAST and again.allowed >= stopped.allowed


CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minute: f"{minute // 60:02}:{minute % 60:02}")
PAIRS = st.lists(st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=4).map(tuple)
DAYS = st.dates(date(2026, 2, 12), date(2026, 3, 10))  # the Spring Festival of 2026 and its make-up days among them
CADENCES = st.one_of(
    st.fixed_dictionaries({"every": st.integers(1, 20), "anchor": DAYS}),
    st.fixed_dictionaries({"weekdays": st.sets(st.integers(1, 7), min_size=1).map(tuple)}),
    st.fixed_dictionaries({"dates": st.sets(DAYS, min_size=1).map(tuple)}),
)
PROMISES = st.builds(
    lambda windows, cadence, days: PlanPolicy("home_visit", (), windows, OwnerRule.PAIR, days=days, **cadence),
    PAIRS,
    CADENCES,
    st.sampled_from(Days),
)
INSTANTS = st.datetimes(datetime(2026, 2, 10), datetime(2026, 3, 12), timezones=st.just(UTC))  # noqa: DTZ001 the zone is given beside


@given(PROMISES, st.lists(INSTANTS, min_size=2, max_size=8).map(sorted))
def test_slots_of_any_cadence_partition_also_across_midnight(promise: PlanPolicy, cuts: list[datetime]):
    plan = plan_of(promise)
    parts = [slot for start, end in pairwise(cuts) for slot in due_slots(plan, start, end)]

    assert sorted(parts) == sorted(due_slots(plan, cuts[0], cuts[-1]))
    assert len({slot.key("3-502") for slot in parts}) == len(parts)


@given(PROMISES)
def test_the_auditor_and_the_plans_know_the_same_slots(promise: PlanPolicy):
    first, last = date(2026, 2, 10), date(2026, 3, 12)
    start, end = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    mine = {(slot.key("3-502"), slot.opens, slot.closes) for slot in due_slots(plan_of(promise), start, end) if first <= slot.day <= last}

    assert {(span.key("3-502"), span.opens, span.closes) for span in spans(promise, first, last)} == mine


CARERS = st.lists(st.tuples(st.sampled_from(["", "s1", "s2"]), st.sampled_from(["", "v1"]), st.sampled_from(Tier)), min_size=1, max_size=12)


@given(CARERS, st.lists(PROMISES, min_size=1, max_size=2), st.integers(1, 12), st.sampled_from([(Tier.RED,), (Tier.RED, Tier.GREEN)]))
def test_the_auditor_and_the_plans_agree_whose_day_is_full(
    carers: list[tuple[str, str, Tier]], promises: list[PlanPolicy], most: int, tiers: tuple[Tier, ...]
):
    kinds = ["home_visit", "medicine_run"]
    plans = tuple(msgspec.structs.replace(promise, kind=kind, tiers=tiers) for promise, kind in zip(promises, kinds, strict=False))
    homes = tuple(
        home(f"{number % 3 + 1}-{number + 1}01", steward=steward, volunteer=volunteer, tier=tier, people=())
        for number, (steward, volunteer, tier) in enumerate(carers)
    )
    found, day = register(homes=homes, policy=policy(plans=plans, most_work=most)), date(2026, 2, 24)
    now = datetime(2026, 2, 24, tzinfo=UTC)
    dues = due_on(stand(found, Changes(), now), homes, day, now)

    over = {(due.key, person) for due in dues for person in due.over}
    assert over == beyond(found, Changes(), day)
    work = Counter(person for due in dues for person in due.owners)
    assert all(count <= most for count in work.values())
    assert all(work[person] == most for _, person in over)
