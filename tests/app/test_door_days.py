"""Who reads what a door did, and what everybody else hears."""

from datetime import timedelta

import pytest

from chalicelib.register.changes import Changes
from chalicelib.register.records import changed, history, to_item
from chalicelib.register.rules import Device
from chalicelib.sensors.actions import bind, receive
from chalicelib.sensors.readers import READ
from chalicelib.sensors.readings import Message
from chalicelib.store.memory import MemoryStore
from chalicelib.tasks.shifts import Shift
from tests.app.client import Client, FixedClock, stand_on
from tests.builders import DAY, moment, register

GATEWAY = "anheli-gw1"
DEVICES = (Device(GATEWAY, "door", "2-801", "zigbee2mqtt"), Device(GATEWAY, "warm", "3-502", "zigbee2mqtt-temperature"))
WANG, LIU, CHEN = "anheli.wang", "anheli.liu", "anheli.chen"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, store: MemoryStore) -> FixedClock:
    clock = FixedClock(moment("09:30"))
    stand_on(monkeypatch, store, clock)
    return clock


@pytest.fixture
def store() -> MemoryStore:
    """2-801 is looked after in a grid that 刘组长 both leads and sees."""
    store = MemoryStore()
    staff = tuple(each if each.username != LIU else each.__class__(LIU, each.name, each.phone, each.roles) for each in register().staff)
    store.fill([to_item(register(devices=DEVICES, staff=staff), 1)])
    bind(store, "anheli", GATEWAY, "door", "2-801", "zigbee2mqtt", tenancy="t1")
    for clock, contact in (("08:00", b"true"), ("09:00", b"false"), ("09:02", b"true")):
        stamp = int(moment(clock).timestamp() * 1000)
        receive(store, FixedClock(moment(clock)), Message(GATEWAY, "zigbee2mqtt/door", GATEWAY, stamp, b'{"contact":%s}' % contact))
    return store


def staff(name: str, roles: str = "steward") -> Client:
    return Client().as_staff(name, roles)


def test_the_steward_sees_the_days_and_how_the_door_is_now(clock: FixedClock):
    answer = staff(WANG).get("/api/homes/2-801/door-days")

    assert answer.status == 200
    assert answer.json["doors"] == [{"sensor": "door", "state": "closed", "why": ""}]
    (day,) = answer.json["days"]
    assert (day["day"], day["opened"], day["unexplained"]) == ("2026-11-22", 1, 1)
    assert [(event["at"][11:16], event["opened"], event["state"]) for event in day["events"]] == [
        ("09:00", True, "unexplained"),
        ("09:02", False, None),
    ]


def test_every_reading_is_written_down_with_who_and_when_and_a_refused_one_is_not(clock: FixedClock, store: MemoryStore):
    staff(WANG).get("/api/homes/2-801/door-days")
    clock.moment += timedelta(minutes=1)
    staff(LIU, "coordinator").get("/api/homes/2-801/door-days")
    staff(CHEN, "manager").get("/api/homes/2-801/door-days")

    lines = [line for line in history(store, "anheli", "2-801") if line.what == READ]
    assert [(line.by, line.at) for line in lines] == [(WANG, moment("09:30")), (LIU, moment("09:31"))]


def test_twice_within_the_millisecond_is_no_trouble(clock: FixedClock):
    assert [staff(WANG).get("/api/homes/2-801/door-days").status for _ in range(2)] == [200, 200]


@pytest.mark.parametrize(
    ("on_duty", "who", "roles", "status"),
    [
        ("", WANG, "steward", 200),
        ("", LIU, "coordinator", 200),
        ("", CHEN, "manager", 403),
        (CHEN, CHEN, "manager", 200),
        (CHEN, WANG, "steward", 403),
        (CHEN, LIU, "coordinator", 200),
    ],
)
def test_whoever_stands_the_shift_reads_and_the_coordinator_always(
    clock: FixedClock, store: MemoryStore, on_duty: str, who: str, roles: str, status: int
):
    shifts = (Shift(on_duty, moment("08:00"), moment("20:00")),) if on_duty else ()
    store.write(changed("anheli", Changes(shifts=shifts), 0))

    assert staff(who, roles).get("/api/homes/2-801/door-days").status == status


def test_after_thirty_days_no_event_is_shown(clock: FixedClock):
    clock.moment = moment("09:30", DAY + timedelta(days=30))

    assert staff(WANG).get("/api/homes/2-801/door-days").json["days"] == []


def test_the_home_file_says_whether_there_is_a_record_and_holds_none(clock: FixedClock):
    files = {each: staff(WANG).get(f"/api/homes/{each}") for each in ("2-801", "3-502")}

    assert {each: file.json["watched"] for each, file in files.items()} == {"2-801": True, "3-502": False}
    assert "09:02" not in files["2-801"].text


def test_messages_older_than_thirty_days_are_refused(clock: FixedClock):
    clock.moment = moment("09:30", DAY + timedelta(days=30))

    assert staff(CHEN, "manager").get("/api/messages?day=2026-11-22").status == 400
    assert staff(CHEN, "manager").get("/api/messages?day=2026-11-23").status == 200
