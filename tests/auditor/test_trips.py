"""The auditor knows by a trip's own hours that it should be followed, and when somebody has to be told of it."""

from datetime import datetime, timedelta

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.register.records import changes
from chalicelib.register.rules import Volunteer
from chalicelib.register.standing import stand
from chalicelib.register.trips import Trip
from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import keys
from chalicelib.tasks.tasks import Act, Line
from chalicelib.trips.actions import act, plan
from tests.builders import DAY, home, moment, register
from tests.promises.world import World

HOME = home("3-502", steward="anheli.wang")
NEXT = DAY + timedelta(days=1)
TASK = keys.open_task("anheli", "trip:a")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A trip tomorrow from nine to twelve, of which its companion has been told."""
    people = register(homes=(HOME,), volunteers=(Volunteer("v1", "老周", "13800000009", "g1", "3-1104"),))
    built = World(monkeypatch, people, moment("14:00"))
    window = {"starts": moment("09:00", NEXT), "ends": moment("12:00", NEXT)}
    said = {"agreed_by": "何护士", "agreed_on": DAY, "by": "anheli.liu", "made": built.clock.moment, "asked": "a", "companion": "v1"}
    trip = Trip(id="a", home="3-502", tenancy="t1", hospital="市一医院", since=built.clock.moment, **window, **said)
    plan(built.store, built.clock.moment, stand(people, changes(built.store, "anheli")[0], built.clock.moment), HOME, trip)
    built.until(moment("14:30"), timedelta(minutes=5))
    return built


def found(world: World) -> list[str]:
    return [finding.id for finding in audit(world.store, world.clock.moment, world.register.compound)]


def do(world: World, what: Act) -> None:
    standing = stand(world.register, changes(world.store, "anheli")[0], world.clock.moment)
    act(world.store, world.clock.moment, standing, "a", Line(world.clock.moment, "v1", what, "", f"{what}:d"))
    world.pump()


def looked_at(world: World, when: datetime) -> None:
    """Somebody puts the next look of its task at another moment."""
    item = world.store.get(TASK)
    assert item is not None
    stamp = utc_stamp(when)
    world.store._keep(TASK, {**item, "progress": {**item["progress"], "look": stamp}, "due_at": stamp})


def test_a_trip_that_is_followed_leaves_nothing_to_say_from_its_planning_to_their_return(world: World):
    seen = [found(world)]
    world.until(moment("09:10", NEXT), timedelta(minutes=10))
    seen.append(found(world))
    do(world, Act.SET_OUT)
    world.until(moment("12:40", NEXT), timedelta(minutes=10))
    seen.append(found(world))
    do(world, Act.DONE)
    world.until(moment("13:00", NEXT), timedelta(minutes=10))

    assert [*seen, found(world)] == [[], [], [], []]


def test_a_trip_that_nothing_follows_is_found(world: World):
    world.store._forget(TASK)
    assert found(world) == ["task-missing:trip:a"]


@pytest.mark.parametrize(
    ("clock", "look", "late"),
    [
        ("14:30", moment("20:00"), False),
        ("14:30", moment("20:30"), True),  # the evening before has been missed
        ("20:30", moment("08:00", NEXT), False),
        ("20:30", moment("08:30", NEXT), True),  # an hour before it begins
    ],
)
def test_a_look_later_than_the_next_moment_somebody_is_told_is_found(world: World, clock: str, look: datetime, late: bool):
    world.until(moment(clock), timedelta(minutes=5))
    looked_at(world, look)
    assert [each.rpartition(":")[0] for each in found(world)] == (["climbs-late:trip:a"] if late else [])


def test_a_return_that_nobody_would_ask_about_is_found(world: World):
    world.until(moment("09:00", NEXT), timedelta(minutes=10))
    do(world, Act.SET_OUT)
    looked_at(world, moment("12:00", NEXT))
    fine = found(world)
    looked_at(world, moment("13:00", NEXT))

    assert (fine, [each.rpartition(":")[0] for each in found(world)]) == ([], ["climbs-late:trip:a"])
