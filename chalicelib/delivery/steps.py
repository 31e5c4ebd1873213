"""What a step makes of a parcel. Pure."""

from chalicelib.delivery.rules import AIMS, MOST_STEPS, NEXT, STAYS, STOPS, Act, Parcel, Spot, Step, Trouble


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
    after = _with(parcel, step._replace(spot=spot))._replace(spot=spot, at=step.where, trouble=_trouble(parcel, wrong))
    if spot is not Spot.SHELF or wrong or parcel.shelved:
        return after
    return after._replace(clock=step.at, told=0, tasked=False)


def _with(parcel: Parcel, step: Step) -> Parcel:
    """Its history with one step more: the first is kept, and so many of the last."""
    return parcel._replace(steps=(parcel.steps[0], *(*parcel.steps[1:], step)[1 - MOST_STEPS :]))


def _trouble(parcel: Parcel, wrong: bool) -> Trouble:
    """A wrong shelf is over once somebody has it again; whatever else is wrong with it, stays."""
    if wrong:
        return Trouble.WRONG_SHELF
    return Trouble.NONE if parcel.trouble is Trouble.WRONG_SHELF else parcel.trouble


def _judged(parcel: Parcel, step: Step) -> Parcel | None:
    trouble = Trouble.DAMAGED if step.act is Act.DAMAGE else Trouble.NONE
    if trouble is parcel.trouble or (step.act is Act.SETTLE and parcel.trouble is Trouble.WRONG_SHELF):
        return None
    return _with(parcel, step)._replace(trouble=trouble)
