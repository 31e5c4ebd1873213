"""What sensors lack and where it is cold, for the duty desk: the tasks that came of it and are still open. One read."""

import msgspec

from chalicelib.register.answers import Behind, behind_gateways, name_of, names
from chalicelib.register.rules import Home, Register
from chalicelib.shared.calendar import stamp
from chalicelib.store.contract import Store
from chalicelib.tasks.board import running_all
from chalicelib.tasks.tasks import Task, TaskKind, TaskState, holder

ORDER = (TaskKind.GATEWAYS_SILENT, TaskKind.SENSOR_SILENT, TaskKind.COLD, TaskKind.BATTERY_LOW, TaskKind.WEAK_LINK)


class TroubleLine(msgspec.Struct):
    """``about`` names the sensor with its gateway, the gateways that are out, or the cold homes; ``category`` the riser or line of
    these. ``behind`` is there for gateways only."""

    id: str
    kind: TaskKind
    category: str
    about: str
    home: str
    label: str
    since: str
    state: TaskState
    holder: str
    holder_name: str
    owners: list[str]
    behind: Behind | None


def troubles(store: Store, register: Register, homes: dict[str, Home]) -> list[TroubleLine]:
    """Those of the caller's homes, and of the whole compound; gateways first."""
    known = [task for task in running_all(store, register.compound) if task.kind in ORDER and (not task.home or task.home in homes)]
    return [_line(register, task, homes.get(task.home)) for task in sorted(known, key=lambda task: (ORDER.index(task.kind), task.id))]


def _line(register: Register, task: Task, home: Home | None) -> TroubleLine:
    taken, out = holder(task), task.kind is TaskKind.GATEWAYS_SILENT
    return TroubleLine(
        id=task.id,
        kind=task.kind,
        category=task.category,
        about=task.about,
        home=task.home,
        label=home.label if home else "",
        since=stamp(task.respond.started),
        state=task.state,
        holder=taken,
        holder_name=name_of(register, taken),
        owners=names(register, task.owners),
        behind=behind_gateways(register, task.about.split(",")) if out else None,
    )
