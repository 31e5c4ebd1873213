"""What becomes of parcels: what nobody came for or is wrong becomes somebody's task, until that is over.

The news only says where to look: what is so by now decides. Nothing here names what is in a parcel.
"""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.delivery import records
from chalicelib.delivery.clocks import deadline
from chalicelib.delivery.rules import HANDS, OWNERS, Act, Owner, Parcel, Spot, Step
from chalicelib.delivery.undoing import taken_back
from chalicelib.ledger.rules import Cause
from chalicelib.points.actions import credit
from chalicelib.points.rules import Work
from chalicelib.promises import arising
from chalicelib.promises.crediting import take_credit_back
from chalicelib.promises.load import full
from chalicelib.promises.people import empty_rungs
from chalicelib.register.dues import owners_of
from chalicelib.register.plans import OwnerRule
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, ms_of
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Item, Store
from chalicelib.tasks.acting import act as act_on
from chalicelib.tasks.tasks import Act as TaskAct
from chalicelib.tasks.tasks import Line, Task, TaskKind
from chalicelib.tasks.work import arise, settle

OVERDUE, SEEN_TO = "overdue", "seen to"


def parcel_due(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """The end of its time: fresh goods and medicine become the home's volunteer's task, and so does whatever is brought to the door."""
    told = records.from_item(item)
    parcel = as_it_is(store, standing, told)
    if told.tasked and parcel is not None and parcel.running:
        _overdue(store, now, standing, parcel, deadline(standing.register.policy.delivery, told))


def parcel_troubled(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Something is wrong with it, or no longer."""
    told = records.from_item(item)
    parcel = as_it_is(store, standing, told)
    _settle_but(store, now, standing, told, parcel)
    if parcel is not None and parcel.running and parcel.trouble:
        _arise(store, now, standing, parcel, parcel.trouble.value, _owners(standing, parcel, now), parcel.last.at)


def parcel_handed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Whoever has taken an overdue parcel has taken its task on; on its own shelf at last, it has its time from there."""
    told = records.from_item(item)
    parcel = as_it_is(store, standing, told) or told
    if not parcel.tasked:
        settle(store, now, standing.register.compound, _task_id(told, OVERDUE), SEEN_TO)
    if parcel.tasked and told.spot in HANDS and (parcel.spot, parcel.at) == (told.spot, told.at):
        _do(store, now, standing, parcel, _line(now, told, told.at, TaskAct.CLAIM))


def _line(now: datetime, told: Parcel, by: str, act: TaskAct) -> Line:
    """What comes before the colon is each hand-over's own: a parcel may be taken along more than once."""
    return Line(now, by, act, "", f"parcel-{told.id}-{told.version}:{act}")


def _do(store: Store, now: datetime, standing: Standing, parcel: Parcel, line: Line) -> None:
    try:
        act_on(store, now, standing.register.compound, _task_id(parcel, OVERDUE), line, standing.register.policy.every_ladder)
    except Problem:  # it is over, or somebody else is on it
        return


def parcel_closed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """It is home or returned: nobody need do anything about it. A volunteer who has brought it to the door has points for that, once."""
    told = records.from_item(item)
    parcel = as_it_is(store, standing, told)
    if parcel is not None and parcel.steps != told.steps:  # taken back meanwhile
        return
    _settle_but(store, now, standing, told, None)
    volunteer = _brought_by(told.steps)
    if volunteer:
        work = Work(TaskKind.PARCEL.value, _cause(told, told.last), day_of(told.last.at), told.home)
        credit(store, now, standing.register, volunteer, work)


def parcel_undone(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """A scan was taken back: what was a task before is one again; who took it along by mistake gives that back, and points, if it brought any."""
    told = records.from_item(item)
    wrong, volunteer = taken_back(told), _brought_by(told.steps[:-1])
    if wrong is None:
        return
    if volunteer:
        take_credit_back(store, now, standing.register.compound, volunteer, _cause(told, wrong))
    parcel = as_it_is(store, standing, told)
    if parcel is None or parcel.steps != told.steps:  # somebody has gone on from there
        return
    parcel_troubled(store, now, standing, item)
    if parcel.tasked and wrong.spot in HANDS:
        _do(store, now, standing, parcel, _line(now, told, wrong.where, TaskAct.RETURN))
    if parcel.tasked:
        _overdue(store, now, standing, parcel, parcel.last.at)


def _cause(parcel: Parcel, brought: Step) -> Cause:
    """This very time: what is taken back may be brought again."""
    return Cause(TaskKind.PARCEL.value, f"{parcel.id}:{day_of(parcel.arrived)}@{ms_of(brought.at)}")


def _brought_by(steps: Sequence[Step]) -> str:
    """The volunteer who has brought it to the door with the last of the steps, "" if none did."""
    *_, before, last = (None, None, *steps)
    return before.where if before and last and last.act is Act.DELIVER and before.spot is Spot.VOLUNTEER else ""


def _overdue(store: Store, now: datetime, standing: Standing, parcel: Parcel, said: datetime) -> None:
    _arise(store, now, standing, parcel, OVERDUE, _bringers(store, now, standing, parcel), said)


def _settle_but(store: Store, now: datetime, standing: Standing, told: Parcel, parcel: Parcel | None) -> None:
    """Close every task of this parcel that is not about what is wrong with it now."""
    running = parcel is not None and parcel.running
    stays = {parcel.trouble.value, *([OVERDUE] if parcel.tasked else [])} if parcel is not None and running else set()
    for word in (OVERDUE, *(each.value for each in OWNERS)):
        if word not in stays:
            settle(store, now, standing.register.compound, _task_id(told, word), SEEN_TO)


def as_it_is(store: Store, standing: Standing, told: Parcel) -> Parcel | None:
    """The parcel by now; None if it has another number, or is forgotten."""
    return records.find(store, standing.register.compound, [told.id], day_of(standing.now)).get(told.id)


def _task_id(parcel: Parcel, why: str) -> str:
    return f"{TaskKind.PARCEL}:{parcel.id}:{day_of(parcel.arrived)}:{why}"


def _bringers(store: Store, now: datetime, standing: Standing, parcel: Parcel) -> tuple[str, ...]:
    """Whoever has it in hand; else the home's volunteer, if she is there and has not enough to do; else nobody, which is the loudest state."""
    home = standing.register.home_by_id.get(parcel.home)
    if parcel.spot in HANDS:
        return (parcel.at,)
    carers = owners_of(OwnerRule.VOLUNTEER, home, standing.absent(day_of(now))) if home else ()
    over = full(store, now, standing, carers)
    return tuple(person for person in carers if person not in over)


def _owners(standing: Standing, parcel: Parcel, now: datetime) -> tuple[str, ...]:
    """Whose a trouble is; nobody's where that is a device, or somebody who is on leave."""
    home, gone = standing.register.home_by_id.get(parcel.home), standing.absent(day_of(now))
    match OWNERS[parcel.trouble]:
        case Owner.STEWARD:
            return owners_of(OwnerRule.STEWARD, home, gone) if home else ()
        case Owner.RECEIVER:
            person = parcel.steps[0].by
        case Owner.LAST:
            person = parcel.last.by
    known = person in standing.register.staff_by_username or any(each.id == person for each in standing.register.volunteers)
    return (person,) if known and person not in gone else ()


def _arise(store: Store, now: datetime, standing: Standing, parcel: Parcel, why: str, owners: tuple[str, ...], said: datetime) -> None:
    register = standing.register
    home = register.home_by_id.get(parcel.home)
    task: Task = arising.parcel(register.policy, home, owners, _task_id(parcel, why), why, parcel.id, now)
    arise(store, now, register.compound, task, arising.ladder_of(register.policy, task), empty_rungs(standing, task, now), said)
