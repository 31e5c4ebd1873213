"""Whose leave somebody may enter or take back, and which she sees: her own, and, who leads, the staff's and her grids' volunteers'."""

from collections.abc import Iterator
from datetime import date

from chalicelib.access import LEADS
from chalicelib.callers import StaffMember
from chalicelib.register.answers import Named
from chalicelib.register.changes import Changes
from chalicelib.roster.answers import LeaveAnswer, leave_answer
from chalicelib.shared.problems import Problem, absent


def check_charge(who: StaffMember, person: str) -> None:
    """Problem 403 for whoever answers for herself only, 404 for a volunteer of another's grids."""
    if person == who.staff.username:
        return
    if not who.roles & LEADS:
        raise Problem(
            403, "not-allowed", "别人的假请网格长或经理来登记。", "Please ask a coordinator or the manager to enter somebody else's leave."
        )
    volunteer = next((each for each in who.register.volunteers if each.id == person), None)
    if volunteer is not None and not who.staff.covers_grid(volunteer.grid):
        raise absent()


def people(who: StaffMember) -> list[Named]:
    """Everybody she may enter leave for, herself first."""
    mine = [Named(who.staff.username, who.staff.name)]
    return mine if not who.roles & LEADS else [*mine, *_others(who)]


def _others(who: StaffMember) -> Iterator[Named]:
    yield from (Named(each.username, each.name) for each in who.register.staff if each.username != who.staff.username)
    yield from (Named(each.id, each.name) for each in who.register.volunteers if who.staff.covers_grid(each.grid))


def coming(who: StaffMember, changes: Changes, today: date) -> list[LeaveAnswer]:
    """The leaves that are not over, of the staff and of the volunteers she sees, the next first."""
    seen = {each.username for each in who.register.staff} | {
        each.id for each in who.register.volunteers if who.staff.covers_grid(each.grid)
    }
    running = [leave for leave in changes.leaves if leave.person in seen and leave.ended is None and leave.last >= today]
    return [leave_answer(who.register, leave) for leave in sorted(running, key=lambda leave: (leave.first, leave.person))]
