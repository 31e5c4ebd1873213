"""What a month should have brought, worked out from its notes alone and spelled out for these tests: nothing here asks a plan, a look or a ladder."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise

from chalicelib.register.rules import Home
from chalicelib.shared.calendar import at, day_of, parse
from chalicelib.shared.tiers import Tier
from chalicelib.store.contract import Item
from tests.promises.month import DAY, Month, Owed, owed_on

HOLDS = {"visit": 60, "nobody-home": 60, "need-red": 60, "need": 480, "reports": 120, "door": 60, "reach": 1440, "calendar": 10080}
"""Minutes for which an acknowledgement stands."""
WAITS = {
    "visit": (15, 60),
    "nobody-home": (15, 60),
    "need-red": (15, 60),
    "need": (240, 480),
    "reports": (60, 120),
    "door": (5, 60),
    "reach": (240, 1440),
    "calendar": (10080, 10080),
}
"""The shortest and the longest time from one telling to the next where nobody does anything."""
OVER = {"done", "cancel"}


def days_of(month: Month) -> list[date]:
    return [day_of(month.start) + number * DAY for number in range((month.now - month.start).days)]


def slots(month: Month) -> Iterator[tuple[Home, str, Owed]]:
    for each in month.register.homes:
        for day in days_of(month):
            for slot, owed in owed_on(each, day):
                yield each, slot, owed


def looked(month: Month, moment: datetime) -> datetime:
    """When the schedule could see to it: at once, or as soon as it was on again."""
    return month.off[1] if month.off[0] <= moment < month.off[1] else moment


def is_away(month: Month, each: Home, moment: datetime) -> bool:
    return any(begin <= moment < end for begin, end in month.away.get(each.id, []))


def missed_visits(month: Month) -> set[str]:
    """The visits that nobody had entered by the moment their look was due, or came back on duty."""
    found = set()
    for each, slot, owed in slots(month):
        seen = looked(month, owed.closes)
        late = not any(moment <= seen for moment in month.done.get(slot, []))
        if late and not is_away(month, each, owed.closes) and seen <= month.now:
            found.add(f"missed:{slot}")
    return found


def missed_reports(month: Month) -> set[str]:
    """The days on which some home had not said that all is well when that was looked at."""
    reporting = [each for each in month.register.homes if each.tier is not Tier.RED]
    found = set()
    for day in days_of(month):
        seen = looked(month, at(day, "10:00"))
        if any(month.reports.get((each.id, day), month.now) > seen for each in reporting):
            found.add(f"missed-reports:self_report:all:{day}")
    return found


def nobodys_visits(month: Month) -> set[str]:
    """The visits that nobody owed when their window opened, or any more when the last of a pair went on leave."""
    found = set()
    for each, slot, owed in slots(month):
        seen = looked(month, owed.opens)
        if seen <= month.now and not owners(month, each, slot, owed, seen) and not is_away(month, each, owed.opens):
            found.add(f"unassigned:{slot}")
        for leave in month.leaves:
            gone = leave.person in (each.steward, each.volunteer) and day_of(leave.made) >= leave.first
            under_way = owed.opens <= leave.made < owed.closes and not any(done <= leave.made for done in month.done.get(slot, []))
            if gone and under_way and not owners(month, each, slot, owed, leave.made) and not is_away(month, each, leave.made):
                found.add(f"unassigned:{slot}")
    return found


def owners(month: Month, each: Home, slot: str, owed: Owed, known: datetime) -> set[str]:
    """A pair for home visits, the steward for medicine; without those who had said by then that they are not there on that day."""
    day = day_of(owed.opens)
    absent = {leave.person for leave in month.leaves if leave.made <= known and leave.first <= day <= leave.last}
    named = {each.steward} if slot.startswith("medicine") else {each.steward, each.volunteer}
    return named - absent - {""}


def claims(task: Item) -> list[tuple[datetime, datetime]]:
    """When an acknowledgement stood: from the claim until it ran out or the next thing was done."""
    rows, holds, spans = task["lines"], timedelta(minutes=HOLDS[task["ladder"]]), []
    for number, row in enumerate(rows):
        if row["act"] == "claim":
            others = [parse(each["at"]) for each in rows[number + 1 :] if each["act"] != "return" or each["by"] == row["by"]]
            spans.append((parse(row["at"]), min([parse(row["at"]) + holds, *others])))
    return spans


def silences(month: Month, task: Item, told: list[datetime]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which a task was open, nobody had taken it on, and nobody was told anything of it."""
    standing, rows = claims(task), task["lines"]
    ends = [end for _, end in standing]
    stops = [parse(row["at"]) for row in rows if row["act"] in OVER] or [month.now]
    points = sorted({*told, *ends, *(parse(row["at"]) for row in rows), stops[0]})
    for begin, end in pairwise(points):
        claimed = any(first <= begin and end <= last for first, last in standing)
        if not claimed and end <= stops[0]:
            yield begin, end
