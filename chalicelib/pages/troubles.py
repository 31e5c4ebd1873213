"""What the duty desk shows of running tasks: what sensors lack, where it is cold, tickets that nobody has taken on. One read."""

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


class UntakenTicket(msgspec.Struct):
    """``id`` is the ticket's number, ``home`` "" for a public place, ``category`` what kind it is of or what is broken."""

    id: str
    category: str
    home: str
    label: str
    since: str


def on_foot(store: Store, register: Register, homes: list[Home]) -> tuple[list[TroubleLine], list[UntakenTicket]]:
    """Of the caller's homes and of the whole compound: troubles, gateways first; tickets, the longest waiting first."""
    known: dict[str, Home] = {home.id: home for home in homes}
    seen = [task for task in running_all(store, register.compound) if not task.home or task.home in known]
    troubles = sorted((task for task in seen if task.kind in ORDER), key=lambda task: (ORDER.index(task.kind), task.id))
    tickets = [task for task in seen if task.kind is TaskKind.TICKET and not holder(task)]
    lines = [_line(register, task, known.get(task.home)) for task in troubles]
    return lines, [_untaken(task, known.get(task.home)) for task in sorted(tickets, key=lambda task: (task.respond.started, task.id))]


def _untaken(task: Task, home: Home | None) -> UntakenTicket:
    return UntakenTicket(task.about, task.category, task.home, home.label if home else "", stamp(task.respond.started))


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
