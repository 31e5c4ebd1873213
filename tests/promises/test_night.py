"""What the quiet hours hold back goes out as one digest; and whoever acts on a task is known to have had its reminder."""

import pytest

from chalicelib.care.actions import check_in
from chalicelib.care.rules import Need
from chalicelib.register.ladders import DEFAULT_LADDERS
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from tests.builders import DAY, entry, home, moment, policy, register
from tests.promises.world import World

GREENS = tuple(home(f"3-{floor}02", steward="anheli.wang") for floor in range(5, 9))
ROBOTS = {"duty": "wecombot://duty", "anheli.wang": "wecombot://wang"}


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> World:
    """Four households need something after ten."""
    world = World(monkeypatch, register(homes=GREENS, policy=policy(robots=ROBOTS)), moment("22:30"))
    for each in GREENS:
        check_in(world.store, world.clock.moment, "anheli", each.id, "t1", entry(clock="22:30", needs=(Need.REPAIR,)))
    world.pump()
    return world


def do(world: World, which: int, what: Act, by: str = "anheli.wang") -> None:
    task = f"need:{GREENS[which].id}:t1:{DAY}:repair"
    act(world.store, world.clock.moment, "anheli", task, Line(world.clock.moment, by, what, "", f"{which}{what}:d"), DEFAULT_LADDERS)
    world.pump()


def to_wang(world: World) -> list[tuple[str, str]]:
    return [(f"{at:%H:%M}", text) for at, address, text in world.sent if address == ROBOTS["anheli.wang"]]


def test_the_night_is_one_text_without_what_was_settled_meanwhile(night: World):
    night.until(moment("23:00"))
    do(night, 0, Act.DONE)
    night.until(moment("07:30", DAY.replace(day=23)))

    ((clock, text),) = to_wang(night)
    assert clock == "07:00" and text.splitlines()[0] == "【免打扰时段里的 3 件事】"
    assert [line[:2] for line in text.splitlines()[1:4]] == ["· "] * 3 and "3 栋 502" not in text
    assert text.count("/today/") == 1 and text.splitlines()[-1].endswith("/today/")
    why = {each["why"] for each in night.stored("POST#") if each["person"] == "anheli.wang" and each["state"] == "suppressed"}
    assert why == {"outdated"}


def states(world: World, which: int) -> dict[str, str]:
    entries = [each for each in world.stored("POST#") if each["event"].startswith(f"need:{GREENS[which].id}")]
    return {each["person"]: each["state"] for each in entries}


def test_whoever_claims_has_had_the_reminder_and_nobody_else(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=GREENS, policy=policy(robots=ROBOTS)), moment("12:00"))
    check_in(world.store, world.clock.moment, "anheli", GREENS[0].id, "t1", entry(clock="12:00", needs=(Need.REPAIR,)))
    world.pump()
    world.until(moment("16:30"))
    assert states(world, 0) == {"anheli.wang": "handed_over", "anheli.liu": "handed_over"}

    do(world, 0, Act.CLAIM, "anheli.liu")
    assert states(world, 0) == {"anheli.wang": "handed_over", "anheli.liu": "delivered"}
    do(world, 0, Act.DONE, "anheli.wang")
    assert set(states(world, 0).values()) == {"delivered"}


def test_a_red_home_is_told_of_in_the_night_too(monkeypatch: pytest.MonkeyPatch):
    red = home("3-502", tier=Tier.RED, steward="anheli.wang")
    world = World(monkeypatch, register(homes=(red,), policy=policy(robots=ROBOTS)), moment("23:00"))
    check_in(world.store, world.clock.moment, "anheli", "3-502", "t1", entry(clock="23:00", needs=(Need.FOOD,)))
    world.pump()

    assert [clock for clock, _ in to_wang(world)] == ["23:00"]
