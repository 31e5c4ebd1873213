"""Accompanied trips on the same morning, in the shapes the API gives: one soon, one late, one on the way, one nobody goes along with."""

from typing import Any

from tests.browser.world import DAY, contact, home, moment
from tests.browser.world_promises import CHEN, LI, WANG, step, task

TOMORROW = "2026-11-23"
ZHOU = {"id": "v-1-101", "name": "周明"}


def trip(name: str, number: str, window: tuple[str, str], state: str = "coming", day: str = DAY, **more: Any) -> dict[str, Any]:
    doors = {"leaves": moment("08:30", day), "returns": moment("12:30", day)}
    agreed = {"agreed_by": "何护士", "agreed_on": "2026-11-20", "companion": LI, "late": "", "set_out": "", "back": ""}
    said = {"hospital": "市一医院 肿瘤科", "from": moment(window[0], day), "until": moment(window[1], day), "state": state}
    return {"id": name, **home(number), **said, **doors, **agreed, "contact": contact("何文", "136 0013 6000"), **more}


def trip_task(given: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The task that follows it."""
    owners = [given["companion"]] if given["companion"] else []
    said = {"category": "hospital_trip", "about": given["id"], "tier": "yellow", "pause_hours": 0, "trip": given, "steps": [step("opened")]}
    return task(f"trip:{given['id']}", "trip", given["home"], **{**said, "owners": owners, "contact": given["contact"], **more})


def trips() -> list[dict[str, Any]]:
    return [
        trip_task(trip("t1", "5-601", ("10:20", "12:00"), companion=WANG)),
        trip_task(trip("t2", "2-803", ("09:00", "12:00"), late="setting_out")),
        trip_task(trip("t3", "3-404", ("08:00", "11:30"), "out", set_out=moment("08:05"))),
        trip_task(trip("t4", "1-204", ("14:00", "17:00"), day=TOMORROW, companion=None)),
    ]


def acted(given: dict[str, Any], body: dict[str, Any], now: str) -> None:
    """A trip after an act."""
    names = {one["id"]: one for one in (WANG, LI, CHEN)}
    changes: dict[str, dict[str, Any]] = {
        "set_out": {"state": "out", "set_out": now, "late": ""},
        "done": {"state": "back", "back": now, "late": ""},
        "cancel": {"state": "called_off"},
        "return": {"companion": None},
        "claim": {"companion": given["companion"] or WANG},
        "assign": {"companion": names.get(str(body.get("owner")))},
    }
    given.update(changes[body["act"]])


def runs(given: dict[str, Any]) -> bool:
    return given["state"] in ("coming", "out")
