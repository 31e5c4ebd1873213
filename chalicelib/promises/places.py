"""Where something is that has more than one place: gateways with the buildings behind them, the cold homes of a riser, a grid. Pure."""

from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.register.watching import behind
from chalicelib.tasks.errands import KINDS, grid_of
from chalicelib.tasks.tasks import Task, TaskKind

NAMED = 4
STOCK = {TaskKind.LOW_STOCK, TaskKind.ENDS_SOON}
"""About a good, and at no home."""
AT_PLACES = {TaskKind.UNDISINFECTED, TaskKind.UNWALKED, TaskKind.FAULT}
"""About places, or a grid's, and at no home."""


def place(standing: Standing, task: Task) -> str:
    """In a few words; "" for what is about one home, or about the compound."""
    parts = [each for each in task.about.split(",") if each]
    if task.kind is TaskKind.GATEWAYS_SILENT:
        return _gateways(standing.register, parts)
    if task.kind in STOCK:
        return task.about
    if task.kind in KINDS and not task.home:
        return next((grid.name for grid in standing.register.grids if grid.id == grid_of(task)), "")
    if task.kind in AT_PLACES:
        return _places(standing.register, task.kind, parts)
    return _homes(standing.register, task.category, parts) if task.kind is TaskKind.COLD else ""


def _gateways(register: Register, things: list[str]) -> str:
    homes = behind(register, things)
    if not homes:
        return ""
    buildings = "、".join(dict.fromkeys(f"{home.building} 栋" for home in homes))
    return f"{register.name} {buildings} {'、'.join(things)}（{len(homes)} 户）"


def _homes(register: Register, group: str, homes: list[str]) -> str:
    known = [register.home_by_id[each].label for each in homes if each in register.home_by_id]
    rest = f"等 {len(known)} 户" if len(known) > NAMED else ""
    return f"{group} {'、'.join(known[:NAMED])}{rest}" if known else ""


def _places(register: Register, kind: TaskKind, parts: list[str]) -> str:
    """1 栋电梯、1 栋大堂等 5 处; of a patrol the grid."""
    if kind is TaskKind.UNWALKED:
        return next((grid.name for grid in register.grids if grid.id in parts), "")
    known = [place.name for each in parts if (place := register.place_by_id.get(each.lower()))]
    rest = f"等 {len(known)} 处" if len(known) > NAMED else ""
    return f"{'、'.join(known[:NAMED])}{rest}"
