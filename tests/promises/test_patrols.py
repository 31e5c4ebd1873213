"""A compound's day at its places: what nobody disinfected is one task a grid, made good late it is settled; a patrol with what it finds."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.ledger.records import balances
from chalicelib.patrols.actions import Order, disinfect, take_back
from chalicelib.patrols.walking import Walker, look_at
from chalicelib.patrols.walks import Item, Need, Point, Wanted
from chalicelib.promises.patrols import place_disinfected, point_looked_at
from chalicelib.promises.sweep import sweep
from chalicelib.register.actions import take_leave
from chalicelib.register.changes import Changes, Leave
from chalicelib.register.places import Place, PlaceKind
from chalicelib.register.standing import stand
from chalicelib.store.contract import Change
from chalicelib.tasks.acting import act
from chalicelib.tasks.tasks import Act, Line
from chalicelib.tasks.work import settle
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import StreamingStore, World

LIFT, LOBBY = Place("L3", PlaceKind.LIFT, "3 栋电梯", "3", "g1"), Place("H3", PlaceKind.LOBBY, "3 栋大堂", "3", "g1")
FAR, GATE = Place("L9", PlaceKind.LIFT, "9 栋电梯", "9", "g2"), Place("G1", PlaceKind.GATE, "东门")
ROBOTS = {"duty": "wecombot://anheli", "anheli.liu": "wecombot://liu", "anheli.chen": "wecombot://chen"}
HERE = register(
    policy=policy(robots=ROBOTS, quiet=("00:00", "00:00"), self_report_tiers=()),
    homes=(home("3-502", steward="anheli.wang"), home("9-101", grid="g2")),
    places=(LIFT, LOBBY, FAR, GATE),
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    return World(monkeypatch, HERE, moment("05:00"))


def clean(world: World, *places: Place) -> None:
    for place in places:
        key = f"{place.id}{world.clock.moment:%d%H%M}"
        assert disinfect(world.store, world.clock.moment, world.register, Order(place, "anheli.wang", key, "d")).new
    world.pump()


def scan(world: World, place: Place, **said: Any) -> int:
    now, key = world.clock.moment, f"{place.id}{world.clock.moment:%d%H%M}:d"
    walked = look_at(world.store, now, world.register, Walker(place.grid, "v1", key), place, Point(place.id, now, "v1", key, **said))
    world.pump()
    return walked.credited


def tasks(world: World, kind: str) -> dict[str, tuple[str, str]]:
    """Running and closed ones by their ids: state, and what they are about."""
    found = [item for item in world.stored(f"#{kind}:") if "#TASK" in item["pk"]]
    return {item["sk"].rpartition("#")[2]: (item["state"], item["about"]) for item in found}


def until(world: World, clock: str, days: int = 0) -> None:
    world.until(moment(clock, DAY + timedelta(days=days)), timedelta(minutes=10))


def test_what_nobody_disinfected_is_one_task_a_grid_of_its_coordinator(world: World):
    until(world, "10:10")
    assert tasks(world, "undisinfected") == {
        "undisinfected:g1:2026-11-22:1000": ("open", "L3"),
        "undisinfected:g2:2026-11-22:1000": ("open", "L9"),
    }
    until(world, "14:10")

    later = {name: about for name, about in tasks(world, "undisinfected").items() if name.endswith("1400")}
    assert later == {
        "undisinfected:g1:2026-11-22:1400": ("open", "L3,H3"),
        "undisinfected:g2:2026-11-22:1400": ("open", "L9"),
        "undisinfected:-:2026-11-22:1400": ("open", "G1"),
    }
    owners = {item["sk"].rpartition("#")[2]: item["owners"] for item in world.stored("OPEN#undisinfected")}
    assert owners["undisinfected:g1:2026-11-22:1400"] == ["anheli.liu"] and owners["undisinfected:-:2026-11-22:1400"] == ["anheli.chen"]
    assert [text for _, address, text in world.sent if "liu" in address and "3 栋电梯、3 栋大堂" in text]


def test_what_was_disinfected_in_time_is_nobodys_task(world: World):
    until(world, "09:50")
    clean(world, LIFT, LOBBY, FAR, GATE)
    until(world, "13:50")
    clean(world, LIFT, FAR)
    until(world, "14:10")

    assert tasks(world, "undisinfected") == {} and not world.texts()


def test_made_good_late_each_place_comes_off_and_the_last_settles_it(world: World):
    until(world, "14:10")
    clean(world, LIFT)
    assert tasks(world, "undisinfected")["undisinfected:g1:2026-11-22:1000"] == ("done", "L3")
    assert tasks(world, "undisinfected")["undisinfected:g1:2026-11-22:1400"] == ("open", "H3")

    clean(world, LOBBY)
    assert tasks(world, "undisinfected")["undisinfected:g1:2026-11-22:1400"] == ("done", "H3")
    assert tasks(world, "undisinfected")["undisinfected:g2:2026-11-22:1400"][0] == "open"


def test_the_same_news_twice_changes_nothing(world: World):
    until(world, "14:10")
    clean(world, LIFT)
    before = dict(world.store._items)
    for item in world.stored("DISINFECTION"):
        place_disinfected(world.store, world.clock.moment, item)

    assert dict(world.store._items) == before


def take_it_back(world: World, place: Place) -> None:
    take_back(world.store, world.clock.moment, world.register, place, "anheli.wang", f"u{place.id}{world.clock.moment:%d%H%M}")
    world.pump()


def test_what_was_made_good_before_anybody_looked_and_is_taken_back_is_missed_after_all(world: World):
    until(world, "09:55")
    world.clock.moment = moment("10:00") + timedelta(seconds=20)
    clean(world, LIFT, FAR)
    until(world, "10:02")
    assert tasks(world, "undisinfected") == {}
    take_it_back(world, LIFT)

    assert tasks(world, "undisinfected") == {"undisinfected:g1:2026-11-22:1000": ("open", "L3")}
    assert [text for _, address, text in world.sent if "liu" in address and "3 栋电梯" in text]


def test_what_was_made_good_by_mistake_is_to_be_done_again_whatever_else_stood_there(world: World):
    until(world, "14:10")
    clean(world, LIFT)
    take_it_back(world, LIFT)
    at_once = tasks(world, "undisinfected")
    clean(world, LIFT, LOBBY)
    take_it_back(world, LOBBY)
    take_it_back(world, LIFT)

    assert at_once["undisinfected:g1:2026-11-22:1000"] == ("open", "L3") and at_once["undisinfected:g1:2026-11-22:1400"] == (
        "open",
        "H3,L3",
    )
    assert tasks(world, "undisinfected")["undisinfected:g1:2026-11-22:1400"] == ("open", "L3,H3")


def test_yesterdays_window_is_open_again_too_and_what_a_person_has_closed_is_not(world: World):
    until(world, "22:10")
    late, early = "undisinfected:g1:2026-11-22:2200", "undisinfected:g1:2026-11-22:1400"
    line = Line(world.clock.moment, "anheli.liu", Act.CANCEL, "电梯停用", "k:d")
    act(world.store, world.clock.moment, "anheli", early, line, world.register.policy.every_ladder)
    until(world, "06:05", 1)
    clean(world, LIFT, LOBBY)
    between = tasks(world, "undisinfected")[late]
    take_it_back(world, LIFT)

    assert (between[0], tasks(world, "undisinfected")[late], tasks(world, "undisinfected")[early][0]) == (
        "done",
        ("open", "L3"),
        "cancelled",
    )


def test_taken_back_and_done_anew_before_it_is_heard_of_is_done(world: World):
    until(world, "10:10")
    clean(world, LIFT, FAR)
    take_back(world.store, world.clock.moment, world.register, LIFT, "anheli.wang", "u")
    world.clock.moment += timedelta(minutes=1)
    clean(world, LIFT)

    assert {state for state, _ in tasks(world, "undisinfected").values()} == {"done"}


def test_news_that_comes_late_makes_good_neither_what_was_missed_since_nor_what_was_taken_back(world: World):
    until(world, "09:00")
    clean(world, LIFT)
    (early,) = world.stored("DISINFECTION")
    until(world, "14:10")
    clean(world, LOBBY)
    wrong = [item for item in world.stored("DISINFECTION") if item["sk"].startswith("H3")]
    take_it_back(world, LOBBY)
    for item in (early, *wrong):
        place_disinfected(world.store, world.clock.moment, item)

    state, about = tasks(world, "undisinfected")["undisinfected:g1:2026-11-22:1400"]
    assert (state, set(about.split(","))) == ("open", {"L3", "H3"})


def test_what_was_left_out_while_nobody_swept_is_made_up_for_but_not_of_days_ago(world: World):
    world.clock.moment = moment("14:30", DAY + timedelta(days=2))
    world.sweep()

    assert {name.split(":")[2] for name in tasks(world, "undisinfected")} == {"2026-11-23", "2026-11-24"}


class Meanwhile(StreamingStore):
    """Somebody disinfects the lift after the look has read what was done, and before its task stands."""

    act = staticmethod(lambda: None)

    def write(self, *changes: Change) -> None:
        act, self.act = self.act, lambda: None
        act()
        super().write(*changes)


def test_what_is_done_while_the_window_is_looked_at_is_not_missed(world: World, monkeypatch: pytest.MonkeyPatch):
    until(world, "09:50")
    clean(world, FAR)
    monkeypatch.setattr(World, "Store", Meanwhile)
    raced = World(monkeypatch, HERE, moment("09:51"))
    raced.clock.moment = moment("10:00")
    raced.store.act = lambda: clean(raced, LIFT, FAR)
    sweep(raced.store, raced.clock.moment, raced.send)
    raced.pump()

    assert {state for state, _ in tasks(raced, "undisinfected").values()} == {"done"}


def test_a_coordinator_on_leave_is_spared_and_the_manager_sees_to_it(world: World):
    take_leave(world.store, world.clock.moment, world.register, Leave("l", "anheli.liu", DAY, DAY, "anheli.liu", world.clock.moment))
    until(world, "10:10")

    assert {tuple(item["owners"]) for item in world.stored("OPEN#undisinfected")} == {("anheli.chen",)}


def test_a_patrol_with_what_it_finds(world: World):
    until(world, "09:00")
    assert scan(world, LIFT, wrong=(Item.LIGHTS, Item.EQUIPMENT), note="灯不亮，按钮松了") == 0
    assert tasks(world, "fault") == {"fault:L3:lights": ("open", "L3"), "fault:L3:equipment": ("open", "L3")}
    (lights,) = world.stored("OPEN#fault:L3:lights")
    assert (lights["owners"], lights["lines"][0]["by"], lights["lines"][0]["note"]) == (["anheli.liu"], "v1", "灯不亮，按钮松了")

    needs = (Wanted("3-502", Need.SHOPPING), Wanted("3-502", Need.STATIONERY))
    assert scan(world, LOBBY, needs=needs) == 1
    asked = {item["sk"].removeprefix("OPEN#"): item["owners"] for item in world.stored("OPEN#need:")}
    assert asked == {f"need:3-502:t1:2026-11-22:{word}": ["anheli.wang"] for word in ("shopping", "stationery")}
    assert {each.account.holder: each.amount for each in balances(world.store, "anheli", "points")} == {"volunteer/v1": 1}

    until(world, "20:10")
    assert tasks(world, "unwalked") == {"unwalked:g2:2026-11-22": ("open", "g2")}


def test_a_patrol_not_walked_is_the_coordinators_and_walking_makes_it_good(world: World):
    until(world, "20:10")
    assert tasks(world, "unwalked")["unwalked:g1:2026-11-22"] == ("open", "g1")
    until(world, "20:30")
    scan(world, LIFT)
    assert tasks(world, "unwalked")["unwalked:g1:2026-11-22"][0] == "open"

    scan(world, LOBBY)
    assert tasks(world, "unwalked")["unwalked:g1:2026-11-22"][0] == "done"


def test_a_fault_seen_again_is_the_same_task_until_it_was_mended(world: World):
    until(world, "09:00")
    scan(world, LIFT, wrong=(Item.LIGHTS,), note="灯不亮")
    until(world, "09:00", 1)
    scan(world, LIFT, wrong=(Item.LIGHTS,), note="还是不亮")

    assert list(tasks(world, "fault")) == ["fault:L3:lights"] and len(world.stored("OPEN#fault")) == 1
    assert words_of(world) == ["灯不亮", "还是不亮"]
    (news,) = [item for item in world.stored("#PATROL") if item["sk"] == "g1" and "2026-11-23" in item["pk"]]
    point_looked_at(world.store, world.clock.moment, stand(world.register, Changes(), world.clock.moment), news)
    assert words_of(world) == ["灯不亮", "还是不亮"]


def words_of(world: World) -> list[str]:
    """What was said of the fault, and by whom."""
    return [line["note"] for item in world.stored("OPEN#fault") for line in item["lines"] if (line["act"], line["by"]) == ("seen", "v1")]


def test_a_fault_seen_anew_after_it_was_mended_says_what_it_is_now(world: World):
    until(world, "09:00")
    scan(world, LIFT, wrong=(Item.LIGHTS,), note="三楼灯不亮")
    settle(world.store, world.clock.moment, "anheli", "fault:L3:lights", "mended")
    until(world, "09:00", 1)
    scan(world, LIFT, wrong=(Item.LIGHTS,), note="五楼灯不亮")

    assert words_of(world) == ["三楼灯不亮", "五楼灯不亮"]
