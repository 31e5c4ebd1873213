"""Whoever has enough to do counts as missing for new work: it goes to the coordinator at once, and says why."""

from datetime import timedelta

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.promises.load import full
from chalicelib.register.changes import Absence, Changes, HomePause
from chalicelib.register.dues import due_on, expected_now
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.register.rules import Home, Register
from chalicelib.register.standing import Standing, stand
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from chalicelib.visits.actions import record
from chalicelib.visits.rules import Entry, Outcome
from tests.builders import DAY, entry, home, moment, policy, register
from tests.promises.world import World

GREEN = home("3-502", steward="anheli.wang")


def reds(count: int, volunteer: str = "") -> tuple[Home, ...]:
    return tuple(home(f"2-{floor}01", tier=Tier.RED, steward="anheli.wang", volunteer=volunteer) for floor in range(1, count + 1))


def compound(count: int, most: int, volunteer: str = "") -> Register:
    return register(homes=(*reds(count, volunteer), GREEN), policy=policy(most_work=most))


def standing(found: Register, changes: Changes | None = None, clock: str = "07:00") -> Standing:
    return stand(found, changes or Changes(), moment(clock))


def unowned(found: Standing) -> list[tuple[str, tuple[str, ...]]]:
    dues = due_on(found, found.register.homes, DAY, found.now)
    return [(due.key.removeprefix("home_visit:"), due.over) for due in dues if not due.owners]


@pytest.mark.parametrize(
    ("most", "names"),
    [
        (6, []),
        (5, ["2-301:2026-11-22:1"]),
        (4, ["2-201:2026-11-22:1", "2-301:2026-11-22:1"]),
        (2, ["2-301:2026-11-22", "2-101:2026-11-22:1", "2-201:2026-11-22:1", "2-301:2026-11-22:1"]),
    ],
)
def test_a_day_is_full_after_so_many_visits_in_order_of_their_opening(most: int, names: list[str]):
    assert unowned(standing(compound(3, most))) == [(name, ("anheli.wang",)) for name in names]


def test_the_other_of_a_pair_goes_alone_and_nobody_is_missing():
    dues = due_on(standing(compound(1, 1, "v1")), compound(1, 1, "v1").homes, DAY, moment("07:00"))

    assert [(due.owners, due.over) for due in dues] == [(("anheli.wang", "v1"), ()), ((), ("anheli.wang", "v1"))]


def test_one_home_asked_about_alone_knows_of_the_others():
    """The door of a home that nobody has time to visit is not expected to open."""
    found = compound(3, 5)
    last = found.home_by_id["2-301"]

    assert unowned(standing(found)._replace(register=found)) == [("2-301:2026-11-22:1", ("anheli.wang",))]
    assert [opening.id for opening in expected_now(found, Changes(), last, moment("16:30"))][-1:] == ["home_visit:2-301:2026-11-22"]
    assert (
        len(expected_now(compound(3, 6), Changes(), last, moment("16:30")))
        == len(expected_now(found, Changes(), last, moment("16:30"))) + 2
    )


def test_a_home_that_is_away_keeps_its_place_so_that_no_visit_changes_hands_when_it_comes_back():
    pause = HomePause("p", "2-101", "t1", Absence.AWAY, DAY, DAY, "x", moment("07:00"))

    assert unowned(standing(compound(3, 5), Changes(pauses=(pause,)))) == unowned(standing(compound(3, 5)))


def ask(world: World, clock: str, need: Need) -> None:
    check_in(world.store, world.clock.moment, "anheli", "3-502", "t1", entry(f"key-{clock}-{need}", clock=clock, needs=(need,)))
    world.pump()


def tasks(world: World) -> dict[str, list[str]]:
    return {item["category"]: item["owners"] for item in world.stored("OPEN#need")}


def test_a_visit_beyond_a_full_day_is_the_coordinators_at_once_and_says_why(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(3, 5), moment("15:50"))
    world.until(moment("16:10"))

    (item,) = world.stored("OPEN#unassigned")
    assert item["sk"] == "OPEN#unassigned:home_visit:2-301:2026-11-22:1" and item["lines"][1]["act"] == "over_load"
    assert [text.splitlines()[:2] for text in world.texts()] == [
        ["【走访没有人负责】2 栋 301", "刘组长：王管家手上的事已经满了，请指定一位负责人"]
    ]
    assert audit(world.store, world.clock.moment, world.register.compound) == []


def test_the_auditor_counts_for_itself_whose_day_is_full(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(3, 5), moment("15:50"))
    world.clock.moment = moment("16:10")

    found = [each.id for each in audit(world.store, world.clock.moment, world.register.compound)]
    assert found == ["task-missing:unassigned:home_visit:2-301:2026-11-22:1"]


def test_a_need_goes_past_whoever_has_enough_to_do(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, compound(2, 4), moment("07:00"))
    ask(world, "07:00", Need.FOOD)
    assert tasks(world) == {"food": []}
    assert [text.splitlines()[1] for text in world.texts()] == ["刘组长：王管家手上的事已经满了，请处理"]

    world.until(moment("08:30"))
    for each in reds(1):
        made = Entry("visited-one", "d", moment("08:30"), "anheli.wang", Outcome.DONE)
        record(world.store, moment("08:30"), "anheli", world.register.policy, each, f"home_visit:{each.id}:{DAY}", made)
        world.pump()
    ask(world, "08:31", Need.REPAIR)
    assert tasks(world)["repair"] == ["anheli.wang"]


def test_what_somebody_else_has_claimed_is_no_load_of_hers(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(GREEN,), policy=policy(most_work=1)), moment("12:00"))
    ask(world, "12:00", Need.FOOD)
    now, found = world.clock.moment, standing(world.register, clock="12:00")
    assert full(world.store, now, found, ("anheli.wang", "v1")) == {"anheli.wang"}

    line = Line(now, "anheli.liu", Act.CLAIM, "", "claim:d")
    act(world.store, now, "anheli", f"need:3-502:t1:{DAY}:food", line, DEFAULT_LADDERS)
    assert full(world.store, now + timedelta(minutes=1), found, ("anheli.wang", "anheli.liu")) == {"anheli.liu"}
    assert full(world.store, now, found, ()) == frozenset()
