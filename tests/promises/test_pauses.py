"""A task that waits: nobody is called meanwhile, whoever was told last is told when the time is over, and the auditor agrees."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib import audits, wiring
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.ids import discreet
from chalicelib.store import keys
from chalicelib.store.contract import Replace
from chalicelib.tasks.board import running
from tests.builders import moment, register
from tests.promises.test_stories import CHEN, GREEN, LIU, RED, WANG, anna, post, told
from tests.promises.world import World

REPAIR = "need:3-502:t1:2026-11-22:repair"
ACTS = f"/api/tasks/{REPAIR}/acts"
SETTINGS = msgspec.structs.replace(wiring.environment.read(), heartbeat_url="")
STEP = timedelta(minutes=10)


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> World:
    """安娜's tap drips; 王管家 waits for a part until three in the afternoon."""
    world = World(monkeypatch, register(homes=(RED, GREEN)), moment("07:00"))
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    post(world, WANG, ACTS, act="pause", note="等配件", until=moment("15:00").isoformat())
    return world


def repairs(world: World) -> list[tuple[str, str]]:
    """Who was told of it from now on, and when."""
    return [(f"{at:%H:%M}", text.splitlines()[1]) for at, _, text in world.sent if "要修理" in text and at > moment("07:00")]


def audit(world: World) -> int:
    return audits.run(world.store, world.clock.moment, SETTINGS, world.send)


def test_a_paused_task_is_quiet_until_its_time_and_then_its_owner_is_told_why(waiting: World):
    waiting.until(moment("14:50"), STEP)
    assert repairs(waiting) == [] and audit(waiting) == 0

    waiting.until(moment("15:00"), STEP)
    assert len(repairs(waiting)) == 1
    assert told(waiting, "王管家：先停的时间到了", "要修理")
    assert not told(waiting, "要修理", "刘组长") and audit(waiting) == 0


def test_after_its_pause_the_ladder_goes_on(waiting: World):
    waiting.until(moment("19:10"), STEP)

    assert [who.partition("：")[0] for _, who in repairs(waiting)] == ["王管家", "刘组长"]  # four hours after the owner


def test_a_sweep_that_was_off_when_the_pause_ended_takes_it_up_late(waiting: World):
    waiting.clock.moment = moment("21:00")
    waiting.sweep()

    assert len(told(waiting, "先停的时间到了")) == 1
    task = running(waiting.store, "anheli", REPAIR)
    assert task is not None and task.solve.paused(moment("21:00")) == timedelta(hours=8)  # the segment ends when it was to end


def test_resumed_by_hand_the_owner_is_told_at_once(waiting: World):
    waiting.until(moment("10:00"), STEP)
    post(waiting, LIU, ACTS, act="resume")
    waiting.until(moment("10:01"))

    assert len(repairs(waiting)) == 1 and told(waiting, "王管家：请处理", "第 2 次")


def test_resumed_by_whoever_claimed_it_there_is_silence(waiting: World):
    post(waiting, WANG, ACTS, act="claim")
    post(waiting, WANG, ACTS, act="pause", note="等配件")
    waiting.until(moment("10:00"), STEP)
    post(waiting, WANG, ACTS, act="resume")
    waiting.until(moment("17:50"), STEP)

    assert repairs(waiting) == []


def test_an_owner_who_goes_on_leave_ends_the_pause_and_the_coordinator_is_told_at_once(waiting: World):
    waiting.until(moment("09:00"), STEP)
    post(waiting, CHEN, "/api/leaves", person="anheli.wang", first="2026-11-22", last="2026-11-22")
    waiting.until(moment("09:01"))

    assert told(waiting, "要修理", "刘组长") and audit(waiting) == 0


def test_more_urgent_it_climbs_the_steeper_ladder_from_its_foot(waiting: World):
    waiting.until(moment("09:00"), STEP)
    line = post(waiting, LIU, ACTS, act="prioritise", tier="red", note="漏到楼下了")
    waiting.until(moment("09:50"), timedelta(minutes=1))

    assert line["solve"]["pauses"] == [{"from": "2026-11-22T07:00:00+08:00", "until": "2026-11-22T09:00:00+08:00", "reason": "等配件"}]
    assert [(at, who.partition("：")[0]) for at, who in repairs(waiting)] == [("09:01", "王管家"), ("09:21", "刘组长"), ("09:41", "陈经理")]


def test_reopened_after_a_pause_every_segment_is_there(waiting: World):
    waiting.until(moment("09:00"), STEP)
    post(waiting, WANG, ACTS, act="done")
    waiting.until(moment("11:00"), STEP)
    line = post(waiting, LIU, ACTS, act="reopen", note="还在漏")

    spans = [(each["from"][11:16], each["until"][11:16], each["reason"]) for each in line["solve"]["pauses"]]
    assert spans == [("07:00", "09:00", "等配件"), ("09:00", "11:00", "reopened")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"owners": []},
        {"look": moment("16:00")},
        {"ends": moment("07:01") + timedelta(days=7, hours=1)},
    ],
    ids=["nobody owes it", "nobody looks at it", "too long"],
)
def test_a_pause_that_must_not_be_is_found_by_the_auditor(wrong: dict[str, Any], waiting: World):
    waiting.until(moment("08:00"), STEP)
    plant(waiting, **wrong)

    assert audit(waiting) == 1
    assert told(waiting, f"stands-still:{discreet(REPAIR)}:2026-11-21T23:00:00.000Z")


def plant(waiting: World, **wrong: Any) -> None:
    """As a mistake of ours might leave the task."""
    item = waiting.store.get(keys.open_task("anheli", REPAIR))
    assert item is not None
    look = utc_stamp(wrong.get("look", wrong.get("ends", moment("15:00"))))
    clock = {**item["solve"], "pauses": [{**item["solve"]["pauses"][-1], "until": utc_stamp(wrong.get("ends", moment("15:00")))}]}
    changed = {**item, "owners": wrong.get("owners", item["owners"]), "solve": clock, "due_at": look, "v": item["v"] + 1}
    waiting.store.write(Replace({**changed, "progress": {**item["progress"], "look": look}}, item["v"]))
    waiting.store.stream.clear()
