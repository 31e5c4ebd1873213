"""What becomes of what is done at places: what was missed, and what was not in order, becomes a task; so do the needs heard on the way; what
is made good late, is settled."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from chalicelib.patrols import records, walk_records
from chalicelib.patrols.rules import Disinfection, ends, kept_by, owed
from chalicelib.patrols.walks import Point, route
from chalicelib.promises import patrol_tasks
from chalicelib.promises.reactions import arise_now, ask_for
from chalicelib.register.places import Place
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import day_of
from chalicelib.store.contract import Item, Store
from chalicelib.tasks import board
from chalicelib.tasks.rules import Plan, PlanKind, Slot, Window
from chalicelib.tasks.tasks import Task, TaskKind, answered, noted
from chalicelib.tasks.work import revise, settle

MADE_GOOD = "made-good"
A_DAY = timedelta(days=1)
LOOKED_AT_WITHIN = timedelta(minutes=10)


def plans(register: Register) -> list[Plan]:
    """What is looked at for places and patrols, of a compound that has them."""
    policy, closing = register.policy.patrols, ends(register.policy.patrols, register.places)
    walked = any(route(register.places, grid.id) for grid in register.grids)
    found = [Plan(PlanKind.DISINFECTION, closing)] if closing else []
    return [*found, Plan(PlanKind.PATROL, (Window(*policy.walk),))] if walked else found


def found(store: Store, now: datetime, standing: Standing, slot: Slot) -> Iterator[Task]:
    """What was missed when a window closed: one task a grid, and one query. Looks that were left out for a day are over."""
    if now - slot.closes >= A_DAY:
        return
    register = standing.register
    if slot.kind is PlanKind.DISINFECTION:
        done = records.of_day(store, register.compound, slot.day, consistent=True)
        missed: dict[str, list[str]] = {}
        for place in register.places:
            if _missed(register, place, done, slot):
                missed.setdefault(place.grid, []).append(place.id)
        yield from (patrol_tasks.undisinfected(standing, grid, slot, places, now) for grid, places in missed.items())
        return
    walked = _walked(store, register, slot.day)
    for grid in register.grids:
        if grid.id not in walked and route(register.places, grid.id):
            yield patrol_tasks.unwalked(standing, grid.id, slot, now)


def _missed(register: Register, place: Place, done: Sequence[Disinfection], slot: Slot) -> bool:
    """Does a window of this place end with the slot, with nobody there in it, nor since?"""
    there = [each for each in done if each.place == place.id]
    since, that_day = any(each.counts and each.at >= slot.closes for each in there), [each for each in there if each.day == slot.day]
    slots = owed(register.policy.patrols, place, slot.day)
    return not since and any(each.closes == slot.closes and kept_by(each, that_day) is None for each in slots)


def _walked(store: Store, register: Register, day: date) -> set[str]:
    return {each.grid for each in walk_records.of_day(store, register.compound, day, consistent=True) if each.done}


def settle_made(store: Store, now: datetime, standing: Standing, slot: Slot, tasks: Sequence[Task]) -> None:
    """What was done, or taken back, between the look and its tasks had nothing to settle, or to add to, then. One query more, only where
    something was missed."""
    register = standing.register
    if slot.kind is PlanKind.PATROL:
        for grid in _walked(store, register, slot.day) & {task.about for task in tasks}:
            _settle_walked(store, now, register.compound, grid)
        return
    done = records.of_day(store, register.compound, slot.day, consistent=True)
    for task in tasks:
        places = [register.place_by_id[each.lower()] for each in task.about.split(",")]
        missed = [place for place in places if _missed(register, place, done, slot)]
        _name(store, register.compound, task.id, [place.id for place in missed])
        for place in places:
            if place not in missed:
                _settle_place(store, now, register.compound, place.id, now)


def place_disinfected(store: Store, now: datetime, item: Item) -> None:
    """Late is better than never: what was missed there before is made good. One query, and no more where nothing was. The news may come
    late itself: what was missed since is not made good by it, nor is anything if it has been taken back."""
    made, compound = records.from_item(item), item["pk"].partition("#")[0]
    if _missed_before(store, compound, made.place, made.at):
        known = records.of_place(store, compound, made.place, [made.day], consistent=True)
        if any(each.key == made.key and each.counts for each in known):
            _settle_place(store, now, compound, made.place, made.at)


def disinfection_undone(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """What it had kept or made good, of the windows that ended within a day, is missed again: its place stands on their tasks as if it had
    not been. What a person has closed stays closed."""
    register, undone = standing.register, records.from_item(item)
    place = register.place_by_id.get(undone.place.lower())
    if place is None:
        return
    for slot in (each for day in (undone.day - A_DAY, undone.day) for each in owed(register.policy.patrols, place, day)):
        if now - A_DAY < slot.closes <= now and _missed(register, place, _done_since(store, register.compound, slot.day), slot):
            _miss_again(store, now, standing, place, slot, undone)
            if not _missed(register, place, _done_since(store, register.compound, slot.day), slot):  # done anew meanwhile
                _settle_place(store, now, register.compound, place.id, now)


def _done_since(store: Store, compound: str, day: date) -> list[Disinfection]:
    return [each for which in (day, day + A_DAY) for each in records.of_day(store, compound, which, consistent=True)]


def _miss_again(store: Store, now: datetime, standing: Standing, place: Place, slot: Slot, undone: Disinfection) -> None:
    """A task that there was before is one again; where it was done before the window was looked at, there was none."""
    compound, register = standing.register.compound, standing.register
    task = patrol_tasks.undisinfected(standing, place.grid, slot, [place.id], now)
    closed = board.lately_closed(store, compound, task.id, day_of(now))
    if closed is not None and closed[0].lines[-1].note != MADE_GOOD:
        return
    if closed is not None or undone.at < slot.closes + LOOKED_AT_WITHIN:
        arise_now(store, now, standing, task, closed[0].lines[-1].at + timedelta.resolution if closed else None)
    done = _done_since(store, compound, slot.day)
    over = {each.id for each in register.places if not _missed(register, each, done, slot)}
    revise(store, compound, task.id, lambda running: running._replace(about=_without(_with(running.about, [place.id]), over)))


def _name(store: Store, compound: str, task: str, places: Sequence[str]) -> None:
    """What was missed stands on its task, whoever made that."""
    revise(store, compound, task, lambda running: running._replace(about=_with(running.about, places)))


def _with(known: str, places: Sequence[str]) -> str:
    return ",".join(dict.fromkeys([*filter(None, known.split(",")), *places]))


def point_looked_at(store: Store, now: datetime, standing: Standing, item: Item) -> None:
    """The newest point of a patrol: each thing that was not in order is a task of the coordinator's, each need one of whoever looks after
    that home. The last point settles what was missed."""
    patrol, register = walk_records.from_item(item), standing.register
    point = patrol.points[-1]
    place = register.place_by_id.get(point.place.lower())
    if place is not None:
        for wrong in point.wrong:
            _found(store, now, standing, patrol_tasks.fault(standing, place, wrong, point, now), point)
    for wanted in point.needs:
        home = register.home_by_id.get(wanted.home)
        if home is not None and home.lived_in:
            ask_for(store, now, standing, home, patrol.day, [wanted.need.value], point.at)
    if patrol.done:
        _settle_walked(store, now, register.compound, patrol.grid)


def _found(store: Store, now: datetime, standing: Standing, task: Task, point: Point) -> None:
    """A fault that is known already gets the new words beside the old: it may be another lamp."""
    line = patrol_tasks.seen(point)
    arise_now(store, now, standing, task, point.at)
    revise(store, standing.register.compound, task.id, lambda known: known if answered(known, line.key) else noted(known, line))


def _missed_before(store: Store, compound: str, place: str, done: datetime) -> list[Task]:
    tasks = board.open_of(store, compound, TaskKind.UNDISINFECTED)
    return [task for task in tasks if place in task.about.split(",") and patrol_tasks.ended(task) <= done]


def _settle_place(store: Store, now: datetime, compound: str, place: str, done: datetime) -> None:
    """Take a place off the tasks of windows before that name it; the last one settles its task. Two at once each take off their own."""
    for task in _missed_before(store, compound, place, done):
        if task.about == place:
            settle(store, now, compound, task.id, MADE_GOOD)
        else:
            revise(store, compound, task.id, lambda running: running._replace(about=_without(running.about, {place})))
            left = board.running(store, compound, task.id)
            if left is not None and not left.about:
                settle(store, now, compound, task.id, MADE_GOOD)


def _without(places: str, over: Collection[str]) -> str:
    return ",".join(each for each in places.split(",") if each not in over)


def _settle_walked(store: Store, now: datetime, compound: str, grid: str) -> None:
    """A patrol that is walked makes good the ones before."""
    for task in board.open_of(store, compound, TaskKind.UNWALKED):
        if task.about == grid:
            settle(store, now, compound, task.id, MADE_GOOD)
