"""The looks at windows of plans, when they open and when they close: made sure of, taken, moved on.

One look per compound, plan and window, whatever the number of homes. Looks that were not taken in time are caught up in order.
"""

from datetime import date, datetime, timedelta

from chalicelib.care.rules import self_report
from chalicelib.promises import patrols
from chalicelib.promises.finding import make_tasks
from chalicelib.register.dues import plan_of
from chalicelib.register.rules import Register
from chalicelib.register.standing import Standing
from chalicelib.shared.calendar import utc_stamp
from chalicelib.store import keys
from chalicelib.store.contract import Conflict, Store
from chalicelib.tasks.looks import Look, Phase, removed, stored
from chalicelib.tasks.rules import Plan, PlanKind, Slot, Window, slots_of

AHEAD_DAYS = 400
FAR = "9"
"""Later than any stamp: a look without a moment is looked at never."""
CATCH_UP = 200
"""At most so many looks of one window are caught up in one sweep; the next sweep goes on from there."""


def plans(register: Register) -> list[Plan]:
    """Everything the compound promises over and over, to homes and at places, and what it checks of itself."""
    policy = register.policy
    check = Plan(PlanKind.DAILY, (Window("00:00", policy.daily_check),))
    return [self_report(policy), *(plan_of(promise) for promise in policy.plans), *patrols.plans(register), check]


def first_looks(register: Register, now: datetime) -> list[Look]:
    """The next look at every window; stored once, it moves itself on for good."""
    found = []
    for plan in plans(register):
        for window in range(len(plan.windows)):
            slot = _next_slot(plan, window, now.date() - timedelta(days=2), now)
            if slot:
                found.append(_at(Look(register.compound, plan.kind, window, slot.day, Phase.OPENS, slot.opens), slot, now))
    return found


def ensure(store: Store, register: Register, now: datetime) -> int:
    """Make sure that every window is looked at in time; returns how many looks are new. For the import, and for whoever finds one lost.

    A look that stands later than its window's next moment, as after a change of the policy, is brought forward.
    """
    looks = {keys.look(look.compound, look.plan, look.window): look for look in first_looks(register, now)}
    there = store.get_many(list(looks), consistent=True)
    new = 0
    for key, look in looks.items():
        if key not in there:
            new += _written(store, [stored(look)])
        elif there[key].get("due_at", FAR) > utc_stamp(look.due):
            _written(store, [stored(look._replace(version=there[key]["v"]))])
    return new


def take(store: Store, now: datetime, look: Look, standing: Standing) -> bool:
    """Take a look whose moment has come, and all that were left out since. False if somebody else was faster, which is normal.

    1. The tasks of the window are made; their ids come from the slots, so that a repeat makes none twice.
    2. A visit entered meanwhile had nothing to settle yet: the visits are read again, and settle what has just been made.
    3. Only then the look moves on: a crash in between looks again.
    """
    for _ in range(CATCH_UP):
        slot = _slot(standing.register, look)
        if slot is None:  # the policy has no such window any more, or not on that day
            again = [each for each in first_looks(standing.register, look.due) if (each.plan, each.window) == (look.plan, look.window)]
            return _written(store, [stored(again[0]._replace(version=look.version)) if again else removed(look)])
        moment = slot.closes if look.phase is Phase.CLOSES else slot.opens
        if moment > now:  # the policy has moved the window
            return _written(store, [stored(_at(look._replace(phase=Phase.OPENS, due=slot.opens), slot, now))])
        make_tasks(store, now, look, slot, standing)
        moved = _moved(standing.register, look, slot)
        if not _written(store, [stored(moved)] if moved else [removed(look)]):
            return False
        if moved is None or moved.due > now:
            return True
        look = moved._replace(version=moved.version + 1)
    return True


def _slot(register: Register, look: Look) -> Slot | None:
    plan = next((plan for plan in plans(register) if plan.kind == look.plan), None)
    return None if plan is None else _slot_on(plan, look.window, look.day)


def _slot_on(plan: Plan, window: int, day: date) -> Slot | None:
    return next((slot for slot in slots_of(plan, day) if slot.number == window), None)


def _moved(register: Register, look: Look, slot: Slot) -> Look | None:
    """From the opening to the close of the same slot; from the close to the opening of the next."""
    if look.phase is Phase.OPENS:
        return look._replace(phase=Phase.CLOSES, due=slot.closes)
    plan = next(plan for plan in plans(register) if plan.kind == look.plan)
    following = _next_slot(plan, look.window, look.day + timedelta(days=1), slot.closes)
    return following and look._replace(day=following.day, phase=Phase.OPENS, due=following.opens)


def _next_slot(plan: Plan, window: int, first: date, after: datetime) -> Slot | None:
    """The first slot of a window on or after a day that closes later than an instant."""
    days = (first + timedelta(days=ahead) for ahead in range(AHEAD_DAYS))
    return next((slot for day in days if (slot := _slot_on(plan, window, day)) and slot.closes > after), None)


def _at(look: Look, slot: Slot, now: datetime) -> Look:
    return look._replace(phase=Phase.CLOSES, due=slot.closes) if now >= slot.opens else look


def _written(store: Store, changes: list) -> bool:  # type: ignore[type-arg]
    try:
        store.write(*changes)
    except Conflict:
        return False
    return True
