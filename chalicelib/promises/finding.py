"""What a look at a window finds: visits that nobody owes when it opens, what was missed when it closes, and what follows of that."""

from collections.abc import Iterator
from datetime import datetime

from chalicelib.promises import arising, daily, patrols
from chalicelib.promises.leaves import hand_back
from chalicelib.promises.people import empty_rungs
from chalicelib.promises.reports import reports_missing
from chalicelib.register.dues import due_on
from chalicelib.register.standing import Standing
from chalicelib.store.contract import Store
from chalicelib.tasks.looks import Look, Phase
from chalicelib.tasks.rules import PlanKind, Slot
from chalicelib.tasks.tasks import Task
from chalicelib.tasks.work import arise, settle
from chalicelib.visits import records as visits
from chalicelib.visits.rules import missed

PLACES = {PlanKind.DISINFECTION, PlanKind.PATROL}


def make_tasks(store: Store, now: datetime, look: Look, slot: Slot, standing: Standing) -> None:
    """Ids come from the slots, so that a repeat makes none twice. What is over already is settled again."""
    if slot.kind is PlanKind.DAILY:
        found = list(_of_day(store, now, look, slot, standing))
    else:
        found = list(found_by(store, now, look, slot, standing))
    for task in found:
        arise(store, now, look.compound, task, arising.ladder_of(standing.register.policy, task), empty_rungs(standing, task, now))
    if slot.kind is PlanKind.DAILY and look.phase is Phase.CLOSES:
        daily.settle_over(store, now, standing.register.compound, found)
    if found and slot.kind in PLACES:
        patrols.settle_made(store, now, standing, slot, found)
    if any(task.home for task in found):
        _settle_made(store, now, look.compound, slot, found)


def _of_day(store: Store, now: datetime, look: Look, slot: Slot, standing: Standing) -> Iterator[Task]:
    """With the day somebody's leave begins; later the compound looks at itself."""
    if look.phase is Phase.OPENS:
        hand_back(store, now, standing)
    else:
        yield from daily.found(store, now, standing, slot.day, slot.closes)


def found_by(store: Store, now: datetime, look: Look, slot: Slot, standing: Standing) -> Iterator[Task]:
    """The tasks that a look at a plan makes."""
    policy = standing.register.policy
    if slot.kind in PLACES:
        if look.phase is Phase.CLOSES:
            yield from patrols.found(store, now, standing, slot)
        return
    if slot.kind is PlanKind.SELF_REPORT:
        if look.phase is Phase.CLOSES and reports_missing(store, standing, slot, now):
            yield arising.missed_reports(policy, slot.key("all"), now)
        return
    seen = slot.closes if look.phase is Phase.CLOSES else slot.opens
    dues = [due for due in due_on(standing, standing.register.homes, slot.day, seen) if due.slot == slot and not due.away]
    if look.phase is Phase.OPENS:
        dues = [due for due in dues if not due.owners]
    made = visits.of_day(store, look.compound, slot.day) if dues else []
    arise_as = arising.unassigned_visit if look.phase is Phase.OPENS else arising.missed_visit
    yield from (arise_as(policy, due, now) for due in missed(dues, made, slot.closes))


def _settle_made(store: Store, now: datetime, compound: str, slot: Slot, found: list[Task]) -> None:
    kept = {visit.slot: visit for visit in visits.of_day(store, compound, slot.day, consistent=True) if visit.kept}
    for task in found:
        if task.about in kept:
            settle(store, now, compound, task.id, kept[task.about].last.outcome.value)
