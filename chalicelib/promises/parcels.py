"""What becomes of parcels: families are reminded, and what nobody came for or is wrong becomes somebody's task, until that is over.

The news only says where to look: what is so by now decides. Nothing here names what is in a parcel.
"""

from datetime import datetime

from chalicelib import reach
from chalicelib.delivery import records
from chalicelib.delivery.clocks import deadline, half_time, waits_for_family
from chalicelib.delivery.rules import HANDS, OWNERS, Act, Owner, Parcel, Spot
from chalicelib.ledger.rules import Cause
from chalicelib.points.actions import credit
from chalicelib.points.rules import Work
from chalicelib.post import wording
from chalicelib.post.rules import Telling
from chalicelib.promises import arising
from chalicelib.promises.load import full
from chalicelib.promises.people import empty_rungs
from chalicelib.register.delivering import Goods
from chalicelib.register.dues import owners_of
from chalicelib.register.plans import OwnerRule
from chalicelib.register.rules import Home
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of, local
from chalicelib.shared.problems import Problem
from chalicelib.store.contract import Item, Store
from chalicelib.tasks.acting import act as act_on
from chalicelib.tasks.tasks import Act as TaskAct
from chalicelib.tasks.tasks import Line, Task, TaskKind
from chalicelib.tasks.work import arise, settle

OVERDUE, SEEN_TO = "overdue", "seen to"


def reminders(store: Store, standing: Standing, item: Item) -> list[Telling]:
    """The family is reminded of what lies on the shelf, and so is its floor group; nobody of what has been taken meanwhile."""
    told = records.from_item(item)
    parcel = _now(store, standing, told)
    home = standing.register.home_by_id.get(told.home)
    if parcel is None or not waits_for_family(parcel) or home is None or home.tenancy != parcel.tenancy:
        return []
    at = (half_time if told.told == 1 else deadline)(standing.register.policy.delivery, told)
    event = f"parcel:{told.id}:{day_of(told.arrived)}:{told.told}"
    family = Telling(event, at, home.id, reach.family(standing.register, home), _words(standing, home, told, "您家"))
    group, robot = reach.floor_group(standing.register, home)
    neighbours = Telling(event, at, group, robot, _words(standing, home, told, home.label))
    return [telling for telling in (family, neighbours) if telling.addresses]


def _words(standing: Standing, home: Home, parcel: Parcel, whose: str) -> str:
    register = standing.register
    place = register.place_by_id.get(parcel.at.lower())
    ends = deadline(register.policy.delivery, parcel)
    then = "请尽快来取" if parcel.goods is Goods.DAILY else "志愿者会送到门口"
    ask = f"请在 {local(ends):%H:%M} 前来取" if parcel.told == 1 else f"时间已经到了，{then}"
    return wording.text("parcel", compound=register.name, where=place.name if place else "货架", whose=whose, ask=ask)


def parcel_due(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """The end of its time: fresh goods and medicine become the home's volunteer's task, and so does whatever is brought to the door."""
    told = records.from_item(item)
    parcel = _now(store, standing, told)
    if told.tasked and parcel is not None and parcel.running:
        _arise(
            store,
            now,
            standing,
            parcel,
            OVERDUE,
            _bringers(store, now, standing, parcel),
            deadline(standing.register.policy.delivery, told),
        )


def parcel_troubled(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Something is wrong with it, or no longer."""
    told = records.from_item(item)
    parcel = _now(store, standing, told)
    _settle_but(store, now, standing, told, parcel)
    if parcel is not None and parcel.running and parcel.trouble:
        _arise(store, now, standing, parcel, parcel.trouble.value, _owners(standing, parcel, now), parcel.last.at)


def parcel_handed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """Whoever has taken an overdue parcel has taken its task on; on its own shelf at last, it has its time from there."""
    parcel = records.from_item(item)
    if not parcel.tasked:
        settle(store, now, standing.register.compound, _task_id(parcel, OVERDUE), SEEN_TO)
    if not parcel.tasked or parcel.spot not in HANDS:
        return
    line = Line(now, parcel.at, TaskAct.CLAIM, "", f"parcel:{parcel.id}:{parcel.version}")
    try:
        act_on(store, now, standing.register.compound, _task_id(parcel, OVERDUE), line, standing.register.policy.every_ladder)
    except Problem:  # it is over, or somebody else is on it
        return


def parcel_closed(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """It is home or returned: nobody need do anything about it. A volunteer who has brought it to the door has points for that, once."""
    parcel = records.from_item(item)
    _settle_but(store, now, standing, parcel, None)
    volunteer = _brought_by(parcel)
    if volunteer:
        day = day_of(parcel.arrived)
        work = Work(TaskKind.PARCEL.value, Cause(TaskKind.PARCEL.value, f"{parcel.id}:{day}"), day_of(parcel.last.at), parcel.home)
        credit(store, now, standing.register, volunteer, work)


def _brought_by(parcel: Parcel) -> str:
    """The volunteer who has brought it to the door, "" if none did."""
    *_, before, last = parcel.steps
    return before.where if last.act is Act.DELIVER and before.spot is Spot.VOLUNTEER else ""


def _settle_but(store: Store, now: datetime, standing: Standing, told: Parcel, parcel: Parcel | None) -> None:
    """Close every task of this parcel that is not about what is wrong with it now."""
    running = parcel is not None and parcel.running
    stays = {parcel.trouble.value, *([OVERDUE] if parcel.tasked else [])} if parcel is not None and running else set()
    for word in (OVERDUE, *(each.value for each in OWNERS)):
        if word not in stays:
            settle(store, now, standing.register.compound, _task_id(told, word), SEEN_TO)


def _now(store: Store, standing: Standing, told: Parcel) -> Parcel | None:
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
