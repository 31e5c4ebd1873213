"""One day in a compound: what is not done is found, climbs, is told, and falls silent when somebody takes it on."""

from datetime import timedelta

import pytest

from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.rules import Register
from chalicelib.shared.news import News, told
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Replace
from chalicelib.tasks.acting import act
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Act, Line, TaskKind
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")


def compound(**members: object) -> Register:
    return register(homes=(RED, home("3-502", steward="anheli.wang")), **members)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, compound(), moment("07:00"))


def tasks(world: World) -> dict[str, str]:
    return {task.id: task.state.value for task in of_day(world.store, "anheli", DAY)}


def visit(world: World, number: int, outcome: Outcome, key: str = "visit-1") -> None:
    slot = "home_visit:1-302:2026-11-22" + (f":{number}" if number else "")
    entry = Entry(key, "d", world.clock.moment, "anheli.wang", outcome)
    record(world.store, world.clock.moment, "anheli", world.register.policy, RED, slot, entry)
    world.pump()


def test_a_visit_nobody_made_is_found_when_its_window_closes_and_climbs(world: World):
    world.until(moment("09:59"))
    assert TaskKind.MISSED not in {key.split(":")[0] for key in tasks(world)}

    world.until(moment("12:00"))
    assert tasks(world)["missed:home_visit:1-302:2026-11-22"] == "open"
    told = [text for text in world.texts() if "走访没有做" in text]
    assert [who for who in ("王管家", "老周", "刘组长", "陈经理") if any(who in text for text in told)] == [
        "王管家",
        "老周",
        "刘组长",
        "陈经理",
    ]
    assert len(told) == 4 + 2  # steps at 10:00, 10:15, 10:30, 11:00; repeats at 11:15 and 11:45


def test_a_visit_made_in_time_makes_no_task(world: World):
    world.until(moment("08:30"))
    visit(world, 0, Outcome.DONE)
    world.until(moment("11:00"))

    assert not [key for key in tasks(world) if key.startswith("missed:home_visit")]


def test_a_visit_entered_late_settles_the_miss(world: World):
    world.until(moment("10:05"))
    visit(world, 0, Outcome.DONE)
    before = len(world.sent)
    world.until(moment("12:00"))

    assert tasks(world)["missed:home_visit:1-302:2026-11-22"] == "done"
    assert not [text for text in world.texts()[before:] if "走访没有做" in text]


def test_nobody_home_climbs_a_ladder_of_its_own_to_the_coordinator(world: World):
    world.until(moment("08:30"))
    visit(world, 0, Outcome.NOBODY_HOME)
    world.until(moment("09:01"))

    assert tasks(world)["nobody-home:home_visit:1-302:2026-11-22"] == "open"
    told = [text for text in world.texts() if "没人开门" in text]
    assert ["王管家" in told[0], "老周" in told[1], "刘组长" in told[2]] == [True] * 3
    assert all("请先打电话，再敲一次门" in text for text in told)


def test_whoever_takes_it_on_silences_it_until_nothing_follows(world: World):
    world.until(moment("10:01"))
    line = Line(world.clock.moment, "anheli.wang", Act.CLAIM, "", "key-claim")
    act(world.store, world.clock.moment, "anheli", "missed:home_visit:1-302:2026-11-22", line, DEFAULT_LADDERS)
    before = len(world.sent)
    world.until(moment("11:00"))
    assert len([text for text in world.texts()[before:] if "走访没有做" in text]) == 0

    world.until(moment("11:02"))
    assert len([text for text in world.texts()[before:] if "走访没有做" in text]) == 1


def test_a_visit_that_nobody_owes_is_loud_as_soon_as_its_window_opens(monkeypatch: pytest.MonkeyPatch):
    orphan = home("1-302", tier=Tier.RED)
    world = World(monkeypatch, register(homes=(orphan,)), moment("07:00"))
    world.until(moment("08:01"))

    assert tasks(world)["unassigned:home_visit:1-302:2026-11-22"] == "open"
    assert [text for text in world.texts() if "没有人负责" in text and "刘组长" in text]


def test_looks_left_out_for_six_hours_are_caught_up_once(world: World):
    world.until(moment("09:30"))
    world.clock.moment = moment("15:30")
    world.sweep()
    world.sweep()

    assert tasks(world)["missed:home_visit:1-302:2026-11-22"] == "open"
    assert len([text for text in world.texts() if "走访没有做" in text]) == 1


def test_every_miss_is_one_task_however_often_it_is_looked_at(world: World):
    world.until(moment("10:30"))
    world.clock.moment = moment("10:29")
    world.until(moment("11:30"), timedelta(minutes=7))

    assert len(world.stored("TASK/OPEN#missed:home_visit")) == 1


def test_in_quiet_hours_only_what_is_red_is_delivered(monkeypatch: pytest.MonkeyPatch):
    green = home("3-502", steward="anheli.wang")
    world = World(monkeypatch, register(homes=(green,), policy=policy(self_report_closes="23:00")), moment("22:00"))
    world.until(moment("23:30"))
    assert world.texts() == []

    world.until(moment("07:05", DAY.replace(day=23)), timedelta(minutes=5))
    assert any("没报平安" in text for text in world.texts())


def test_when_a_person_cannot_be_reached_at_all_the_next_one_is_told_at_once(monkeypatch: pytest.MonkeyPatch):
    robots = {"duty": "wecombot://duty", "anheli.wang": "wecombot://wang"}
    world = World(monkeypatch, compound(policy=policy(robots=robots)), moment("07:00"))
    world.until(moment("10:00"))
    (message,) = [each for each in world.stored("POST#") if each["person"] == "anheli.wang" and "走访没有做" in each["text"]]
    world.store.write(
        Replace({**message, "v": message["v"] + 1, "state": "failed", "news": told("x:failed", News.MESSAGE_FAILED)}, message["v"])
    )
    world.pump()
    world.until(moment("10:01"))

    assert any("老周" in text for text in world.texts() if "走访没有做" in text)
