"""The auditor works out by the compound's own ladders who was to be told and when a ladder climbs next."""

from datetime import timedelta

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.register.changes import Changes, Leave, Week
from chalicelib.register.records import changed, to_item
from chalicelib.register.rules import Role, Staff
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.store.contract import Item
from chalicelib.tasks.acting import act
from chalicelib.tasks.ladders import Ladder, Rung, Step
from chalicelib.tasks.tasks import Act, Line
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
MISSED = "missed:home_visit:1-302:2026-11-22"
SHORT = Ladder((Step(Rung.COORDINATOR, 0), Step(Rung.MANAGER, 5)), (10,), 20)
MANAGERS = (*register().staff, Staff("anheli.qian", "钱经理", "13800000019", (Role.MANAGER,)))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Two managers, and ladders of the compound's own."""
    rules = policy(ladders={"visit": SHORT})
    built = World(monkeypatch, register(homes=(RED,), staff=MANAGERS, policy=rules), moment("07:00"))
    built.until(moment("10:30"))
    return built


def found(world: World) -> list[str]:
    return [finding.id for finding in audit(world.store, world.clock.moment, world.register.compound)]


def task(world: World) -> Item:
    item = world.store.get(keys.open_task("anheli", MISSED))
    assert item is not None
    return item


def lose(world: World, number: int, person: str) -> None:
    (item,) = [each for each in world.stored("#POST#") if each["sk"] == f"{MISSED}:told:{number}@{person}"]
    world.store._forget(keys.key_of(item))


def late(world: World, minutes: int) -> None:
    item = task(world)
    stamp = utc_stamp(world.clock.moment + timedelta(minutes=minutes))
    world.store._keep(keys.key_of(item), {**item, "progress": {**item["progress"], "look": stamp}, "due_at": stamp})


def test_ladders_of_ones_own_climb_as_told_and_leave_nothing_to_say(world: World):
    told = [(each["event"].rpartition(":")[2], each["person"]) for each in world.stored("#POST#")]

    assert told[:5] == [("1", "anheli.liu"), ("2", "anheli.chen"), ("2", "anheli.qian"), ("3", "anheli.chen"), ("3", "anheli.qian")]
    assert found(world) == []


def test_whoever_was_left_out_of_the_last_telling_is_named(world: World):
    lose(world, task(world)["progress"]["told"], "anheli.qian")
    world.clock.moment += timedelta(minutes=6)

    assert f"untold:{MISSED}:told:4@anheli.qian" in found(world)


def test_an_earlier_telling_says_itself_how_many_it_was_for(world: World):
    lose(world, 2, "anheli.chen")

    assert found(world) == [f"untold:{MISSED}:told:2:1-of-2"]


def test_a_telling_that_is_gone_whole_is_one_difference(world: World):
    lose(world, 2, "anheli.chen")
    lose(world, 2, "anheli.qian")

    assert found(world) == [f"untold:{MISSED}:told:2"]


@pytest.mark.parametrize(("minutes", "said"), [(9, []), (20, [f"climbs-late:{MISSED}:4"])])
def test_a_look_later_than_the_ladder_says_is_a_difference(world: World, minutes: int, said: list[str]):
    late(world, minutes)

    assert found(world) == said


def test_it_is_the_compounds_own_ladder_that_counts(world: World):
    """Whoever climbed by other figures than the policy has, would be found out."""
    late(world, 50)
    patient = policy(ladders={"visit": SHORT._replace(repeat=(60,))})
    world.store._keep(keys.register("anheli"), to_item(register(homes=(RED,), staff=MANAGERS, policy=patient), 2))
    assert found(world) == []

    world.store._keep(keys.register("anheli"), to_item(world.register, 3))
    assert found(world) == [f"climbs-late:{MISSED}:4"]


@pytest.mark.parametrize(("held", "said"), [(20, []), (60, [f"climbs-late:{MISSED}:4"])])
def test_a_claim_holds_as_long_as_the_ladder_says(world: World, held: int, said: list[str]):
    line = Line(world.clock.moment, "anheli.chen", Act.CLAIM, "", "key:d")
    act(world.store, world.clock.moment, "anheli", MISSED, line, {"visit": SHORT._replace(holds=held)})
    world.clock.moment += timedelta(minutes=1)

    assert found(world) == said


def living(world: World, **members: tuple[object, ...]) -> None:
    world.store.write(changed("anheli", Changes(**members), 0))  # type: ignore[arg-type]


@pytest.mark.parametrize("made", ["07:30", "10:29"])
def test_who_is_on_leave_that_day_is_not_missed(world: World, made: str):
    living(world, leaves=(Leave("l", "anheli.qian", DAY, DAY, "x", moment(made)),))
    lose(world, 4, "anheli.qian")
    world.clock.moment += timedelta(minutes=6)

    assert not [each for each in found(world) if "@" in each]


@pytest.mark.parametrize(("made", "certain"), [("06:00", True), ("10:04", False)])
def test_a_roster_set_after_a_telling_leaves_open_who_was_on_duty(monkeypatch: pytest.MonkeyPatch, made: str, certain: bool):
    duty = Ladder((Step(Rung.DUTY, 0), Step(Rung.MANAGER, 600)))
    hers = home("3-302", tier=Tier.RED, steward="anheli.wang")
    built = World(monkeypatch, register(homes=(hers,), policy=policy(ladders={"visit": duty})), moment("07:00"))
    built.until(moment("10:10"))
    living(built, weeks=(Week(DAY, "w", "x", moment(made)),))
    (entry,) = [each for each in built.stored("#POST#") if each["event"] == "missed:home_visit:3-302:2026-11-22:told:1"]
    assert entry["person"] == "anheli.wang"
    built.store._keep(keys.key_of(entry), {**entry, "person": "anheli.nobody"})

    assert [each.rpartition("@")[2] for each in found(built) if "@" in each] == (["anheli.wang"] if certain else [])
