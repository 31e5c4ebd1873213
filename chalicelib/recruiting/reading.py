"""What whoever leads a grid sees of those who would like to help there."""

from datetime import datetime

from chalicelib.recruiting import records
from chalicelib.recruiting.answers import ApplicationLine, ApplicationsAnswer, GridLine
from chalicelib.recruiting.rules import Application, State, grids_of, home_of, known_already, lacks, may_decide, recruit_id
from chalicelib.register.answers import name_of
from chalicelib.register.rules import Register, Staff
from chalicelib.shared.calendar import stamp
from chalicelib.shared.qr import qr
from chalicelib.store.contract import Store


def desk(store: Store, now: datetime, register: Register, staff: Staff, link: str) -> ApplicationsAnswer:
    """Those who wait, the first at the front, then those decided within the month. One query."""
    found = [each for each in records.all_of(store, register.compound) if may_decide(register, staff, each.said.where)]
    waiting = sorted((each for each in found if each.state is State.WAITING), key=lambda each: each.made)
    decided = sorted((each for each in found if each.decision), key=lambda each: each.decision.at if each.decision else now, reverse=True)
    grids = [grid_line(register, grid.id, grid.name) for grid in register.grids if staff.covers_grid(grid.id)]
    return ApplicationsAnswer(stamp(now), link, qr(link), grids, [application_line(register, each) for each in (*waiting, *decided)])


def grid_line(register: Register, grid: str, name: str) -> GridLine:
    has = sum(each.grid == grid for each in register.volunteers)
    return GridLine(grid, name, has, lacks(has))


def application_line(register: Register, each: Application) -> ApplicationLine:
    said, decision = each.said, each.decision
    line = ApplicationLine(
        id=each.id,
        made=stamp(each.made),
        name=said.name,
        phone=said.phone,
        where=said.where,
        home=home_of(register, said.where),
        grids=[grid.id for grid in grids_of(register, said.where)],
        skills=list(said.skills),
        times=list(said.times),
        why=said.why,
        known=each.state is State.WAITING and known_already(register, said.phone),
        state=each.state,
    )
    if decision:
        line.decided, line.by, line.reason = stamp(decision.at), name_of(register, decision.by), decision.reason
        line.volunteer = recruit_id(each) if each.state is State.APPROVED else ""
    return line
