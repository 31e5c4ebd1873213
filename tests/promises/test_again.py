"""A fact heard of again makes no second task, open or closed; one that is said anew opens its task again."""

from datetime import timedelta

import pytest

from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.promises.looking import ensure
from chalicelib.promises.sweep import sweep
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.records import to_item
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.builders import DAY, entry, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
MISSED, NEED = "missed:home_visit:1-302:2026-11-22", "need:1-302:t1:2026-11-22:medicine"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, register(homes=(RED,)), moment("07:00"))


def done(world: World, task: str, key: str = "k1") -> None:
    act(world.store, world.clock.moment, "anheli", task, Line(world.clock.moment, "anheli.wang", Act.DONE, "", f"{key}:d"), DEFAULT_LADDERS)
    world.pump()


def states(world: World, task: str) -> list[str]:
    return [item["state"] for item in world.store.under("anheli#TASK") if item["sk"].endswith(task)]


def test_a_look_taken_twice_makes_no_task_that_was_done_meanwhile(world: World):
    world.until(moment("09:59"))
    look = world.store.get(keys.look("anheli", "home_visit", 0))
    world.until(moment("10:01"))
    done(world, MISSED)
    world.store._keep(keys.look("anheli", "home_visit", 0), look)  # as if the process had ended before the look moved on
    world.until(moment("10:05"))

    assert states(world, MISSED) == ["done"]


def test_news_that_comes_again_after_its_task_was_done_changes_nothing(world: World):
    world.until(moment("08:00"))
    check_in(world.store, moment("08:00"), "anheli", "1-302", "t1", entry(clock="08:00", needs=(Need.MEDICINE,)))
    again = list(world.store.stream)
    world.pump()
    world.until(moment("08:10"))
    done(world, NEED)
    world.store.stream += again
    world.pump()

    assert states(world, NEED) == ["done"]


def test_a_telling_that_is_heard_of_again_the_next_day_is_told_once(world: World):
    world.clock.moment = moment("10:00")
    sweep(world.store, world.clock.moment, world.send)
    again = list(world.store.stream)
    world.pump()
    world.clock.moment = moment("00:05", DAY + timedelta(days=1))
    world.store.stream += again
    world.pump()

    assert len([text for text in world.texts() if "走访没有做" in text]) == 1


def test_a_need_said_anew_opens_its_task_again_and_it_can_be_done_again(world: World):
    test_news_that_comes_again_after_its_task_was_done_changes_nothing(world)
    world.until(moment("08:30"))
    tried = Entry("visit-one", "d", moment("08:30"), "anheli.wang", Outcome.DONE, 0, None, ("medicine",))
    record(world.store, moment("08:30"), "anheli", policy(), RED, "home_visit:1-302:2026-11-22", tried)
    world.pump()
    world.until(moment("08:32"))
    assert states(world, NEED) == ["open"]

    done(world, NEED, "k2")
    assert states(world, NEED) == ["done"]


def test_a_window_that_the_policy_moves_is_looked_at_at_its_new_moment(world: World):
    world.until(moment("08:30"))
    plan = world.register.policy.plans[0]
    for window, shown in ((("08:00", "09:00"), "09:00"), (("08:00", "11:00"), "11:00")):
        moved = type(plan)(plan.kind, plan.tiers, (window, plan.windows[1]), plan.owner)
        changed = register(homes=(RED,), policy=policy(plans=(moved,)))
        world.store._keep(keys.register("anheli"), to_item(changed, 1))
        ensure(world.store, changed, world.clock.moment)
        world.until(moment("08:59"))
        if shown == "09:00":
            assert world.store.get(keys.look("anheli", "home_visit", 0))["due"] == "2026-11-22T01:00:00.000Z"
    world.until(moment("10:59"))
    assert states(world, MISSED) == []
    world.until(moment("11:00"))
    assert states(world, MISSED) == ["open"]
