"""Was every floor group told of every notice that is for it? By the notice's own words and the compound's floors. Pure."""

from collections.abc import Iterator

from chalicelib.auditor.rules import Finding, Records, finding
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import parse
from chalicelib.store.contract import Item


def notices(records: Records) -> Iterator[Finding]:
    """A notice published in the last day, and not taken back, has an entry in the ledger for each group, also for those without a robot."""
    entered = {(item["event"].removesuffix(":urgent"), item["person"]) for item in records.messages}
    for item in records.notices:
        published = next((parse(line["at"]) for line in item["lines"] if line["what"] == "published"), None)
        if published is None or item["state"] != "published" or not records.ripe(published):
            continue
        event = f"notice:{item['sk']}:published"
        for group in sorted(_groups(records.register, item)):
            if (event, group) not in entered:
                yield finding("untold", f"{event}@{group}", published)


def _groups(register: Register, item: Item) -> set[str]:
    """What is for some tiers goes to no group; with no place named, it is for all."""
    audience = item["words"].get("audience", {})
    places = {name: set(audience.get(name, ())) for name in ("buildings", "floors", "grids")}
    if audience.get("tiers"):
        return set()
    return {
        floor.group
        for floor in register.floors
        if not any(places.values())
        or floor.building in places["buildings"]
        or f"{floor.building}-{floor.floor}" in places["floors"]
        or floor.grid in places["grids"]
    }
