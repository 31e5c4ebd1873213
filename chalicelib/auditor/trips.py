"""Is every accompanied trip followed, and looked at when somebody has to be told? By the trip's own hours. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.auditor.rules import GRACE, Finding, Records, finding, task_id
from chalicelib.register.plans import TripPolicy
from chalicelib.register.trips import Trip
from chalicelib.shared.calendar import at, day_of, parse
from chalicelib.store.contract import Item

KIND = "trip"
LONGEST = timedelta(hours=8)
"""No ladder of a trip is silent for longer, but for what its hours ask."""


def trips(records: Records) -> Iterator[Finding]:
    """A trip that is not over has an open task, whose next look is no later than the next moment at which somebody has to be told."""
    families = {(home.id, home.tenancy) for home in records.register.homes}
    items = {task_id(item): item for item in records.tasks}
    for trip in records.changes.trips:
        name = f"{KIND}:{trip.id}"
        if trip.over or trip.made > records.now - GRACE or (trip.home, trip.tenancy) not in families:
            continue
        if name not in items:
            yield finding("task-missing", name, trip.made)
        elif items[name]["sk"].startswith("OPEN#"):
            yield from _late(records, trip, items[name])


def _late(records: Records, trip: Trip, item: Item) -> Iterator[Finding]:
    progress = item["progress"]
    since = max(parse(item["lines"][-1]["at"]), parse(progress["at"]) if progress.get("at") else trip.made)
    ahead = [moment for moment in _moments(records.register.policy.trips, trip) if moment > since]
    wanted = min(ahead, default=since + LONGEST)
    if not progress.get("until") and since > records.since and parse(progress["look"]) > wanted + GRACE:
        yield finding("climbs-late", f"{task_id(item)}:{progress['told']}", wanted)


def _moments(policy: TripPolicy, trip: Trip) -> list[datetime]:
    """When somebody has to be told, whatever happened before."""
    if trip.set_out:
        return [trip.ends, trip.ends + timedelta(minutes=policy.coming_back)]
    if not trip.companion:
        return []
    eve = at(day_of(trip.starts) - timedelta(days=1), policy.eve)
    return [eve, trip.starts - timedelta(minutes=policy.lead), trip.starts + timedelta(minutes=policy.setting_out)]
