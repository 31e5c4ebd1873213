"""Every key prefix and index of the table on one page. The first part of every partition is the compound."""

import hashlib
from datetime import date
from typing import Any, NamedTuple

from chalicelib.shared.ids import RESERVED

DUE_INDEX = "due"
DUE_SHARDS = 4
GATEWAY = "GATEWAY"


class Key(NamedTuple):
    pk: str
    sk: str

    def as_item(self) -> dict[str, Any]:
        return {"pk": self.pk, "sk": self.sk}


def key_of(item: dict[str, Any]) -> Key:
    return Key(item["pk"], item["sk"])


def shard(identity: str) -> str:
    """The ``due`` index partition of an item: stable, and even over many items."""
    return str(hashlib.sha256(identity.encode()).digest()[0] % DUE_SHARDS)


def compounds() -> str:
    """The list of all compounds. No compound may bear this name: see ``shared.ids``."""
    return f"{RESERVED}#COMPOUNDS"


def compound(identity: str) -> Key:
    return Key(compounds(), identity)


def register(compound: str) -> Key:
    return Key(f"{compound}#REGISTER", "REGISTER")


def unfinished_import(compound: str) -> Key:
    """Beside the register while an import is under way, and after one that was interrupted."""
    return Key(register(compound).pk, "IMPORT")


def changes(compound: str) -> Key:
    """What has changed since the import, beside the register."""
    return Key(register(compound).pk, "CHANGES")


def histories(compound: str, subject: str) -> str:
    """``subject`` is a home, a person, or ``ROSTER``."""
    return f"{compound}#HISTORY#{subject}"


def history(compound: str, subject: str, moment: str, identity: str) -> Key:
    return Key(histories(compound, subject), f"{moment}#{identity}")


def check_ins(compound: str, day: date) -> str:
    return f"{compound}#CHECKIN#{day.isoformat()}"


def check_in(compound: str, day: date, home: str, tenancy: str) -> Key:
    return Key(check_ins(compound, day), f"{home}#{tenancy}")


def link(compound: str, digest: str) -> Key:
    return Key(f"{compound}#LINK#{digest}", "LINK")


def home_links(compound: str, home: str) -> Key:
    return Key(f"{compound}#HOME#{home}", "LINKS")


def code_failures(compound: str, home: str) -> Key:
    return Key(f"{compound}#HOME#{home}", "CODEFAIL")


def expected_openings(compound: str, home: str) -> Key:
    return Key(f"{compound}#HOME#{home}", "EXPECTED")


def volunteer_links(compound: str, volunteer: str) -> Key:
    return Key(f"{compound}#VOLUNTEER#{volunteer}", "LINKS")


def sensor(compound: str, thing: str, name: str) -> Key:
    return Key(f"{compound}#THING#{thing}", f"SENSOR#{name}")


def gateway(compound: str, thing: str) -> Key:
    """Beside its sensors, so that one query brings both; it sorts before them."""
    return Key(sensor(compound, thing, "").pk, GATEWAY)


def awaited(compound: str, thing: str) -> Key:
    return Key(sensor(compound, thing, "").pk, "AWAITED")


def rooms(compound: str, home: str, tenancy: str) -> str:
    """The past temperatures of a home, of one family's stay in it."""
    return f"{compound}#WARM#{home}#{tenancy}"


def room_readings(compound: str, home: str, tenancy: str, day: date, sensor: str) -> Key:
    return Key(rooms(compound, home, tenancy), f"READ#{day.isoformat()}#{sensor}")


def room_hours(compound: str, home: str, tenancy: str, day: date, sensor: str) -> Key:
    return Key(rooms(compound, home, tenancy), f"HOURS#{day.isoformat()}#{sensor}")


def incidents(compound: str) -> str:
    return f"{compound}#INCIDENT"


def incident(compound: str, kind: str, group: str) -> Key:
    return Key(incidents(compound), f"{kind}#{group}")


def door_day(compound: str, day: date, home: str, tenancy: str) -> Key:
    """What the door of an isolated home did; by day, so that a day can be forgotten without looking for it."""
    return Key(f"{compound}#DOOR#{day.isoformat()}", f"{home}#{tenancy}")


def alerts(compound: str) -> str:
    return f"{compound}#ALERT"


def open_alert(compound: str, alert: str) -> Key:
    return Key(alerts(compound), f"OPEN#{alert}")


def cleared_alert(compound: str, day: date, alert: str) -> Key:
    """Cleared alerts, and closed tasks, sort by day before all open ones, so one range read from a day on gives both."""
    return Key(alerts(compound), f"DAY#{day.isoformat()}#{alert}")


def tasks(compound: str) -> str:
    return f"{compound}#TASK"


def open_task(compound: str, task: str) -> Key:
    return Key(tasks(compound), f"OPEN#{task}")


def closed_task(compound: str, day: date, task: str) -> Key:
    return Key(tasks(compound), f"DAY#{day.isoformat()}#{task}")


def visits(compound: str, day: date) -> str:
    return f"{compound}#VISIT#{day.isoformat()}"


def visit(compound: str, day: date, slot: str, tenancy: str) -> Key:
    return Key(visits(compound, day), f"{slot}#{tenancy}")


def figures(compound: str, month: str) -> Key:
    """``month`` is ``2026-11``."""
    return Key(f"{compound}#FIGURES", month)


def looks(compound: str) -> str:
    return f"{compound}#LOOK"


def look(compound: str, plan: str, window: int) -> Key:
    return Key(looks(compound), f"{plan}#{window}")


def messages(compound: str, day: date) -> str:
    """A day's delivery ledger; the day is the event's own, so that an event has one key whenever it is heard of."""
    return f"{compound}#POST#{day.isoformat()}"


def message(compound: str, day: date, identity: str) -> Key:
    return Key(messages(compound, day), identity)


def robot(compound: str, digest: str) -> Key:
    return Key(f"{compound}#ROBOT#{digest}", "ROBOT")
