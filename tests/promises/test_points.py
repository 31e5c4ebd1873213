"""A volunteer does a task: the real acts, the real reactions, heard twice and in any order."""

from datetime import timedelta
from itertools import permutations

import pytest

from chalicelib import subscriptions
from chalicelib.ledger.records import balance, statement
from chalicelib.points.rules import account
from chalicelib.promises.arising import need
from chalicelib.promises.doing import do
from chalicelib.register.changes import Changes
from chalicelib.register.giving import PointsPolicy
from chalicelib.register.rules import Home, Volunteer
from chalicelib.register.standing import stand
from chalicelib.shared.tiers import Tier
from chalicelib.store.values import to_typed
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tasks.work import arise, find
from chalicelib.visits.actions import record as enter
from chalicelib.visits.rules import Entry, Outcome
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

HOMES = (home("3-502", steward="anheli.wang"), home("3-1104", steward="anheli.wang"))
VOLUNTEERS = (Volunteer("v1", "老周", "13800000009", "g1", "3-1104"),)
PLAIN, COMPLEX = PointsPolicy(), PointsPolicy(complex_kinds=("need",))


def world_of(monkeypatch: pytest.MonkeyPatch, points: PointsPolicy = PLAIN) -> World:
    return World(monkeypatch, register(homes=HOMES, volunteers=VOLUNTEERS, policy=policy(points=points)), moment("09:00"))


def asked(world: World, where: str = "3-502") -> str:
    task = need(world.register.policy, world.register.home_by_id[where], ("v1",), DAY, "food", world.clock.moment)
    arise(world.store, world.clock.moment, "anheli", task, world.register.policy.every_ladder[task.ladder])
    world.pump()
    return task.id


def did(world: World, task: str, by: str, what: Act, pump: bool = True) -> None:
    world.clock.moment += timedelta(minutes=5)
    now, standing = world.clock.moment, stand(world.register, Changes(), world.clock.moment)
    do(
        world.store,
        now,
        standing,
        find(world.store, now, "anheli", task),
        Line(now, by, what, "理由", f"{by}{what}{int(now.timestamp())}:d"),
    )
    if pump:
        world.pump()


def points(world: World) -> int:
    return balance(world.store, "anheli", account("v1")).amount


def test_a_task_brings_its_volunteer_a_point_and_a_member_of_staff_none(monkeypatch: pytest.MonkeyPatch):
    world = world_of(monkeypatch)
    did(world, asked(world), "v1", Act.DONE)
    did(world, asked(world, "3-1104"), "anheli.wang", Act.DONE)

    assert points(world) == 1 and len(world.stored("anheli#CAUSE#")) == 1


def test_nothing_is_credited_for_her_own_home(monkeypatch: pytest.MonkeyPatch):
    world = world_of(monkeypatch)
    did(world, asked(world, "3-1104"), "v1", Act.DONE)

    assert points(world) == 0


def test_complex_work_brings_three_once_somebody_else_has_confirmed_it(monkeypatch: pytest.MonkeyPatch):
    world = world_of(monkeypatch, COMPLEX)
    task = asked(world)
    did(world, task, "v1", Act.DONE)
    before = points(world)
    did(world, task, "anheli.liu", Act.CONFIRM)

    assert (before, points(world)) == (0, 3)


def test_work_that_is_opened_again_brings_nothing_until_it_is_done_again(monkeypatch: pytest.MonkeyPatch):
    world, seen = world_of(monkeypatch), []
    task = asked(world)
    for by, what in (("v1", Act.DONE), ("anheli.liu", Act.REOPEN), ("v1", Act.DONE)):
        did(world, task, by, what)
        seen.append(points(world))

    assert seen == [1, 0, 1]
    assert [line.amount for line in statement(world.store, "anheli", account("v1"))] == [1, -1, 1]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_news_heard_late_twice_and_in_any_order_comes_to_the_same(monkeypatch: pytest.MonkeyPatch, order: tuple[int, ...]):
    world = world_of(monkeypatch)
    task, heard = asked(world), []
    for by, what in (("v1", Act.DONE), ("anheli.liu", Act.REOPEN), ("v1", Act.DONE)):
        did(world, task, by, what, pump=False)
        heard.append([*world.store.stream])
        world.store.stream.clear()
    for each in [*order, *order]:
        for record in heard[each]:
            subscriptions.react(record)

    assert points(world) == 1


RED = home("1-302", tier=Tier.RED, volunteer="v1")
OWN = home("3-1104", tier=Tier.RED, volunteer="v1")


def visited(world: World, whose: Home, outcome: Outcome, by: str = "v1", slot: str = "") -> None:
    slot = slot or f"home_visit:{whose.id}:{DAY}"
    entry = Entry(f"{slot}{outcome}{by}{len(world.store._items)}", "d", world.clock.moment, by, outcome)
    enter(world.store, world.clock.moment, "anheli", world.register.policy, whose, slot, entry)
    world.pump()


@pytest.mark.parametrize(
    ("whose", "tries", "brought"),
    [
        (RED, [(Outcome.DONE, "v1")], 1),
        (RED, [(Outcome.REFUSED, "v1")], 1),
        (RED, [(Outcome.NOBODY_HOME, "v1")], 0),
        (RED, [(Outcome.NOT_NEEDED, "v1")], 0),
        (RED, [(Outcome.DONE, "anheli.wang")], 0),
        (RED, [(Outcome.DONE, "anheli.wang"), (Outcome.DONE, "v1")], 0),
        (RED, [(Outcome.NOBODY_HOME, "v1"), (Outcome.DONE, "v1"), (Outcome.DONE, "v1")], 1),
        (OWN, [(Outcome.DONE, "v1")], 0),
    ],
    ids=["made", "refused", "nobody home", "not needed", "by the staff", "after the staff", "at the second try", "her own home"],
)
def test_a_visit_brings_a_point_once_to_whoever_was_met_at_the_door(
    whose: Home, tries: list[tuple[Outcome, str]], brought: int, monkeypatch: pytest.MonkeyPatch
):
    world = World(monkeypatch, register(homes=(*HOMES[:1], RED, OWN), volunteers=VOLUNTEERS), moment("09:00"))
    for outcome, by in tries:
        visited(world, whose, outcome, by)
    assert points(world) == brought

    world.store.stream += [{"eventID": "e", "dynamodb": {"NewImage": to_typed(item)}} for item in world.stored("#VISIT#")]
    world.pump()
    assert points(world) == brought, "heard twice, it brings no more"


def test_each_slot_of_a_day_brings_its_own_point(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(*HOMES[:1], RED), volunteers=VOLUNTEERS), moment("16:30"))
    for slot in ("", ":1"):
        visited(world, RED, Outcome.DONE, slot=f"home_visit:1-302:{DAY}{slot}")

    assert points(world) == 2
