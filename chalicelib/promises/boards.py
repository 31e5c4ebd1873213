"""The lists people work from: today's, the coordinator's, and a home's own file."""

from datetime import date, datetime, timedelta

from chalicelib.care import records as care
from chalicelib.care.rules import CheckIn, owes, slot_of
from chalicelib.care.rules import State as ReportState
from chalicelib.care.rules import state_of as report_state
from chalicelib.promises.answers import Assignable, BoardAnswer, DayMarks, HomeFile, PlanLine, TodayAnswer
from chalicelib.promises.daily import with_people
from chalicelib.promises.lines import is_late, runs_out, task_line, visit_line
from chalicelib.promises.people import home_of, named
from chalicelib.promises.task_answers import TaskLine
from chalicelib.promises.today import Day, day_of_compound, mine, stops_on
from chalicelib.register.answers import away_lines, household_contact, steward_contact
from chalicelib.register.changes import HomePause, TierChange
from chalicelib.register.dues import due_on
from chalicelib.register.rules import Home, Staff
from chalicelib.register.standing import Standing
from chalicelib.register.tiering import reasons
from chalicelib.roster.answers import pause_answer, tier_answer
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import bad
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Task
from chalicelib.visits import records as visits
from chalicelib.visits.rules import ENTER_WITHIN, State, state_of

SOON = timedelta(minutes=60)
FILE_DAYS = 14
STILL_OWED = {State.COMING, State.NOW, State.MISSED}


def today(store: Store, now: datetime, standing: Standing, staff: Staff) -> TodayAnswer:
    """What a member of staff owes today; three reads with the register's."""
    homes = [home for home in standing.register.homes if staff.covers(home)]
    day = mine(day_of_compound(store, now, standing), staff.username, homes)
    tasks = _lines(store, now, standing, _by_deadline(day.tasks, now))
    return TodayAnswer(stamp(now), day_of(now), [visit_line(standing, stop) for stop in day.stops], tasks)


def earlier(store: Store, now: datetime, standing: Standing, staff: Staff, day: date) -> TodayAnswer:
    """The visits of a day that is over, for whoever enters what came back on paper: all of the homes she sees, whoever walked there.

    Problem 400 for a day too long ago to enter, and for one to come.
    """
    if not day_of(now) - ENTER_WITHIN <= day < day_of(now):
        raise bad(
            "day",
            f"只能补录最近 {ENTER_WITHIN.days} 天的走访。",
            f"Only the visits of the last {ENTER_WITHIN.days} days can be entered.",
        )
    homes = [home for home in standing.register.homes if staff.covers(home)]
    stops = stops_on(store, now, standing, homes, day)
    return TodayAnswer(stamp(now), day, [visit_line(standing, stop) for stop in stops], [])


def _lines(store: Store, now: datetime, standing: Standing, tasks: list[Task]) -> list[TaskLine]:
    return with_people(store, now, standing, [task_line(standing, task, now) for task in tasks])


def board(store: Store, now: datetime, standing: Standing, staff: Staff) -> BoardAnswer:
    """The whole of this person's scope, the loudest first."""
    day = _seen_by(staff, standing, day_of_compound(store, now, standing))
    running = _by_deadline([task for task in day.tasks if task.running], now)
    closed = sorted((task for task in day.tasks if not task.running), key=lambda task: task.lines[-1].at, reverse=True)
    orphans = [task for task in running if task.unassigned]
    owned = [task for task in running if not task.unassigned]
    late = [task for task in owned if is_late(task, now)]
    soon = [task for task in owned if task not in late and (end := runs_out(task, now)) and end <= now + SOON]
    rest = [task for task in owned if task not in late and task not in soon]
    return BoardAnswer(
        now=stamp(now),
        day=day_of(now),
        unassigned_visits=[visit_line(standing, stop) for stop in day.stops if not stop.due.owners and stop.state in STILL_OWED],
        missed_visits=[visit_line(standing, stop) for stop in day.stops if stop.due.owners and stop.state is State.MISSED],
        unassigned=_lines(store, now, standing, orphans),
        overdue=_lines(store, now, standing, late),
        soon=_lines(store, now, standing, soon),
        open=_lines(store, now, standing, rest),
        closed=_lines(store, now, standing, closed),
        closed_today=len(closed),
        visits_owed=sum(stop.state is not State.PAUSED for stop in day.stops),
        visits_kept=sum(stop.visit is not None and stop.visit.kept for stop in day.stops),
        away=away_lines(standing, [home for home in standing.register.homes if staff.covers(home)], now),
        people=_assignable(standing, staff, now),
    )


def _seen_by(staff: Staff, standing: Standing, day: Day) -> Day:
    """The part of the day within this person's scope; what is about no home is everybody's."""
    seen = {home.id for home in standing.register.homes if staff.covers(home)}
    tasks = [task for task in day.tasks if task.home in seen or not task.home]
    return Day([stop for stop in day.stops if stop.due.home.id in seen], tasks)


def home_file(store: Store, now: datetime, standing: Standing, home: Home) -> HomeFile:
    """A home's file: one read for its last fourteen days, one for its tasks."""
    register, today = standing.register, day_of(now)
    pause, coming = standing.changes.pause_at(home, now), _coming_pause(standing, home, now)
    open_tasks = _open_tasks(store, standing, home, today)
    promises = [promise for promise in register.policy.plans if home.tier in promise.tiers]
    changes = _tier_changes(standing, home)
    return HomeFile(
        now=stamp(now),
        home=home.id,
        label=home.label,
        tier=home.tier,
        why=[
            " + ".join([*rule.facts, *([f"age:{rule.min_age}"] if rule.min_age else [])])
            for rule in reasons(register.policy.tier_rules, home, today)
        ],
        away=pause.why.value if pause else "",
        tags=home.tags(today.year),
        contact=household_contact(home),
        steward=steward_contact(register, home),
        plans=[PlanLine(plan.kind, [f"{opens}–{closes}" for opens, closes in plan.windows], plan.every, plan.days) for plan in promises],
        days=_marks(store, now, standing, home),
        tasks=[task_line(standing, task, now) for task in open_tasks],
        pause=pause_answer(shown) if (shown := pause or coming) else None,
        tier_changes=[tier_answer(change) for change in changes],
        people=named(standing, tuple(sorted({who for change in changes for who in (change.by, change.approved_by) if who}))),
    )


def _coming_pause(standing: Standing, home: Home, now: datetime) -> HomePause | None:
    mine = (pause for pause in standing.changes.pauses if (pause.home, pause.tenancy) == (home.id, home.tenancy))
    return min((pause for pause in mine if now < pause.starts < pause.ends), key=lambda pause: pause.starts, default=None)


def _tier_changes(standing: Standing, home: Home) -> list[TierChange]:
    mine = [change for change in standing.changes.tiers if (change.home, change.tenancy) == (home.id, home.tenancy)]
    return sorted(mine, key=lambda change: (change.approved is not None, change.made))


def _assignable(standing: Standing, staff: Staff, now: datetime) -> list[Assignable]:
    """Staff, and the volunteers of her grids, without those on leave."""
    register, gone, duty = standing.register, standing.absent(day_of(now)), set(standing.changes.on_duty(now))
    known = [(each.username, each.name) for each in register.staff]
    known += [(each.id, each.name) for each in register.volunteers if staff.covers_grid(each.grid)]
    people = [Assignable(identity, name, identity in duty) for identity, name in known if identity not in gone]
    return sorted(people, key=lambda person: not person.duty)


def _marks(store: Store, now: datetime, standing: Standing, home: Home) -> list[DayMarks]:
    """Fourteen days, newest first, with the tier of each: every key is known by arithmetic. One request, two where windows are many."""
    register, last = standing.register, day_of(now)
    days = [last - timedelta(days=back) for back in range(FILE_DAYS)]
    owed = {day: due_on(standing, [home], day, now) for day in days}
    visited = {keys.visit(register.compound, day, due.key, home.tenancy) for day in days for due in owed[day]}
    reports = [keys.check_in(register.compound, day, home.id, home.tenancy) for day in days]
    found = store.get_many([*reports, *visited])
    made = {visit.slot: visit for key in visited & set(found) if (visit := visits.from_item(found[key]))}
    said = {check_in.day: check_in for key in reports if key in found and (check_in := care.from_item(found[key]))}
    return [
        DayMarks(
            day, _report(standing, home, day, said.get(day), now).value, [state_of(due, made.get(due.key), now).value for due in owed[day]]
        )
        for day in days
    ]


def _report(standing: Standing, home: Home, day: date, said: CheckIn | None, now: datetime) -> ReportState:
    slot = slot_of(standing.register.policy, day)
    owed = not standing.away(home, slot.seen(now)) and owes(standing.register.policy, standing.home_at(home, slot.opens), slot)
    return report_state(owed, slot, said.at if said else None, now)


def _open_tasks(store: Store, standing: Standing, home: Home, day: date) -> list[Task]:
    found = of_day(store, standing.register.compound, day)
    return [task for task in found if task.running and task.home == home.id and home_of(standing, task)]


def _by_deadline(tasks: list[Task], now: datetime) -> list[Task]:
    return sorted(tasks, key=lambda task: (not task.running, runs_out(task, now) or now, task.id))
