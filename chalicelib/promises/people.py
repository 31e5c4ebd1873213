"""Who stands on a step of a ladder right now: computed from the register, the leaves and the roster. Pure."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.register.answers import Named
from chalicelib.register.rules import Home, Role
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.tasks.errands import grid_of
from chalicelib.tasks.ladders import Rung
from chalicelib.tasks.tasks import Task, TaskKind


class Person(NamedTuple):
    """A member of staff (by username) or a volunteer (by id)."""

    id: str
    name: str
    phone: str


def stands_on(standing: Standing, rung: Rung, task: Task, now: datetime) -> list[Person]:
    """The people on a step, without those on leave; nobody where nobody is named. Who goes along on a trip has to be there on its day."""
    register, gone = standing.register, standing.absent(day_of(now))
    match rung:
        case Rung.ASSIGNEE if task.kind is TaskKind.TRIP and (trip := standing.changes.trip(task.about)):
            named, gone = list(task.owners), standing.absent(max(day_of(now), day_of(trip.starts)))
        case Rung.ASSIGNEE:
            named = list(task.owners[:1])
        case Rung.PARTNER:
            named = list(task.owners[1:2])
        case Rung.COORDINATOR:
            named = _coordinators(standing, grid_of(task) or _grid_at(standing, task))
        case Rung.DUTY:
            named = standing.changes.on_duty(now) or _with_role(standing, Role.STEWARD, register.home_by_id.get(task.home))
        case _:
            named = _with_role(standing, Role.MANAGER, None)
    return [person for name in named if name not in gone and (person := _person(standing, name))]


def home_of(standing: Standing, task: Task) -> Home | None:
    """The home a task is about; None if it is about none, or if the family it was about lives there no longer."""
    home = standing.register.home_by_id.get(task.home)
    return home if home and task.tenancy in ("", home.tenancy) else None


def empty_rungs(standing: Standing, task: Task, now: datetime) -> frozenset[Rung]:
    """The steps on which nobody stands."""
    return frozenset(rung for rung in Rung if not stands_on(standing, rung, task, now))


def _grid_at(standing: Standing, task: Task) -> str | None:
    home = standing.register.home_by_id.get(task.home)
    return None if home is None else home.grid


def _coordinators(standing: Standing, wanted: str | None) -> list[str]:
    """Of one grid; of all of them, where there is none to be wanted."""
    grids = [grid for grid in standing.register.grids if wanted is None or grid.id == wanted]
    return list(dict.fromkeys(grid.coordinator for grid in grids))


def _with_role(standing: Standing, role: Role, home: Home | None) -> list[str]:
    return [staff.username for staff in standing.register.staff if role in staff.roles and (home is None or staff.covers(home))]


def _person(standing: Standing, identity: str) -> Person | None:
    staff = standing.register.staff_by_username.get(identity)
    if staff:
        return Person(staff.username, staff.name, staff.phone)
    volunteer = next((each for each in standing.register.volunteers if each.id == identity), None)
    return Person(volunteer.id, volunteer.name, volunteer.phone) if volunteer else None


def named(standing: Standing, identities: tuple[str, ...]) -> list[Named]:
    """Owners with their names, for lists; one who is no longer in the register keeps the id alone."""
    return [Named(identity, person.name if (person := _person(standing, identity)) else "") for identity in identities]


def way_of(standing: Standing, identity: str, site: str) -> str:
    """Where somebody sees to what she was told of. A volunteer has no account, and her own link is nowhere stored."""
    volunteer = any(each.id == identity for each in standing.register.volunteers)
    return "打开网格长发给您的链接" if volunteer else f"{site}/today/"
