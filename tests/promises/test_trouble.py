"""What goes wrong around a promise: who cannot be reached, what comes late or twice, what ends while it is still owed."""

from datetime import timedelta

import pytest

from chalicelib.register.rules import Role, Staff
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Task
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
GREEN = home("3-502", steward="anheli.wang")
MORNING = "home_visit:1-302:2026-11-22"
TOMORROW = DAY + timedelta(days=1)


def task(world: World, identity: str) -> Task:
    """The one task of the day whose id begins so."""
    (found,) = [each for each in of_day(world.store, "anheli", DAY) if each.id.startswith(identity)]
    return found


@pytest.mark.parametrize("phones", [("", ""), ("13800000012", "0571-88")], ids=["nobody can be reached", "one of two can"])
def test_at_the_top_it_is_repeated_in_its_own_time_also_where_somebody_cannot_be_reached(
    monkeypatch: pytest.MonkeyPatch, phones: tuple[str, str]
):
    managers = tuple(Staff(f"anheli.{name}", name, phone, (Role.MANAGER,)) for name, phone in zip("ab", phones, strict=True))
    world = World(monkeypatch, register(homes=(RED,), staff=managers, volunteers=(), policy=policy(robots={})), moment("09:59"))
    world.until(moment("14:00"))

    assert task(world, "missed:").progress.told == 6  # 10:00, and then after 15, 30, 60, 60 and 60 minutes
    assert len(world.sent) == (6 if phones[0] else 0)


@pytest.mark.parametrize("key", [keys.message("anheli", DAY, "x@y"), keys.open_task("anheli", "x"), keys.look("anheli", "x", 0)])
def test_an_item_that_nobody_can_read_is_put_off_and_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, key: keys.Key):
    world = World(monkeypatch, register(homes=(RED,)), moment("09:59"))
    world.store.fill([{**key.as_item(), "v": 1, "due_pk": "0", "due_at": utc_stamp(moment("09:00"))}])
    world.until(moment("10:01"))

    assert [text for text in world.texts() if "走访没有做" in text]
    assert world.store.get(key)["due_at"] == utc_stamp(moment("11:00"))
