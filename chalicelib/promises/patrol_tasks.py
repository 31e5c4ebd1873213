"""Which task is made of a place that was missed, a patrol nobody walked, and what was not in order on one. Pure: ids come from the facts."""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.patrols.walks import Item, Point
from chalicelib.promises.arising import allowance
from chalicelib.register.places import Place
from chalicelib.register.rules import Role
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import at, day_of, local
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import Slot
from chalicelib.tasks.tasks import Line, Task, TaskKind, opened

LADDER = "patrol"
NO_GRID = "-"
SEEN = "seen"


def undisinfected(standing: Standing, grid: str, slot: Slot, places: Sequence[str], now: datetime) -> Task:
    """Places of one grid that nobody disinfected by the end of a window, in one task."""
    ended = f"{slot.day.isoformat()}:{local(slot.closes):%H%M}"
    identity = f"{TaskKind.UNDISINFECTED}:{grid or NO_GRID}:{ended}"
    return _of_grid(standing, grid, identity, TaskKind.UNDISINFECTED, now, category="disinfection", about=",".join(places))


def ended(task: Task) -> datetime:
    """When the window was over whose places this task names."""
    _, day, clock = task.id.rsplit(":", 2)
    return at(date.fromisoformat(day), f"{clock[:2]}:{clock[2:]}")


def unwalked(standing: Standing, grid: str, slot: Slot, now: datetime) -> Task:
    """A grid's patrol that nobody has walked to its end in time."""
    identity = f"{TaskKind.UNWALKED}:{grid}:{slot.day.isoformat()}"
    return _of_grid(standing, grid, identity, TaskKind.UNWALKED, now, category="patrol", about=grid)


def fault(standing: Standing, place: Place, item: Item, point: Point, now: datetime) -> Task:
    """Something that was not in order at a place, with the words of whoever saw it. Seen again, it is the same task, with one line more."""
    identity = f"{TaskKind.FAULT}:{place.id}:{item.value}"
    made = _of_grid(standing, place.grid, identity, TaskKind.FAULT, now, category=item.value, about=place.id)
    return made._replace(lines=(seen(point),))


def seen(point: Point) -> Line:
    """What somebody says of it on her way; by the scan's key it is said once."""
    return Line(point.at, point.by, SEEN, point.note, point.key)


def _of_grid(standing: Standing, grid: str, identity: str, kind: TaskKind, now: datetime, **said: str) -> Task:
    """The coordinator's of the grid; the managers' where there is none, or where she is on leave."""
    register, gone = standing.register, standing.absent(day_of(now))
    there = {each.username: each for each in register.staff if each.username not in gone}
    leader = next((each.coordinator for each in register.grids if each.id == grid and each.coordinator in there), "")
    managers = tuple(name for name, each in there.items() if Role.MANAGER in each.roles)
    ladder, times = (LADDER, register.policy.every_ladder[LADDER]), allowance(register.policy, Tier.GREEN)
    return opened(identity, kind, ladder, now, times, (leader,) if leader else managers, **said)
