"""The lists people work from: today's and the coordinator's."""

from datetime import date, datetime, timedelta

from chalicelib.errands.rules import in_scope
from chalicelib.promises.answers import Assignable, BoardAnswer, TodayAnswer
from chalicelib.promises.daily import with_people
from chalicelib.promises.following import near
from chalicelib.promises.lines import is_late, runs_out, task_line, visit_line
from chalicelib.promises.task_answers import TaskLine
from chalicelib.promises.today import Day, day_of_compound, mine, stops_on
from chalicelib.register.answers import away_lines
from chalicelib.register.rules import Staff
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.shared.problems import bad
from chalicelib.store.contract import Store
from chalicelib.tasks.errands import waits_for_hands
from chalicelib.tasks.tasks import Task
from chalicelib.visits.rules import ENTER_WITHIN, State

SOON = timedelta(minutes=60)
STILL_OWED = {State.COMING, State.NOW, State.MISSED}


def today(store: Store, now: datetime, standing: Standing, staff: Staff) -> TodayAnswer:
    """What a member of staff owes today; three reads with the register's."""
    homes = [home for home in standing.register.homes if staff.covers(home)]
    day = mine(day_of_compound(store, now, standing), staff.username, homes)
    tasks = _lines(
        store,
        now,
        standing,
        [task for task in _by_deadline(day.tasks, now) if near(standing, task, now) and _near_errand(standing, staff, task)],
    )
    return TodayAnswer(stamp(now), day_of(now), [visit_line(standing, stop) for stop in day.stops], tasks)


def _near_errand(standing: Standing, staff: Staff, task: Task) -> bool:
    """What hangs on a board is on today's list once it is hers, or once nobody has taken it on in time."""
    return staff.username in task.owners or (in_scope(standing.register, staff, task) and not waits_for_hands(task))


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
    running = _by_deadline([task for task in day.tasks if task.running and not waits_for_hands(task)], now)
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
    """The part of the day within this person's scope; what is about no home is everybody's, but for what hangs on a grid's board."""
    seen = {home.id for home in standing.register.homes if staff.covers(home)}
    tasks = [task for task in day.tasks if (task.home in seen or not task.home) and in_scope(standing.register, staff, task)]
    return Day([stop for stop in day.stops if stop.due.home.id in seen], tasks)


def _assignable(standing: Standing, staff: Staff, now: datetime) -> list[Assignable]:
    """Staff, and the volunteers of her grids, without those on leave."""
    register, gone, duty = standing.register, standing.absent(day_of(now)), set(standing.changes.on_duty(now))
    known = [(each.username, each.name) for each in register.staff]
    known += [(each.id, each.name) for each in register.volunteers if staff.covers_grid(each.grid)]
    people = [Assignable(identity, name, identity in duty) for identity, name in known if identity not in gone]
    return sorted(people, key=lambda person: not person.duty)


def _by_deadline(tasks: list[Task], now: datetime) -> list[Task]:
    return sorted(tasks, key=lambda task: (not task.running, runs_out(task, now) or now, task.id))
