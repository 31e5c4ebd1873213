"""What people say and do through the API, and what the stream and the sweep make of it: who is told, and at once where nobody owes it."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.residents.actions import issue_home_link
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.shared.tiers import Tier
from chalicelib.shared.tokens import mint
from chalicelib.tasks.board import of_day
from chalicelib.tasks.work import find
from tests.app.client import Client
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

RED = home("1-302", tier=Tier.RED, steward="anheli.wang", volunteer="v1")
GREEN = home("3-502", steward="anheli.wang")
MORNING = "home_visit:1-302:2026-11-22"
WANG, LIU, CHEN = (Client().as_staff(f"anheli.{name}", role) for name, role in (("wang", "steward"), ("liu", "coordinator"), ("chen", "manager")))  # fmt: skip


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    staff = tuple(
        each.__class__(each.username, each.name, each.phone, each.roles) for each in register().staff
    )  # all see the whole compound
    return World(monkeypatch, register(homes=(RED, GREEN), staff=staff), moment("07:00"))


def post(world: World, who: Client, path: str, **body: Any) -> Any:
    answer = who.post(path, body)
    assert answer.status < 300, answer.text
    world.pump()
    return answer.json


def tasks(world: World) -> dict[str, str]:
    return {task.id: task.state.value for task in of_day(world.store, "anheli", DAY)}


def told(world: World, *words: str) -> list[str]:
    return [text for text in world.texts() if all(word in text for word in words)]


def anna(world: World) -> Client:
    token = mint("anheli")
    issue_home_link(world.store, world.clock.moment, "anheli", "3-502", "t1", token, "3K7Q2M9XWT")
    return Client().as_home(token)


def test_what_a_family_needs_becomes_a_task_each_and_her_steward_is_told(world: World):
    post(world, anna(world), "/api/check-ins", needs=["medicine", "repair"], note="降压药", feeling="unwell")

    day = "need:3-502:t1:2026-11-22"
    assert tasks(world) == {f"{day}:medicine": "open", f"{day}:repair": "open", f"{day}:unwell": "open"}
    assert len(told(world, "住户要帮忙：要药", "王管家", "3 栋 502")) == 1
    world.until(moment("10:30"))
    assert told(world, "不舒服", "刘组长") and told(world, "不舒服", "陈经理")  # unwell climbs as a red home's need does


def test_the_same_need_said_again_is_no_second_task(world: World):
    family = anna(world)
    post(world, family, "/api/check-ins", needs=["medicine"])
    post(world, family, "/api/check-ins", needs=["medicine", "food"])

    assert len(tasks(world)) == 2
    assert len(told(world, "要药")) == 1


def test_a_need_said_again_later_in_the_day_opens_its_task_again(world: World):
    family = anna(world)
    post(world, family, "/api/check-ins", needs=["medicine"])
    post(world, CHEN, "/api/tasks/need:3-502:t1:2026-11-22:medicine/acts", act="done")
    world.until(moment("14:00"), timedelta(minutes=30))
    post(world, family, "/api/check-ins", needs=["medicine"])

    assert tasks(world)["need:3-502:t1:2026-11-22:medicine"] == "open"


def test_being_well_is_nobodys_task(world: World):
    post(world, anna(world), "/api/check-ins")

    assert tasks(world) == {} and world.texts() == []


def test_what_a_visit_finds_is_needed_becomes_a_task(world: World):
    world.until(moment("08:30"))
    post(world, WANG, "/api/visits", visit=MORNING, home="1-302", outcome="done", needs=["food"], temperature=36.5)

    assert tasks(world) == {"need:1-302:t1:2026-11-22:food": "open"}
    assert len(told(world, "要吃的", "王管家")) == 1


def test_given_back_by_all_it_is_with_the_coordinator_within_the_minute(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    task = "/api/tasks/need:3-502:t1:2026-11-22:repair/acts"
    post(world, WANG, task, act="claim")
    post(world, WANG, task, act="return", note="不会修")
    assert not told(world, "刘组长")

    world.until(moment("07:01"))

    assert len(told(world, "要修理", "刘组长")) == 1


def test_a_claim_keeps_everybody_quiet_until_it_is_done(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    task = "/api/tasks/need:3-502:t1:2026-11-22:repair/acts"
    post(world, WANG, task, act="claim")
    world.until(moment("10:30"), timedelta(minutes=10))
    post(world, WANG, task, act="done")
    before = len(world.sent)
    world.until(moment("20:00"), timedelta(minutes=10))

    assert not told(world, "要修理", "刘组长")
    assert not [text for text in world.texts()[before:] if "要修理" in text]


def test_assigned_the_new_owner_is_told_within_the_minute_and_opened_again_too(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    task = "/api/tasks/need:3-502:t1:2026-11-22:repair/acts"
    post(world, LIU, task, act="assign", owner="v1")
    world.until(moment("07:01"))
    assert len(told(world, "要修理", "老周")) == 1

    post(world, Client().as_staff("anheli.chen", "manager"), task, act="done")
    post(world, LIU, task, act="reopen", note="还在漏水")
    world.until(moment("07:02"))
    assert len(told(world, "要修理", "老周")) == 2 and not told(world, "要修理", "刘组长")


def test_a_pair_on_leave_in_the_middle_of_a_window_is_with_the_coordinator_at_once(world: World):
    world.until(moment("08:30"))
    for person in ("v1", "anheli.wang"):
        post(world, CHEN, "/api/leaves", person=person, first="2026-11-22", last="2026-11-22")

    assert tasks(world)[f"unassigned:{MORNING}"] == "open"
    assert len(told(world, "没有人负责", "刘组长")) == 1
    world.until(moment("16:00"))
    assert tasks(world)[f"unassigned:{MORNING}:1"] == "open"


def test_work_of_somebody_who_goes_on_leave_is_with_the_coordinator_at_once(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    post(world, WANG, "/api/tasks/need:3-502:t1:2026-11-22:repair/acts", act="claim")
    post(world, CHEN, "/api/leaves", person="anheli.wang", first="2026-11-22", last="2026-11-23")
    world.until(moment("07:01"))

    assert len(told(world, "要修理", "刘组长")) == 1


def test_both_of_a_pair_may_go_on_leave_within_the_hour(world: World):
    world.until(moment("08:30"))
    post(world, WANG, "/api/visits", visit=MORNING, home="1-302", outcome="done", needs=["food"])
    for person in ("v1", "anheli.wang"):
        post(world, CHEN, "/api/leaves", person=person, first="2026-11-22", last="2026-11-22")
    world.until(moment("08:31"))

    assert [task.owners for task in of_day(world.store, "anheli", DAY)] == [()]
    assert len(told(world, "要吃的", "刘组长")) == 1


def test_leave_gives_work_back_on_the_day_it_begins_also_what_was_taken_on(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    post(world, CHEN, "/api/leaves", person="anheli.wang", first="2026-11-23", last="2026-11-23")
    for clock in ("10:00", "17:50"):
        world.until(moment(clock), timedelta(minutes=30))
        post(world, WANG, "/api/tasks/need:3-502:t1:2026-11-22:repair/acts", act="claim")  # holds for eight hours
    before = len(world.sent)
    world.until(moment("23:59"), timedelta(minutes=10))
    assert [task.owners for task in of_day(world.store, "anheli", DAY) if task.home == "3-502"] == [("anheli.wang",)]

    world.until(moment("07:00", DAY + timedelta(days=1)))
    assert [task.owners for task in of_day(world.store, "anheli", DAY) if task.home == "3-502"] == [()]
    assert [text for text in world.texts()[before:] if "要修理" in text and "刘组长" in text]


def test_a_partner_who_goes_on_leave_leaves_whoever_is_on_it_in_peace(world: World):
    world.until(moment("08:30"))
    post(world, WANG, "/api/visits", visit=MORNING, home="1-302", outcome="done", needs=["food"])
    task = "need:1-302:t1:2026-11-22:food"
    post(world, WANG, f"/api/tasks/{task}/acts", act="claim")
    post(world, CHEN, "/api/leaves", person="v1", first="2026-11-22", last="2026-11-22")
    world.until(moment("09:29"))

    assert (tasks(world)[task], len(told(world, "要吃的"))) == ("claimed", 1)
    assert find(world.store, world.clock.moment, "anheli", task).owners == ("anheli.wang",)


def test_leave_that_begins_another_day_changes_nothing_today(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    post(world, CHEN, "/api/leaves", person="anheli.wang", first="2026-11-23", last="2026-11-23")
    world.until(moment("08:30"))

    assert not told(world, "刘组长")


def test_a_home_away_is_missed_by_nobody(world: World):
    for identity in ("1-302", "3-502"):
        post(world, CHEN, f"/api/homes/{identity}/pauses", why="away", first="2026-11-22", last="2026-11-22")
    world.until(moment("18:30"), timedelta(minutes=10))

    assert tasks(world) == {} and world.texts() == []


def test_a_home_away_is_loud_to_nobody_even_if_nobody_owes_it(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(homes=(home("1-302", tier=Tier.RED),)), moment("07:00"))
    post(world, CHEN, "/api/homes/1-302/pauses", why="away", first="2026-11-22", last="2026-11-22")
    world.until(moment("10:30"), timedelta(minutes=10))

    assert tasks(world) == {} and world.texts() == []


def test_a_home_that_comes_back_is_missed_again(world: World):
    pause = post(world, CHEN, "/api/homes/1-302/pauses", why="hospital", first="2026-11-22", last="2026-11-25")
    world.until(moment("15:00"), timedelta(minutes=10))
    post(world, CHEN, f"/api/homes/1-302/pauses/{pause['id']}/end")
    world.until(moment("18:00"), timedelta(minutes=10))

    assert [task for task in tasks(world) if task.startswith("missed:")] == [f"missed:{MORNING}:1"]


def test_a_home_that_turns_red_at_noon_is_missed_from_the_evening_on(world: World):
    world.until(moment("12:00"), timedelta(minutes=10))
    change = post(world, WANG, "/api/homes/3-502/tier", tier="red", reason="发烧", since="2026-11-22")
    post(world, CHEN, f"/api/tier-changes/{change['id']}/approval")
    world.until(moment("18:00"), timedelta(minutes=10))

    assert [task for task in tasks(world) if "3-502" in task] == ["missed:home_visit:3-502:2026-11-22:1"]


def test_a_window_caught_up_late_is_judged_as_it_stood_then(world: World):
    """The sweep is off from 9 to 15:30; at noon the red home turns green and leaves."""
    world.until(moment("09:00"))
    world.clock.moment = moment("12:00")
    change = post(world, WANG, "/api/homes/1-302/tier", tier="yellow", reason="好多了", since="2026-11-22")
    post(world, CHEN, f"/api/tier-changes/{change['id']}/approval")
    post(world, CHEN, "/api/homes/1-302/pauses", why="away", first="2026-11-22", last="2026-11-25")
    world.clock.moment = moment("15:30")
    world.sweep()

    assert f"missed:{MORNING}" in tasks(world)


def test_a_door_nobody_takes_on_climbs_and_whoever_takes_it_on_silences_it(monkeypatch: pytest.MonkeyPatch):
    world = World(monkeypatch, register(), moment("03:00"))  # in the quiet hours: a door is always told
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    opened = Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", int(moment("03:00").timestamp() * 1000), b'{"contact":false}')
    (alert,) = receive(world.store, world.clock, opened)
    world.pump()
    assert len(world.sent) == 1  # the duty desk's robot, at once

    world.until(moment("03:09"))
    receive(world.store, world.clock, opened._replace(received_ms=opened.received_ms + 60_000, data=b'{"contact":true}'))
    assert told(world, "说不清的开门", "王管家") and not told(world, "说不清的开门", "刘组长")
    world.until(moment("03:10"))
    assert len(told(world, "说不清的开门", "刘组长")) == 1
    before = len(world.sent)
    post(world, CHEN, f"/api/alerts/{alert.id}/acknowledgement", note="我去看")
    world.until(moment("03:50"))
    assert len(world.sent) == before


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> World:
    """The red home is visited from 22:00 to 02:00; it is half past midnight."""
    plan = PlanPolicy("home_visit", (Tier.RED,), (("22:00", "02:00"),), OwnerRule.PAIR)
    staff = tuple(each.__class__(each.username, each.name, each.phone, each.roles) for each in register().staff)
    world = World(monkeypatch, register(homes=(RED,), policy=policy(plans=(plan,)), staff=staff), moment("21:00"))
    world.until(moment("00:30", DAY + timedelta(days=1)), timedelta(minutes=30))
    return world


def test_a_window_across_midnight_stays_on_every_list_until_it_closes(night: World):
    (visit, coming) = WANG.get("/api/today").json["visits"]
    assert [(one["id"], one["state"]) for one in (visit, coming)] == [(MORNING, "now"), (MORNING.replace("-22", "-23"), "coming")]
    post(night, WANG, "/api/visits", visit=visit["id"], home="1-302", outcome="done")
    assert [one["state"] for one in WANG.get("/api/today").json["visits"]] == ["done", "coming"]

    night.until(moment("02:00", DAY + timedelta(days=1)), timedelta(minutes=30))
    assert [one["state"] for one in WANG.get("/api/today").json["visits"]] == ["coming"]
    assert tasks(night) == {}


def test_the_home_itself_reads_of_a_window_across_midnight_until_it_closes(night: World):
    token = mint("anheli")
    issue_home_link(night.store, night.clock.moment, "anheli", "1-302", "t1", token, "3K7Q2M9XWT")

    assert [promise["state"] for promise in Client().as_home(token).get("/api/home").json["promises"]] == ["now", "coming"]


def test_given_back_after_the_manager_was_told_it_is_the_coordinators_to_assign(world: World):
    post(world, anna(world), "/api/check-ins", needs=["repair"])
    world.until(moment("19:30"), timedelta(minutes=30))
    assert told(world, "要修理", "陈经理")
    before = len(told(world, "要修理", "刘组长"))
    post(world, WANG, "/api/tasks/need:3-502:t1:2026-11-22:repair/acts", act="return")
    world.until(moment("19:31"))

    assert len(told(world, "要修理", "刘组长")) == before + 1


def test_given_back_by_one_of_a_pair_the_other_is_told_that_it_is_hers_now(world: World):
    world.until(moment("08:30"))
    post(world, WANG, "/api/visits", visit=MORNING, home="1-302", outcome="done", needs=["food"])
    post(world, WANG, "/api/tasks/need:1-302:t1:2026-11-22:food/acts", act="return")
    world.until(moment("08:32"))

    assert len(told(world, "要吃的", "老周")) == 1 and not told(world, "要吃的", "刘组长")
    world.until(moment("09:30"))
    assert told(world, "要吃的", "刘组长") and told(world, "要吃的", "陈经理")
