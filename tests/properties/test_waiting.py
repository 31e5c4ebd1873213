"""Whatever people do with a task, and however late the sweep: nothing stands still for good, and no minute of its clocks is lost."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.promises.arising import ladder_of, need, priority
from chalicelib.shared.problems import Problem
from chalicelib.shared.tiers import Tier
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.acting import Order, act
from chalicelib.tasks.board import running
from chalicelib.tasks.tasks import Act, Line, Task
from chalicelib.tasks.waiting import waits
from chalicelib.tasks.work import arise, look
from tests.builders import DAY, home, moment, policy

POLICY, HOME = policy(), home("3-502", steward="anheli.wang", volunteer="v1")
START = moment("07:00")
PEOPLE = st.sampled_from(["anheli.wang", "v1", "anheli.liu"])
RUNNING = [Act.CLAIM, Act.ASSIGN, Act.RETURN, Act.PAUSE, Act.RESUME, Act.PRIORITISE]
DONE = st.one_of(st.sampled_from(RUNNING), st.none())  # None: the sweep looks
STEPS = st.lists(st.tuples(DONE, PEOPLE, st.integers(0, 2000), st.integers(1, 168), st.sampled_from(Tier)), max_size=14)


def fresh() -> tuple[MemoryStore, Task]:
    store, task = MemoryStore(), need(POLICY, HOME, ("anheli.wang", "v1"), DAY, "repair", START)
    arise(store, START, "anheli", task, ladder_of(POLICY, task))
    return store, task


@given(STEPS)
def test_nothing_stands_still_for_good_and_no_minute_is_lost(steps: list[tuple[Act | None, str, int, int, Tier]]):
    store, first = fresh()
    now = START
    for number, (what, who, minutes, hours, tier) in enumerate(steps):
        now += timedelta(minutes=minutes)
        task = current(store, first)
        if what is None:
            look(store, now, "anheli", task, ladder_of(POLICY, task))
        else:
            order = Order(who, now + timedelta(hours=hours), priority(POLICY, task, tier))
            tried(store, now, task, Line(now, who, what, "等配件", f"k{number}:d"), order)
        after = current(store, first)

        for clock in (after.respond, after.solve):
            assert clock.ran(now) + clock.paused(now) == (clock.stopped or now) - START
            assert all(one.end <= two.start for one, two in zip(clock.pauses, clock.pauses[1:], strict=False))
        assert after.progress.told >= task.progress.told
        if waits(after, now):
            ends = after.solve.pauses[-1].end
            assert after.owners and after.progress.look == ends <= now + timedelta(hours=168)
        if not after.owners and what is not None:
            assert after.progress.look <= max(now, task.progress.look)


def current(store: MemoryStore, task: Task) -> Task:
    found = running(store, "anheli", task.id)
    assert found is not None
    return found


def tried(store: MemoryStore, now, task: Task, line: Line, order: Order) -> None:
    try:
        act(store, now, "anheli", task.id, line, POLICY.every_ladder, order)
    except Problem as problem:
        assert problem.status == 409


@given(st.integers(1, 168), st.integers(0, 500))
def test_when_its_time_is_over_whoever_was_told_last_is_told_once_more(hours: int, late: int):
    store, task = fresh()
    ladder, until = ladder_of(POLICY, task), START + timedelta(hours=hours)
    act(store, START, "anheli", task.id, Line(START, "anheli.wang", Act.PAUSE, "等配件", "k:d"), POLICY.every_ladder, Order(until=until))
    before = current(store, task)
    look(store, until - timedelta(seconds=1), "anheli", before, ladder)
    assert current(store, task).progress.told == before.progress.told

    look(store, until + timedelta(minutes=late), "anheli", current(store, task), ladder)
    after = current(store, task)
    assert (after.progress.told, after.progress.step) == (before.progress.told + 1, before.progress.step)
    assert after.solve.paused(until + timedelta(minutes=late)) == timedelta(hours=hours)
