"""What the auditor says of places and patrols: nothing while each that was missed has its task, and exactly what lacks one."""

from datetime import timedelta

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.store import keys
from tests.builders import moment
from tests.promises.test_patrols import FAR, GATE, HERE, LIFT, LOBBY, clean, scan, until
from tests.promises.world import World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, HERE, moment("05:00"))


def found(world: World) -> list[str]:
    return [each.id for each in audit(world.store, world.clock.moment, world.register.compound) if each.id.startswith("task-missing")]


def test_while_everything_missed_has_its_task_there_is_nothing_to_say(world: World):
    until(world, "09:30")
    clean(world, LIFT)
    for clock in ("10:10", "14:10", "18:10", "20:10", "22:10"):
        until(world, clock)
        assert audit(world.store, world.clock.moment, "anheli") == [], clock


def test_what_lacks_its_task_is_named(world: World):
    until(world, "14:10")
    for name in ("undisinfected:g1:2026-11-22:1400", "undisinfected:-:2026-11-22:1400"):
        world.store._forget(keys.open_task("anheli", name))

    assert found(world) == [f"task-missing:undisinfected:{grid}:2026-11-22:1400" for grid in ("-", "g1")]


def test_what_was_kept_or_made_good_needs_none(world: World):
    until(world, "09:30")
    clean(world, LIFT, LOBBY, FAR, GATE)
    until(world, "15:00")
    clean(world, LIFT, FAR)

    assert found(world) == [] and not [key for key in world.store._items if "undisinfected:g1:2026-11-22:1000" in str(key)]


def test_a_patrol_nobody_walked_has_its_task_and_one_that_was_walked_has_none(world: World):
    until(world, "19:00")
    scan(world, LIFT)
    scan(world, LOBBY)
    until(world, "20:10")
    world.store._forget(keys.open_task("anheli", "unwalked:g2:2026-11-22"))

    assert found(world) == ["task-missing:unwalked:g2:2026-11-22"]
    world.clock.moment += timedelta(days=1, hours=4)
    assert "task-missing:unwalked:g2:2026-11-22" not in found(world)
