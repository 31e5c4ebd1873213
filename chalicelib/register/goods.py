"""What a compound keeps in stock, and what volunteers may have for their points, as its lists say it: frozen values."""

import msgspec


class Good(msgspec.Struct, frozen=True, omit_defaults=True):
    """A thing kept in stock, counted in ``measure`` (个, 瓶). Below ``least`` it runs low, and is ordered up to ``target``.

    ``keeper`` is the member of staff who sees to it. ``front``: below ``least``, those who work at the front come first.
    """

    id: str
    name: str
    measure: str = ""
    least: int = 0
    target: int = 0
    keeper: str = ""
    front: bool = True


class Reward(msgspec.Struct, frozen=True, omit_defaults=True):
    """``points`` buy so much of a good from stock; a reward without a good is an hour of service, which is booked."""

    id: str
    name: str
    points: int
    good: str = ""
    amount: int = 1

    @property
    def is_service(self) -> bool:
        return not self.good
