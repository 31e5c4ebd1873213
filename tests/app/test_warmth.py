"""How warm it is, through the switchboard: buildings, homes, and the home's own page."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.register.records import to_item
from chalicelib.register.rules import Building
from chalicelib.residents.actions import issue_home_link
from chalicelib.shared.calendar import day_of, ms_of
from chalicelib.shared.tokens import mint
from tests.app.client import Client, FixedClock, stand_on
from tests.builders import DAY, home, moment
from tests.promises.sensing import Sensing, compound


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Sensing:
    """A morning on which 3-02 is cold, 3-301 warm, and nothing was heard of building 4."""
    found = compound(buildings=tuple(Building(str(number), f"{number} 号楼") for number in range(1, 6)))
    world = Sensing(monkeypatch, moment("06:00"), found)
    stand_on(monkeypatch, world.store, FixedClock(moment("06:00")))
    for minutes in range(0, 60, 10):
        world.clock.moment = moment("06:00") + timedelta(minutes=minutes)
        world.tell("warm-3-301", temperature=20 + minutes / 100)
        for each in ("3-502", "3-602"):
            world.tell(f"warm-{each}", temperature=16.4)
    world.tell("warm-3-401", temperature=17.9)
    stand_on(monkeypatch, world.store, world.clock)
    return world


def staff(role: str = "manager", name: str = "anheli.chen") -> Client:
    return Client().as_staff(name, role)


def cells(answer: Any) -> dict[str, tuple[str, float | None]]:
    return {cell["home"]: (cell["state"], cell["temperature"]) for cell in answer["homes"] if cell["state"] != "none"}


def test_a_building_is_shown_home_by_home(world: Sensing):
    answer = staff().get("/api/warmth?building=3").json

    assert cells(answer)["3-502"] == ("cold", 16.4) and cells(answer)["3-301"] == ("warm", 20.5)
    assert cells(answer)["3-401"] == ("cool", 17.9) and cells(answer)["3-702"] == ("silent", None)
    assert (answer["floors"], answer["columns"], answer["least"]) == ([7, 6, 5, 4, 3], ["01", "02"], 18.0)
    assert answer["buildings"][0] == {"id": "1", "name": "1 号楼"} and len(answer["buildings"]) == 4
    (place,) = answer["incidents"]
    assert (place["group"], place["line"], [each["home"] for each in place["homes"]]) == ("3-02", False, ["3-502", "3-602"])
    assert place["since"] == "2026-11-22T06:00:00+08:00"


def test_without_a_building_the_first_one_with_a_thermometer_is_shown(world: Sensing):
    assert staff().get("/api/warmth").json["building"] == "1"


def test_a_building_that_is_not_there_is_not_found(world: Sensing):
    assert [staff().get(f"/api/warmth?building={name}").status for name in ("9", "%23", "x" * 50)] == [404, 404, 404]


def test_who_sees_one_building_sees_no_other(world: Sensing, monkeypatch: pytest.MonkeyPatch):
    (wang, *others) = world.register.staff
    narrow = compound(staff=(wang.__class__(wang.username, wang.name, wang.phone, wang.roles, (), ("4",)), *others))
    world.store.fill([to_item(narrow, 2)])
    steward = staff("steward", "anheli.wang")
    answer = steward.get("/api/warmth").json

    assert ([each["id"] for each in answer["buildings"]], answer["incidents"]) == (["4"], [])
    assert steward.get("/api/warmth?building=3").status == 404
    assert steward.get("/api/homes/3-502/warmth").status == 404


def test_the_last_day_of_a_home_is_told_by_hours(world: Sensing):
    world.clock.moment = moment("07:10", DAY + timedelta(days=1))
    world.tell("warm-3-301", temperature=19)
    (room,) = staff().get("/api/homes/3-301/warmth").json["rooms"]

    assert (room["state"], room["temperature"], room["readings"]) == ("warm", 19.0, [])
    assert [(hour["at"][11:16], hour["low"], hour["high"]) for hour in room["hours"]] == [("07:00", 19.0, 19.0)]

    world.clock.moment = moment("06:30", DAY + timedelta(days=1))
    (room,) = staff().get("/api/homes/3-301/warmth").json["rooms"]
    assert next((hour["at"][:16], hour["low"], hour["mean"], hour["high"]) for hour in room["hours"]) == (
        "2026-11-22T06:00",
        20.0,
        20.2,
        20.5,
    )


def test_a_past_day_has_its_hours_for_good_and_its_readings_for_a_week(world: Sensing):
    world.clock.moment = moment("07:10", DAY + timedelta(days=1))
    world.tell("warm-3-301", temperature=19)
    path = f"/api/homes/3-301/warmth?day={DAY}"

    def room() -> Any:
        return staff().get(path).json["rooms"][0]

    assert (len(room()["readings"]), len(room()["hours"])) == (6, 1)
    assert room()["readings"][0] == {"at": "2026-11-22T06:00:00+08:00", "temperature": 20.0}
    world.clock.moment = moment("00:01", DAY + timedelta(days=8))
    assert (room()["readings"], len(room()["hours"])) == ([], 1)
    (kept,) = world.stored("#WARM#3-301#t1/READ#")
    assert day_of(moment("00:00", DAY + timedelta(days=8))) == DAY + timedelta(days=8)
    assert kept["ttl"] == ms_of(moment("00:00", DAY + timedelta(days=8))) // 1000


def test_a_day_that_is_none_is_said(world: Sensing):
    assert staff().get("/api/homes/3-301/warmth?day=yesterday").status == 400


def test_what_was_measured_for_the_last_family_is_not_shown_to_the_next(world: Sensing):
    moved = tuple(home(each.id, grid=each.grid, tenancy="t2" if each.id == "3-502" else "t1") for each in world.register.homes)
    world.store.fill([to_item(compound(homes=moved), 2)])

    assert cells(staff().get("/api/warmth?building=3").json).keys() >= {"3-602"}
    assert "3-502" not in cells(staff().get("/api/warmth?building=3").json)
    assert staff().get("/api/homes/3-502/warmth").json["rooms"] == []


def test_a_gateway_that_is_out_leaves_its_rooms_unknown(world: Sensing):
    world.presence("anheli-gw3", False)
    world.until(world.clock.moment + timedelta(minutes=12))

    assert set(cells(staff().get("/api/warmth?building=3").json).values()) == {("silent", None)}


@pytest.mark.parametrize(
    ("number", "warmth"),
    [
        ("3-502", {"state": "cold", "temperature": 16.4, "looked_at": True}),
        ("3-401", {"state": "cool", "temperature": 17.9, "looked_at": False}),
        ("3-702", None),
    ],
)
def test_a_home_reads_its_own_temperature(world: Sensing, number: str, warmth: dict[str, Any] | None):
    token = mint("anheli")
    issue_home_link(world.store, world.clock.moment, "anheli", number, "t1", token, "3K7Q2M9XWT")
    answer = Client().as_home(token).get("/api/home").json

    known = answer["warmth"] and {name: answer["warmth"][name] for name in ("state", "temperature", "looked_at")}
    assert known == warmth


def test_the_desk_is_told_what_sensors_need_where_it_asks(world: Sensing):
    world.tell("door-4-301", battery=4)
    world.presence("anheli-gw1", False)
    world.until(world.clock.moment + timedelta(minutes=11))
    lines = staff().get("/api/duty?troubles=1").json["troubles"]

    assert [line["kind"] for line in lines] == ["gateways-silent", "cold", "battery-low"]
    assert lines[0]["behind"] == {"buildings": ["1"], "homes": 10} and lines[0]["home"] == ""
    assert (lines[1]["category"], lines[1]["about"]) == ("3-02", "3-502,3-602")
    assert (lines[2]["home"], lines[2]["owners"], lines[2]["holder"]) == ("4-301", ["王管家"], "")
    assert staff().get("/api/duty").json["troubles"] is None


def test_whoever_takes_one_on_is_named(world: Sensing):
    (line,) = staff().get("/api/duty?troubles=1").json["troubles"]
    staff().post(f"/api/tasks/{line['id']}/acts", {"act": "claim"})
    (line,) = staff().get("/api/duty?troubles=1").json["troubles"]

    assert (line["state"], line["holder"], line["holder_name"]) == ("claimed", "anheli.chen", "陈经理")
