"""Places that nobody disinfected in time and patrols nobody walked: each has its task, or that is a difference. Worked out once more, from
the policy's windows and the items as stored. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from chalicelib.auditor.rules import Finding, Records, finding
from chalicelib.register.places import Place
from chalicelib.shared.calendar import at, day_of, local, parse
from chalicelib.store.contract import Item

WALKED = {"lobby", "shelf", "lift", "stairs", "waste", "fitness"}


def places(records: Records) -> Iterator[Finding]:
    """For the windows that ended within the audited day: one task a grid and end, one a grid's patrol."""
    today = day_of(records.now)
    for day in (today - timedelta(days=1), today):
        yield from _unkept(records, day)
        yield from _unwalked(records, day)


def _unkept(records: Records, day: date) -> Iterator[Finding]:
    policy, wanted = records.register.policy.patrols, dict[str, datetime]()
    for place in records.register.places:
        for number, (_, close) in enumerate(policy.windows(place.kind)):
            ends = at(day, close)
            if records.ripe(ends) and not any(_keeps(item, place, day, number, ends) for item in records.disinfections):
                wanted[f"undisinfected:{place.grid or '-'}:{day.isoformat()}:{local(ends):%H%M}"] = ends
    for task, ends in wanted.items():
        if task not in records.known:
            yield finding("task-missing", task, ends)


def _keeps(item: Item, place: Place, day: date, number: int, ends: datetime) -> bool:
    """In its window, or at any time since."""
    if "undone" in item or item["sk"].partition("#")[0] != place.id:
        return False
    return parse(item["at"]) >= ends or (item["pk"].endswith(day.isoformat()) and item["sk"] == f"{place.id}#{number}")


def _unwalked(records: Records, day: date) -> Iterator[Finding]:
    ends = at(day, records.register.policy.patrols.walk[1])
    if not records.ripe(ends):
        return
    done = {(item["pk"].rpartition("#")[2], item["sk"]) for item in records.patrols if item["done"]}
    walked_by = {place.grid for place in records.register.places if place.kind.value in WALKED}
    for grid in records.register.grids:
        task = f"unwalked:{grid.id}:{day.isoformat()}"
        if grid.id in walked_by and (day.isoformat(), grid.id) not in done and task not in records.known:
            yield finding("task-missing", task, ends)
