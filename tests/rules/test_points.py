"""How many points a piece of work brings."""

import pytest

from chalicelib.ledger.rules import Cause
from chalicelib.points.rules import Credited, Day, Why, Work, granted
from chalicelib.register.giving import PointsPolicy
from tests.builders import DAY, policy, register

HOME, OTHER = "3-1104", "3-502"
HERE = register()
"""老周 lives at 3-1104."""


@pytest.mark.parametrize(
    ("kind", "home", "who", "before", "confirmed", "points", "why"),
    [
        ("patrol", "", "v1", 0, "", 1, Why.CREDITED),
        ("patrol", OTHER, "v1", 9, "", 1, Why.CREDITED),
        ("patrol", OTHER, "v1", 10, "", 0, Why.DAY_FULL),
        ("patrol", HOME, "v1", 0, "", 0, Why.OWN_HOME),
        ("mediation", OTHER, "v1", 0, "", 0, Why.UNCONFIRMED),
        ("mediation", OTHER, "v1", 0, "v1", 0, Why.UNCONFIRMED),
        ("mediation", OTHER, "v1", 0, "anheli.liu", 3, Why.CREDITED),
        ("mediation", HOME, "v1", 0, "anheli.liu", 0, Why.OWN_HOME),
        ("mediation", OTHER, "v1", 8, "anheli.liu", 2, Why.CREDITED),  # as much as the day still holds
        ("patrol", OTHER, "v7", 0, "", 0, Why.NOBODY),
    ],
)
def test_what_work_brings(kind: str, home: str, who: str, before: int, confirmed: str, points: int, why: Why):
    day = Day(DAY, {"patrol:before": before} if before else {})
    assert granted(HERE, who, Work(kind, Cause(kind, "1"), DAY, home), day, confirmed) == Credited(points, why)


def test_the_figures_are_the_compounds_own():
    own = register(policy=policy(points=PointsPolicy(basic=2, complex=5, complex_kinds=("trip",), a_day=6)))
    work = [Work(kind, Cause(kind, "1"), DAY) for kind in ("patrol", "trip", "mediation")]

    assert [granted(own, "v1", each, Day(DAY, {}), "anheli.liu").points for each in work] == [2, 5, 2]
    assert granted(own, "v1", work[1], Day(DAY, {"x": 4}), "anheli.liu").points == 2
