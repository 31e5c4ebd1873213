"""Which slots were due, and for which homes: worked out once more, by code that nothing else uses. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.register.changes import Changes
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home, Register
from chalicelib.register.tiering import computed_tier
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.holidays import is_workday

SELF_REPORT, DAILY = "self_report", "daily"
LONGEST_HOLIDAY = 30
"""Days: longer than any run of free days."""
AHEAD = timedelta(days=400)
"""How far ahead a window's next day is looked for."""


class Span(NamedTuple):
    """One window of one plan on one day."""

    plan: PlanPolicy
    window: int
    day: date
    opens: datetime
    closes: datetime

    def key(self, home: str) -> str:
        number = f":{self.window}" if self.window else ""
        return f"{self.plan.kind}:{home}:{self.day.isoformat()}{number}"


def promises(policy: Policy) -> list[PlanPolicy]:
    """Every plan of the compound, the daily self-report and what it checks of itself among them."""
    hours, check = (policy.self_report_opens, policy.self_report_closes), ("00:00", policy.daily_check)
    own = [
        PlanPolicy(SELF_REPORT, policy.self_report_tiers, (hours,), OwnerRule.STEWARD),
        PlanPolicy(DAILY, (), (check,), OwnerRule.STEWARD),
    ]
    return [*own, *policy.plans]


def spans(plan: PlanPolicy, first: date, last: date) -> Iterator[Span]:
    """The windows that open from one day to another, both included."""
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        if _falls_on(plan, day):
            for number, (opens, closes) in enumerate(plan.windows):
                begin, end = at(day, opens), at(day, closes)
                yield Span(plan, number, day, begin, end if end > begin else at(day + timedelta(days=1), closes))


def next_look(plan: PlanPolicy, window: int, now: datetime) -> datetime | None:
    """The next moment after ``now`` at which a window opens or closes; None if it never does again."""
    day = day_of(now) - timedelta(days=1)
    until = day + AHEAD
    while day <= until:
        edges = [edge for span in spans(plan, day, day) if span.window == window for edge in (span.opens, span.closes) if edge > now]
        if edges:
            return min(edges)
        day += timedelta(days=1)
    return None


def owing(register: Register, changes: Changes, span: Span, moment: datetime) -> Iterator[Home]:
    """The homes that were owed this window's visit, or owed its report: by the tier at its opening, and not away at ``moment``."""
    asked = min(moment, span.closes - timedelta.resolution)
    for home in belonging(register, changes, span):
        if not changes.pause_at(home, asked) and not changes.out_for(home, span.opens, span.closes, asked):
            yield home


def belonging(register: Register, changes: Changes, span: Span) -> Iterator[Home]:
    """The homes the window is for, those that are away among them."""
    tiers, rules = span.plan.tiers, register.policy.tier_rules
    for home in register.homes:
        settled = home.moved_in is None or home.moved_in < span.day
        if home.tenancy and settled and changes.tier_at(home, computed_tier(rules, home, day_of(span.opens)), span.opens) in tiers:
            yield home


def owned(span: Span, home: Home, changes: Changes, moment: datetime, full: set[tuple[str, str]]) -> bool:
    """Was there anybody to make the visit, by what was known of leaves at ``moment``, whose day was not ``full`` before it?"""
    gone = {leave.person for leave in changes.leaves if leave.made <= moment and leave.covers(day_of(moment))}
    return any((span.key(home.id), person) not in full for person in named(span.plan, home) - gone)


def named(plan: PlanPolicy, home: Home) -> set[str]:
    """Whose such a visit is by the lists."""
    people = {OwnerRule.PAIR: {home.steward, home.volunteer}, OwnerRule.STEWARD: {home.steward}, OwnerRule.VOLUNTEER: {home.volunteer}}
    return people[plan.owner] - {""}


def beyond(register: Register, changes: Changes, day: date) -> set[tuple[str, str]]:
    """The visits of a day, by their keys, that are too many for a person: in order of opening, then of building, floor and home."""
    rows: dict[str, list[tuple[datetime, str, int, str, str]]] = {}
    for span in (span for plan in register.policy.plans for span in spans(plan, day, day)):
        for home in belonging(register, changes, span):
            for person in named(span.plan, home):
                rows.setdefault(person, []).append((span.opens, home.building, home.floor, home.id, span.key(home.id)))
    return {(row[-1], person) for person, visits in rows.items() for row in sorted(visits)[register.policy.most_work :]}


def _falls_on(plan: PlanPolicy, day: date) -> bool:
    """Free days leave a plan out, or put it off to the workday that ends them: the first one on or after a day of its own."""
    if plan.days == "every":
        return _named(plan, day)
    if plan.days == "workdays":
        return _named(plan, day) and is_workday(day)
    return any(_named(plan, each) and _put_off(each) == day for each in (day - timedelta(days=back) for back in range(LONGEST_HOLIDAY)))


def _put_off(day: date) -> date:
    return next(each for each in (day + timedelta(days=ahead) for ahead in range(LONGEST_HOLIDAY)) if is_workday(each))


def _named(plan: PlanPolicy, day: date) -> bool:
    if plan.dates:
        return day in plan.dates
    if plan.weekdays:
        return day.isoweekday() in plan.weekdays
    return day >= plan.anchor and (day - plan.anchor).days % plan.every == 0
