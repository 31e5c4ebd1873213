"""Goods that run low or end soon are somebody's task: once a week, by name, gone once they are there again."""

from datetime import timedelta

import pytest

from chalicelib.ledger.actions import post
from chalicelib.ledger.rules import Cause, Posting, give
from chalicelib.register.actions import take_leave
from chalicelib.register.changes import Leave
from chalicelib.register.goods import Good
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.rules import Register
from chalicelib.stock.rules import Batch
from chalicelib.tasks.tasks import Act
from tests.builders import DAY, home, moment, register
from tests.promises.test_daily import tasks
from tests.promises.test_points import did
from tests.promises.world import World


def compound(keeper: str = "anheli.wang") -> Register:
    return register(
        homes=(home("3-502", steward="anheli.wang"),),
        places=(Place("D1", PlaceKind.DEPOT, "仓库"),),
        goods=(Good("mask", "口罩", "个", 20, 60, keeper),),
    )


def receive(world: World, amount: int, days: int | None = None, key: str = "1") -> None:
    ends = None if days is None else DAY + timedelta(days=days)
    entry = give(Cause("receive", key), world.clock.moment, "anheli.wang", Posting(Batch("mask", "D1", ends).account, amount))
    post(world.store, "anheli", entry)


def test_what_is_low_is_its_keepers_task_until_it_is_there_again(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(), moment("08:00"))
    receive(world, 19)
    world.until(moment("09:01"))
    found = tasks(world, "low-stock")
    told = [text for text in world.texts() if "物资不多了" in text]
    receive(world, 1, key="2")
    world.until(moment("09:01", DAY + timedelta(days=1)), timedelta(minutes=10))

    assert found == {"low-stock:mask:2026-47": "open"} and tasks(world, "low-stock") == {"low-stock:mask:2026-47": "done"}
    assert len(told) == 1 and "口罩" in told[0] and "王管家" in told[0]


def test_a_batch_that_ends_soon_is_told_and_enough_is_not(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(), moment("08:00"))
    receive(world, 40, 30)
    receive(world, 40, 31, key="2")
    world.until(moment("09:01"))

    assert tasks(world, "ends-soon") == {"ends-soon:mask:2026-47": "open"} and tasks(world, "low-stock") == {}


@pytest.mark.parametrize(("keeper", "leave"), [("", False), ("anheli.wang", True)])
def test_without_its_keeper_it_is_the_managers(monkeypatch: pytest.MonkeyPatch, keeper: str, leave: bool):
    world = World(monkeypatch, compound(keeper), moment("08:00"))
    if leave:
        take_leave(world.store, moment("08:00"), world.register, Leave("l", "anheli.wang", DAY, DAY, "anheli.wang", moment("08:00")))
    world.until(moment("09:01"))

    assert [item["owners"] for item in world.stored("OPEN#low-stock")] == [["anheli.chen"]]


def test_what_was_seen_to_is_not_told_again_in_the_same_week(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(), moment("08:00", DAY + timedelta(days=1)))
    world.until(moment("09:01", DAY + timedelta(days=1)))
    did(world, "low-stock:mask:2026-48", "anheli.wang", Act.DONE)
    world.until(moment("09:05", DAY + timedelta(days=7)), timedelta(minutes=30))
    seen = tasks(world, "low-stock")
    world.until(moment("09:35", DAY + timedelta(days=8)), timedelta(minutes=30))

    assert seen == {"low-stock:mask:2026-48": "done"}
    assert tasks(world, "low-stock") == {"low-stock:mask:2026-48": "done", "low-stock:mask:2026-49": "open"}
