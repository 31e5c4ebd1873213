"""What a compound gives its volunteers for their work, as data of its policy. The figures are the source's; the rules about them are ours."""

import msgspec


class PointsPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """``basic`` for a piece of work, ``complex`` for one of the ``complex_kinds``, which somebody else has to confirm first.

    Nobody gets more than ``a_day``. A reward that was reserved is kept for ``hold_days``. ``ranking``: do volunteers see each other's
    points, the most first?
    """

    basic: int = 1
    complex: int = 3
    complex_kinds: tuple[str, ...] = ("mediation",)
    a_day: int = 10
    hold_days: int = 3
    ranking: bool = False

    def worth(self, kind: str) -> int:
        return self.complex if self.is_complex(kind) else self.basic

    def is_complex(self, kind: str) -> bool:
        return kind in self.complex_kinds


class SupplyPolicy(msgspec.Struct, frozen=True, omit_defaults=True):
    """Days: somebody sees to a batch that ends within ``ends_soon``, and to a good that is used up within ``run_out`` at its present rate."""

    ends_soon: int = 30
    run_out: int = 7
