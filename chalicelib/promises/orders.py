"""What an act on a task needs beside its line, checked before anything is done: a reason, a person, a time, a priority."""

from datetime import datetime, timedelta

from chalicelib.promises.arising import priority
from chalicelib.promises.task_answers import ActBody
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import Problem, bad
from chalicelib.tasks.acting import Order
from chalicelib.tasks.tasks import Act, Line, Task, TaskKind
from chalicelib.tasks.waiting import Priority

REASONED = {
    Act.CANCEL: ("取消要写一句原因。", "Please say in a word why it is cancelled."),
    Act.PAUSE: ("先停要写一句原因。", "Please say in a word what it waits for."),
    Act.REOPEN: ("重新打开要写一句原因。", "Please say in a word why it is opened again."),
    Act.PRIORITISE: ("改缓急要写一句原因。", "Please say in a word why it is more urgent now, or less."),
}
"""What keeps somebody waiting, or undoes somebody's work, says why."""


def order_of(standing: Standing, now: datetime, task: Task, line: Line, body: ActBody, leads: bool) -> Order:
    """The particulars of an act. Problem 400 for what makes no sense, 403 where only those who lead may decide."""
    if body.act in REASONED and not line.note:
        raise bad("note", *REASONED[body.act])
    match body.act:
        case Act.ASSIGN if task.kind is TaskKind.TRIP:  # who goes along has to be there on the trip's own day, which its rules ask
            return Order(owner=body.owner)
        case Act.ASSIGN:
            return Order(owner=_owner(standing, body.owner, now))
        case Act.PAUSE:
            return Order(until=_until(standing, task, body.until, now))
        case Act.PRIORITISE:
            return Order(priority=_priority(standing, task, body, leads))
    return Order()


def _owner(standing: Standing, owner: str, now: datetime) -> str:
    known = owner in standing.register.staff_by_username or any(each.id == owner for each in standing.register.volunteers)
    if not known or owner in standing.absent(day_of(now)):
        raise bad(
            "owner", "请选一位在名单里、今天不请假的同事或志愿者。", "Please name somebody who is on the list and not on leave today."
        )
    return owner


def _until(standing: Standing, task: Task, until: datetime | None, now: datetime) -> datetime:
    """The moment asked for, or the latest the policy allows: nothing waits for good."""
    hours = standing.register.policy.pause_hours[task.tier]
    latest = now + timedelta(hours=hours)
    if until is not None and not now < until <= latest:
        raise bad(
            "until", f"先停最多 {hours} 小时，要停到现在以后。", f"A pause ends later than now and within {hours} hours.", hours=hours
        )
    return until or latest


def _priority(standing: Standing, task: Task, body: ActBody, leads: bool) -> Priority:
    if not leads:
        raise Problem(403, "not-allowed", "缓急由网格长或经理来改。", "A coordinator or the manager decides how urgent it is.")
    if body.tier is None or body.tier is task.tier:
        raise bad("tier", "请选另一档缓急。", "Please choose another priority than it has.")
    return priority(standing.register.policy, task, body.tier)
