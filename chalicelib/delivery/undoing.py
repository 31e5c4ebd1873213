"""A wrong scan is taken back by whoever made it, within some minutes and while nobody has gone on from it. Pure.

The history keeps both; where the parcel is, what is wrong with it and its clock are as if the scan had not been.
"""

from datetime import timedelta

from chalicelib.delivery.refusals import handed_on, nothing_to_undo, too_late
from chalicelib.delivery.rules import Act, Parcel, Step
from chalicelib.delivery.steps import extended
from chalicelib.register.delivering import DeliveryPolicy


def undone(policy: DeliveryPolicy, parcel: Parcel, step: Step) -> Parcel:
    """The parcel as before its last step. Problem 409 where somebody else has gone on, where it is too late, or nothing can be taken back.

    A look taken meanwhile counts on if the clock is the same; of a clock that had not begun, it has told nothing.
    """
    was = parcel.before
    if parcel.last.act in (Act.UNDO, Act.RECEIVE, Act.ADDRESS) or was is None:
        raise nothing_to_undo(parcel)
    if parcel.last.by != step.by:
        raise handed_on(parcel)
    if step.at - parcel.last.at > timedelta(minutes=policy.undo):
        raise too_late(parcel, policy.undo)
    looks = parcel if was.clock == parcel.clock else was
    after = extended(parcel, step._replace(spot=was.spot, where=was.at))
    placed = after._replace(spot=was.spot, at=was.at, trouble=was.trouble, before=None)
    return placed._replace(clock=was.clock, told=looks.told, tasked=looks.tasked)


def taken_back(parcel: Parcel) -> Step | None:
    """The step that the last one took back, if that was an undoing."""
    return parcel.steps[-2] if parcel.last.act is Act.UNDO and len(parcel.steps) > 1 else None
