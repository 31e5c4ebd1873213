"""An accompanied trip to the hospital, through the real actions: who is told when, until they are home again."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.register.records import to_item
from chalicelib.register.rules import Volunteer
from chalicelib.residents.actions import issue_home_link
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readings import Message
from chalicelib.sensors.rules import Alert, AlertState
from chalicelib.shared.tiers import Tier
from chalicelib.shared.tokens import mint
from chalicelib.tasks.board import of_day
from chalicelib.volunteers.actions import confirm_device, issue_link
from tests.app.client import Client
from tests.builders import DAY, isolated, moment, register
from tests.promises.world import World

PATIENT = isolated("2-801", grid="g1", tier=Tier.YELLOW, steward="anheli.wang")
NEXT = DAY + timedelta(days=1)
NEIGHBOURS = (
    Volunteer("v1", "老周", "13800000009", "g1", "3-1104"),
    Volunteer("v2", "老郑", "13800000008", "g1", "2-801"),
    Volunteer("v3", "老孙", "", "g1"),
)
WANG, LIU, CHEN = (Client().as_staff(f"anheli.{name}", role) for name, role in (("wang", "steward"), ("liu", "coordinator"), ("chen", "manager")))  # fmt: skip
TRIP = {
    "hospital": "市一医院",
    "from": "2026-11-23T09:00:00+08:00",
    "until": "2026-11-23T12:00:00+08:00",
    "agreed_by": "肿瘤科 何护士",
    "agreed_on": "2026-11-21",
    "companion": "v1",
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    staff = tuple(each.__class__(each.username, each.name, each.phone, each.roles) for each in register().staff)
    return World(monkeypatch, register(homes=(PATIENT,), staff=staff, volunteers=NEIGHBOURS), moment("14:00"))


def post(world: World, who: Client, path: str, **body: Any) -> Any:
    answer = who.post(path, body)
    assert answer.status < 300, answer.text
    world.pump()
    return answer.json


def plan(world: World, **members: Any) -> dict[str, Any]:
    return post(world, LIU, "/api/homes/2-801/trips", **{**TRIP, **members})


def follow(world: World, trip: dict[str, Any], who: Client, act: str, **more: Any) -> Any:
    return post(world, who, f"/api/tasks/trip:{trip['id']}/acts", act=act, **more)


def zhou(world: World) -> Client:
    """老周 with his own link, on a phone that was confirmed."""
    token = mint("anheli")
    issue_link(world.store, world.clock.moment, world.register, "v1", token, "048213")
    return Client({"X-Volunteer-Link": token, "X-Device": confirm_device(world.store, world.clock.moment, token, "048213", "k" * 24)})


def home(world: World) -> Client:
    token = mint("anheli")
    issue_home_link(world.store, world.clock.moment, "anheli", "2-801", "t1", token, "3K7Q2M9XWT")
    return Client().as_home(token)


def told(world: World, *words: str) -> list[str]:
    """The clock times at which somebody was told so."""
    return [f"{at:%d %H:%M}" for at, _, text in world.sent if all(word in text for word in words)]


def states(world: World) -> list[str]:
    return [task.state.value for task in of_day(world.store, "anheli", DAY) if task.id.startswith("trip:")]


def heard(world: World, contact: str, later: int = 0) -> list[Alert]:
    now = int(world.clock.moment.timestamp() * 1000) + later
    found = receive(
        world.store, world.clock, Message("anheli-gw1", "zigbee2mqtt/door", "anheli-gw1", now, b'{"contact":%s}' % contact.encode())
    )
    world.pump()
    return found


def opened(world: World) -> Alert:
    """The door, known to be closed, opens and closes again."""
    heard(world, "true", -1000)
    (alert,) = heard(world, "false")
    heard(world, "true", 1000)
    return alert


def test_the_companion_is_told_reminded_and_missed_and_the_trip_is_settled_when_they_are_home(world: World):
    trip = plan(world)
    world.until(moment("08:30", NEXT), timedelta(minutes=5))
    assert told(world, "请您陪去医院", "老周") == ["22 14:05", "22 20:00", "23 08:00"]

    world.until(moment("09:20", NEXT), timedelta(minutes=5))
    assert told(world, "还没出发", "刘组长") == ["23 09:15"] and not told(world, "还没出发", "陈经理")
    world.until(moment("09:45", NEXT), timedelta(minutes=5))
    assert told(world, "还没出发", "陈经理") == ["23 09:45"]

    volunteer = zhou(world)
    post(world, volunteer, f"/api/round/trips/{trip['id']}/acts", act="set_out")
    before = len(world.sent)
    world.until(moment("11:59", NEXT))
    assert len(world.sent) == before and states(world) == ["claimed"]

    world.until(moment("13:05", NEXT))
    assert told(world, "该 12:00 到家", "老周：") == ["23 12:00"]
    assert told(world, "还没回来", "刘组长") == ["23 12:30"] and told(world, "还没回来", "陈经理") == ["23 13:00"]

    post(world, volunteer, f"/api/round/trips/{trip['id']}/acts", act="done")
    before = len(world.sent)
    world.until(moment("18:00", NEXT), timedelta(minutes=5))
    assert states(world) == ["done"] and not [text for text in world.texts()[before:] if "医院" in text]
    assert audit(world.store, world.clock.moment, world.register.compound) == []


def test_a_trip_nobody_goes_along_with_is_with_the_coordinator_at_once(world: World):
    trip = plan(world, companion="")
    world.until(moment("14:01"))
    assert told(world, "还没有人陪", "刘组长") == ["22 14:01"]

    follow(world, trip, LIU, "assign", owner="v1")
    world.until(moment("14:40"))
    assert told(world, "请您陪去医院", "老周") == ["22 14:02"] and not told(world, "陈经理")


def test_given_back_it_is_with_the_coordinator_within_the_minute_and_a_claim_makes_a_companion(world: World):
    trip = plan(world)
    post(world, zhou(world), f"/api/round/trips/{trip['id']}/acts", act="return", note="腿伤了")
    world.until(moment("14:01"))
    assert len(told(world, "还没有人陪", "刘组长")) == 1

    line = follow(world, trip, WANG, "claim")
    assert line["trip"]["companion"]["name"] == "王管家"
    world.until(moment("20:00"), timedelta(minutes=5))
    assert told(world, "请您陪去医院", "王管家") == ["22 20:00"]  # she knows; only reminded


def test_leave_on_the_day_of_the_trip_gives_it_back_and_leave_on_another_day_does_not(world: World):
    plan(world)
    post(world, CHEN, "/api/leaves", person="v1", first="2026-11-22", last="2026-11-22")
    world.until(moment("14:05"))
    assert not told(world, "刘组长")

    post(world, CHEN, "/api/leaves", person="v1", first="2026-11-23", last="2026-11-23")
    world.until(moment("14:07"))
    assert len(told(world, "还没有人陪", "刘组长")) == 1


def test_moved_it_follows_its_new_hours_and_the_old_ones_are_forgotten(world: World):
    trip = plan(world)
    window = {"from": "2026-11-23T13:00:00+08:00", "until": "2026-11-23T15:00:00+08:00"}
    post(world, LIU, f"/api/homes/2-801/trips/{trip['id']}/move", **{**TRIP, **window})
    world.until(moment("12:30", NEXT), timedelta(minutes=5))

    assert sorted(states(world)) == ["cancelled", "open"]
    assert told(world, "13:00–15:00", "老周") == ["22 14:05", "22 20:00", "23 12:00"]
    assert not told(world, "09:00–12:00") and not told(world, "不用陪") and not told(world, "医院", "刘组长")


def test_moved_to_somebody_else_the_first_one_hears_that_she_need_not_come(world: World):
    trip = plan(world)
    post(world, LIU, f"/api/homes/2-801/trips/{trip['id']}/move", **{**TRIP, "companion": "anheli.wang"})

    assert len(told(world, "不用陪去医院了", "老周")) == 1


def test_whoever_is_relieved_hears_that_somebody_else_goes_and_is_not_reminded_any_more(world: World):
    trip = plan(world)
    follow(world, trip, LIU, "assign", owner="anheli.wang")
    world.until(moment("20:00"), timedelta(minutes=5))

    assert told(world, "不用陪去医院了", "老周", "改由王管家陪") == ["22 14:00"] and told(world, "不用陪去医院了") == ["22 14:00"]
    assert told(world, "请您陪去医院", "王管家") == ["22 14:05", "22 20:00"] and not told(world, "请您陪去医院", "老周")


@pytest.mark.parametrize("act", [{"act": "assign", "owner": "v1"}, {"act": "cancel", "note": "医院改约了"}])
def test_whoever_gives_her_own_trip_away_is_not_told_what_she_did(world: World, act: dict[str, str]):
    trip = plan(world, companion="anheli.wang")
    post(world, WANG, f"/api/tasks/trip:{trip['id']}/acts", **act)
    world.until(moment("14:30"), timedelta(minutes=5))

    assert not told(world, "不用陪")


def test_called_off_the_companion_hears_of_it_once_and_nobody_else_anything(world: World):
    trip = plan(world)
    follow(world, trip, LIU, "cancel", note="医院改约了")
    world.until(moment("15:00", NEXT), timedelta(minutes=10))

    assert len(told(world, "不用陪去医院了", "老周", "医院改约了")) == 1
    assert states(world) == ["cancelled"] and not told(world, "还没出发")


def test_the_door_is_expected_to_open_while_the_trip_lasts_and_no_longer(world: World):
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    trip = plan(world, **{"from": "2026-11-23T09:00:00+08:00", "until": "2026-11-23T12:00:00+08:00"})
    seen = {}
    for clock in ("08:29", "08:30", "09:05"):
        world.clock.moment = moment(clock, NEXT)
        seen[clock] = opened(world).state
    follow(world, trip, WANG, "set_out")
    world.clock.moment = moment("11:00", NEXT)
    follow(world, trip, WANG, "done")
    for clock in ("11:10", "11:31"):
        world.clock.moment = moment(clock, NEXT)
        seen[clock] = opened(world).state

    expected, alarm = AlertState.EXPECTED, AlertState.UNEXPLAINED
    assert seen == {"08:29": alarm, "08:30": expected, "09:05": expected, "11:10": expected, "11:31": alarm}


def test_called_off_the_door_is_not_expected_to_open_any_more(world: World):
    bind(world.store, "anheli", "anheli-gw1", "door", "2-801", "zigbee2mqtt", tenancy="t1")
    trip = plan(world)
    follow(world, trip, LIU, "cancel", note="医院改约了")
    world.clock.moment = moment("09:05", NEXT)

    assert opened(world).state is AlertState.UNEXPLAINED


def test_a_visit_to_an_empty_home_is_not_missed_and_one_to_a_home_that_came_back_early_is(monkeypatch: pytest.MonkeyPatch):
    red = isolated("2-801", grid="g1", tier=Tier.RED, isolation=None, steward="anheli.wang")
    staff = tuple(each.__class__(each.username, each.name, each.phone, each.roles) for each in register().staff)
    world = World(monkeypatch, register(homes=(red,), staff=staff, volunteers=NEIGHBOURS), moment("14:00"))
    trip = plan(world, **{"from": "2026-11-23T07:30:00+08:00", "until": "2026-11-23T19:00:00+08:00"})
    world.until(moment("07:30", NEXT), timedelta(minutes=5))
    follow(world, trip, WANG, "set_out")
    assert [visit["away"] for visit in WANG.get("/api/today").json["visits"]] == ["trip", "trip"]
    assert [(line["why"], line["home"]) for line in WANG.get("/api/duty").json["away"]] == [("trip", "2-801")]
    world.until(moment("15:00", NEXT), timedelta(minutes=5))
    follow(world, trip, WANG, "done")
    world.until(moment("18:30", NEXT), timedelta(minutes=5))

    missed = [task.id for task in of_day(world.store, "anheli", DAY) if task.id.startswith("missed:")]
    assert missed == ["missed:home_visit:2-801:2026-11-22:1", "missed:home_visit:2-801:2026-11-23:1"]
    assert audit(world.store, world.clock.moment, world.register.compound) == []


def test_an_early_trip_is_told_in_the_quiet_hours_of_its_day_and_not_in_those_before(world: World):
    world.until(moment("23:00"), timedelta(minutes=30))
    plan(world, **{"from": "2026-11-23T06:30:00+08:00", "until": "2026-11-23T09:00:00+08:00"})
    world.until(moment("06:45", NEXT), timedelta(minutes=5))

    assert told(world, "请您陪去医院", "老周") == ["23 05:30"]
    assert told(world, "还没出发", "刘组长") == ["23 06:45"]


def test_a_family_that_moves_out_takes_its_trip_with_it(world: World):
    plan(world)
    empty = isolated("2-801", grid="g1", tenancy="", last_tenancy=1)
    world.store.fill([to_item(register(homes=(empty,), staff=world.register.staff, volunteers=NEIGHBOURS), 2)])
    world.until(moment("09:30", NEXT), timedelta(minutes=5))

    assert states(world) == ["cancelled"] and not told(world, "还没出发")
    assert zhou(world).get("/api/round").json["trips"] == []


def test_the_home_reads_who_goes_along_and_how_far_they_are(world: World):
    family = home(world)

    def promise() -> tuple[str, list[str], str]:
        (found,) = [each for each in family.get("/api/home").json["promises"] if each["kind"] == "hospital_trip"]
        return found["state"], found["who"], found["reason"]

    trip = plan(world)
    assert promise() == ("coming", ["老周"], "市一医院")
    world.clock.moment = moment("09:15", NEXT)
    assert promise()[0] == "missed"
    follow(world, trip, WANG, "set_out")
    assert promise()[0] == "out"
    follow(world, trip, WANG, "done")
    assert promise()[0] == "kept"


def test_what_is_told_in_a_group_names_neither_hospital_nor_errand(world: World):
    plan(world, companion="v3")
    world.until(moment("14:01"))

    (text,) = [text for _, address, text in world.sent if address.startswith("wecombot")]
    assert "请您陪同外出" in text and "老孙" in text and "医院" not in text
