"""What people do with a patrol: claim it, give it back, look at one point after the other. The last point is credited with the same write."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from chalicelib.patrols import walk_records as records
from chalicelib.patrols.walks import Patrol, Point, claimed, given_back, held_by, left, looked_at, route, walker
from chalicelib.points.actions import credit
from chalicelib.points.rules import Why, Work
from chalicelib.register.places import Place
from chalicelib.register.rules import Register
from chalicelib.shared.calendar import days_of_repeat
from chalicelib.shared.problems import Problem, absent, busy, key_reused, not_now
from chalicelib.store.contract import Change, Conflict, Store
from chalicelib.tasks.rules import PlanKind

ROUNDS = 24
MOST_KEYS = 20


class Act(StrEnum):
    CLAIM = "claim"
    RETURN = "return"


class Walker(NamedTuple):
    """Who does it, for which grid; ``key`` is ``<request>:<digest of its payload>``."""

    grid: str
    by: str
    key: str


class Walked(NamedTuple):
    """The patrol after an act, and the points that whoever asked got with this very request."""

    patrol: Patrol
    credited: int = 0


def act(store: Store, now: datetime, register: Register, who: Walker, wanted: Act) -> Walked:
    """Claim today's patrol of a grid, or give it back: one conditional write. A repeat changes nothing.

    Problem 404 for a grid without places; 409 names who has it, or says that it is done; 422 for a key with another payload.
    """
    _walked(register, who)
    for _ in range(ROUNDS):
        *before, patrol = _lately(store, register.compound, who.grid, now)
        known = next((each for each in (*before, patrol) if _known(each.keys, who.key)), None)
        if known is not None:
            return Walked(known)
        after = _acted(register, patrol, who, wanted, now)._replace(keys=(*patrol.keys, who.key)[-MOST_KEYS:])
        try:
            store.write(records.saved(register.compound, after))
            return Walked(after)
        except Conflict:
            continue
    raise busy()


def _acted(register: Register, patrol: Patrol, who: Walker, wanted: Act, now: datetime) -> Patrol:
    holder = _require_free(register, patrol, who.by, now)
    if wanted is Act.CLAIM:
        return claimed(patrol, who.by, now)
    if holder != who.by:
        raise not_now()
    return given_back(patrol)


def look_at(store: Store, now: datetime, register: Register, who: Walker, place: Place, point: Point) -> Walked:
    """Enter one point: one read and one conditional write; the last of them one transaction with what it brings. A repeat changes nothing.

    Whoever scans has claimed the patrol, where nobody holds it. Problem 404 for a place that is not on the route, 409 where somebody
    else holds it, where it is done, or where the place has been looked at already; 422 for a key with another payload.
    """
    walked = _walked(register, who)
    if place not in walked:
        raise absent()
    for _ in range(ROUNDS):
        *before, patrol = _lately(store, register.compound, who.grid, now)
        known = next((each for each in (*before, patrol) if _known([point.key for point in each.points], who.key)), None)
        if known is not None:
            return Walked(known)
        _require_free(register, patrol, who.by, now)
        if place not in left(walked, patrol):
            raise Problem(409, "looked-at", "这个点今天已经看过了，去下一个吧。", "This point has been looked at today. On to the next.")
        after = looked_at(register.policy.patrols, patrol, walked, point)
        try:
            credited = _saved(store, now, register, after, point)
        except Conflict:
            continue
        if credited is not None:
            return Walked(after, credited)
    raise busy()


def _lately(store: Store, compound: str, grid: str, now: datetime) -> list[Patrol]:
    """Today's, which is the last; just after midnight yesterday's too, for a repeat."""
    return [records.find(store, compound, grid, day) for day in days_of_repeat(now)]


def _saved(store: Store, now: datetime, register: Register, patrol: Patrol, point: Point) -> int | None:
    """The points it brings whoever scans; None if nothing was written, since somebody else's last point has been credited meanwhile.

    It is credited once, to who walked most of it, whoever scans the last point; staff get none.
    """
    change: Change = records.saved(register.compound, patrol, point)
    if not patrol.done:
        store.write(change)
        return 0
    work, whose = Work(PlanKind.PATROL.value, patrol.cause, patrol.day), walker(patrol)
    found = credit(store, now, register, whose, work, "", change)
    return None if found.why is Why.KNOWN else found.points if whose == point.by else 0


def _walked(register: Register, who: Walker) -> list[Place]:
    walked = route(register.places, who.grid)
    if not walked or all(grid.id != who.grid for grid in register.grids):
        raise absent()
    return walked


def _require_free(register: Register, patrol: Patrol, by: str, now: datetime) -> str:
    """Who holds it, if that is nobody else."""
    if patrol.done:
        raise Problem(409, "patrol-done", "今天这一圈已经走完了，谢谢。", "Today's patrol has been walked. Thank you.", by=patrol.holder)
    holder = held_by(register.policy.patrols, patrol, now)
    if holder not in ("", by):
        raise Problem(409, "taken", "这一圈已经有人在走了。", "Somebody else is walking this patrol.", by=holder)
    return holder


def _known(keys: tuple[str, ...] | list[str], key: str) -> bool:
    """Was this request carried out before? Problem 422 if its payload was another."""
    known = [each for each in keys if each.partition(":")[0] == key.partition(":")[0]]
    if known and key not in known:
        raise key_reused()
    return bool(known)
