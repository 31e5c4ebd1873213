"""What people do with a grid's board: put something on it, take it on, give it back, say that it is done."""

from datetime import datetime

from chalicelib.errands.rules import Draft, check_act, check_hers, made
from chalicelib.register.policy import Policy
from chalicelib.register.rules import Register, Volunteer
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import bad
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks import acting, board
from chalicelib.tasks.tasks import Act, Line, Task, answered
from chalicelib.tasks.work import find


def post(store: Store, now: datetime, compound: str, policy: Policy, draft: Draft) -> Task:
    """Put it on the board. The same key again gets the first answer; with another payload Problem 422."""
    task = made(policy, draft, now)
    if board.lately_closed(store, compound, task.id, day_of(now)) is None:
        try:
            store.write(*board.added(compound, task, None, ()))
            return task
        except Conflict:  # it hangs there already
            pass
    known = find(store, now, compound, task.id)
    answered(known, draft.key)
    return known


def act(store: Store, now: datetime, register: Register, volunteer: Volunteer, identity: str, line: Line) -> Task:
    """What a volunteer does. Problem 404 for what is not on her grid's board; 409 names who was first; 400 for done without a word of how."""
    task = find(store, now, register.compound, identity)
    check_hers(volunteer, task)
    if answered(task, line.key):
        return task
    if line.act == Act.DONE and not line.note:
        raise bad("note", "请写一句做了什么。", "Please say in a word what you did.", field="note")

    def follow(moved: Task) -> tuple[Task, list[Change]]:
        """Asked of the very task that is written over, so that of two at once one is told."""
        check_act(moved, volunteer.id, Act(line.act))
        return moved, []

    return acting.act(store, now, register.compound, identity, line, register.policy.every_ladder, follow=follow)
