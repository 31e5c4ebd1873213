"""Parcels as a compound's policy has them: classes of goods, how long each may wait, and what a shelf holds."""

from datetime import timedelta
from enum import StrEnum

import msgspec


class Goods(StrEnum):
    """The class of a parcel: which part of the gate zone it lies in, and how long it may wait."""

    FRESH = "fresh"
    MEDICINE = "medicine"
    DAILY = "daily"


class DeliveryPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Minutes a parcel of each class may wait, from the moment it lies on its shelf; until then, and where it is brought to the door,
    from its arrival at the gate.

    ``undo``: so many minutes after it a scan may be taken back by whoever made it. ``opening``: the door of a home is expected to open for so many minutes after somebody has set out with its parcel. ``slots``: how
    many parcels one shelf holds. ``overflow``: of a thousand hours, in how many a building's shelves may be too few.
    """

    fresh: int = 30
    medicine: int = 60
    daily: int = 1440
    undo: int = 10
    opening: int = 60
    slots: int = 24
    overflow: int = 20

    def limit(self, goods: Goods) -> timedelta:
        return timedelta(minutes={Goods.FRESH: self.fresh, Goods.MEDICINE: self.medicine, Goods.DAILY: self.daily}[goods])
