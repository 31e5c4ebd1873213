"""What people do with a trip that is not over: set out, come back, call it off, change who goes along. Pure."""

from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.register.plans import TripPolicy
from chalicelib.register.trips import Trip
from chalicelib.shared.problems import Problem, not_now
from chalicelib.tasks.clocks import stop
from chalicelib.tasks.ladders import acknowledge
from chalicelib.tasks.tasks import Act, Line, Task, TaskState, finish, noted
from chalicelib.trips.rules import again, ladder, with_companion

EARLY = timedelta(hours=2)
"""So long before the agreed window somebody may set out."""


class Followed(NamedTuple):
    """A trip and the task that follows it, always written together."""

    trip: Trip
    task: Task


def act(policy: TripPolicy, known: Followed, line: Line, owner: str, now: datetime) -> Followed:
    """The trip and its task after an act. Problem 409 says why that cannot be done now."""
    match line.act:
        case Act.SET_OUT:
            return _set_out(policy, known, line, now)
        case Act.DONE:
            return _come_back(known, line, now)
        case Act.CANCEL:
            return _call_off(known, line, now)
        case Act.ASSIGN:
            return _go_along(policy, known, line, owner, now)
        case Act.RETURN:
            return _give_back(policy, known, line, now)
        case Act.CLAIM:
            return _take_on(policy, known, line, now)
    raise not_now()


def _set_out(policy: TripPolicy, known: Followed, line: Line, now: datetime) -> Followed:
    trip = known.trip
    if not trip.companion:
        raise Problem(409, "nobody-goes-along", "还没有人陪，先定一位再出发。", "Nobody goes along yet. Please name somebody first.")
    if trip.set_out:
        raise not_now()
    _begun(trip, now)
    out = replace(trip, set_out=now)
    task = known.task._replace(state=TaskState.CLAIMED, respond=stop(known.task.respond, now))
    return Followed(out, again(policy, noted(task, line), out, now))


def _come_back(known: Followed, line: Line, now: datetime) -> Followed:
    """Whoever forgot to say that they set out, may still say that they are back."""
    _begun(known.trip, now)
    return Followed(replace(known.trip, back=now), finish(known.task, now, line, TaskState.DONE))


def _call_off(known: Followed, line: Line, now: datetime) -> Followed:
    if known.trip.set_out:
        raise Problem(
            409,
            "on-the-way",
            "人已经出发了。回到家以后，请点「到家了」。",
            "They are on the way. Once they are home again, please say so instead.",
        )
    return Followed(replace(known.trip, called_off=now), finish(known.task, now, line, TaskState.CANCELLED))


def _go_along(policy: TripPolicy, known: Followed, line: Line, owner: str, now: datetime) -> Followed:
    """Somebody else goes along from now on, also in the middle of the way; she is told at once."""
    trip = with_companion(known.trip, owner, now)
    return Followed(trip, again(policy, noted(known.task, line._replace(to=owner)), trip, now))


def _give_back(policy: TripPolicy, known: Followed, line: Line, now: datetime) -> Followed:
    if known.trip.companion != line.by:
        raise Problem(409, "not-yours", "这件事不在您名下。", "This is not yours to give back.", by=known.trip.companion)
    if known.trip.set_out:
        raise Problem(
            409,
            "on-the-way",
            "已经在路上了，请打电话给网格长换人。",
            "You are on the way. Please call the coordinator, who can send somebody else.",
        )
    trip = with_companion(known.trip, "", now)
    return Followed(trip, again(policy, noted(known.task, line), trip, now))


def _take_on(policy: TripPolicy, known: Followed, line: Line, now: datetime) -> Followed:
    """Nobody goes along: then whoever takes it on does, and need not be told so. Else she sees to it, and the ladder waits for her."""
    trip, task = known
    if trip.companion == line.by:
        return Followed(trip, noted(task, line))
    if not trip.companion:
        mine = with_companion(trip, line.by, now)
        told = again(policy, noted(task, line), mine, now)
        steps = ladder(policy, mine, now).steps
        return Followed(mine, told._replace(progress=told.progress._replace(step=1, look=steps[1].due(now))))
    holder = task.progress.acked_by
    if holder and holder != line.by:
        raise Problem(409, "already-taken", "已经有人在处理了。", "Somebody is already on it.", by=holder)
    return Followed(trip, noted(task, line)._replace(progress=acknowledge(ladder(policy, trip, now), task.progress, now, line.by)))


def _begun(trip: Trip, now: datetime) -> None:
    if not trip.set_out and now < trip.starts - EARLY:
        raise Problem(409, "too-early", "还没到出发的时候。时间改了，请先改这次陪诊。", "It is too early. If the time has changed, please move the trip first.")  # fmt: skip
