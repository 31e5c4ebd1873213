"""When plans themselves make a door open: a visit that somebody owes explains it, in its window and nowhere else."""

from datetime import datetime, timedelta

import pytest

from chalicelib.register.changes import Absence, Changes, HomePause, Leave
from chalicelib.register.dues import expected_now
from chalicelib.register.plans import OwnerRule, PlanPolicy
from chalicelib.register.rules import Home
from chalicelib.shared.tiers import Tier
from chalicelib.tasks.rules import expecting
from tests.builders import DAY, isolated, moment, policy, register

RED = isolated(tier=Tier.RED, steward="anheli.wang", volunteer="v1")
NEXT = DAY + timedelta(days=1)
AWAY = HomePause("p", "2-801", "t1", Absence.HOSPITAL, DAY, DAY, "anheli.wang", moment("00:00"))
NIGHT = (PlanPolicy("home_visit", (Tier.RED,), (("22:00", "01:00"),), OwnerRule.PAIR),)
RUN = (PlanPolicy("medicine_run", (Tier.RED,), (("09:00", "18:00"),), OwnerRule.STEWARD, dates=(DAY,)),)


def leaves(*people: str) -> Changes:
    return Changes(leaves=tuple(Leave(person, person, DAY, DAY, person, moment("07:00")) for person in people))


def why(home: Home, moment: datetime, changes: Changes | None = None, **members: object) -> str:
    found = register(homes=(home,), policy=policy(**members))
    opening = expecting(expected_now(found, changes or Changes(), home, moment), moment)
    return opening.reason if opening else ""


@pytest.mark.parametrize(
    ("clock", "reason"), [("07:59", ""), ("08:00", "home_visit"), ("09:59", "home_visit"), ("10:00", ""), ("16:30", "home_visit")]
)
def test_a_visit_in_its_window_explains_a_door(clock: str, reason: str):
    assert why(RED, moment(clock)) == reason


@pytest.mark.parametrize(("day", "reason"), [(DAY, "medicine_run"), (NEXT, "")])
def test_a_medicine_run_explains_it_on_its_day(day, reason: str):
    assert why(RED, moment("12:00", day), plans=RUN) == reason


@pytest.mark.parametrize(
    ("home", "changes"),
    [
        (isolated(steward="anheli.wang"), Changes()),  # green: nothing is owed
        (isolated(tier=Tier.RED), Changes()),  # owed by nobody: nobody comes
        (RED, leaves("anheli.wang", "v1")),
        (RED, Changes(pauses=(AWAY,))),
    ],
)
def test_where_nobody_comes_nothing_is_explained(home: Home, changes: Changes):
    assert why(home, moment("09:00"), changes) == ""


def test_one_of_the_pair_is_enough():
    assert why(RED, moment("09:00"), leaves("v1")) == "home_visit"


@pytest.mark.parametrize(
    ("now", "reason"), [(moment("23:59"), "home_visit"), (moment("00:59", NEXT), "home_visit"), (moment("01:00", NEXT), "")]
)
def test_a_window_across_midnight_goes_on_the_next_day(now: datetime, reason: str):
    assert why(RED, now, plans=NIGHT) == reason
