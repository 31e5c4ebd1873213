"""What people see of the boards: volunteers their own grid's, staff those of their scope."""

from datetime import datetime

from chalicelib.errands.answers import ErrandLine, ErrandsAnswer, Helper, OwnBoard
from chalicelib.errands.rules import Want, open_to
from chalicelib.register.answers import Named, household_contact, name_of
from chalicelib.register.helping import time_of
from chalicelib.register.rules import Home, Register, Staff, Volunteer
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, stamp
from chalicelib.store.contract import Store
from chalicelib.tasks import board
from chalicelib.tasks.errands import begins, grid_of, lapsed
from chalicelib.tasks.tasks import Act, Task, TaskState, doer

LATELY = 7
"""So many days what was done stays on the board: as long as it can be confirmed."""
SHOWN = {TaskState.DONE, TaskState.CONFIRMED}


def own_board(store: Store, now: datetime, standing: Standing, volunteer: Volunteer) -> OwnBoard:
    """Her grid's; of what was done, her own only. One query, and one for each of seven days."""
    register = standing.register
    found = [_now(register, task, now) for task in board.begun_with(store, register.compound, begins(volunteer.grid), day_of(now), LATELY)]
    seen = [task for task in found if task.running or (task.state in SHOWN and doer(task) == volunteer.id)]
    grid = next((each.name for each in register.grids if each.id == volunteer.grid), "")
    lines = [errand_line(register, task, now, volunteer.id) for task in _sorted(seen)]
    return OwnBoard(
        Named(volunteer.id, volunteer.name), Named(volunteer.grid, grid), stamp(now), lines, list(volunteer.skills), list(volunteer.times)
    )


def boards(store: Store, now: datetime, standing: Standing, staff: Staff) -> ErrandsAnswer:
    """Those of her grids. One query for all that hangs there, and one for each of seven days."""
    register, grids = standing.register, open_to(standing.register, staff)
    mine, gone = {grid.id for grid in grids}, standing.absent(day_of(now))
    found = board.begun_with(store, register.compound, begins(), day_of(now), LATELY) if mine else []
    seen = [_now(register, task, now) for task in found if grid_of(task) in mine and (task.running or task.state in SHOWN)]
    people = [_helper(each, now) for each in register.volunteers if each.grid in mine and each.id not in gone]
    lines = [staff_line(register, task, now, staff) for task in _sorted(seen)]
    return ErrandsAnswer(stamp(now), [Named(grid.id, grid.name) for grid in grids], lines, sorted(people, key=lambda each: not each.free))


def _helper(volunteer: Volunteer, now: datetime) -> Helper:
    free = time_of(now)
    return Helper(volunteer.id, volunteer.name, volunteer.grid, list(volunteer.skills), free if free in volunteer.times else "")


def _now(register: Register, task: Task, now: datetime) -> Task:
    return lapsed(task, register.policy.every_ladder[task.ladder], now)


def _sorted(tasks: list[Task]) -> list[Task]:
    """What runs in the order in which it came, then the rest, the latest first."""
    running = sorted((task for task in tasks if task.running), key=lambda task: task.respond.started)
    return [*running, *sorted((task for task in tasks if not task.running), key=lambda task: task.lines[-1].at, reverse=True)]


def errand_line(register: Register, task: Task, now: datetime, reader: str) -> ErrandLine:
    """As a volunteer reads it: whose home it is, is for her alone who has it in hand."""
    home = _home(register, task)
    mine = reader in task.owners if task.running else doer(task) == reader
    line = _line(register, task, now, mine)
    if home and mine and task.running:
        line.place, line.home, line.contact = home.label, home.id, household_contact(home)
    elif home:
        line.place = _building(register, home)
    return line


def staff_line(register: Register, task: Task, now: datetime, staff: Staff) -> ErrandLine:
    """As the staff reads it: whose home it is, where she sees that home."""
    home, line = _home(register, task), _line(register, task, now, False)
    if home and staff.covers(home):
        line.place, line.home = home.label, home.id
    elif home:
        line.place = _building(register, home)
    return line


def _line(register: Register, task: Task, now: datetime, mine: bool) -> ErrandLine:
    who = next(iter(task.owners), "") if task.running else doer(task)
    line = ErrandLine(
        id=task.id,
        kind=task.kind,
        want=task.category if task.category in set(Want) else Want.OTHER.value,
        text=task.about,
        grid=grid_of(task),
        place="",
        home="",
        state=task.state,
        mine=mine,
        who=Named(who, name_of(register, who)) if who else None,
        since=stamp(task.respond.started),
        overdue=task.running and (task.solve.overdue(now) or (task.respond.stopped is None and task.respond.overdue(now))),
        complex=register.policy.points.is_complex(task.kind.value),
    )
    until = task.progress.acked_until
    if task.state is TaskState.CLAIMED and until:
        line.until = stamp(until)
    return line if task.running else _finished(register, task, line)


def _finished(register: Register, task: Task, line: ErrandLine) -> ErrandLine:
    done = next((each for each in reversed(task.lines) if each.act == Act.DONE), None)
    confirmed = next((each for each in reversed(task.lines) if each.act == Act.CONFIRM), None)
    if done:
        line.done, line.note = stamp(done.at), done.note
    if task.state is TaskState.CONFIRMED and confirmed:
        line.confirmed = name_of(register, confirmed.by)
    return line


def _home(register: Register, task: Task) -> Home | None:
    home = register.home_by_id.get(task.home)
    return home if home and task.tenancy in ("", home.tenancy) else None


def _building(register: Register, home: Home) -> str:
    return next((building.name for building in register.buildings if building.id == home.building), home.building)
