"""Is every gateway of the lists looked at before anything behind it can have been silent for too long? Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from chalicelib.auditor.rules import GRACE, Finding, Records, finding
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import at, day_of, parse
from chalicelib.store.contract import Item

LONGEST = timedelta(hours=25)
"""No sensor may be silent for longer."""
SILENT_BY_NATURE = "esphome"
"""Begins the kinds that speak only when something changes: for them alone a gateway need not be looked at."""


def looked_at(register: Register) -> list[str]:
    """The gateways behind which something has to speak from time to time."""
    return sorted({device.thing for device in register.devices if not device.kind.startswith(SILENT_BY_NATURE)})


def gateways(records: Records, items: Iterable[Item]) -> Iterator[Finding]:
    """Each of them stands in the ``due`` index, and no further ahead than its sensors may be silent. ``items`` are their rows."""
    if records.now - records.since < GRACE:
        return
    due = {item["pk"].rpartition("#")[2]: parse(item["due_at"]) for item in items if "due_pk" in item}
    today, last = day_of(records.now), records.now + LONGEST + GRACE
    for thing in looked_at(records.register):
        if thing not in due or due[thing] > last:
            yield finding("look-missing", f"THING#{thing}:{today.isoformat()}", at(today, "00:00"))
