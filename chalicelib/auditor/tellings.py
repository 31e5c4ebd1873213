"""Was everybody told whom a ladder asks for, and does every ladder still climb? By the compound's own ladders. Pure."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib.auditor.rules import GRACE, WINDOW, Finding, Records, finding, task_id
from chalicelib.register.changes import Changes
from chalicelib.register.rules import Register, Role
from chalicelib.shared.calendar import at, day_of, parse
from chalicelib.store.contract import Item

DUTY, TRIP = "duty", "trip"
SILENT = {"pause", "resume", "prioritise"}
"""What moves a ladder by figures of its own."""


def told(records: Records) -> Iterator[Finding]:
    """A task counts its tellings; each of the last day has an entry in the ledger for everybody it was meant for."""
    entries: dict[str, dict[int, list[Item]]] = {}
    for item in records.messages:
        task, _, number = item["event"].rpartition(":told:")
        if task:
            entries.setdefault(task, {}).setdefault(int(number), []).append(item)
    for item in records.tasks:
        have = entries.get(task_id(item), {})
        yield from _untold(records, item, set(have))
        yield from _left_out(records, item, have)


def climbing(records: Records) -> Iterator[Finding]:
    """An open task's next look is no later than its ladder says, counted from what was done or told last. A trip goes by its own hours."""
    for item in records.tasks:
        if item["sk"].startswith("OPEN#") and item["kind"] != TRIP:
            wanted, look = _next_look(records, item), parse(item["progress"]["look"])
            if wanted and look > wanted + GRACE:
                yield finding("climbs-late", f"{task_id(item)}:{item['progress']['told']}", wanted)


def _untold(records: Records, item: Item, have: set[int]) -> Iterator[Finding]:
    """The first telling of the ledger's two days is known if the task is no older; else the ledger itself says where they begin."""
    progress, begins = item["progress"], at(day_of(records.now - WINDOW), "00:00")
    last = parse(progress["at"]) if progress.get("at") else begins - GRACE
    if last < begins:
        return
    first = 1 if parse(item["respond"]["from"]) >= begins else min(have, default=progress["told"])
    newest = progress["told"] if last <= records.now - GRACE else progress["told"] - 1
    for number in range(first, newest + 1):
        if number not in have:
            yield finding("untold", f"{task_id(item)}:told:{number}", last)


def _left_out(records: Records, item: Item, have: dict[int, list[Item]]) -> Iterator[Finding]:
    """Of the last telling it is worked out who stood there; every earlier one says itself how many it was for."""
    progress, wanted = item["progress"], _meant(records, item)
    for number, entries in have.items():
        moment, event = parse(entries[0]["at"]), f"{task_id(item)}:told:{number}"
        if not records.ripe(moment):
            continue
        if wanted and number == progress["told"]:
            for person in sorted(wanted - {entry["person"] for entry in entries}):
                yield finding("untold", f"{event}@{person}", moment)
        elif len(entries) < entries[0].get("of", 1):
            yield finding("untold", f"{event}:{len(entries)}-of-{entries[0]['of']}", moment)


def _meant(records: Records, item: Item) -> set[str]:
    """Whom the last telling was for; nobody where something has happened since that may have changed the answer."""
    progress = item["progress"]
    last = parse(progress["at"]) if progress.get("at") else None
    if item["kind"] == TRIP or last is None or not progress["step"] or last <= records.since or parse(item["lines"][-1]["at"]) > last:
        return set()
    steps = records.register.policy.every_ladder[item["ladder"]].steps
    return addressed(records.register, records.changes, item, steps[min(progress["step"], len(steps)) - 1].rung, last)


def addressed(register: Register, changes: Changes, item: Item, rung: str, moment: datetime) -> set[str]:
    """Who stood on a step at a moment for certain: leave that covers the day, and a roster set since, leave it open.

    Where the lists name nobody at all, the duty team.
    """
    known = set(register.staff_by_username) | {each.id for each in register.volunteers}
    named = set(_named(register, changes, item, rung, moment)) & known
    if rung == DUTY and any(week.made > moment - GRACE for week in changes.weeks):
        return set()
    away = {leave.person for leave in changes.leaves if leave.first <= day_of(moment) <= leave.last}
    return named - away if named else {DUTY}


def _named(register: Register, changes: Changes, item: Item, rung: str, moment: datetime) -> list[str]:
    owners, home = item["owners"], register.home_by_id.get(item["home"])
    match rung:
        case "assignee":
            return list(owners[:1])
        case "partner":
            return list(owners[1:2])
        case "coordinator":
            return [grid.coordinator for grid in register.grids if home is None or grid.id == home.grid]
        case "manager":
            return [staff.username for staff in register.staff if Role.MANAGER in staff.roles]
    standing = [shift.staff for shift in changes.shifts if shift.starts <= moment < shift.ends]
    stewards = [staff.username for staff in register.staff if Role.STEWARD in staff.roles and (home is None or staff.covers(home))]
    return standing or stewards


def _next_look(records: Records, item: Item) -> datetime | None:
    """By the last act, or by the last telling if that came later. None where the ladder moves by other figures, or by another policy."""
    ladder, progress = records.register.policy.every_ladder[item["ladder"]], item["progress"]
    line = _last_act(item["lines"])
    acted, told_at = parse(line["at"]), parse(progress["at"]) if progress.get("at") else None
    if max(acted, told_at or acted) <= records.since or (line["act"] in SILENT and (told_at is None or acted >= told_at)):
        return None
    if told_at and told_at >= acted:
        step, repeats = min(progress["step"], len(ladder.steps)), min(progress["repeats"], len(ladder.repeat) - 1)
        wait = ladder.steps[step].wait if step < len(ladder.steps) else ladder.repeat[repeats]
        return told_at + timedelta(minutes=wait)
    waits = {"claim": ladder.holds, "return": 0}
    return acted + timedelta(minutes=waits.get(line["act"], ladder.steps[0].wait))


def _last_act(lines: list[Item]) -> Item:
    """What moved the ladder last: a partner who gives her part back while somebody else is on it moves nothing."""
    holder, last = "", lines[0]
    for line in lines:
        if line["act"] == "return" and holder not in ("", line["by"]):
            continue
        if line["act"] in ("claim", "assign", "return", "reopen"):
            holder = line["by"] if line["act"] == "claim" else ""
        last = line
    return last
