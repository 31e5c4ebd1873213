"""A cold morning in building 3, in the shapes the API gives: one riser cold, one home cooling, one thermometer silent."""

from typing import Any

from tests.browser.world import DAY, home, moment

STATES = {
    "3-602": ("cold", 16.4, "06:10"),
    "3-502": ("cold", 17.1, "06:35"),
    "3-402": ("cold", 17.6, "07:20"),
    "3-302": ("cool", 17.9, "09:25"),
    "3-101": ("silent", None, "08:05"),
    "3-601": ("warm", 20.4, ""),
    "3-103": ("warm", 18.6, ""),
    "3-603": ("warm", 21.0, ""),
}


def cell(number: str) -> dict[str, Any]:
    state, temperature, since = STATES.get(number, ("none", None, ""))
    door = number.partition("-")[2]
    place = {"floor": int(door[:-2]), "column": door[-2:]}
    return {**home(number), **place, "state": state, "temperature": temperature, "since": moment(since) if since else ""}


def warmth(columns: int = 4, floors: int = 6) -> dict[str, Any]:
    names = [f"{number:02}" for number in range(1, columns + 1)]
    storeys = list(range(floors, 0, -1))
    cold = [home(number) for number in ("3-602", "3-502", "3-402")]
    return {
        "now": moment("09:40"),
        "day": DAY,
        "building": "3",
        "buildings": [{"id": "3", "name": "3 号楼"}, {"id": "5", "name": "5 号楼"}],
        "least": 18.0,
        "minutes": 30,
        "floors": storeys,
        "columns": names,
        "homes": [cell(f"3-{floor}{column}") for floor in storeys for column in names],
        "incidents": [
            {"id": "cold:3-02:1", "group": "3-02", "line": False, "homes": cold, "since": moment("06:10")},
            {"id": "cold:东支线:1", "group": "东支线", "line": True, "homes": [home("5-101"), home("6-101")], "since": moment("07:00")},
        ],
    }


def nothing() -> dict[str, Any]:
    homes = [{**one, "state": "none", "temperature": None, "since": ""} for one in warmth()["homes"]]
    return {**warmth(), "incidents": [], "homes": homes}


def trouble(name: str, kind: str, number: str, **more: Any) -> dict[str, Any]:
    """A line of the desk's list of what sensors need."""
    where = home(number) if number else {"home": "", "label": ""}
    said = {
        "category": "",
        "about": f"anheli-gw3/door-{number}",
        "since": moment("09:02"),
        "state": "open",
        "holder": "",
        "holder_name": "",
    }
    return {"id": name, "kind": kind, **where, **said, "owners": ["王建国"], "behind": None, "steps": [], **more}


def outage() -> dict[str, Any]:
    """Half the compound without power."""
    about = {"about": "anheli-gw1,anheli-gw2,anheli-gw3", "owners": [], "behind": {"buildings": ["1", "2", "3"], "homes": 58}}
    return trouble("gateways-silent:1", "gateways-silent", "", **about)


def troubles() -> list[dict[str, Any]]:
    return [
        outage(),
        trouble("sensor-silent:a:1", "sensor-silent", "3-502", category="battery"),
        trouble("cold:3-02:1", "cold", "3-602", category="3-02", about="3-602,3-502,3-402"),
        trouble("battery-low:b:1", "battery-low", "2-801", holder="chen", holder_name="陈敏", state="claimed"),
        trouble("weak-link:c:1", "weak-link", "1-101"),
    ]


def home_warmth(day: str = "") -> dict[str, Any]:
    """The last day of 3-502, which grew cold in the night; or a day before, with its readings."""
    degrees = [20.1, 20.0, 19.6, 18.9, 18.2, 17.6, 17.2, 17.1, 17.1, 17.0]
    hours = [
        {"at": f"{day or DAY}T{hour:02}:00:00+08:00", "low": value - 0.2, "mean": value, "high": value + 0.3}
        for hour, value in enumerate(degrees)
    ]
    readings = [{"at": f"{day}T00:{minute:02}:00+08:00", "temperature": 20.1} for minute in (5, 15, 25)] if day else []
    told = {"state": "cold", "temperature": 17.1, "at": moment("09:35"), "since": moment("06:35")}
    room = {"sensor": "warm-3-502", **told, "hours": hours, "readings": readings}
    return {**home("3-502"), "now": moment("09:40"), "day": day or None, "least": 18.0, "rooms": [room]}


def own(state: str, temperature: float) -> dict[str, Any]:
    """What the home's own page is told."""
    return {"state": state, "temperature": temperature, "at": moment("09:05"), "least": 18.0, "looked_at": state == "cold"}
