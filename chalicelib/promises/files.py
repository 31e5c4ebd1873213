"""A home's own file: why it has its tier, what is promised to it, how its last days went, what is open."""

from datetime import date, datetime, timedelta

from chalicelib.care import records as care
from chalicelib.care.rules import CheckIn, owes, slot_of
from chalicelib.care.rules import State as ReportState
from chalicelib.care.rules import state_of as report_state
from chalicelib.promises.answers import Assignable, DayMarks, HomeFile, PlanLine
from chalicelib.promises.lines import task_line
from chalicelib.promises.people import home_of, named
from chalicelib.register.answers import household_contact, steward_contact
from chalicelib.register.changes import HomePause, TierChange
from chalicelib.register.dues import due_on
from chalicelib.register.rules import Home, Staff
from chalicelib.register.standing import TRIP, Standing
from chalicelib.register.tiering import reasons
from chalicelib.roster.answers import pause_answer, tier_answer
from chalicelib.sensors.readers import is_watched
from chalicelib.sensors.thermometers import hung_in
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store import keys
from chalicelib.store.contract import Store
from chalicelib.tasks.board import of_day
from chalicelib.tasks.tasks import Task
from chalicelib.visits import records as visits
from chalicelib.visits.rules import state_of

FILE_DAYS = 14


def home_file(store: Store, now: datetime, standing: Standing, home: Home, staff: Staff) -> HomeFile:
    """A home's file: one read for its last fourteen days, one for its tasks."""
    register, today = standing.register, day_of(now)
    pause, coming = standing.changes.pause_at(home, now), _coming_pause(standing, home, now)
    changes = _tier_changes(standing, home)
    return HomeFile(
        now=stamp(now),
        home=home.id,
        label=home.label,
        tier=home.tier,
        why=_why(standing, home, today),
        away=pause.why.value if pause else TRIP if standing.changes.out_now(home) else "",
        tags=home.tags(today.year),
        contact=household_contact(home),
        steward=steward_contact(register, home),
        plans=_plans(standing, home),
        days=_marks(store, now, standing, home),
        tasks=[task_line(standing, task, now) for task in _open_tasks(store, standing, home, today)],
        pause=pause_answer(shown) if (shown := pause or coming) else None,
        companions=_companions(standing, staff, home, now),
        tier_changes=[tier_answer(change) for change in changes],
        people=named(standing, tuple(sorted({who for change in changes for who in (change.by, change.approved_by) if who}))),
        thermometers=len(hung_in(register, [home])),
        watched=is_watched(register, home),
    )


def _why(standing: Standing, home: Home, today: date) -> list[str]:
    """Each rule that fits, as its facts and its age."""
    rules = reasons(standing.register.policy.tier_rules, home, today)
    return [" + ".join([*rule.facts, *([f"age:{rule.min_age}"] if rule.min_age else [])]) for rule in rules]


def _plans(standing: Standing, home: Home) -> list[PlanLine]:
    """What a home of this tier is promised."""
    mine = (plan for plan in standing.register.policy.plans if home.tier in plan.tiers)
    return [
        PlanLine(plan.kind, [f"{opens}–{closes}" for opens, closes in plan.windows], plan.every, plan.days, list(plan.goods))
        for plan in mine
    ]


def _coming_pause(standing: Standing, home: Home, now: datetime) -> HomePause | None:
    mine = (pause for pause in standing.changes.pauses if (pause.home, pause.tenancy) == (home.id, home.tenancy))
    return min((pause for pause in mine if now < pause.starts < pause.ends), key=lambda pause: pause.starts, default=None)


def _tier_changes(standing: Standing, home: Home) -> list[TierChange]:
    mine = [change for change in standing.changes.tiers if (change.home, change.tenancy) == (home.id, home.tenancy)]
    return sorted(mine, key=lambda change: (change.approved is not None, change.made))


def _companions(standing: Standing, staff: Staff, home: Home, now: datetime) -> list[Assignable]:
    """Who may go along with this home's people: colleagues and neighbours, but nobody who lives there. Who is on duty comes first."""
    register, duty = standing.register, set(standing.changes.on_duty(now))
    known = [(each.username, each.name) for each in register.staff if each.covers(home)]
    near_by = (each for each in register.volunteers if each.grid == home.grid or staff.covers_grid(each.grid))
    known += [(each.id, each.name) for each in near_by if each.home != home.id]
    return sorted((Assignable(identity, name, identity in duty) for identity, name in known), key=lambda person: not person.duty)


def _marks(store: Store, now: datetime, standing: Standing, home: Home) -> list[DayMarks]:
    """Fourteen days, newest first, with the tier of each: every key is known by arithmetic. One request, two where windows are many.

    Of the days before the compound's first import nothing is said: nobody was promised anything.
    """
    register, last = standing.register, day_of(now)
    days = [day for back in range(FILE_DAYS) if (day := last - timedelta(days=back)) >= (register.since or day)]
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
    owed = not standing.away(home, slot, now) and owes(standing.register.policy, standing.home_at(home, slot.opens), slot)
    return report_state(owed, slot, said.at if said else None, now)


def _open_tasks(store: Store, standing: Standing, home: Home, day: date) -> list[Task]:
    found = of_day(store, standing.register.compound, day)
    return [task for task in found if task.running and task.home == home.id and home_of(standing, task)]
