"""The lists people work from: today's, the coordinator's, and a home's own file."""

from datetime import date, datetime, timedelta

from chalicelib.care import records as care
from chalicelib.care.rules import owes, slot_of
from chalicelib.care.rules import state_of as report_state
from chalicelib.promises.answers import BoardAnswer, DayMarks, HomeFile, PlanLine, TodayAnswer
from chalicelib.promises.lines import is_late, runs_out, task_line, visit_line
from chalicelib.promises.today import Day, day_of_compound, mine
from chalicelib.register.answers import household_contact, steward_contact
from chalicelib.register.records import Standing
from chalicelib.register.rules import Home, Staff
from chalicelib.register.tiering import reasons
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks.board import of_day
from chalicelib.tasks.rules import slots_of
from chalicelib.tasks.tasks import Task
from chalicelib.visits import records as visits
from chalicelib.visits.rules import Due, State, owed, plan_of, state_of

SOON = timedelta(minutes=60)
FILE_DAYS = 14


def today(store: Store, now: datetime, standing: Standing, staff: Staff) -> TodayAnswer:
    """What a member of staff owes today; three reads with the register's."""
    homes = [home for home in standing.register.homes if staff.covers(home)]
    day = mine(day_of_compound(store, now, standing), staff.username, homes)
    tasks = [task_line(standing, task, now) for task in _by_deadline(day.tasks, now)]
    return TodayAnswer(stamp(now), day_of(now), [visit_line(standing, stop) for stop in day.stops], tasks)


def board(store: Store, now: datetime, standing: Standing, staff: Staff) -> BoardAnswer:
    """The whole of this person's scope, the loudest first."""
    seen = {home.id for home in standing.register.homes if staff.covers(home)}
    whole = day_of_compound(store, now, standing)
    day = Day(
        [stop for stop in whole.stops if stop.due.home.id in seen], [task for task in whole.tasks if task.home in seen or not task.home]
    )
    running = _by_deadline([task for task in day.tasks if task.running], now)
    orphans = [task for task in running if task.unassigned]
    owned = [task for task in running if not task.unassigned]
    late = [task for task in owned if is_late(task, now)]
    soon = [task for task in owned if task not in late and (end := runs_out(task, now)) and end <= now + SOON]
    rest = [task for task in owned if task not in late and task not in soon]
    open_now = {State.COMING, State.NOW, State.MISSED}
    return BoardAnswer(
        now=stamp(now),
        day=day_of(now),
        unassigned_visits=[visit_line(standing, stop) for stop in day.stops if not stop.due.owners and stop.state in open_now],
        missed_visits=[visit_line(standing, stop) for stop in day.stops if stop.due.owners and stop.state is State.MISSED],
        unassigned=[task_line(standing, task, now) for task in orphans],
        overdue=[task_line(standing, task, now) for task in late],
        soon=[task_line(standing, task, now) for task in soon],
        open=[task_line(standing, task, now) for task in rest],
        closed_today=sum(not task.running for task in day.tasks),
        visits_owed=sum(stop.state is not State.PAUSED for stop in day.stops),
        visits_kept=sum(stop.visit is not None and stop.visit.kept for stop in day.stops),
    )


def home_file(store: Store, now: datetime, standing: Standing, home: Home) -> HomeFile:
    """A home's file: one read for its last fourteen days, one for its tasks."""
    register, today = standing.register, day_of(now)
    pause = standing.changes.pause_at(home, now)
    open_tasks = [task for task in _tasks_of(store, register.compound, home, today) if task.running]
    promises = [promise for promise in register.policy.plans if home.tier in promise.tiers]
    return HomeFile(
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
        plans=[PlanLine(plan.kind, [f"{opens}–{closes}" for opens, closes in plan.windows], plan.every) for plan in promises],
        days=_marks(store, now, standing, home),
        tasks=[task_line(standing, task, now) for task in open_tasks],
    )


def _marks(store: Store, now: datetime, standing: Standing, home: Home) -> list[DayMarks]:
    """Fourteen days, newest first, from one request: every key is known by arithmetic."""
    register, last = standing.register, day_of(now)
    days = [last - timedelta(days=back) for back in range(FILE_DAYS)]
    wanted = {day: _keys(standing, home, day) for day in days}
    found = store.get_many([key for report, slots in wanted.values() for key in (report, *(key for key, _ in slots))])
    marks = []
    for day, (report, slots) in wanted.items():
        said = care.from_item(found[report]) if report in found else None
        slot = slot_of(register.policy, day)
        state = report_state(owes(register.policy, home, slot), slot, said.at if said else None, now)
        made = [state_of(due, visits.from_item(found[key]) if key in found else None, now).value for key, due in slots]
        marks.append(DayMarks(day, state.value, made))
    return marks


def _keys(standing: Standing, home: Home, day: date) -> tuple[keys.Key, list[tuple[keys.Key, Due]]]:
    register = standing.register
    slots = []
    for promise in register.policy.plans:
        if owed(promise, home, day):
            for slot in slots_of(plan_of(promise), day):
                pause = standing.changes.pause_at(home, slot.opens)
                due = Due(slot, home, (), pause.why.value if pause else "")
                slots.append((keys.visit(register.compound, day, due.key, home.tenancy), due))
    return keys.check_in(register.compound, day, home.id, home.tenancy), slots


def _tasks_of(store: Store, compound: str, home: Home, day: date) -> list[Task]:
    return [task for task in of_day(store, compound, day) if task.home == home.id]


def _by_deadline(tasks: list[Task], now: datetime) -> list[Task]:
    return sorted(tasks, key=lambda task: (not task.running, runs_out(task, now) or now, task.id))
