"""Which task a fact makes, under which id, on which ladder. Pure: the id comes from the fact, so a fact makes its task once."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from chalicelib.register.dues import Due
from chalicelib.register.goods import Good
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Home, Role
from chalicelib.register.standing import Standing
from chalicelib.sensors.rules import AlertKind
from chalicelib.shared.calendar import at, day_of
from chalicelib.shared.tiers import Tier, worst
from chalicelib.tasks.ladders import Ladder
from chalicelib.tasks.passing import passed_over
from chalicelib.tasks.tasks import Allowance, Task, TaskKind, opened
from chalicelib.tasks.waiting import Priority
from chalicelib.tickets import rules as tickets

UNWELL = "unwell"
LETTER_HOURS = timedelta(hours=24)


def ladder_of(policy: Policy, task: Task) -> Ladder:
    """The steps a stored task climbs, as the compound has them now."""
    return policy.every_ladder[task.ladder]


def allowance(policy: Policy, tier: Tier) -> Allowance:
    """The tier's time for a first response and for a solution."""
    return Allowance(timedelta(minutes=policy.respond_minutes[tier]), timedelta(hours=policy.solve_hours[tier]))


def missed_visit(policy: Policy, due: Due, now: datetime) -> Task:
    return _task(f"missed:{due.key}", TaskKind.MISSED, "visit", policy, due.home, due.owners, now, due.slot.kind, due.key)


def unassigned_visit(policy: Policy, due: Due, now: datetime) -> Task:
    """A visit that nobody owes although its window has opened."""
    made = _task(f"unassigned:{due.key}", TaskKind.UNASSIGNED, "visit", policy, due.home, (), now, due.slot.kind, due.key)
    return passed_over(made, due.over, now)


def nobody_home(policy: Policy, home: Home, owners: tuple[str, ...], slot: str, now: datetime) -> Task:
    """A visit found nobody: call, knock again, ask the neighbour, tell the coordinator."""
    return _task(f"nobody-home:{slot}", TaskKind.NOBODY_HOME, "nobody-home", policy, home, owners, now, "nobody_home", slot)


def need(policy: Policy, home: Home, owners: tuple[str, ...], day: date, category: str, now: datetime) -> Task:
    """Something a household said it needs, once a day and category."""
    ladder = need_ladder(home.tier, category)
    return _task(
        f"need:{home.id}:{home.tenancy}:{day.isoformat()}:{category}", TaskKind.NEED, ladder, policy, home, owners, now, category, ""
    )


def need_ladder(tier: Tier, category: str) -> str:
    """Whoever feels unwell is as urgent as a red home."""
    return "need-red" if tier is Tier.RED or category == UNWELL else "need"


def letter_ladder(tier: Tier) -> str:
    """A letter that may be about somebody's life does not wait for the morning."""
    return "letter-urgent" if tier is Tier.RED else "letter"


def letter_allowance(policy: Policy, tier: Tier) -> Allowance:
    """However urgent it is, its result is owed within a day."""
    return Allowance(timedelta(minutes=policy.respond_minutes[tier]), LETTER_HOURS)


def priority(policy: Policy, task: Task, tier: Tier) -> Priority:
    """What another tier means for a task: its times, and for a need, a letter or a ticket its ladder."""
    if task.kind is TaskKind.TICKET:
        return tickets.priority(policy, task, tier)
    if task.kind is TaskKind.LETTER:
        return Priority(tier, letter_allowance(policy, tier), letter_ladder(tier))
    ladder = need_ladder(tier, task.category) if task.kind is TaskKind.NEED else task.ladder
    return Priority(tier, allowance(policy, tier), ladder)


def missed_reports(policy: Policy, slot: str, now: datetime) -> Task:
    """Homes that owed a self-report: one task for all of them; which ones, is computed when it is read."""
    times = allowance(policy, Tier.GREEN)
    ladder = ("reports", policy.every_ladder["reports"])
    return opened(f"missed-reports:{slot}", TaskKind.MISSED_REPORTS, ladder, now, times, (), category="self_report", about=slot)


ALARMS = {
    AlertKind.DOOR_OPENED: (TaskKind.DOOR, "door"),
    AlertKind.LEFT_OPEN: (TaskKind.LEFT_OPEN, "door"),
    AlertKind.TAMPERED: (TaskKind.TAMPERED, "door"),
    AlertKind.SMOKE: (TaskKind.SMOKE, "alarm"),
    AlertKind.SOS: (TaskKind.SOS, "alarm"),
}


def task_of(kind: AlertKind, alert: str) -> str:
    """The id of the task that an alert makes."""
    return f"{ALARMS[kind][0]}:{alert}"


def alarm(policy: Policy, home: Home, kind: AlertKind, alert: str, now: datetime) -> Task:
    word, ladder = ALARMS[kind]
    return _task(task_of(kind, alert), word, ladder, policy, home, (), now, kind.value, alert)


def out_of_reach(standing: Standing, day: date, now: datetime) -> Task:
    """People whom no channel reaches, the coordinators' to see to, one task a day: whom, is worked out when it is read."""
    about = (f"reach:{day.isoformat()}", TaskKind.REACH)
    return _of_compound(about, standing, now, allowance(standing.register.policy, Tier.GREEN), (Role.COORDINATOR, Role.MANAGER))


def table_ends(standing: Standing, ends: date, now: datetime) -> Task:
    """The table of holidays has no day after this: the manager's to pass on."""
    respond, solve = allowance(standing.register.policy, Tier.GREEN)
    times, about = Allowance(respond, max(solve, at(ends, "24:00") - now)), (f"calendar:{ends.isoformat()}", TaskKind.CALENDAR)
    return _of_compound(about, standing, now, times, (Role.MANAGER, Role.COORDINATOR))


def of_keeper(standing: Standing, kind: TaskKind, good: Good, week: str, now: datetime) -> Task:
    """Something about a good: its keeper's; the manager's where it has none, or where she is on leave."""
    identity, gone = f"{kind.value}:{good.id}:{week}", standing.absent(day_of(now))
    staff = [each for each in standing.register.staff if each.username not in gone]
    managers = tuple(each.username for each in staff if Role.MANAGER in each.roles)
    owners = (good.keeper,) if good.keeper in {each.username for each in staff} else managers
    ladder = ("supply", standing.register.policy.every_ladder["supply"])
    times = allowance(standing.register.policy, Tier.GREEN)
    return opened(identity, kind, ladder, now, times, owners, category=kind.value, about=good.name)


def _of_compound(about: tuple[str, TaskKind], standing: Standing, now: datetime, times: Allowance, roles: tuple[Role, Role]) -> Task:
    """Something about the compound itself: the first role's, or the second's where nobody of the first is there."""
    (identity, kind), gone = about, standing.absent(day_of(now))
    there = [each for each in standing.register.staff if each.username not in gone]
    first, second = (tuple(each.username for each in there if role in each.roles) for role in roles)
    ladder = (kind.value, standing.register.policy.every_ladder[kind.value])
    said = {"category": kind.value, "about": identity.partition(":")[2]}
    return opened(identity, kind, ladder, now, times, first or second, **said)


def ailing(
    policy: Policy, home: Home, owners: tuple[str, ...], kind: TaskKind, identity: str, sensor: str, why: str, now: datetime
) -> Task:
    """A sensor that needs somebody, told gently and by day; the silent one of an isolated home is the duty's, at once."""
    watched = kind is TaskKind.SENSOR_SILENT and home.isolated_on(day_of(now))
    calm = home if watched else msgspec.structs.replace(home, tier=Tier.GREEN)
    return _task(f"{kind}:{identity}", kind, "watch" if watched else "upkeep", policy, calm, owners, now, why, sensor)


def outage(policy: Policy, identity: str, things: Sequence[str], now: datetime) -> Task:
    """Gateways that are out, all in one task: everything behind them is unknown because of them."""
    times, ladder = allowance(policy, Tier.RED), ("outage", policy.every_ladder["outage"])
    return opened(identity, TaskKind.GATEWAYS_SILENT, ladder, now, times, (), category="outage", about=",".join(things))


def cold(policy: Policy, identity: str, group: str, homes: Sequence[Home], owners: tuple[str, ...], now: datetime) -> Task:
    """The cold homes of a riser or a line's end, as urgent as the most urgent of them."""
    tier, ladder = worst(home.tier for home in homes), ("cold", policy.every_ladder["cold"])
    said = {"home": homes[0].id, "tier": tier, "category": group, "about": ",".join(home.id for home in homes)}
    return opened(identity, TaskKind.COLD, ladder, now, allowance(policy, tier), owners, **said)


def parcel(policy: Policy, home: Home | None, owners: tuple[str, ...], identity: str, why: str, number: str, now: datetime) -> Task:
    """A parcel that nobody came for, or with which something is wrong."""
    if home:
        return _task(identity, TaskKind.PARCEL, "parcel", policy, home, owners, now, why, number)
    times, ladder = allowance(policy, Tier.GREEN), ("parcel", policy.every_ladder["parcel"])
    return opened(identity, TaskKind.PARCEL, ladder, now, times, owners, category=why, about=number)


def _task(
    identity: str,
    kind: TaskKind,
    ladder: str,
    policy: Policy,
    home: Home,
    owners: tuple[str, ...],
    now: datetime,
    category: str,
    about: str,
) -> Task:
    said = {"home": home.id, "tenancy": home.tenancy, "tier": home.tier, "category": category, "about": about}
    return opened(identity, kind, (ladder, policy.every_ladder[ladder]), now, allowance(policy, home.tier), owners, **said)
