"""When somebody must look at a parcel: at half time and at the end of its class. Pure."""

from datetime import datetime
from typing import NamedTuple

from chalicelib.delivery.rules import Parcel, Spot, Trouble
from chalicelib.register.delivering import DeliveryPolicy, Goods
from chalicelib.shared.calendar import quiet_ends


class Look(NamedTuple):
    """When somebody must look at a parcel, and whether its time is then over."""

    at: datetime
    over: bool


def next_look(policy: DeliveryPolicy, quiet: tuple[str, str], parcel: Parcel) -> Look | None:
    """At half time and at the end, while it waits for its family on a shelf; else at the end alone. None where nobody need look: it is home,
    it has become a task, or something is wrong with it, which is a task of its own.

    Daily goods wait for the morning: nobody comes down for them at night.
    """
    if not parcel.running or parcel.tasked or parcel.told >= 2 or parcel.trouble is not Trouble.NONE:
        return None
    half, end = (_by_day(quiet, parcel, each) for each in (half_time(policy, parcel), deadline(policy, parcel)))
    return Look(half, False) if parcel.told == 0 and waits_for_family(parcel) and half < end else Look(end, True)


def waits_for_family(parcel: Parcel) -> bool:
    return parcel.spot is Spot.SHELF and not parcel.door


def deadline(policy: DeliveryPolicy, parcel: Parcel) -> datetime:
    return parcel.clock + policy.limit(parcel.goods)


def half_time(policy: DeliveryPolicy, parcel: Parcel) -> datetime:
    return parcel.clock + policy.limit(parcel.goods) / 2


def _by_day(quiet: tuple[str, str], parcel: Parcel, moment: datetime) -> datetime:
    return quiet_ends(quiet, moment) if parcel.goods is Goods.DAILY else moment


def looked(policy: DeliveryPolicy, parcel: Parcel, now: datetime) -> Parcel:
    """After the look that was due. A look that comes after the end is the end's, even if nobody looked at half time.

    What nobody came for becomes a volunteer's task, daily goods on their shelf excepted: those are asked for and stay.
    """
    if now < deadline(policy, parcel):
        return parcel._replace(told=1)
    return parcel._replace(told=2, tasked=not (parcel.goods is Goods.DAILY and waits_for_family(parcel)))


def concluded(policy: DeliveryPolicy, parcel: Parcel, now: datetime) -> tuple[datetime, bool] | None:
    """When its time was kept or ran out, whichever came first, and which; None while both may come, and for what went back in time."""
    ends = deadline(policy, parcel)
    over = parcel.last.at if not parcel.running else None
    if over is not None and over <= ends:
        return (over, True) if parcel.spot is Spot.HOME else None
    return (ends, False) if ends <= now else None
