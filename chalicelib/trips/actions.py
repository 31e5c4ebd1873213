"""What is written when a trip is planned, moved, or something is done with it: trip, task and history in one transaction.

The home's door is expected to open while the trip lasts. That is worked out from the trip itself, so it can never outlive it.
"""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.register.actions import living
from chalicelib.register.changes import Changes
from chalicelib.register.rules import Home
from chalicelib.register.saving import Past, Step, save
from chalicelib.register.standing import Standing
from chalicelib.register.trips import Trip
from chalicelib.shared.calendar import day_of
from chalicelib.shared.problems import absent, key_reused, not_now
from chalicelib.store.contract import Change, Store
from chalicelib.tasks import board
from chalicelib.tasks.tasks import Line, Task, TaskKind, TaskState, answered, finish
from chalicelib.trips import acts
from chalicelib.trips.acts import Followed
from chalicelib.trips.rules import check, check_companion, check_room, task_of

MOVED = "moved"


def plan(store: Store, now: datetime, standing: Standing, home: Home, wanted: Trip) -> Trip:
    """Enter a trip; its id makes a repeat harmless. Problem 400 or 409 as the rules say, 409 if nobody lives there."""
    register = standing.register

    def decide(changes: Changes) -> tuple[Trip, Step | None]:
        same = changes.trip(wanted.id)
        if same is not None:
            return _repeated(same, wanted), None
        _check(standing, changes, home, now, wanted)
        task = task_of(register.policy.trips, home, wanted, now)
        past = Past(home.id, wanted.id, "trip.planned", wanted.by, _particulars(wanted))
        more = replace(changes, trips=(*changes.trips, wanted))
        return wanted, Step(more, past, tuple(board.added(register.compound, task, None, ())))

    return save(store, now, register.compound, decide)


def move(store: Store, now: datetime, standing: Standing, home: Home, old: str, wanted: Trip) -> Trip:
    """Another window, hospital or companion: the old trip is called off and the new one planned, in one write.

    Problem 404 for no such trip, 409 if it is over or they are on the way; else as ``plan``.
    """
    register = standing.register

    def decide(changes: Changes) -> tuple[Trip, Step | None]:
        same = changes.trip(wanted.id)
        if same is not None:
            return _repeated(same, wanted), None
        trip, task = changes.trip(old), board.running(store, register.compound, f"{TaskKind.TRIP}:{old}")
        if trip is None or not trip.of(home):
            raise absent()
        if trip.over or trip.set_out or task is None:
            raise not_now()
        _check(standing, changes, home, now, wanted, but=old)
        over = finish(task, now, Line(now, wanted.by, MOVED), TaskState.CANCELLED)
        trips = (*_with(changes, replace(trip, called_off=now, moved_to=wanted.id)), wanted)
        fresh = task_of(register.policy.trips, home, wanted, now)
        also = (*board.closed(register.compound, over, day_of(now)), *board.added(register.compound, fresh, None, ()))
        past = Past(home.id, wanted.id, "trip.moved", wanted.by, {"instead_of": old, **_particulars(wanted)})
        return wanted, Step(replace(changes, trips=trips), past, also)

    return save(store, now, register.compound, decide)


def act(store: Store, now: datetime, standing: Standing, trip: str, line: Line, owner: str = "", only: str = "") -> Followed:
    """Do something with a trip, as ``line`` says; ``only`` is the companion to whom alone it is open, "" for staff.

    Problem 404 for no such trip, 409 if that cannot be done now; for another companion as the rules say.
    """
    register, policy = standing.register, standing.register.policy.trips

    def decide(changes: Changes) -> tuple[Followed, Step | None]:
        known = _known(store, now, register.compound, changes, trip)
        if answered(known.task, line.key):
            return known, None
        if only and known.trip.companion != only:
            raise absent()
        if not known.task.running or known.trip.over:
            raise not_now()
        after = acts.act(policy, known, line, owner, now)
        if after.trip.companion != known.trip.companion:
            check_companion(register, changes, after.trip)
        past = Past(after.trip.home, f"{trip}:{line.key[:12]}", f"trip.{line.act}", line.by, {"companion": after.trip.companion})
        return after, Step(replace(changes, trips=_with(changes, after.trip)), past, _written(register.compound, after.task, now))

    return save(store, now, register.compound, decide)


def _check(standing: Standing, changes: Changes, home: Home, now: datetime, wanted: Trip, but: str = "") -> None:
    living(standing.register, home.id, wanted.tenancy)
    check(now, wanted)
    check_room(changes, home, wanted, but)
    check_companion(standing.register, changes, wanted, but)


def _known(store: Store, now: datetime, compound: str, changes: Changes, identity: str) -> Followed:
    trip, name = changes.trip(identity), f"{TaskKind.TRIP}:{identity}"
    task = board.running(store, compound, name)
    if task is None:
        closed = board.lately_closed(store, compound, name, day_of(now))
        task = closed[0] if closed else None
    if trip is None or task is None:
        raise absent()
    return Followed(trip, task)


def _written(compound: str, task: Task, now: datetime) -> tuple[Change, ...]:
    return (board.changed(compound, task),) if task.running else tuple(board.closed(compound, task, day_of(now)))


def _with(changes: Changes, trip: Trip) -> tuple[Trip, ...]:
    return tuple(trip if each.id == trip.id else each for each in changes.trips)


def _repeated(stored: Trip, wanted: Trip) -> Trip:
    if stored.asked != wanted.asked:
        raise key_reused()
    return stored


def _particulars(trip: Trip) -> dict[str, object]:
    window = {"from": trip.starts, "until": trip.ends}
    return {**window, "hospital": trip.hospital, "agreed_by": trip.agreed_by, "agreed_on": trip.agreed_on, "companion": trip.companion}
