"""What a step makes of a parcel. Pure."""

from datetime import datetime, timedelta

from chalicelib.delivery.rules import AIMS, ENDS, HANDS, MOST_STEPS, NEXT, SETS_OUT, STAYS, STOPS, Act, Before, Parcel, Spot, Step, Trouble
from chalicelib.register.delivering import DeliveryPolicy


def moved(parcel: Parcel, step: Step, shelf_of: str = "") -> Parcel | None:
    """The parcel after a step; None if that cannot be done. ``shelf_of`` is the building of the shelf it is put on.

    The step's spot is filled in here. The parcel as it was, if it is there already.
    """
    if step.act in STOPS[parcel.trouble] or not parcel.running:
        return None
    if step.act in STAYS:
        return _judged(parcel, step._replace(spot=parcel.spot))
    spot = NEXT.get((parcel.spot, step.act))
    if (parcel.spot, parcel.at) == (AIMS.get(step.act), step.where):
        return parcel
    if spot is None:
        return None
    wrong = spot is Spot.SHELF and shelf_of != parcel.building
    after = extended(parcel, step._replace(spot=spot))._replace(spot=spot, at=step.where, trouble=_trouble(parcel, spot, wrong))
    if spot is not Spot.SHELF or wrong or parcel.shelved or parcel.door:
        return after
    return after._replace(clock=step.at, told=0, tasked=False)


def out_again(policy: DeliveryPolicy, parcel: Parcel, step: Step) -> Parcel:
    """Who has it sets out for its door once more: a step of its own as soon as the door is not expected to open any longer, else none."""
    if step.act not in SETS_OUT or not parcel.bound_for_door or opens_until(policy, parcel, step.at) > step.at:
        return parcel
    return extended(parcel, step._replace(spot=parcel.spot))


def opens_until(policy: DeliveryPolicy, parcel: Parcel, default: datetime) -> datetime:
    """So long its door is expected to open, since somebody has set out for it, and has not taken that back."""
    out = max((step.at for step in parcel.counting if step.act in SETS_OUT), default=None)
    return out + timedelta(minutes=policy.opening) if out else default


def extended(parcel: Parcel, step: Step) -> Parcel:
    """Its history with one step more: the first is kept, and so many of the last. How it stood until now is kept for whoever was wrong."""
    before = Before(parcel.spot, parcel.at, parcel.trouble, parcel.clock, parcel.told, parcel.tasked)
    return parcel._replace(before=before, steps=(parcel.steps[0], *(*parcel.steps[1:], step)[1 - MOST_STEPS :]))


def _trouble(parcel: Parcel, spot: Spot, wrong: bool) -> Trouble:
    """A wrong shelf is over once somebody has it again, and that nobody was home once it is there; whatever else is wrong with it, stays."""
    over = parcel.trouble is Trouble.WRONG_SHELF or (parcel.trouble is Trouble.NOBODY_HOME and spot in ENDS)
    return Trouble.WRONG_SHELF if wrong else Trouble.NONE if over else parcel.trouble


def _judged(parcel: Parcel, step: Step) -> Parcel | None:
    """Something is said of it, and it stays where it is. At a door one may stand in vain more than once; what is broken stays that."""
    if step.act is Act.MISS:
        broken = parcel.trouble is Trouble.DAMAGED
        trouble = parcel.trouble if broken else Trouble.NOBODY_HOME
        return extended(parcel, step)._replace(trouble=trouble) if parcel.spot in HANDS else None
    trouble = Trouble.DAMAGED if step.act is Act.DAMAGE else Trouble.NONE
    if trouble is parcel.trouble or (step.act is Act.SETTLE and parcel.trouble is Trouble.WRONG_SHELF):
        return None
    return extended(parcel, step)._replace(trouble=trouble)
