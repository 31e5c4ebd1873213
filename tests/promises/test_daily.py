"""What a compound checks of itself every day: whom no channel reaches, and whether the table of holidays ends."""

from datetime import date, timedelta

import pytest

from chalicelib.auditor.audit import audit
from chalicelib.promises.daily import settle_reached, unreachable
from chalicelib.promises.looking import ensure
from chalicelib.register.records import to_item
from chalicelib.register.rules import Register, Role, Staff, Volunteer
from chalicelib.shared import holidays
from chalicelib.shared.calendar import utc_stamp
from chalicelib.shared.tiers import Tier
from chalicelib.store import keys
from chalicelib.store.contract import Item
from chalicelib.store.memory import MemoryStore
from tests.builders import DAY, home, moment, policy, register
from tests.promises.world import World

NEXT = DAY + timedelta(days=1)
LANDLINE = Volunteer("v2", "老郑", "0571-8800 0000", "g1")
QUIET_HOMES = (home("3-502", tier=Tier.YELLOW, steward="anheli.wang"),)


def compound(*more: Volunteer, **members: object) -> Register:
    return register(homes=QUIET_HOMES, volunteers=(*register().volunteers, *more), **members)


def started(monkeypatch: pytest.MonkeyPatch, found: Register, clock: str = "08:00") -> World:
    return World(monkeypatch, found, moment(clock))


def tasks(world: World, kind: str) -> dict[str, str]:
    return {
        item["sk"].split("#", 1 if item["sk"].startswith("OPEN") else 2)[-1]: item["state"]
        for item in world.stored(f"#{kind}:")
        if "#TASK" in item["pk"]
    }


def change(world: World, found: Register) -> None:
    world.store._keep(keys.register("anheli"), to_item(found, 2))


def test_nothing_is_said_while_everybody_can_be_reached(monkeypatch: pytest.MonkeyPatch):
    world = started(monkeypatch, compound())
    world.until(moment("09:05"))

    assert tasks(world, "reach") == {} and world.sent == []


def test_whom_no_channel_reaches_is_one_task_a_day_for_the_coordinator(monkeypatch: pytest.MonkeyPatch):
    world = started(monkeypatch, compound(LANDLINE))
    world.until(moment("08:59"))
    assert tasks(world, "reach") == {}
    world.until(moment("09:01"))
    assert tasks(world, "reach") == {"reach:2026-11-22": "open"}
    assert [text.splitlines()[:2] for text in world.texts()] == [
        ["【有人联系不上】安和里小区", "刘组长：请看名单，补上手机号或群机器人，再导入一次"]
    ]
    (item,) = world.stored("OPEN#reach")
    assert (item["owners"], unreachable(world.store, world.clock.moment, world.register)) == (["anheli.liu"], ["v2"])

    world.until(moment("09:01", NEXT), timedelta(minutes=10))
    assert tasks(world, "reach") == {"reach:2026-11-22": "done", "reach:2026-11-23": "open"}


def test_it_settles_itself_when_everybody_can_be_reached(monkeypatch: pytest.MonkeyPatch):
    world = started(monkeypatch, compound(LANDLINE))
    world.until(moment("09:01"))
    change(world, compound(LANDLINE, policy=policy(robots={"duty": "wecombot://anheli", "v2": "mailto:v2@example.org"})))
    world.until(moment("09:01", NEXT), timedelta(minutes=10))

    assert tasks(world, "reach") == {"reach:2026-11-22": "done"}


def test_an_import_settles_it_at_once(monkeypatch: pytest.MonkeyPatch):
    world = started(monkeypatch, compound(LANDLINE))
    world.until(moment("09:01"))
    settle_reached(world.store, world.clock.moment, world.register)
    assert tasks(world, "reach") == {"reach:2026-11-22": "open"}

    settle_reached(world.store, world.clock.moment, compound())
    assert tasks(world, "reach") == {"reach:2026-11-22": "done"}


@pytest.mark.parametrize(("days", "made"), [(1, ["reach:2026-11-23"]), (3, ["reach:2026-11-25"])])
def test_days_left_out_are_over_and_the_last_one_counts(monkeypatch: pytest.MonkeyPatch, days: int, made: list[str]):
    world = started(monkeypatch, compound(LANDLINE))
    world.clock.moment = moment("11:00", DAY + timedelta(days=days))
    world.sweep()
    world.sweep()

    assert list(tasks(world, "reach")) == made


def entry(world: World, state: str, clock: str, addresses: list[str], day: date = DAY) -> Item:
    stamp = utc_stamp(moment(clock, day))
    key = keys.message("anheli", day, f"{state}{clock}@x")
    said = {"event": f"{state}{clock}", "at": stamp, "person": "x", "addresses": addresses, "text": "", "state": state}
    more = {"created": stamp, "due": stamp, "channel": len(addresses) - 1, "tries": 1, "refusals": 0, "why": "", "repeat": False}
    item = {**key.as_item(), "v": 1, **said, **more}
    world.store._keep(key, item)
    return item


SMS, ROBOT = "sms:+8613800000009", "wecombot://v1"


@pytest.mark.parametrize(
    ("entries", "lost"),
    [
        ([("failed", "10:00", [SMS])], ["v1"]),
        ([("failed", "10:00", [ROBOT, SMS])], ["v1"]),
        ([("failed", "10:00", ["sms:+8613800000001"])], []),
        ([("failed", "10:00", [SMS]), ("handed_over", "10:30", [SMS])], []),
        ([("handed_over", "09:30", [SMS]), ("failed", "10:00", [SMS])], ["v1"]),
        ([("failed", "10:00", [SMS]), ("delivered", "10:30", [SMS])], []),
        ([("suppressed", "10:00", [SMS]), ("queued", "10:30", [SMS])], []),
    ],
)
def test_an_address_at_which_a_message_failed_for_good_does_not_work_until_one_arrives(
    monkeypatch: pytest.MonkeyPatch, entries: list[tuple[str, str, list[str]]], lost: list[str]
):
    world = started(monkeypatch, compound())
    for state, clock, addresses in entries:
        entry(world, state, clock, addresses)

    assert unreachable(world.store, moment("12:00"), world.register) == lost
    assert unreachable(world.store, moment("12:00", NEXT), world.register) == lost
    assert unreachable(world.store, moment("12:00", NEXT + timedelta(days=1)), world.register) == []


def test_the_table_of_holidays_is_the_managers_a_month_ahead_and_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(holidays, "last_day", lambda: date(2026, 12, 24))
    world = started(monkeypatch, compound())
    world.until(moment("09:01"))
    assert tasks(world, "calendar") == {}
    world.until(moment("09:01", NEXT), timedelta(minutes=10))
    world.until(moment("09:01", NEXT + timedelta(days=2)), timedelta(minutes=10))

    assert tasks(world, "calendar") == {"calendar:2026-12-24": "open"}
    (item,) = world.stored("OPEN#calendar")
    assert item["owners"] == ["anheli.chen"] and [text for text in world.texts() if "节假日表" in text and "陈经理" in text]

    monkeypatch.setattr(holidays, "last_day", lambda: date(2027, 12, 31))
    world.until(moment("09:01", NEXT + timedelta(days=3)), timedelta(minutes=10))
    assert tasks(world, "calendar") == {"calendar:2026-12-24": "done"}


def test_without_a_manager_and_a_coordinator_it_is_nobodys_and_loud(monkeypatch: pytest.MonkeyPatch):
    alone = (Staff("anheli.wang", "王管家", "13800000010", (Role.STEWARD,)),)
    world = started(monkeypatch, compound(LANDLINE, staff=alone, grids=()))
    world.until(moment("09:01"))

    (item,) = world.stored("OPEN#reach")
    assert item["owners"] == [] and "值班" in world.texts()[0]


def test_the_auditor_knows_when_the_check_is_missing(monkeypatch: pytest.MonkeyPatch):
    world = started(monkeypatch, compound(LANDLINE))
    world.until(moment("09:10"))
    assert audit(world.store, world.clock.moment, world.register.compound) == []

    (item,) = world.stored("OPEN#reach")
    world.store._forget(keys.key_of(item))
    found = [each.id for each in audit(world.store, world.clock.moment, world.register.compound)]
    assert found == ["task-missing:reach:2026-11-22"]


def test_the_look_is_made_sure_of_as_others_are():
    store = MemoryStore()
    ensure(store, compound(policy=policy(daily_check="07:30")), moment("07:00"))

    item = store.get(keys.look("anheli", "daily", 0))
    assert item is not None and item["due"] == "2026-11-21T23:30:00.000Z"
